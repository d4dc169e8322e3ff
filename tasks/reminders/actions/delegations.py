"""委托代办 that has begun: the deputy is told, once, whether anything waits for him or not."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from bureaus.models import Delegation
from notices.text.deadlines.office_time import local_day
from tasks.ladder.events import DELEGATED, moment_kind
from tasks.models import Delivery, Event, Milestone
from tasks.reminders.actions import deliveries
from tasks.reminders.actions.events import origin
from tasks.reminders.routes import Routes

LONGEST_QUIET = timedelta(days=30)  # longer than any holiday holds a mail back
BATCH = 100  # of one tick; nobody has so many in a day


def begin(now: datetime) -> int:
    """Tell of those that run and that nobody was told of; returns how many they were.

    Of one that was taken back meanwhile no mail goes out any more.
    """
    ended = Event.objects.filter(delegation__ended_at__gt=now - LONGEST_QUIET)
    if bundles := [deliveries.own_bundle(event) for event in ended]:
        theirs = Delivery.objects.unsent().filter(bundle__in=bundles)
        theirs.update(state=Delivery.State.VOID)
    running = Delegation.objects.in_force(local_day(now)).filter(event=None)
    found = running.select_related("absentee", "deputy", "made_by__bureau").order_by("pk")
    return sum(_tell(delegation, now=now) for delegation in found[:BATCH])


def _tell(delegation: Delegation, *, now: datetime) -> bool:
    try:
        with transaction.atomic():
            _write(delegation, now=now)
    except IntegrityError:  # another worker was faster: a delegation has one event
        return False
    return True


def _write(delegation: Delegation, *, now: datetime) -> None:
    deputy, days = delegation.deputy, (delegation.starts_on, delegation.ends_on)
    begin, end = (f"{day:%Y年%-m月%-d日}" for day in days)
    made = Event.objects.create(
        kind=DELEGATED.code,
        words=f"{begin}至{end}由您代办{delegation.absentee}的岗位",
        origin=origin(delegation.made_by),
        reason=delegation.reason,
        person=deputy,
        delegation=delegation,
        made_at=now,
        made_by=delegation.made_by,
    )
    milestone = Milestone.objects.create(
        event=made,
        deadline_version=1,
        kind=moment_kind(made.kind, made.pk),
        at=now,
        state=Milestone.State.FIRED,
    )
    told = [deputy] if deputy.pk != delegation.made_by_id else []
    ways = Routes({deputy.pk}, ()).of_event(milestone, told)
    deliveries.write(deliveries.drafts(milestone, ways, now=now))
