"""Addresses to which mails fail again and again: those above the person are told, once."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Count, Max, Q
from django.template.loader import render_to_string
from django.urls import reverse

from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from notices.text.deadlines.office_time import local_day
from tasks.models import AddressFault, Delivery
from tasks.reminders.mail import letters

logger = logging.getLogger(__name__)

FAILURES = 3  # letters given up, to one address, since the last that arrived there
LOOK_BACK = timedelta(days=60)
LEASE = timedelta(minutes=10)
SUBJECT = "【提醒未送达】{}的邮箱收不到提醒"


def watch(now: datetime) -> int:
    """Find such addresses and tell of those nobody was told of yet. Returns of how many.

    Runs that meet tell once: the row is claimed by its lease. Where a run died, or could not tell
    everybody, those who were told already get the same Message-ID, marked as a possible repeat.
    """
    _find(now)
    waiting = AddressFault.objects.filter(told_at=None, held_until__lte=now)
    return sum(_tell(fault, now=now) for fault in waiting.select_related("person__bureau__parent"))


def _find(now: datetime) -> None:
    here = Staff.objects.valid_on(local_day(now))  # who has left gets nothing, whatever the address
    failed = Delivery.objects.by_mail().filter(
        state=Delivery.State.FAILED, not_before__gt=now - LOOK_BACK, recipient__in=here
    )
    often = failed.order_by().values("recipient", "address").annotate(count=Count("pk"))
    found = [
        AddressFault(
            person_id=each["recipient"],
            address=each["address"],
            failures=count,
            found_at=now,
            held_until=now,
        )
        for each in often.filter(count__gte=FAILURES)
        if (count := _since_it_worked(each["recipient"], each["address"])) >= FAILURES
    ]
    AddressFault.objects.bulk_create(found, ignore_conflicts=True)


def _since_it_worked(person: int, address: str) -> int:
    """How many have failed at the address since the last that arrived."""
    sent = Delivery.objects.by_mail().filter(recipient=person, address=address)
    last = sent.aggregate(at=Max("sent_at", filter=Q(state=Delivery.State.SENT)))["at"]
    failed = sent.filter(state=Delivery.State.FAILED)
    return (failed.filter(not_before__gt=last) if last else failed).count()


def _tell(fault: AddressFault, *, now: datetime) -> bool:
    claimed = AddressFault.objects.filter(
        pk=fault.pk, told_at=None, held_until=fault.held_until
    ).update(held_until=now + LEASE)
    if not claimed:
        return False
    people = _above(fault.person, now=now)
    try:
        _send(fault, people, was_tried=fault.held_until > fault.found_at)
    except OSError as problem:  # the next run but one tries again
        logger.warning("address fault %s not told: %s", fault.pk, type(problem).__name__)
        return False
    _say_told(fault, people, now=now)
    return True


def _say_told(fault: AddressFault, people: list[Staff], *, now: datetime) -> None:
    told = "、".join(person.name for person in people)[:200]
    AddressFault.objects.filter(pk=fault.pk).update(told_at=now, told=told)


def _above(person: Staff, *, now: datetime) -> list[Staff]:
    """Who can mend it or pass the word on: at the person's bureau, else at the one above."""
    on = local_day(now)
    for bureau in _bureaus(person):
        found = [
            who
            for permission in (Permission.STAFF, Permission.RECEIVE)
            for who in Staff.objects.who_may(permission, at=bureau, on=on).order_by("pk")
            if who.pk != person.pk and who.email
        ]
        if found:
            return list({who.pk: who for who in found}.values())
    return []


def _bureaus(person: Staff) -> Iterator[Bureau]:
    bureau = person.bureau
    while bureau is not None:
        yield bureau
        bureau = bureau.parent


def _send(fault: AddressFault, people: list[Staff], *, was_tried: bool) -> None:
    if not people:
        return
    words = {
        "person": fault.person,
        "failures": fault.failures,
        "link": settings.SITE_URL + reverse("tasks:desk"),
    }
    for who in people:
        text = render_to_string("tasks/mail/address_fault.txt", words | {"who": who})
        key = f"<address-{fault.pk}-{who.pk}@{letters.host()}>"
        EmailMessage(
            subject=SUBJECT.format(fault.person.name),
            body=text,
            from_email=settings.MAIL_FROM,
            to=[who.email],
            headers=letters.headers(key, is_repeat=was_tried),
        ).send()
