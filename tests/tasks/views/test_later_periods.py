"""以后各期 are folded behind the current one: on the ledger, the desk and the page of the item."""

from datetime import timedelta

import pytest

from bureaus.roles import Role
from tasks import words
from tasks.models import Assignment, Obligation
from tasks.pages import ledger
from tests import factories
from tests.factories import owed_by, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

NAMES = ["2026年3月", "2026年4月", "2026年5月", "2026年6月"]


@pytest.fixture
def series() -> list[Obligation]:
    """Four months of one clause for two provinces; the first falls due next."""
    first = factories.obligation(factories.province(), factories.province("320000", "江苏省"))
    issued = [first, *factories.copies(first, 3)]
    for step, one in enumerate(issued):
        due_at = first.due_at + timedelta(days=31 * step)
        dates = {"due_at": due_at, "target_at": due_at}
        Obligation.objects.filter(pk=one.pk).update(period=NAMES[step], title="月报", **dates)
        Assignment.objects.filter(obligation=one).update(**dates)
    keys = [one.pk for one in issued]
    words.keep(Obligation.objects.filter(pk__in=keys).select_related("notice"))
    return issued


@pytest.fixture
def here(enter, series):
    return enter(factories.staff(Role.COORDINATOR, owed_by(series[0], "330000").bureau))


def periods(answer) -> list[str]:
    return [row.obligation.period for row in answer.context["assignments"]]


def test_ledger_shows_the_current_period_with_the_later_ones_behind_it(here, series):
    answer = here.get("/ledger/")

    text = answer.content.decode()
    assert periods(answer) == NAMES[:1]
    assert "另有 3 期，下一期 2026年5月1日前" in text
    second = owed_by(series[1], "330000")
    assert f'<a href="/assignments/{second.pk}/">2026年4月</a>' in text
    assert "以后各期另有 3 件" in text
    everything = here.get(answer.context["ledger"].later_url())
    assert periods(everything) == NAMES
    assert "另有 3 期" not in everything.content.decode()
    (chip,) = [one for one in everything.context["ledger"].chips() if one["label"] == "期次"]
    assert chip["value"] == "含以后各期"


def test_export_of_a_folded_list_says_that_it_leaves_them_out(here, series, rf):
    request = rf.get("/ledger/")
    request.user = factories.staff(Role.COORDINATOR, owed_by(series[0], "330000").bureau)

    assert ledger.read(request).in_words() == "进度：未办结；不含以后各期 3 件"
    assert ledger.read(request).rows.count() == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("light=", NAMES[:1]),
        ("light=mine", NAMES[:1]),
        ("light=owed", NAMES[:1]),
        ("status=pending", NAMES[:1]),
        ("later=1", NAMES),
        ("q=2026年5月", ["2026年5月"]),  # who looks for one finds it
        ("light=open&due_from=2026-05-01&due_to=2026-05-31", ["2026年4月"]),
        ("due_from=2026-04-01", NAMES[1:]),
    ],
)
def test_what_is_asked_for_by_words_or_days_is_not_folded(here, query, found):
    assert periods(here.get(f"/ledger/?{query}")) == found


def test_later_period_in_somebodys_hands_is_a_row_and_one_only_signed_for_is_not(here, series):
    task = walk(owed_by(series[1], "330000"), "accept")
    assert periods(here.get("/ledger/")) == NAMES[:1]

    walk(task, "start")

    answer = here.get("/ledger/")
    assert periods(answer) == NAMES[:2]
    assert [len(row.later) for row in answer.context["assignments"]] == [0, 2]


def test_next_period_stands_there_once_the_one_before_has_fallen_due(here, series, clock):
    clock.move_to(series[0].due_at + timedelta(seconds=2), tick=False)
    here.force_login(factories.staff(Role.COORDINATOR, owed_by(series[0], "330000").bureau))

    answer = here.get("/ledger/")

    assert periods(answer) == NAMES[:2]  # the overdue one stays
    rows = answer.context["assignments"]
    assert [row.light.code for row in rows] == ["overdue", "normal"]
    assert [len(row.later) for row in rows] == [0, 2]


def test_withdrawn_period_does_not_keep_the_next_one_folded(here, series):
    Obligation.objects.filter(pk=series[0].pk).update(state="withdrawn")
    Assignment.objects.filter(obligation=series[0]).update(status="withdrawn")

    assert periods(here.get("/ledger/")) == NAMES[1:2]


def test_same_clause_of_another_issuer_is_another_series(here, series):
    other = owed_by(series[0], "320000").bureau
    Obligation.objects.filter(pk=series[2].pk).update(issuer=other)

    assert NAMES[2] in periods(here.get("/ledger/"))


def test_figures_of_the_desk_are_those_of_the_lists_they_lead_to(here, series):
    desk = here.get("/")

    text = desk.content.decode()
    assert "另有 3 期，下一期 2026年5月1日前" in text
    assert '?light=mine&amp;later=1">以后各期另有 3 件</a>' in text
    assert desk.context["waiting_count"].number == len(periods(here.get("/ledger/?light=mine")))
    later = here.get("/ledger/?light=mine&later=1")
    assert len(periods(later)) == desk.context["waiting_count"].number + 3
    for figure in desk.context["tally"]:
        found = here.get(figure.url).context["page_obj"].paginator.counted
        assert found == figure.figure, figure.word


def test_page_of_the_item_names_the_periods_after_it(here, series):
    text = here.get(f"/obligations/{series[1].pk}/").content.decode()

    assert "另有 2 期，下一期 2026年6月1日前" in text
    assert f'<a href="/obligations/{series[3].pk}/">2026年6月</a>' in text
    last = here.get(f"/obligations/{series[3].pk}/").content.decode()
    assert "另有" not in last


@pytest.mark.parametrize("count", [1, 30])
def test_ledger_takes_the_same_queries_for_one_bureau_and_for_thirty(
    office, django_assert_num_queries, count
):
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 11 + count)]
    first = factories.obligation(*bureaus)
    for step, one in enumerate(factories.copies(first, 3), start=1):
        due_at = first.due_at + timedelta(days=31 * step)
        Obligation.objects.filter(pk=one.pk).update(due_at=due_at)
        Assignment.objects.filter(obligation=one).update(due_at=due_at, target_at=due_at)

    office.get("/ledger/")  # the process has met the units

    with django_assert_num_queries(8):
        answer = office.get("/ledger/")

    rows = answer.context["assignments"]
    assert [len(row.later) for row in rows] == [3] * count
