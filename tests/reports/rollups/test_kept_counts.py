"""汇总统计 out of the counts that are kept says what the assignments say, whoever asks."""

from datetime import timedelta
from itertools import product

import pytest
from django.test import RequestFactory

from bureaus.models import Bureau, Post, Staff
from bureaus.roles import Role
from reports.rollups import kept_counts, statistics
from tasks.actions.counts import folding
from tests import factories
from tests.factories import NOW
from tests.tasks.counts.office import Life

pytestmark = pytest.mark.django_db
QUERIES = (
    "since=",
    "",
    "since=2026-03-10&until=2026-04-12",
    "since=2026-04-01",
    "since=&until=2026-03-31",
    "since=&bureau=330000",
    "since=&bureau=330100",
    "since=2026-04-01&bureau=330000",
    "since=&columns=quarters",
)
FORWARDS = ("q=质量", "notice={notice}", "obligation={obligation}")


def people() -> dict[str, Staff]:
    """Of each level; and with posts at two bureaus, beside each other, above and with a gap."""
    at = {one.code: one for one in Bureau.objects.all()}
    held = {
        "nation": ["100000"],
        "province": ["330000"],
        "city": ["330100"],
        "county": ["330102"],
        "two provinces": ["330000", "320000"],
        "province and its city": ["330000", "330100"],
        "province and a county": ["330000", "330102"],
        "nation and a city": ["100000", "330200"],
        "city and its county": ["330100", "330102"],
    }
    found = {}
    for number, (name, codes) in enumerate(held.items()):
        person = factories.staff(Role.COORDINATOR, at[codes[0]], username=f"reader{number}")
        for code in codes[1:]:
            Post.objects.create(staff=person, bureau=at[code], role=Role.COORDINATOR)
        found[name] = Staff.objects.get(pk=person.pk)
    return found


def said(user: Staff, query: str, by: str) -> tuple:
    request = RequestFactory().get(f"/statistics/?{query}")
    request.user = user
    question = statistics.read(request, "/statistics/")
    table = statistics.by_period(question) if by == "period" else statistics.by_unit(question)
    lines = [(str(line.bureau), line.is_own, line.tally, line.cells) for line in table.lines]
    return question.is_wrong, table.columns, lines


def test_kept_counts_say_what_the_assignments_say(time_machine, monkeypatch):
    Life(seed=7).go_on(200)
    answered, kept_rows = set(), kept_counts.rows

    def noted(user, **asked):
        rows = kept_rows(user, **asked)
        answered.add((user.username, rows is not None))
        return rows

    readers, compared, counted = people(), 0, 0
    for day in (29, 30):  # of what was due on 31 March the last day, and the one after
        time_machine.move_to(NOW + timedelta(days=day), tick=False)
        for user, query, by in product(readers.values(), QUERIES, ("unit", "period")):
            monkeypatch.setattr(kept_counts, "rows", noted)
            kept = said(user, query, by)
            monkeypatch.setattr(kept_counts, "rows", lambda *_, **__: None)
            assert kept == said(user, query, by), (user.username, query, by, day)
            compared, counted = compared + 1, counted + len(kept[2])
        folding.fold()

    assert compared == 2 * len(readers) * len(QUERIES) * 2
    assert counted > compared
    by_counts = {name for name, one in readers.items() if (one.username, True) in answered}
    # far down there are few; and a split of the city in between concerns whole who owes a part
    one_by_one = {"city", "county", "city and its county", "province and a county"}
    assert by_counts == set(readers) - one_by_one


@pytest.mark.parametrize("query", FORWARDS)
def test_of_single_obligations_the_assignments_are_asked(monkeypatch, query):
    obligation = Life(seed=7)._obligation()
    query = query.format(notice=obligation.notice_id, obligation=obligation.pk)
    asked = []
    kept_rows = kept_counts.rows
    monkeypatch.setattr(
        kept_counts, "rows", lambda *a, **b: asked.append(kept_rows(*a, **b)) or asked[-1]
    )

    is_wrong, _, lines = said(factories.coordinator(), f"since=&{query}", "unit")

    assert (is_wrong, asked) == (False, [None])
    assert lines
