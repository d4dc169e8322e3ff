"""Freezing what a roll-up holds at a moment: which version of which unit, who is nil or missing."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from audit import trail
from bureaus.models import Staff
from bureaus.roles import Permission
from reports.errors import ReportError
from reports.filling.asked_forms import definition_of, numbers
from reports.models import Snapshot, SnapshotEntry, SubmissionVersion
from reports.rollups.snapshots import Digest
from reports.schemas.content.content import has_body
from reports.states import EntryState
from tasks.errors import NotYourPost
from tasks.models import Assignment, Obligation
from tasks.states import HANDED_IN

AT_ONCE = 200  # units whose contents are looked at together
LABEL_CHARS = 100
MOST_NAMED = 10
TWICE = timedelta(seconds=10)  # between the clicks of one double click, slow servers included


@transaction.atomic
def take(obligation: Obligation, number: int, *, label: str, now: datetime, by: Staff) -> Snapshot:
    """Keep what stands now under a name. Later reports, returns and corrections do not change it.

    The same person asking for the same again within a few seconds has clicked twice: the first one.
    Raises NotYourPost where the person may not roll up, ReportError where there is no such form,
    the label is too long, or a unit's report is older than the versions that are kept.
    """
    if not by.may(Permission.ROLL_UP, at=obligation.issuer):
        raise NotYourPost(f"您在{obligation.issuer}没有“汇总”权限，不能制作汇总快照")
    if number not in numbers(obligation):
        raise ReportError(f"该事项没有附件{number}的报表")
    label = " ".join(label.split())
    if len(label) > LABEL_CHARS:
        raise ReportError(f"快照名称不能超过{LABEL_CHARS}字，现为{len(label)}字，请缩短")
    if (first := _clicked_twice(obligation, number, label, now=now, by=by)) is not None:
        return first
    definition = json.dumps(definition_of(obligation.notice, number).to_json(), ensure_ascii=False)
    digest = Digest(definition, now)
    found = list(_entries(obligation, number, digest))
    states = [entry.state for entry in found]
    snapshot: Snapshot = Snapshot.objects.create(
        obligation=obligation,
        attachment_number=number,
        bureau=obligation.issuer,
        label=label,
        as_of=now,
        definition_json=definition,
        expected=len(found),
        included=states.count(EntryState.IN),
        nil=states.count(EntryState.NIL),
        digest=digest.hex,
        made_at=now,
        made_by=by,
    )
    for entry in found:
        entry.snapshot = snapshot
    SnapshotEntry.objects.bulk_create(found, batch_size=500)
    _record(snapshot, now=now, by=by)
    return snapshot


def _clicked_twice(
    obligation: Obligation, number: int, label: str, *, now: datetime, by: Staff
) -> Snapshot | None:
    Obligation.objects.select_for_update().get(pk=obligation.pk)  # one click after the other
    alike = Snapshot.objects.filter(
        obligation=obligation, attachment_number=number, label=label, made_by=by
    )
    return alike.filter(made_at__gt=now - TWICE, made_at__lte=now).order_by("pk").first()


def _record(snapshot: Snapshot, *, now: datetime, by: Staff) -> None:
    detail = {
        "obligation": snapshot.obligation_id,
        "attachment": snapshot.attachment_number,
        "expected": snapshot.expected,
        "included": snapshot.included,
        "nil": snapshot.nil,
        "digest": snapshot.digest,
    }
    trail.record("制作汇总快照", snapshot, chain=snapshot.bureau.code, detail=detail, at=now, by=by)


def _entries(obligation: Obligation, number: int, digest: Digest) -> Iterator[SnapshotEntry]:
    """Where every unit stands, of one moment; versions never change, so contents may follow."""
    owed: Iterator[Any] = iter(list(_owed(obligation, number)))
    while some := list(islice(owed, AT_ONCE)):
        keys = [one.version_key for one in some if one.version_key]
        versions = SubmissionVersion.objects.in_bulk(keys)
        _check_kept([one for one in some if _is_unkept(one)])
        for one in some:
            yield _entry(one, versions.get(one.version_key), digest)


def _owed(obligation: Obligation, number: int) -> QuerySet[Any]:
    """With the key of the version that stands, and whether anything was ever written."""
    standing = SubmissionVersion.objects.of_standing_reports().filter(
        submission__assignment=OuterRef("pk"), submission__attachment_number=number
    )
    found: QuerySet[Any] = (
        obligation.assignments.expected()
        .select_related("bureau")
        .annotate(
            version_key=Subquery(standing.order_by("-number").values("pk")[:1]),
            written=Subquery(
                obligation.assignments.filter(
                    pk=OuterRef("pk"), submissions__attachment_number=number
                ).values("submissions__pk")[:1]
            ),
        )
        .order_by("bureau_path")
    )
    return found


def _is_unkept(assignment: Any) -> bool:
    """Was its form handed in before versions were kept?"""
    if assignment.version_key or not assignment.written or assignment.status not in HANDED_IN:
        return False
    return not assignment.is_nil


def _check_kept(unkept: list[Assignment]) -> None:
    if unkept:
        names = "、".join(one.bureau.short_name for one in unkept[:MOST_NAMED])
        raise ReportError(
            f"{names}的报送没有留存版本，不能制作快照。请退回补正，由其重新报送后再制作"
        )


def _entry(
    assignment: Assignment, version: SubmissionVersion | None, digest: Digest
) -> SnapshotEntry:
    state = _state(assignment, version)
    if state != EntryState.IN:
        version = None
    digest.add(assignment.bureau.code, state, version.content_json if version else "")
    return SnapshotEntry(
        bureau=assignment.bureau,
        name=assignment.bureau.short_name,
        state=state,
        version=version,
        is_correcting=assignment.has_report and assignment.status not in HANDED_IN,
    )


def _state(assignment: Assignment, version: SubmissionVersion | None) -> EntryState:
    if not assignment.has_report:
        return EntryState.MISSING
    is_nil = assignment.is_nil and assignment.status in HANDED_IN
    if is_nil or version is None or not has_body(version.content):
        return EntryState.NIL
    return EntryState.IN
