"""What happened becomes rows of the ledger: a message at once, a mail that is gathered."""

from collections.abc import Collection, Iterator
from datetime import datetime

from bureaus.models import Staff
from tasks.ladder.events import CALLED_OFF, NEW
from tasks.models import Assignment, Delivery, Milestone
from tasks.reminders import policies
from tasks.reminders.actions import deliveries
from tasks.reminders.routes import AT_ONCE, Routes

News = tuple[Milestone, list[Staff]]
Pair = tuple[int, int]  # keys of an assignment and of a person


def letters(news: Collection[News], routes: Routes, *, now: datetime) -> Iterator[Delivery]:
    """The rows of these events, not written yet; a few queries, however many events."""
    if not news:
        return
    called_off = [m.assignment_id for m, _ in news if m.event and m.event.of in CALLED_OFF]
    unheard, unknown = _unheard(called_off), _unknown(called_off)
    waits = _waits([milestone.assignment for milestone, _ in news if milestone.assignment])
    for milestone, told in news:
        key, task = milestone.assignment_id, milestone.assignment
        if key in unknown:
            continue
        apart = {person.pk for person in told if (key, person.pk) in unheard}
        ways = routes.of_event(milestone, told, unheard=apart)
        at_any_time = task is not None and waits.get(task.obligation_id) is False
        yield from deliveries.drafts(milestone, ways, now=now, at_any_time=at_any_time)


def _unknown(called_off: Collection[int | None]) -> set[int | None]:
    """Of what is called off now, what nobody was told of at all: its moment never fired."""
    if not called_off:
        return set()
    stopped = Milestone.objects.of_events(NEW).filter(
        assignment__in=called_off, state=Milestone.State.VOID
    )
    return set(stopped.values_list("assignment", flat=True))


def _unheard(called_off: Collection[int | None]) -> set[Pair]:
    """Who was to be told of what is called off now, and no mail about it has gone out yet."""
    if not called_off:
        return set()
    mails = Delivery.objects.by_mail().filter(milestone__assignment__in=called_off)
    columns = ("milestone__assignment", "recipient")
    begun = mails.exclude(attempts=0).values_list(*columns)
    # as ``disarm`` leaves what was still to go; who had acted on it knows of it
    stopped = mails.filter(
        milestone__event__kind=NEW.code, state=Delivery.State.VOID, attempts=0, problem=""
    )
    return set(stopped.values_list(*columns)) - set(begun)


def _waits(assignments: Collection[Assignment]) -> dict[int, bool]:
    """By obligation, where the notice is urgent: must it wait for the end of quiet hours?"""
    urgent = [each for each in assignments if each.obligation.notice.urgency in AT_ONCE]
    return {key: plan.urgent_waits for key, plan in policies.of_assignments(urgent).items()}
