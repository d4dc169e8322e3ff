"""The rows of the ledger: written, claimed by the batch, and each with a result of its own.

A letter is one row, or the rows of one person's digest; they move together.
"""

import logging
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import connection as database
from django.db import transaction
from django.db.models import F, Q

from bureaus.models import Staff
from tasks.channels.registry import EMAIL, INBOX, LABELS
from tasks.ladder.events import DELEGATED, HANDED_OVER, NEW, is_event, of_moment
from tasks.ladder.rungs import HOUR, URGE
from tasks.models import Assignment, Delivery, Event, Milestone
from tasks.querysets.reminders import DeliveryQuerySet
from tasks.reminders.mail import letters
from tasks.reminders.mail.transports import Fault
from tasks.reminders.routes import AT_ONCE as URGENT
from tasks.reminders.routes import Route
from tasks.states import Status

logger = logging.getLogger(__name__)

BATCH = 50
AT_ONCE = 8  # workers that find a batch each among the next ones
LEASE = timedelta(minutes=10)  # longer than any run of a worker; then another may try
GATHER = timedelta(minutes=10)  # what happens to one notice meanwhile is told in one letter
BUNDLED_BY = ("recipient_id", "bundle", "channel")
AS_THEY_STAND = ("pk", "state", "attempts", "not_before", "milestone__kind")
BY_ITSELF = (HANDED_OVER, DELEGATED)
DIGEST_WAIT = timedelta(minutes=5)  # how long a digest waits for what else fires that morning
BACK_OFF = timedelta(minutes=5)
LONGEST_BACK_OFF = timedelta(hours=2)
MAX_ATTEMPTS = 6  # where the far side refuses for good: over two and a half hours
MAX_ATTEMPTS_BROKEN = 12  # where it may get well again: over fourteen hours
State = Delivery.State
Letter = list[Delivery]


def drafts(
    milestone: Milestone, routes: Iterable[Route], *, now: datetime, at_any_time: bool = False
) -> list[Delivery]:
    """One row a route, not written yet. A message in the inbox is delivered by being written."""
    return [
        Delivery(
            milestone=milestone,
            bureau_path=milestone.assignment.bureau_path if milestone.assignment else "",
            recipient=route.person,
            channel=route.channel,
            address=route.person.email if route.channel == EMAIL else LABELS[route.channel],
            subject=letters.subject(milestone),
            message_key=letters.message_key(milestone, route.person, route.channel),
            in_digest=route.in_digest,
            robot=route.robot,
            **_event_terms(milestone, at_any_time=at_any_time, now=now),
            **({"state": State.SENT, "sent_at": now} if route.channel == INBOX else {}),
        )
        for route in routes
    ]


def _event_terms(milestone: Milestone, *, at_any_time: bool, now: datetime) -> dict[str, object]:
    """What happens to one notice within GATHER is one letter; at once where it is urgent."""
    event, task = milestone.event, milestone.assignment
    if event is None:
        is_urge = milestone.kind.startswith(URGE)
        at = now if is_urge or task is None else max(now, _final_at(task))
        return {"not_before": at, "at_any_time": milestone.kind.startswith(HOUR)}
    alone = task is None or event.of in BY_ITSELF
    bundle = own_bundle(event) if alone or task is None else f"n{task.obligation.notice_id}"
    is_urgent = task is None or task.obligation.notice.urgency in URGENT
    at = now if is_urgent else max(now, event.made_at + GATHER)
    if task is not None:
        at = max(at, _final_at(task))
    return {"not_before": at, "bundle": bundle, "at_any_time": at_any_time}


def _final_at(task: Assignment) -> datetime:
    """No mail about a task goes out as long as its issue may be taken back, but of what is urgent
    and where it has been signed for."""
    asked = task.obligation
    may_be_taken_back = task.status == Status.PENDING and asked.notice.urgency not in URGENT
    return asked.take_back_until if may_be_taken_back else asked.issued_at


def own_bundle(event: Event) -> str:
    """Of an event that is a letter by itself, whatever notices it is about."""
    return f"e{event.pk}"


def write(rows: Iterable[Delivery]) -> None:
    """Rows that already stand are left alone."""
    Delivery.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def to_send(now: datetime, *, quiet: bool) -> DeliveryQuerySet:
    """What would be tried now; in quiet times only urges and what is urgent."""
    found: DeliveryQuerySet = Delivery.objects.to_send(now)
    return found.at_any_time() if quiet else found


def claim(
    now: datetime,
    *,
    channel: str = EMAIL,
    quiet: bool = False,
    at_most: int = BATCH,
    is_complete: bool = True,
) -> list[Letter]:
    """Take the next letters for this worker until the lease ends, past what other workers hold.

    Single ones first, then what some people are told of events, then their digests, each whole;
    ``is_complete`` says that nothing more will fire now, without which these wait a little. What
    a dead worker left while it spoke to the far side is marked as a possible repeat.
    """
    waiting = to_send(now, quiet=quiet).filter(channel=channel)
    singles = waiting.filter(in_digest=False, bundle="").order_by("not_before", "pk")
    taken = _take(singles, now=now, at_most=at_most)
    if not is_complete:
        young = Q(state=State.WAITING, attempts=0, not_before__gt=now - DIGEST_WAIT)
        waiting = waiting.exclude(young)
    if not taken:
        taken = _take_bundles(waiting.exclude(bundle=""), now=now, at_most=at_most)
    if not taken and channel == EMAIL:
        taken = _take_digests(waiting.filter(in_digest=True), now=now, at_most=at_most)
    return taken


@transaction.atomic
def _take(waiting: DeliveryQuerySet, *, now: datetime, at_most: int) -> list[Letter]:
    return [[delivery] for delivery in _hold(_lock(waiting)[:at_most], now=now)]


@transaction.atomic
def _take_digests(waiting: DeliveryQuerySet, *, now: datetime, at_most: int) -> list[Letter]:
    """All that waits for each person who is not in another worker's hands."""
    # read, not joined: the planner knows nothing yet of rows written a moment ago
    next_ones = waiting.order_by("not_before", "pk").values_list("recipient_id", flat=True)
    people = _lock_people(set(next_ones[: at_most * AT_ONCE]), at_most=at_most)
    return _bundled(_hold(_lock(waiting.filter(recipient__in=people)), now=now))


@transaction.atomic
def _take_bundles(ripe: DeliveryQuerySet, *, now: datetime, at_most: int) -> list[Letter]:
    """Whole bundles of such people: with a first letter go those whose own time has not come, but
    no new task that may still be taken back."""
    next_ones = ripe.order_by("not_before", "pk").values_list(*BUNDLED_BY, "attempts")
    asked = list(next_ones[: at_most * AT_ONCE])
    if not asked:
        return []
    people = _lock_people({person for person, *_ in asked}, at_most=at_most)
    bundles = {(person, bundle, channel) for person, bundle, channel, _ in asked}
    first = {(person, bundle, channel) for person, bundle, channel, tries in asked if not tries}
    rows = Delivery.objects.unsent().filter(
        recipient__in=people,
        bundle__in={bundle for _, bundle, _ in bundles},
        channel__in={channel for _, _, channel in bundles},
    )
    theirs = [
        pk
        for pk, state, tries, at, kind, *whose in rows.values_list(*AS_THEY_STAND, *BUNDLED_BY)
        if (at <= now and tuple(whose) in bundles)
        or (state == State.WAITING and not tries and tuple(whose) in first and not _is_new(kind))
    ]
    return _bundled(_hold(_lock(Delivery.objects.filter(pk__in=theirs)), now=now))


def _is_new(kind: str) -> bool:
    return is_event(kind) and of_moment(kind) == NEW


def _lock_people(asked: Collection[int], *, at_most: int) -> list[int]:
    """Those of them who are not in another worker's hands, kept till the transaction ends."""
    features = database.features
    people = (
        Staff.objects.filter(pk__in=asked)
        .values_list("pk", flat=True)
        .order_by("pk")
        .select_for_update(
            skip_locked=features.has_select_for_update_skip_locked,
            no_key=features.has_select_for_no_key_update,  # rows that point here may be written
        )[:at_most]
    )
    return list(people)


def _lock(waiting: DeliveryQuerySet) -> DeliveryQuerySet:
    skip = database.features.has_select_for_update_skip_locked
    return waiting.select_for_update(of=("self",), skip_locked=skip)


def _hold(locked: DeliveryQuerySet, *, now: datetime) -> list[Delivery]:
    seen = dict(locked.values_list("pk", "state"))
    if not seen:
        return []
    theirs = Delivery.objects.unsent().filter(
        Q(not_before__lte=now) | (Q(state=State.WAITING, attempts=0) & ~Q(bundle="")), pk__in=seen
    )
    if State.SENDING in seen.values():
        theirs.filter(state=State.SENDING).update(is_repeat=True)
    theirs.update(state=State.HELD, not_before=now + LEASE)
    held = Delivery.objects.for_sending().only(*letters.COLUMNS)
    rows = list(held.filter(pk__in=seen, state=State.HELD).order_by("pk"))
    _readdress(rows)
    return rows


def _readdress(rows: Iterable[Delivery]) -> None:
    """To the address of now, and the row says so: it was mended, or is somebody else's by now."""
    moved = [row for row in rows if row.channel == EMAIL and row.address != row.recipient.email]
    for row in moved:
        row.address = row.recipient.email
    if moved:
        Delivery.objects.bulk_update(moved, ["address"])


def _bundled(rows: list[Delivery]) -> list[Letter]:
    """One letter a person (and bundle) of what was never tried; what was goes again as it went.

    The letter's Message-ID is that of its first row; ``begin`` writes it on all of them.
    """
    found: dict[tuple[int, str, int | None, str], Letter] = {}
    for row in rows:
        whose = row.recipient_id, row.bundle, row.robot_id
        found.setdefault((*whose, row.message_key if row.attempts else ""), []).append(row)
    for letter in found.values():
        for row in letter:
            row.message_key = letter[0].message_key
    return list(found.values())


def _keys(letter: Collection[Delivery]) -> list[int]:
    return [row.pk for row in letter]


def _rows(letter: Letter) -> DeliveryQuerySet:
    """By the key of one, as most are: Django is quicker with it than with a list."""
    keys = _keys(letter)
    found: DeliveryQuerySet = (
        Delivery.objects.filter(pk=keys[0])
        if len(keys) == 1
        else Delivery.objects.filter(pk__in=keys)
    )
    return found


def _mine(letter: Letter, state: State) -> DeliveryQuerySet:
    """The rows as long as this worker's lease is on them; not once they are void or another's."""
    return _rows(letter).filter(state=state, not_before=letter[0].not_before)


def put_back(batch: Iterable[Letter], *, now: datetime) -> None:
    """Held and not begun: anybody may have them."""
    for letter in batch:
        _mine(letter, State.HELD).update(state=State.WAITING, not_before=now)


def begin(letter: Letter) -> Letter:
    """Say that the far side is about to be spoken to, under which Message-ID; the rows for which
    that is called for.
    """
    key = {"message_key": letter[0].message_key} if len(letter) > 1 else {}
    mine = _mine(letter, State.HELD)
    begun = mine.update(state=State.SENDING, attempts=F("attempts") + 1, **key)
    if begun < len(letter):  # some became void since they were claimed
        left = set(_mine(letter, State.SENDING).values_list("pk", flat=True))
        letter = [row for row in letter if row.pk in left]
    for row in letter:
        row.attempts += 1
    return letter


def sent(letter: Letter, *, now: datetime) -> None:
    """It went out, whatever has become of the rows in the meantime."""
    _rows(letter).update(state=State.SENT, sent_at=now, problem="")


def failed(letter: Letter, fault: Fault, *, now: datetime) -> None:
    """To be tried again later, or never where it was tried often enough."""
    attempts = max(row.attempts for row in letter)
    logger.warning("deliveries %s, attempt %s: %s", _keys(letter), attempts, fault)
    if fault.is_hopeless:
        give_up(letter, str(fault))
        return
    if fault.wait:
        _put_off(letter, str(fault), until=now + fault.wait)
        return
    problem = f"第{attempts}次发送失败：{fault}"[:300]
    if attempts >= (MAX_ATTEMPTS if fault.is_final else MAX_ATTEMPTS_BROKEN):
        give_up(letter, problem)
        return
    again = now + min(BACK_OFF * 2 ** (attempts - 1), LONGEST_BACK_OFF)
    doubt = {"is_repeat": True} if fault.leaves_doubt else {}
    _mine(letter, State.SENDING).update(
        state=State.WAITING, not_before=again, problem=problem, **doubt
    )


def _put_off(letter: Letter, problem: str, *, until: datetime) -> None:
    """What else waits for the same robot, in whosoever hands, goes later too; it costs no try."""
    _mine(letter, State.SENDING).update(
        state=State.WAITING, not_before=until, attempts=F("attempts") - 1, problem=problem[:300]
    )
    robots = {row.robot_id for row in letter if row.robot_id}  # none where it is a mail
    theirs = Delivery.objects.filter(robot__in=robots)
    waiting = Q(state=State.WAITING, not_before__lt=until)
    theirs.filter(waiting | Q(state=State.HELD)).update(state=State.WAITING, not_before=until)


def give_up(letter: Letter, problem: str) -> None:
    _mine(letter, State.SENDING).update(state=State.FAILED, problem=problem[:300])
