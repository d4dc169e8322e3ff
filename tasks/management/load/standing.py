"""How far one bureau has come with one obligation: a status, and the stamps that belong to it."""

from datetime import datetime, timedelta
from random import Random

from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.management.load.asking import Asked
from tasks.management.load.units import Unit
from tasks.scheduling.dates import until
from tasks.states import HANDED_IN, Status

S = Status
# Out of a thousand, by how long ago the due day was: one in twenty is owed for years.
NOT_YET = {S.PENDING: 280, S.ACCEPTED: 190, S.FILLING: 240, S.REVIEW: 80, S.APPROVAL: 50}
NOT_YET |= {S.SUBMITTED: 80, S.RECEIVING: 20, S.CLOSED: 50, S.DECLINED: 6, S.WITHDRAWN: 4}
JUST_PAST = {S.PENDING: 25, S.ACCEPTED: 40, S.FILLING: 70, S.REVIEW: 35, S.APPROVAL: 25}
JUST_PAST |= {S.RETURNED: 25, S.CORRECTING: 5, S.DECLINED: 2, S.SUBMITTED: 190, S.RECEIVING: 50}
JUST_PAST |= {S.CLOSED: 523, S.WITHDRAWN: 8, S.PASSED_ON: 2}
LONG_PAST = {S.PENDING: 14, S.ACCEPTED: 13, S.FILLING: 13, S.REVIEW: 6, S.APPROVAL: 4}
LONG_PAST |= {S.RETURNED: 6, S.CORRECTING: 2, S.DECLINED: 1, S.SUBMITTED: 10, S.RECEIVING: 5}
LONG_PAST |= {S.CLOSED: 879, S.STRUCK: 35, S.WITHDRAWN: 8, S.PASSED_ON: 4}

NOT_ACCEPTED = {S.PENDING, S.DECLINED, S.PASSED_ON}
NOT_BEGUN = NOT_ACCEPTED | {S.ACCEPTED, S.WITHDRAWN}
SECOND_ROUND = {S.RETURNED, S.CORRECTING}
SENT = {*HANDED_IN, *SECOND_ROUND}
FILLED = {S.REVIEW, S.APPROVAL} | SENT
DONE = {S.CLOSED, S.STRUCK}
LATE = 0.06  # of what was handed in
NIL = 0.03
DAY = timedelta(days=1)


def statuses(asked: Asked, *, now: datetime, rng: Random) -> list[Status]:
    """One for each bureau that was asked."""
    end = _end(asked)
    odds = NOT_YET if end > now else JUST_PAST if end > now - 14 * DAY else LONG_PAST
    return rng.choices(list(odds), list(odds.values()), k=len(asked.audience))


def row(
    asked: Asked, unit: Unit, status: Status, *, now: datetime, calendar: WorkCalendar, rng: Random
) -> dict:
    """The columns of one assignment that are not as the model makes them."""
    dates = asked.dates
    made = {
        "obligation_id": asked.key,
        "bureau_id": unit.bureau.pk,
        "bureau_path": unit.bureau.path,
        "receiver_id": asked.issuer.bureau.pk,
        "status": status.value,
        "due_at": dates.due_at,
        "strict_on": dates.strict_on,
        "target_at": dates.target_at,
        "review_on": dates.review_on,
    }
    accepted_at = _within(asked.issued_at, 3 * DAY, now, rng)
    if status not in NOT_ACCEPTED:
        made |= {"accepted_at": accepted_at, "accepted_by_id": unit.coordinator.pk}
    if status not in NOT_BEGUN:
        made["handler_id"] = unit.filler.pk
    if status in FILLED:
        made |= {"filled_by_id": unit.filler.pk, "is_nil": rng.random() < NIL}
    if status in SENT:
        made |= _sent(asked, unit, accepted_at, now=now, rng=rng)
    if status in DONE:
        made |= _done(asked, status, made["submitted_at"], now=now, rng=rng)
    if status in SECOND_ROUND:
        made |= _second_round(made, calendar)
    if status == S.DECLINED:
        made |= {"return_reason": "不属于本单位职责（示例）", "suggested_id": unit.bureau.parent_id}
    return made


def _end(asked: Asked) -> datetime:
    return asked.dates.due_at or asked.issued_at + 30 * DAY


def _within(start: datetime, span: timedelta, now: datetime, rng: Random) -> datetime:
    """Some moment of the span after ``start``, but not in the future."""
    return start + min(span, now - start) * rng.random()


def _sent(asked: Asked, unit: Unit, accepted_at: datetime, *, now: datetime, rng: Random) -> dict:
    end, due_at = _end(asked), asked.dates.due_at
    is_slow = accepted_at < end < now and rng.random() < LATE
    start, stop = (end, end + 10 * DAY) if is_slow else (accepted_at, end)
    submitted_at = _within(start, max(stop - start, DAY), now, rng)
    return {
        "submitted_at": submitted_at,
        "submitted_by_id": unit.approver.pk,
        "is_late": due_at is not None and submitted_at.replace(microsecond=0) > due_at,
    }


def _done(
    asked: Asked, status: Status, submitted_at: datetime, *, now: datetime, rng: Random
) -> dict:
    receiver = asked.issuer.coordinator.pk
    closed_at = _within(submitted_at, 5 * DAY, now, rng)
    made = {"closed_at": closed_at, "closed_by_id": receiver}
    if status == S.STRUCK:
        struck_at = _within(closed_at, 30 * DAY, now, rng)
        made |= {"struck_at": struck_at, "struck_by_id": receiver}
    return made


def _second_round(made: dict, calendar: WorkCalendar) -> dict:
    """Returned, or taken back to be corrected, with a week to do it."""
    again = {"round_number": 2, "return_reason": "第2行缺少印发日期（示例）"}
    if made["due_at"] is None:
        return again
    day = max(local_day(made["submitted_at"] + 7 * DAY), local_day(made["due_at"] + DAY))
    dates = until(day, calendar=calendar, said="补正或更正重报")
    return again | {
        "deadline_version": 2,
        "due_at": dates.due_at,
        "strict_on": dates.strict_on,
        "target_at": dates.target_at,
    }
