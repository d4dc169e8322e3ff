"""Files beside the forms: 图片, 视频, 其他材料, 盖章件; each only where it is asked for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction

from audit import trail
from bureaus.models import Staff
from bureaus.roles import Permission
from notices.files import store
from notices.files.store import Stored
from notices.text.page.secrecy import refuse_marked_values
from reports import permissions
from reports.actions import sealing, searching
from reports.errors import EvidenceRefused
from reports.filling import file_types
from reports.filling.file_types import FileType, UnknownFile
from reports.makers.naming import cleaned
from reports.models import Evidence, SubmissionVersion
from tasks.models import Assignment
from tasks.permissions import for_absentee
from tasks.states import EvidenceKind

MB = 1024 * 1024
TYPES: dict[EvidenceKind, tuple[FileType, ...]] = {
    EvidenceKind.IMAGE: file_types.IMAGES,
    EvidenceKind.VIDEO: file_types.VIDEOS,
    EvidenceKind.FILE: file_types.DOCUMENTS,
    EvidenceKind.SEALED: file_types.SCANS,
}


@dataclass(frozen=True)
class Given:
    """A file as it comes: the name that a person gave it, and its bytes."""

    name: str
    file: BinaryIO
    size: int


@dataclass(frozen=True)
class _Kept:
    name: str
    type: FileType
    stored: Stored


def attach(
    assignment: Assignment,
    kind: EvidenceKind,
    files: Sequence[Given],
    *,
    note: str = "",
    number: int | None = None,
    now: datetime,
    by: Staff,
) -> list[Evidence]:
    """Store the files, all or none; of a sealed copy ``number`` says of which attachment it is.

    Raises EvidenceRefused where this kind is not asked for or not now, where a file is none of its
    types, too large, or there already; NotYourPost without the post.
    """
    permissions.check_attach(by, assignment, kind)
    refuse_marked_values([note, *(given.name for given in files)], "填写的内容中")
    types = _types(kind, files)
    kept: list[_Kept] = []
    # The bytes are stored before the transaction: nobody else waits while a video is copied.
    try:
        for given, found in zip(files, types, strict=True):
            stored = store.put(_pieces(given.file))
            kept.append(_Kept(cleaned(given.name, found.endings), found, stored))
        return _attach(assignment, kind, kept, note=note, number=number, now=now, by=by)
    except BaseException:
        for one in kept:
            store.remove(one.stored.name)
        raise


@transaction.atomic
def _attach(
    assignment: Assignment,
    kind: EvidenceKind,
    kept: list[_Kept],
    *,
    note: str,
    number: int | None,
    now: datetime,
    by: Staff,
) -> list[Evidence]:
    locked = _locked(assignment)
    permissions.check_attach(by, locked, kind)
    version = sealing.version_to_seal(locked, number) if kind == EvidenceKind.SEALED else None
    _check_room(locked, kept)
    _check_new(locked, kind, version, kept)
    made = [
        Evidence.objects.create(
            assignment=locked,
            kind=kind,
            version=version,
            file_name=one.name,
            stored_name=one.stored.name,
            content_type=one.type.content_type,
            size=one.stored.size,
            digest=one.stored.digest,
            note=note.strip(),
            round_number=locked.round_number,
            uploaded_at=now,
            uploaded_by=by,
        )
        for one in kept
    ]
    searching.keep_files(made)
    sealing.note(locked)
    assignment.sealed_copy = locked.sealed_copy
    _record(f"上传{kind.label}", locked, made, now=now, by=by)
    return made


@transaction.atomic
def remove(evidence: Evidence, *, now: datetime, by: Staff) -> Evidence:
    """Take a file out. The row and the trail stay; the bytes go where nobody above ever saw them.

    Raises EvidenceRefused once the bureau has handed in what it belongs to.
    """
    locked = _locked(evidence.assignment)
    row: Evidence = (
        Evidence.objects.select_for_update(of=("self",))
        .select_related("version__submission")
        .get(pk=evidence.pk)
    )
    row.assignment = locked
    permissions.check_remove(by, row)
    was_reported = row.round_number < locked.round_number
    row.removed_at, row.removed_by = now, by
    row.ended_round = row.ended_round or locked.round_number
    row.save(update_fields=["removed_at", "removed_by", "ended_round"])
    sealing.note(locked)
    _record("删除材料", locked, [row], now=now, by=by)
    if not was_reported:
        transaction.on_commit(lambda: store.remove(row.stored_name))
    return row


@transaction.atomic
def taken(evidence: Evidence, *, now: datetime, by: Staff) -> None:
    """Record that somebody of another bureau took this file away."""
    chain = by.bureau.code if by.bureau else trail.SYSTEM_CHAIN
    detail = {"evidence": _about(evidence), "bureau": evidence.assignment.bureau.code}
    trail.record("下载材料", evidence, chain=chain, detail=detail, at=now, by=by)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(MB):
        yield piece


def _locked(assignment: Assignment) -> Assignment:
    locked: Assignment = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("bureau", "obligation__issuer")
        .get(pk=assignment.pk)
    )
    return locked


def _types(kind: EvidenceKind, files: Sequence[Given]) -> list[FileType]:
    if not files:
        raise EvidenceRefused("请选择要上传的文件")
    limit, found = settings.EVIDENCE_MB[kind], []
    for given in files:
        if not given.size:
            raise EvidenceRefused(f"“{given.name}”是空的，没有内容")
        if given.size > limit * MB:
            raise EvidenceRefused(f"“{given.name}”超过{limit} MB，请压缩或分成几个文件后上传")
        found.append(_type(kind, given))
    return found


def _type(kind: EvidenceKind, given: Given) -> FileType:
    try:
        found = file_types.recognise(given.file)
    except UnknownFile as unknown:
        raise EvidenceRefused(f"“{given.name}”不能上传：{unknown}") from None
    if found not in TYPES[kind]:
        takes = "、".join(each.label for each in TYPES[kind])
        raise EvidenceRefused(
            f"“{given.name}”的内容是{found.label}，不能作为{kind.label}上传；{kind.label}可以是{takes}"
        )
    return found


def _check_room(assignment: Assignment, kept: Iterable[_Kept]) -> None:
    sizes = [one.stored.size for one in kept]
    there = list(Evidence.objects.of(assignment).values_list("size", flat=True))
    if len(there) + len(sizes) > settings.EVIDENCE_FILES:
        raise EvidenceRefused(f"一项任务最多上传{settings.EVIDENCE_FILES}个文件，请先删除不需要的")
    if sum(there) + sum(sizes) > settings.EVIDENCE_TOTAL_MB * MB:
        raise EvidenceRefused(
            f"一项任务的材料合计不能超过{settings.EVIDENCE_TOTAL_MB} MB，"
            "请压缩后上传或先删除不需要的"
        )


def _check_new(
    assignment: Assignment,
    kind: EvidenceKind,
    version: SubmissionVersion | None,
    kept: Iterable[_Kept],
) -> None:
    same = Evidence.objects.of(assignment).in_force().filter(kind=kind, version=version)
    known = {one.digest: one.file_name for one in same}
    for one in kept:
        if one.stored.digest in known:
            before = known[one.stored.digest]
            raise EvidenceRefused(f"“{one.name}”与已上传的“{before}”内容完全相同，没有重复上传")
        known[one.stored.digest] = one.name


def _record(
    verb: str, assignment: Assignment, files: Sequence[Evidence], *, now: datetime, by: Staff
) -> None:
    detail: dict[str, Any] = {
        "files": [_about(one) for one in files],
        **for_absentee(by, Permission.FILL, at=assignment.bureau),
    }
    trail.record(verb, assignment, chain=assignment.bureau.code, detail=detail, at=now, by=by)


def _about(evidence: Evidence) -> dict[str, Any]:
    about: dict[str, Any] = {
        "kind": evidence.kind,
        "name": evidence.file_name,
        "size": evidence.size,
        "sha256": evidence.digest,
    }
    if evidence.version:
        about["version"] = evidence.version.number
        about["attachment"] = evidence.version.submission.attachment_number
    return about
