"""One round after the other: what each is given, and that late stays late."""

from datetime import date, timedelta

import pytest

from tasks.actions import transitions
from tasks.errors import TransitionDenied
from tasks.scheduling.dates import last_moment
from tests import factories
from tests.factories import DUE_ON, NOW, fresh, walk

pytestmark = pytest.mark.django_db

REPORT = ("hand_in", "pass_review", "submit")
SECOND = timedelta(seconds=1)


@pytest.fixture
def reported():
    return walk(factories.assignment(), "accept", *REPORT)


def again(task, verb="return_", *, until=None, now=NOW):
    by = factories.actor(task, verb)
    return transitions.move(task, verb, now=now, reason="示例", until=until, by=by)


@pytest.mark.parametrize(
    ("now", "until", "due_on"),
    [
        (NOW, None, DUE_ON),  # five working days end before the old deadline
        (NOW, date(2026, 4, 3), date(2026, 4, 3)),
        (NOW, DUE_ON, DUE_ON),
        (last_moment(DUE_ON) + SECOND, None, date(2026, 4, 8)),
        (last_moment(DUE_ON) + SECOND, date(2026, 4, 1), date(2026, 4, 1)),
    ],
)
@pytest.mark.parametrize("verb", ["return_", "correct"])
def test_new_round_ends_with_the_day_named_or_five_working_days_on(verb, now, until, due_on):
    task = walk(factories.assignment(), "accept", *REPORT)
    if verb == "correct":
        walk(task, "close")

    again(task, verb, until=until, now=now)

    assert fresh(task).due_at == last_moment(due_on)
    assert fresh(task).deadline_version == (1 if due_on == DUE_ON else 2)


@pytest.mark.parametrize(
    ("now", "until", "first"),
    [
        (NOW, DUE_ON - timedelta(days=1), "2026年3月31日"),
        (last_moment(DUE_ON) + SECOND, DUE_ON, "2026年4月1日"),
    ],
)
def test_new_round_that_would_end_before_today_or_the_old_end_is_refused(
    reported, now, until, first
):
    with pytest.raises(TransitionDenied) as denied:
        again(reported, until=until, now=now)

    assert str(denied.value) == f"重新报送的最后一天不能早于今天和原截止时间，即{first}"
    assert (fresh(reported).status, fresh(reported).round_number) == ("submitted", 1)


def test_late_second_round_stays_late_after_a_punctual_third(reported):
    again(reported, until=date(2026, 4, 3))
    walk(reported, *REPORT, now=last_moment(date(2026, 4, 3)) + SECOND)
    assert fresh(reported).is_resubmitted_late

    again(reported, until=date(2026, 4, 10), now=last_moment(date(2026, 4, 4)))
    walk(reported, *REPORT, now=last_moment(date(2026, 4, 10)))

    assert (fresh(reported).is_late, fresh(reported).is_resubmitted_late) == (False, True)


def test_report_taken_back_was_not_late_unless_one_before_it_was(reported):
    again(reported, until=date(2026, 4, 3))
    late = last_moment(date(2026, 4, 3)) + SECOND

    walk(reported, *REPORT, "recall", now=late)

    assert fresh(reported).resubmitted_at is None
    assert not fresh(reported).is_resubmitted_late

    walk(reported, *REPORT, now=late)
    again(reported, until=date(2026, 4, 10), now=late)
    walk(reported, *REPORT, "recall", now=late)

    assert fresh(reported).is_resubmitted_late
