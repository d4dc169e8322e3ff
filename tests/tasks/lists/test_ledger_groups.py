"""分组: the ledger by notice or by unit, with the number of rows of each group on the list."""

import re

import pytest

from tasks.models import Assignment, SavedView
from tasks.pages import ledger_groups
from tests import factories
from tests.factories import owed_by
from tests.tasks import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HEAD = re.compile(
    r'<tr class="group"><th scope="rowgroup" colspan="(\d+)"><span class="group-name">(.*?)</span>'
    r'<span class="cell-sub">(.*?)</span><span class="cell-sub">(.*?)</span>'
)


def heads(client, query: str) -> list[tuple[str, str, str]]:
    page = client.get(f"/ledger/?{query}").content.decode()
    return [found[1:] for found in HEAD.findall(page)]


def shown(client, query: str) -> list[list[str]]:
    groups = client.get(f"/ledger/?{query}").context["groups"]
    return [[row.bureau.code for row in group.rows] for group in groups]


@pytest.fixture
def two_notices(issued):
    """A second notice, for two of the four provinces."""
    text = factories.TEXT.replace("国市监测〔2026〕1号", "国市监测〔2026〕2号")
    owing = (owed_by(issued, code).bureau for code in ("330000", "320000"))
    return told.issue(*owing, notice=factories.filed_notice(text))


def test_without_a_group_there_are_no_heads(office, issued):
    for query in ("light=", "light=&group=", "light=&group=nonsense"):
        assert heads(office, query) == []
        assert len(office.get(f"/ledger/?{query}").context["assignments"]) == 4


def test_units_stand_in_their_order_with_their_tasks_below(office, two_notices):
    assert heads(office, "light=&group=bureau") == [
        ("北京市市场监管局", "110000", "1 件"),
        ("江苏省市场监管局", "320000", "2 件"),
        ("浙江省市场监管局", "330000", "2 件"),
        ("示例区市场监管局", "650000", "1 件"),
    ]
    assert shown(office, "light=&group=bureau")[1] == ["320000", "320000"]


def test_newest_notice_comes_first(office, two_notices):
    found = heads(office, "light=&group=notice")

    assert [(number, count) for _, number, count in found] == [
        ("国市监测〔2026〕2号", "2 件"),
        ("国市监测〔2026〕1号", "4 件"),
    ]
    assert shown(office, "light=&group=notice") == [
        ["320000", "330000"],
        ["110000", "320000", "330000", "650000"],
    ]


def test_number_of_a_group_is_that_of_the_filtered_list(office, two_notices):
    query = "light=&group=notice&bureau=330000"

    assert [count for _, _, count in heads(office, query)] == ["1 件", "1 件"]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("group=bureau&sort=-bureau", ["650000", "330000", "320000", "110000"]),
        ("group=bureau&sort=due", ["110000", "320000", "330000", "650000"]),
        ("group=notice&sort=-bureau", ["650000", "330000", "320000", "110000"]),
    ],
)
def test_order_that_is_asked_for_holds_within_the_groups(office, issued, query, codes):
    groups = shown(office, f"light=&{query}")

    assert [code for group in groups for code in group] == codes


@pytest.mark.parametrize("by", ["notice", "bureau"])
def test_a_group_that_goes_on_says_so(office, by):
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 62)]
    factories.obligation(*bureaus)
    if by == "bureau":
        Assignment.objects.update(bureau_path=bureaus[0].path)  # as if one owed all

    ((*_, first),) = heads(office, f"light=&group={by}")
    ((*_, second),) = heads(office, f"light=&group={by}&page=2")

    assert (first, second) == ("51 件", "51 件，接上页")


def test_a_group_that_begins_a_page_does_not(office):
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 62)]
    factories.obligation(*bureaus)

    assert heads(office, "light=&group=bureau&page=2") == [("示例61省市场监管局", "610000", "1 件")]


def test_more_than_can_be_paged_through_is_not_grouped_by_notice(office, issued, monkeypatch):
    monkeypatch.setattr(ledger_groups, "DEEPEST", 3)

    page = office.get("/ledger/?light=&group=notice").content.decode()

    assert "符合条件的任务超过 3 件，没有按来文分组。" in page
    assert HEAD.findall(page) == []
    assert '<option value="notice" selected>' in page  # and stays so with the next condition
    assert page.count('name="assignments"') == 4
    assert len(heads(office, "light=&group=notice&bureau=330000")) == 1
    assert len(heads(office, "light=&group=bureau")) == 4


def test_wrong_filters_group_nothing(office, issued):
    assert heads(office, "light=&group=notice&due_from=x") == []


def test_group_is_chosen_kept_and_cleared_with_the_rest(office, issued):
    answer = office.get("/ledger/?light=&group=bureau&q=浙江")

    assert '<option value="bureau" selected>按单位</option>' in answer.content.decode()
    assert answer.context["ledger"].clear_url() == "/ledger/?light=&group=bureau"
    office.post("/ledger/views/", {"view-name": "按单位", "query": "light=&group=bureau&open=3"})
    assert SavedView.objects.get().query == "light=&group=bureau"


# grouped by notice it is counted first whether there are too many
@pytest.mark.parametrize(("by", "queries"), [("bureau", 18), ("notice", 19)])
@pytest.mark.parametrize("count", [2, 50])
def test_groups_take_the_same_queries_for_one_and_for_fifty(
    office, django_assert_num_queries, by, queries, count
):
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 11 + count)]
    factories.obligation(*bureaus)

    with django_assert_num_queries(queries):
        office.get(f"/ledger/?light=&group={by}")
