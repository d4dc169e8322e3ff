"""Twelve situations of one bureau and the figures that the statistics say of each.

It is 1 April 2026; what is asked by 31 March was due yesterday, by 30 April is not due.
"""

from collections.abc import Callable
from datetime import date

import pytest

from notices.calendar import work_calendar
from reports.rollups.rates import Tally
from tasks.actions import amending, extensions, issuing
from tasks.actions.issuing import Terms
from tasks.models import Assignment
from tasks.scheduling.dates import Dates, until
from tests import factories, splits
from tests.factories import NOW, RUNGS, TO_SUBMIT, actor, walk
from tests.reports.counted import tally

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("day_after")]

PAST, AHEAD = date(2026, 3, 31), date(2026, 4, 30)
LATE = RUNGS["O1"]  # the morning after PAST


def asked(day: date | None) -> Assignment:
    clause = factories.filed_notice().clauses.get(attachment_numbers="1")
    dates = until(day, calendar=work_calendar(), said="示例") if day else Dates(explanation="示例")
    sent = issuing.issue(
        clause,
        bureaus=[factories.province()],
        terms=Terms(dates),
        now=NOW,
        by=factories.coordinator(),
    )
    return sent.assignments.for_detail().get()


def not_due() -> None:
    asked(AHEAD)


def early() -> None:
    walk(asked(AHEAD), *TO_SUBMIT)


def undated() -> None:
    asked(None)


def undated_in() -> None:
    walk(asked(None), *TO_SUBMIT)


def nil() -> None:
    walk(asked(PAST), "accept", "report_nil", "pass_review", "submit")


def late() -> None:
    walk(asked(PAST), *TO_SUBMIT, now=LATE)


def missing() -> None:
    asked(PAST)


def returned() -> None:
    walk(asked(PAST), *TO_SUBMIT, "return_")


def extended() -> None:
    task = walk(asked(PAST), "accept")
    wish = extensions.request(task, until=AHEAD, reason="示例", now=NOW, by=actor(task, "hand_in"))
    extensions.decide(wish, is_granted=True, now=NOW, by=factories.coordinator())


def withdrawn() -> None:
    task = asked(PAST)
    amending.withdraw(task.obligation, reason="示例", now=NOW, by=factories.coordinator())


def corrected() -> None:
    walk(asked(PAST), *TO_SUBMIT, "close", "correct")


def split() -> None:
    """The province owes it still; one of its two cities has handed in."""
    task = walk(asked(AHEAD), "accept")
    cities = [
        factories.prefecture(task.bureau),
        factories.prefecture(task.bureau, "330200", "宁波市"),
    ]
    terms = Terms(until(PAST, calendar=work_calendar(), said="示例"), need="示例")
    chief = splits.coordinator(task.bureau)
    below = issuing.split(task, bureaus=cities, terms=terms, now=NOW, by=chief)
    walk(below.assignments.for_detail().get(bureau=cities[0]), *TO_SUBMIT)


# situation: expected, not due, in, in time, missing (= overdue), 报送率, 及时率
SITUATIONS: list[tuple[Callable[[], None], tuple[int, ...], str, str]] = [
    (not_due, (1, 1, 0, 0, 0), "—", "—"),
    (early, (1, 0, 1, 1, 0), "100%", "100%"),
    (undated, (1, 1, 0, 0, 0), "—", "—"),
    (undated_in, (1, 0, 1, 0, 0), "100%", "—"),
    (nil, (1, 0, 1, 1, 0), "100%", "100%"),
    (late, (1, 0, 1, 0, 0), "100%", "0%"),
    (missing, (1, 0, 0, 0, 1), "0%", "0%"),
    (returned, (1, 0, 1, 1, 0), "100%", "100%"),
    (extended, (1, 1, 0, 0, 0), "—", "—"),
    (withdrawn, (0, 0, 0, 0, 0), "—", "—"),
    (corrected, (1, 0, 1, 1, 0), "100%", "100%"),
    (split, (1, 1, 0, 0, 0), "—", "—"),  # the cities owe theirs to the province
]


def figures(found: Tally) -> tuple[int, ...]:
    assert found.missing == found.overdue
    return found.expected, found.not_due, found.actual, found.on_time, found.missing


@pytest.mark.parametrize(("situation", "expected", "completeness", "timeliness"), SITUATIONS)
def test_each_situation_has_its_figures(office, situation, expected, completeness, timeliness):
    situation()

    table = office.get("/statistics/?by=unit").context["table"]

    assert figures(table.total) == expected
    said = table.total.completeness_said, table.total.timeliness_said
    assert said == (completeness, timeliness)


def test_the_province_counts_what_it_split(client):
    split()
    client.force_login(splits.coordinator(factories.province()))

    total = client.get("/statistics/?by=unit").context["table"].total

    assert figures(total) == (3, 1, 1, 1, 1)
    assert (total.completeness_said, total.timeliness_said) == ("50.0%", "50.0%")


def test_a_bureau_with_nothing_late_is_never_below_all(office):
    walk(asked(PAST), *TO_SUBMIT)
    clause = factories.filed_notice(factories.TEXT.replace("1号", "2号")).clauses.first()
    issuing.issue(
        clause,
        bureaus=[factories.province()],
        terms=Terms(until(AHEAD, calendar=work_calendar(), said="示例")),
        now=NOW,
        by=factories.coordinator(),
    )

    total = office.get("/statistics/?by=unit").context["table"].total

    assert (total.completeness_said, total.timeliness_said) == ("100%", "100%")
    assert (total.expected, total.not_due) == (2, 1)


def test_one_line_of_the_page_by_obligation_says_the_same(office):
    not_due()

    assert figures(tally(office.get("/statistics/"))) == (1, 1, 0, 0, 0)
