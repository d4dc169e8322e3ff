"""Earlier obligations with the same form: told before the same units are asked for it once more."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from bureaus.models import Bureau, Staff
from bureaus.shell.region_names import short_region
from notices.models import Attachment, Notice
from notices.states import FILLABLE, AttachmentKind
from notices.text.deadlines.office_time import local_day
from tasks.issuing.attachment_likeness import Likeness, Shape, likeness, shape_of
from tasks.models import Assignment, Obligation
from tasks.querysets.assignments import reported

BACK = timedelta(days=365)
MOST = 400  # earlier obligations looked at, the latest first
MOST_ALIKE = 60
SHOWN = 2  # findings for one attachment


class Alike(NamedTuple):
    """``number`` of the notice at hand asks for what ``place`` of an earlier one asked."""

    number: int
    obligation: Obligation
    place: int
    is_table: bool
    how: Likeness


@dataclass(frozen=True)
class Counts:
    """Of the units chosen now: those asked then, those who reported, the name of the first."""

    units: int
    handed_in: int
    first: str
    last_on: date | None


@dataclass(frozen=True)
class Before:
    """Another notice asked some of the same units for what attachment ``number`` asks."""

    number: int
    notice: Notice
    place: int
    is_table: bool
    is_same: bool
    counts: Counts
    due_on: date | None


def asked_before(
    notice: Notice,
    numbers: Iterable[int],
    bureaus: Sequence[Bureau],
    *,
    issuer: Bureau,
    user: Staff,
    now: datetime,
) -> list[Before]:
    """For the attachments ``numbers`` of ``notice``: of each the latest notices that asked so.

    Of the periods of one notice it is the latest that was reported on, if any was. Of what bureaus
    have split it is only what ``issuer``, who is about to ask, has.
    """
    asked = set(numbers)
    wanted = {
        each.position: _shape(each)
        for each in notice.attachments.all()
        if each.is_fillable and each.position in asked
    }
    if not wanted or not bureaus:
        return []
    alike = _alike(wanted, _earlier(notice, issuer, user, now))
    counts = _counts(alike, bureaus)
    found: dict[tuple[int, int], Before] = {}
    for each in alike:
        key, count = (each.number, each.obligation.notice_id), counts.get(each.obligation.pk)
        if count and (key not in found or count.handed_in > found[key].counts.handed_in == 0):
            found[key] = _before(each, count)
    return [
        one
        for number in sorted(wanted)
        for one in [each for key, each in found.items() if key[0] == number][:SHOWN]
    ]


def _before(alike: Alike, counts: Counts) -> Before:
    due_at = alike.obligation.due_at
    return Before(
        number=alike.number,
        notice=alike.obligation.notice,
        place=alike.place,
        is_table=alike.is_table,
        is_same=alike.how == Likeness.SAME,
        counts=counts,
        due_on=local_day(due_at) if due_at else None,
    )


def _earlier(notice: Notice, issuer: Bureau, user: Staff, now: datetime) -> QuerySet[Obligation]:
    """Those with forms of the last year, the latest first; splits only of this very bureau."""
    own_level = Q(parent=None) | Q(issuer=issuer)
    recent = Obligation.objects.visible_to(user).filter(
        own_level, state="issued", issued_at__gte=now - BACK, issued_at__lte=now
    )
    with_form = recent.exclude(notice=notice).exclude(attachment_numbers="")
    return with_form.order_by("-issued_at", "-pk")[:MOST]


def _alike(wanted: Mapping[int, Shape], earlier: QuerySet[Obligation]) -> list[Alike]:
    forms = Attachment.objects.filter(kind__in=FILLABLE, notice__in=earlier.values("notice"))
    shapes = {(each.notice_id, each.position): _shape(each) for each in forms}
    rows = earlier.select_related("notice").defer("notice__body", "notice__reading_json")
    found = [
        Alike(number, obligation, place, own.kind == AttachmentKind.TABLE, how)
        for obligation in rows
        for place in obligation.attachments_referred
        for number, own in wanted.items()
        if (theirs := shapes.get((obligation.notice_id, place))) and (how := likeness(own, theirs))
    ]
    return found[:MOST_ALIKE]


def _counts(alike: Iterable[Alike], bureaus: Sequence[Bureau]) -> dict[int, Counts]:
    """Of the chosen units: how many were asked, how many have reported, which is the first."""
    names = {each.path: short_region(each.region) or each.short_name for each in bureaus}
    asked = Assignment.objects.expected().filter(
        obligation__in={each.obligation for each in alike}, bureau__in=bureaus
    )
    rows = (
        asked.order_by()
        .values("obligation")
        .annotate(
            units=Count("pk"),
            handed_in=Count("pk", filter=reported()),
            last_at=Max("submitted_at", filter=reported()),
            first=Coalesce(Min("bureau_path", filter=reported()), Min("bureau_path")),
        )
    )
    return {
        row["obligation"]: Counts(
            row["units"],
            row["handed_in"],
            names[row["first"]],
            local_day(row["last_at"]) if row["last_at"] else None,
        )
        for row in rows
    }


def _shape(attachment: Attachment) -> Shape:
    body = json.loads(attachment.body_json) if attachment.body_json else {}
    return shape_of(attachment.kind, attachment.title, body)
