"""Reminders that are due, for measuring and for breaking things: one assignment a bureau.

Imported where Django is set up. All names are invented.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from bureaus.models import Bureau, CalendarDay, Post, Staff
from bureaus.roles import Role
from notices.models import Notice
from tasks.models import Assignment, Milestone, Obligation

FAR = timedelta(days=400)  # when a moment comes that nobody waits for
LEVELS = (Bureau.Rank.PROVINCE, Bureau.Rank.PREFECTURE, Bureau.Rank.COUNTY)


@transaction.atomic
def fill(count: int, kinds: Sequence[str], *, now: datetime) -> None:
    """So many bureaus in three levels, each owing one report; every moment armed and far away.

    Today and tomorrow become working days, or nothing would be sent on a weekend.
    """
    central = Bureau.objects.create(
        code="D0", name="示例总局", short_name="示例总局", rank=Bureau.Rank.CENTRAL, path="/"
    )
    for day in (now.date(), now.date() + timedelta(days=1)):
        _work_on(day)
    bureaus = Bureau.objects.bulk_create(_bureau(number, central) for number in range(count))
    people = Staff.objects.bulk_create(
        Staff(
            username=f"due{number}",
            name=f"示例{number}",
            bureau=bureau,
            email=f"due{number}@example.test",
        )
        for number, bureau in enumerate(bureaus)
    )
    Post.objects.bulk_create(
        Post(staff=person, bureau=person.bureau, role=Role.FILLER) for person in people
    )
    issued = _obligation(central, now=now)
    owed = Assignment.objects.bulk_create(
        Assignment(
            obligation=issued,
            bureau=bureau,
            bureau_path=bureau.path,
            receiver=central,
            due_at=issued.due_at,
            target_at=issued.target_at,
        )
        for bureau in bureaus
    )
    Milestone.objects.bulk_create(
        [
            Milestone(assignment=each, deadline_version=1, kind=kind, at=now + FAR)
            for each in owed
            for kind in kinds
        ],
        batch_size=2000,
    )


def coordinator() -> Staff:
    """Who issued all of it."""
    central = Bureau.objects.get(rank=Bureau.Rank.CENTRAL)
    person: Staff = Staff.objects.create(
        username="coordinator", name="示例", bureau=central, email="coordinator@example.test"
    )
    Post.objects.create(staff=person, bureau=central, role=Role.COORDINATOR)
    return person


def come(kind: str, *, at: datetime, first: int | None = None) -> int:
    """The moment of this kind comes for everybody, or for the first so many; how many they are."""
    theirs = Assignment.objects.order_by("pk").values("pk")[:first]
    return Milestone.objects.filter(kind=kind, assignment__in=theirs).update(at=at)


def _work_on(day: date) -> None:
    CalendarDay.objects.update_or_create(day=day, defaults={"kind": CalendarDay.Kind.WORK})


def _bureau(number: int, central: Bureau) -> Bureau:
    code = f"D{number + 1}"
    return Bureau(
        code=code,
        name=f"示例{number}局",
        short_name=f"示例{number}局",
        rank=LEVELS[number % len(LEVELS)],
        parent=central,
        path=f"/{code}/",
    )


def _obligation(central: Bureau, *, now: datetime) -> Obligation:
    notice = Notice.objects.create(
        bureau=central,
        state="filed",
        title="示例通知",
        doc_number="示例〔2026〕1号",
        body="示例",
        reading_json="{}",
        digest="0" * 64,
        imported_at=now,
        filed_at=now,
    )
    obligation: Obligation = Obligation.objects.create(
        notice=notice,
        issuer=central,
        title="质量工作进展情况",
        quote="示例",
        due_at=now + FAR,
        target_at=now + FAR,
        issued_at=now - timedelta(days=1),  # else mails wait till it cannot be taken back
    )
    return obligation
