"""Another copy of a notice that is there: taken over, kept as a source, or found to be another."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from audit import trail
from bureaus.models import Staff
from notices.actions import searching
from notices.actions.carrying import Carried, carry
from notices.actions.checking import check_may
from notices.checking.counterparts import counterpart
from notices.checking.twins import Comparison
from notices.errors import NoticeError, NumberTaken
from notices.models import Notice, Source
from notices.states import GONE, NoticeState

AGAIN = "已有文件刚刚有变动，请看过新的比对结果后再选择"


@dataclass(frozen=True)
class Merged:
    """The notice that is left, the source that the upload became, what was carried over."""

    notice: Notice
    source: Source
    carried: Carried


@transaction.atomic
def take(upload: Notice, *, seen: str, now: datetime, by: Staff) -> Merged:
    """并入，采用新件: the notice that is there takes over the text, the attachments and the duties.

    What people decided about it stays; a confirmed duty with another day, or that is gone, waits
    for a decision (ClauseChange). ``seen`` is the digest of the notice that the person compared
    with. Raises NoticeError where that is another by now or the upload has been dealt with.
    """
    old, new = _claimed(upload, seen=seen, by=by)
    _first_source(old)
    old.sources.update(is_text=False)
    source = _source(old, new, how=Source.How.TAKEN)
    was, comparison = old.digest, Comparison(old, new)
    carried = carry(comparison, source)
    _record(
        "并入文件，采用新件",
        old,
        source,
        detail={"digest": [was, old.digest]} | carried.detail,
        now=now,
        by=by,
    )
    return Merged(old, source, carried)


@transaction.atomic
def keep(upload: Notice, *, seen: str, now: datetime, by: Staff) -> Merged:
    """并入，作为又一来源: what is there stands as it is; the upload is kept and shown beside it."""
    old, new = _claimed(upload, seen=seen, by=by)
    _first_source(old)
    source = _source(old, new, how=Source.How.KEPT)
    _record("并入文件，作为又一来源", old, source, detail={"digest": source.digest}, now=now, by=by)
    return Merged(old, source, Carried())


@transaction.atomic
def release(source: Source, *, now: datetime, by: Staff) -> Notice:
    """撤回并入: a copy that was only kept waits to be checked again.

    Raises NoticeError where its text has been taken over.
    """
    notice = Notice.objects.select_for_update().get(pk=source.notice_id)
    check_may(by, notice)
    locked = (
        Source.objects.filter(pk=source.pk, how=Source.How.KEPT).select_related("upload").first()
    )
    if locked is None or locked.upload is None:
        raise NoticeError("这份来源的内容已被采用，不能撤回并入")
    upload: Notice = locked.upload
    Notice.objects.filter(pk=upload.pk).update(state=NoticeState.TO_CHECK)
    _record("撤回并入", notice, locked, detail={"digest": locked.digest}, now=now, by=by)
    locked.delete()
    if not notice.sources.exclude(how=Source.How.FIRST).exists():
        notice.sources.all().delete()
    upload.refresh_from_db()
    return upload


@transaction.atomic
def part(upload: Notice, *, now: datetime, by: Staff) -> Notice:
    """不是同一件: two notices that bear one number by mistake, or of two bodies, stay two."""
    rows = Notice.objects.select_for_update(of=("self",)).select_related("bureau", "twin_of")
    locked: Notice = rows.get(pk=upload.pk)
    check_may(by, locked)
    other = counterpart(locked)
    if other is None:
        raise NoticeError("该文件已经处理过，请刷新页面")
    twins = Notice.objects.filter(pk=locked.pk if locked.twin_of_id else other.pk)
    twins.update(twin_of=None)
    locked.refresh_from_db()
    trail.record(
        "不是同一件文件",
        locked,
        chain=locked.bureau.code,
        detail={"doc_number": locked.doc_number, "other": other.pk},
        at=now,
        by=by,
    )
    return locked


@transaction.atomic
def link(key: int, taken: NumberTaken, *, now: datetime, by: Staff) -> None:
    """A person wrote the number of a notice that is there: the two are compared before filing."""
    notice = Notice.objects.select_for_update(of=("self",)).select_related("bureau").get(pk=key)
    check_may(by, notice)
    if notice.state != NoticeState.TO_CHECK or notice.twin_of_id:
        return
    old = notice.doc_number
    notice.doc_number, notice.twin_of_id = taken.doc_number, taken.key
    notice.save(update_fields=["doc_number", "twin_of"])
    searching.keep(notice)
    trail.record(
        "更正文号，与已有文件相同",
        notice,
        chain=notice.bureau.code,
        detail={"doc_number": [old, taken.doc_number], "twin_of": taken.key},
        at=now,
        by=by,
    )


def _claimed(upload: Notice, *, seen: str, by: Staff) -> tuple[Notice, Notice]:
    """Both rows, locked; the upload is out of the lists from here on."""
    other = counterpart(upload)
    keys = {upload.pk, other.pk if other else upload.pk}
    rows = Notice.objects.select_for_update(of=("self",)).select_related("bureau", "twin_of")
    locked = {row.pk: row for row in rows.filter(pk__in=keys).order_by("pk")}
    new = locked[upload.pk]
    check_may(by, new)
    old = counterpart(new)
    if new.state != NoticeState.TO_CHECK or old is None:
        raise NoticeError("该文件已经处理过，请刷新页面")
    if old.pk not in locked or locked[old.pk].state in GONE or locked[old.pk].digest != seen:
        raise NoticeError(AGAIN)
    old = locked[old.pk]
    # the copies of the upload, and the upload itself, are copies of what is left
    new.twins.exclude(pk=old.pk).update(twin_of=old)
    if old.twin_of_id == new.pk:
        Notice.objects.filter(pk=old.pk).update(twin_of=None)
        old.twin_of = None
    Notice.objects.filter(pk=new.pk).update(state=NoticeState.MERGED, twin_of=old)
    new.sources.update(notice=old, is_text=False)
    return old, new


def _first_source(notice: Notice) -> None:
    """The notice's own copy, written down when there is a second one for the first time."""
    if not notice.sources.filter(is_text=True).exists():
        _source(notice, None, how=Source.How.FIRST)


def _source(notice: Notice, upload: Notice | None, *, how: Source.How) -> Source:
    copy = upload or notice
    made: Source = Source.objects.create(
        notice=notice,
        upload=upload,
        how=how,
        is_text=how != Source.How.KEPT,
        name=copy.source_name,
        digest=copy.digest,
        body=copy.body,
        reading_json=copy.reading_json,
        is_truncated=copy.is_truncated,
        came_at=copy.imported_at,
        came_by=copy.imported_by,
    )
    return made


def _record(
    verb: str,
    notice: Notice,
    source: Source,
    *,
    detail: dict[str, object],
    now: datetime,
    by: Staff,
) -> None:
    said = {"upload": source.upload_id, "source": source.name} | detail
    trail.record(verb, notice, chain=notice.bureau.code, detail=said, at=now, by=by)
