"""Taking a directive in: read, recognise twins, store whole or not at all."""

import hashlib
import json
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction

from audit import trail
from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from notices.actions import searching
from notices.actions.originals import HandedIn
from notices.checking import citations
from notices.errors import NoticeError, TitleNotFound
from notices.intake.clause_rows import clause_rows
from notices.models import Attachment, Citation, Clause, Notice, Original
from notices.states import AttachmentKind, NoticeState
from notices.text.attachments.tables_and_outlines import (
    AttachmentBody,
    AttachmentOutline,
    AttachmentTable,
)
from notices.text.clauses.model import model
from notices.text.deadlines.office_time import local_day
from notices.text.page import secrecy
from notices.text.reading import Reading, read

TWICE = timedelta(seconds=10)  # between the clicks of one double click, slow servers included
MAX_CHARS = 500_000  # the longest notices of ministries, attachments and all, have a fifth of it


def take_in(
    text: str,
    *,
    source_name: str,
    bureau: Bureau,
    now: datetime,
    by: Staff,
    is_example: bool = False,
    title: str = "",
    stand_in: str = "",
    handed_in: HandedIn | None = None,
    once: bool = False,
) -> Notice:
    """Read a directive's text and store it to be checked, with the files that were handed in.

    ``title`` holds where none can be read; else ``stand_in``, where nobody can be asked at once:
    then the notice is not filed before a person has given it its title. ``once``: the same text
    from the same person within a few seconds is a double click, and the first notice. Raises
    ClassifiedDocument before anything is stored where the text bears a 密级, TitleNotFound where
    there is no title at all, NoticeError where the person may not import or the text is too long.
    """
    if not by.may(Permission.IMPORT, at=bureau):
        raise NoticeError(f"您在{bureau}没有“导入文件”权限")
    secrecy.refuse_classified(text)
    secrecy.refuse_marked(title, "公文标题中")
    secrecy.refuse_marked(source_name, "文件名")
    if len(text) > MAX_CHARS:
        raise NoticeError(f"正文超过{MAX_CHARS // 10_000}万字，不像是一件公文，请只导入通知和附件")
    reading = read(text, today=local_day(now))
    named = reading.title or title or stand_in
    if not named:
        raise TitleNotFound
    # Written before the transaction: nobody else waits while files are copied.
    files = handed_in or HandedIn()
    files.keep()
    return _store(
        reading,
        text,
        title=named,
        title_asked=not (reading.title or title),
        source_name=source_name,
        bureau=bureau,
        now=now,
        by=by,
        is_example=is_example,
        files=files,
        once=once,
    )


@transaction.atomic
def _store(
    reading: Reading,
    text: str,
    *,
    title: str,
    title_asked: bool,
    source_name: str,
    bureau: Bureau,
    now: datetime,
    by: Staff,
    is_example: bool,
    files: HandedIn,
    once: bool,
) -> Notice:
    digest = hashlib.sha256(text.encode()).hexdigest()
    if once and (first := _clicked_twice(digest, bureau, now=now, by=by)) is not None:
        files.forget()
        return first
    notice = Notice.objects.create(
        bureau=bureau,
        title=title[:300],
        **_columns(reading),
        is_example=is_example,
        twin_of=_twin(reading.doc_number, bureau),
        body=text,
        reading_json=json.dumps(_kept(reading, title_asked=title_asked), ensure_ascii=False),
        source_name=source_name[:200],
        digest=digest,
        imported_at=now,
        imported_by=by,
    )
    Attachment.objects.bulk_create(_attachments(notice, reading))
    Clause.objects.bulk_create(clause_rows(notice, reading))
    Original.objects.bulk_create(files.of(notice))
    Citation.objects.bulk_create(citations.rows(notice))
    searching.keep(notice)
    trail.record(
        "导入文件",
        notice,
        chain=bureau.code,
        detail={
            "doc_number": notice.doc_number,
            "digest": notice.digest,
            "clauses": len(reading.obligations),
            "twin_of": notice.twin_of_id,
            **({"originals": files.digests} if files.digests else {}),
        },
        at=now,
        by=by,
    )
    return notice


def _columns(reading: Reading) -> dict[str, object]:
    """What was read of the notice as a whole, as its row keeps it; the title may be a person's."""
    return {
        "doc_number": reading.doc_number or "",
        "issuers": "\n".join(reading.issuers),
        "recipients_text": reading.recipients_text or "",
        "written_on": reading.written_date,
        "printed_on": reading.printed_date,
        "published_on": reading.published_date,
        "urgency": reading.urgency or "",
        "disclosure": reading.disclosure or "",
        "cc": reading.cc or "",
        "is_truncated": reading.truncated,
    }


def _clicked_twice(digest: str, bureau: Bureau, *, now: datetime, by: Staff) -> Notice | None:
    Staff.objects.select_for_update().get(pk=by.pk)  # one click after the other
    alike = Notice.objects.filter(bureau=bureau, digest=digest, imported_by=by)
    recent = alike.filter(imported_at__gt=now - TWICE, imported_at__lte=now)
    return recent.filter(state=NoticeState.TO_CHECK).order_by("pk").first()


@transaction.atomic
def refuse_classified(*, bureau: Bureau | None, now: datetime, by: Staff) -> None:
    """Keep only the fact: who tried, when. Nothing of the document."""
    chain = bureau.code if bureau else trail.SYSTEM_CHAIN
    trail.record("拒收疑似涉密文件", chain=chain, at=now, by=by)


def _kept(reading: Reading, *, title_asked: bool) -> dict[str, object]:
    """The whole reading, with the two dates that a page and its signature may give differently,
    which model read it, whether it found a title and whether a person still has to give one."""
    dates = {"signed_date": reading.signed_date, "listed_date": reading.listed_date}
    said = {name: day.isoformat() if day else None for name, day in dates.items()}
    more = {"model": model().version, "title_read": bool(reading.title)}
    more |= {"title_asked": True} if title_asked else {}
    return {**reading.as_json(), **said, **more}


def _twin(doc_number: str | None, bureau: Bureau) -> Notice | None:
    if not doc_number:
        return None
    same = Notice.objects.same_number(doc_number).filter(bureau=bureau)
    return same.originals().order_by("imported_at", "pk").first()


def _attachments(notice: Notice, reading: Reading) -> list[Attachment]:
    """Those of the notice's list, then the further tables that one of them holds."""
    bodies = {body.number: body for body in reading.attachment_bodies}
    titles = dict(enumerate(reading.attachments, start=1))
    for table in reading.further_tables:
        titles[table.number] = f"{table.title}（附件{table.part_of}）"
    return [
        Attachment(
            notice=notice,
            position=position,
            title=title[:300],
            kind=_kind(bodies.get(position)),
            body_json=_body_json(bodies.get(position)),
        )
        for position, title in titles.items()
    ]


def _kind(body: AttachmentBody | None) -> AttachmentKind:
    match body:
        case None:
            return AttachmentKind.MISSING
        case AttachmentTable():
            return AttachmentKind.TABLE
        case AttachmentOutline():
            return AttachmentKind.OUTLINE
    return AttachmentKind.PROSE


def _body_json(body: AttachmentBody | None) -> str:
    return json.dumps(asdict(body), ensure_ascii=False) if body else ""
