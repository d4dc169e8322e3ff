"""汇总统计: what may be asked for, and whose figures one sees."""

import pytest

from bureaus.roles import Role
from reports.rollups.rates import Tally
from tests import factories
from tests.factories import RUNGS, TO_SUBMIT, owed_by, walk
from tests.reports.counted import NAMES, tally

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("day_after")]

# --- filters ---


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 1),
        ("since=2026-03-31", 1),
        ("since=2026-04-01", 0),
        ("until=2026-03-31", 1),
        ("until=2026-03-30", 0),
        ("since=2027-01-01&until=", 0),
        ("since=", 1),
        ("q=质量工作", 1),
        ("q=〔2026〕1号", 1),
        ("q=没有这样的", 0),
        ("bureau=320000", 1),
        ("bureau=330100", 0),
    ],
)
def test_filters_narrow_the_obligations(office, issued, query, count):
    factories.prefecture(factories.province())

    assert len(office.get(f"/statistics/?{query}").context["page_obj"]) == count


def test_this_year_is_shown_unless_another_span_is_asked_for(client, issued, time_machine):
    time_machine.move_to(RUNGS["O1"].replace(year=2027), tick=False)
    client.force_login(factories.coordinator())

    page = client.get("/statistics/")

    assert len(page.context["page_obj"]) == 0
    assert "2027-01-01" in page.content.decode()
    assert "这个范围内没有事项" in page.content.decode()
    assert len(client.get("/statistics/?since=").context["page_obj"]) == 1


def test_the_day_a_span_begins_can_be_taken_away(office, issued):
    (chip,) = office.get("/statistics/").context["question"].chips

    assert chip["value"] == "2026-01-01"
    assert office.get(chip["remove_url"]).context["question"].chips == []


def test_bureau_filter_counts_that_unit_and_those_below(office, issued):
    walk(owed_by(issued, "320000"), *TO_SUBMIT)

    assert tally(office.get("/statistics/?bureau=320000")) == Tally(1, 1, 1, 1, 0)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("since=2026-02-30", "“2026-02-30”不是日期，请写成2026-03-31这样"),
        ("since=2026-04-01&until=2026-03-01", "期间的起止颠倒了"),
        ("bureau=999999", "没有找到单位“999999”"),
        ("notice=999", "没有这份文件，或您无权查看"),
        ("obligation=999", "没有这个事项，或您无权查看"),
    ],
)
@pytest.mark.parametrize("by", ["obligation", "unit", "period"])
def test_wrong_filter_says_so_and_counts_nothing(office, issued, by, query, said):
    answer = office.get(f"/statistics/?by={by}&{query}")

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert NAMES[0] not in answer.content.decode()


def test_unknown_tab_is_the_first(office, issued):
    assert "page_obj" in office.get("/statistics/?by=score").context


# --- whose eyes ---


def test_other_provinces_obligation_is_no_choice(client, issued):
    foreign = factories.obligation(factories.province("320000", "江苏省"), number="")
    client.force_login(factories.staff(Role.COORDINATOR, factories.province()))

    answer = client.get(f"/statistics/?by=unit&obligation={foreign.pk}")

    assert answer.status_code == 422
    assert [str(one) for one in client.get("/statistics/").context["page_obj"]] == [str(issued)]
    assert client.get("/statistics/?bureau=320000").status_code == 422


@pytest.mark.parametrize("page", ["", "export.xlsx"])
def test_administrators_see_no_statistics(client, issued, page):
    client.force_login(factories.staff(Role.SYSTEM_ADMIN, factories.central()))

    assert client.get(f"/statistics/{page}").status_code == 403
