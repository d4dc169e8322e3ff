"""催办单 as a file, from its rows."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from notices.text.deadlines.office_time import END_OF_DAY
from reports.documents.urge_sheet import Item, Sheet, write_urge_sheets
from tasks.models import Urge, UrgeSheet


def papers(sheets: Iterable[UrgeSheet]) -> bytes:
    """All of them in one document, in the order given; read them with ``for_paper``."""
    return write_urge_sheets([_sheet(sheet) for sheet in sheets])


def _sheet(sheet: UrgeSheet) -> Sheet:
    return Sheet(
        number=str(sheet),
        issuer=sheet.issuer.name,
        bureau=sheet.bureau.name,
        made_at=timezone.localtime(sheet.made_at),
        items=[_item(urge, sheet.made_at) for urge in sheet.urges.all()],
        note=sheet.note,
        read_at=timezone.localtime(sheet.read_at) if sheet.read_at else None,
        read_by=sheet.read_by.name if sheet.read_by else "",
    )


def _item(urge: Urge, now: datetime) -> Item:
    obligation = urge.milestone.assignment.obligation
    return Item(
        title=str(obligation),
        source=obligation.notice.doc_number,
        due=_due(urge.due_at),
        is_overdue=urge.due_at is not None and urge.due_at < now.replace(microsecond=0),
    )


def _due(due_at: datetime | None) -> str:
    if due_at is None:
        return ""
    local = timezone.localtime(due_at)
    clock = "" if local.time() == END_OF_DAY else f"{local:%-H:%M}"
    return f"{local:%Y年%-m月%-d日}{clock}"
