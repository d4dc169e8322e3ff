"""Scans: stored, recognised by a job on a queue of its own, taken in like any text."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from audit import trail
from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from notices import spool
from notices.actions import ingest
from notices.errors import NoticeError
from notices.models import Intake, Notice
from notices.readers.base import UnreadableDocument
from notices.readers.bundle import read_files
from notices.states import IntakeState
from notices.text.secrecy import ClassifiedDocument

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=30)  # longer than the longest scan takes; then another worker may try


@transaction.atomic
def hand_in(
    files: Sequence[tuple[str, bytes]], *, bureau: Bureau, now: datetime, by: Staff
) -> Intake:
    """Keep the files until a worker has recognised them. Raises NoticeError without the post."""
    if not by.may(Permission.IMPORT, at=bureau):
        raise NoticeError(f"您在{bureau}没有“导入文件”权限")
    intake = Intake.objects.create(
        bureau=bureau,
        file_names="、".join(name for name, _ in files)[:500],
        spool_name=spool.put(files),
        handed_in_at=now,
        handed_in_by=by,
        not_before=now,
    )
    trail.record("上传扫描件", intake, chain=bureau.code, at=now, by=by)
    return intake


def recognise(intake: Intake, *, now: datetime) -> None:
    """Recognise one upload and take it in. Claimed by its old state: a second worker does nothing.

    Whatever comes of it stands on the row, and the files are deleted. A classified heading leaves
    nothing but the fact that it was refused.
    """
    claimed = Intake.objects.to_read(now).filter(pk=intake.pk, not_before=intake.not_before)
    if not claimed.update(state=IntakeState.READING, not_before=now + LEASE):
        return
    try:
        notice = _take_in(intake, now=now)
    except ClassifiedDocument as refused:
        ingest.refuse_classified(bureau=intake.bureau, now=now, by=intake.handed_in_by)
        _finish(intake, state=IntakeState.REFUSED, problem=refused.message_zh)
    except (UnreadableDocument, NoticeError) as refused:
        _finish(intake, state=IntakeState.REFUSED, problem=str(refused))
    except FileNotFoundError:
        _finish(intake, state=IntakeState.REFUSED, problem="暂存的文件已不在，请重新上传")
    else:
        _finish(intake, state=IntakeState.DONE, notice=notice)
    spool.drop(intake.spool_name)


def recognise_waiting(now: datetime) -> int:
    """Every upload that is to be read by now; one that breaks does not stop the others."""
    count = 0
    for intake in Intake.objects.to_read(now).select_related("bureau", "handed_in_by"):
        try:
            recognise(intake, now=now)
        except Exception:  # the row stays claimed until its lease ends, then it is tried again
            logger.exception("intake %s failed", intake.pk)
        count += 1
    return count


def _take_in(intake: Intake, *, now: datetime) -> Notice:
    text = read_files(spool.get(intake.spool_name), recognise=True)
    return ingest.take_in(
        text,
        source_name=intake.file_names,
        bureau=intake.bureau,
        now=now,
        by=intake.handed_in_by,
    )


def _finish(
    intake: Intake, *, state: IntakeState, problem: str = "", notice: Notice | None = None
) -> None:
    Intake.objects.filter(pk=intake.pk).update(state=state, problem=problem, notice=notice)
