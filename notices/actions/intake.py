"""Scans: stored, recognised by a job on a queue of its own, taken in like any text."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from audit import trail
from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from notices.actions import ingest
from notices.actions.originals import HandedIn
from notices.errors import NoticeError
from notices.intake import spool
from notices.models import Intake
from notices.readers.base import UnreadableDocument
from notices.readers.bundle.document import read_files
from notices.states import IntakeState
from notices.text.page.secrecy import ClassifiedDocument, refuse_marked

LEASE = timedelta(minutes=30)  # longer than the longest scan takes; then another worker may try
NAMELESS = "已拒收的扫描件"
MAX_ATTEMPTS = 3  # a scan that kills its worker again and again is not kept for ever


def hand_in(
    files: Sequence[tuple[str, bytes]], *, bureau: Bureau, now: datetime, by: Staff
) -> Intake:
    """Keep the files until a worker has recognised them. Raises NoticeError without the post,
    ClassifiedDocument for a name that shows a 密级."""
    if not by.may(Permission.IMPORT, at=bureau):
        raise NoticeError(f"您在{bureau}没有“导入文件”权限")
    for name, _ in files:
        refuse_marked(name.rpartition(".")[0] or name, "文件名")
    spool_name = spool.put(files)
    names = "、".join(name for name, _ in files)[:500]
    try:
        return _kept(names, spool_name, bureau=bureau, now=now, by=by)
    except Exception:  # no row will ever ask for these files
        spool.drop(spool_name)
        raise


@transaction.atomic
def _kept(names: str, spool_name: str, *, bureau: Bureau, now: datetime, by: Staff) -> Intake:
    intake = Intake.objects.create(
        bureau=bureau,
        file_names=names,
        spool_name=spool_name,
        handed_in_at=now,
        handed_in_by=by,
        not_before=now,
    )
    trail.record("上传扫描件", intake, chain=bureau.code, at=now, by=by)
    return intake


def recognise_next(now: datetime) -> bool:
    """Recognise the upload that has waited longest and take it in; false where none waits."""
    waiting = Intake.objects.to_read(now).select_related("bureau", "handed_in_by")
    intake = waiting.order_by("not_before", "pk").first()
    if intake is None:
        return False
    recognise(intake, now=now)
    return True


def recognise(intake: Intake, *, now: datetime) -> None:
    """Recognise one upload and take it in. Claimed by its old state: a second worker does nothing.

    Whatever comes of it stands on the row. The files are kept with the notice as its originals;
    where there is none, they are deleted. A classified heading leaves
    nothing but the fact that it was refused. Files whose worker died MAX_ATTEMPTS times are given
    up.
    """
    claimed = Intake.objects.to_read(now).filter(pk=intake.pk, attempts=intake.attempts)
    again = {"state": IntakeState.READING, "not_before": now + LEASE}
    if not claimed.update(attempts=intake.attempts + 1, **again):
        return
    if intake.attempts >= MAX_ATTEMPTS:
        _refuse(intake, "识别多次中断，已停止并删除文件，请拆分或重新扫描后上传")
    else:
        _recognise(intake, now=now)
    spool.drop(intake.spool_name)


def _recognise(intake: Intake, *, now: datetime) -> None:
    try:
        files = spool.get(intake.spool_name)
        text = read_files(files, recognise=True)
        with HandedIn(files, is_scan=True) as handed_in:
            _take_in(intake, text, handed_in, now=now)
    except ClassifiedDocument as refused:
        with transaction.atomic():
            ingest.refuse_classified(bureau=intake.bureau, now=now, by=intake.handed_in_by)
            _refuse(intake, refused.message_zh)
            # what the files were called may itself be secret
            Intake.objects.filter(pk=intake.pk).update(file_names=NAMELESS)
    except (UnreadableDocument, NoticeError) as refused:
        _refuse(intake, str(refused))
    except FileNotFoundError:
        _refuse(intake, "暂存的文件已不在，请重新上传")


@transaction.atomic
def _take_in(intake: Intake, text: str, handed_in: HandedIn, *, now: datetime) -> None:
    """The notice and the row that says so, together: nothing is taken in twice."""
    notice = ingest.take_in(
        text,
        source_name=intake.file_names,
        stand_in=_named_after(intake),
        handed_in=handed_in,
        bureau=intake.bureau,
        now=now,
        by=intake.handed_in_by,
    )
    Intake.objects.filter(pk=intake.pk).update(state=IntakeState.DONE, notice=notice)


def _named_after(intake: Intake) -> str:
    """The name of its first file: of a scan nobody can be asked at once, so the check page asks."""
    first = intake.file_names.partition("、")[0]
    return (first.rpartition(".")[0] or first)[:300]


def _refuse(intake: Intake, problem: str) -> None:
    Intake.objects.filter(pk=intake.pk).update(state=IntakeState.REFUSED, problem=problem)
