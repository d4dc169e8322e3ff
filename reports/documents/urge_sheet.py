"""催办单 as a Word document in the layout of an official one: what is asked for, the receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from docx.document import Document as DocumentObject

from reports.documents import paper

TITLE = "催办单"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that has not come in; ``due`` in words, "" without a deadline."""

    title: str
    source: str
    due: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One numbered sheet. Moments are in the office's zone; without ``read_at`` the receipt is
    left blank, to be signed on paper."""

    number: str
    issuer: str
    bureau: str
    made_at: datetime
    items: Sequence[Item]
    note: str = ""
    read_at: datetime | None = None
    read_by: str = ""


def write_urge_sheets(sheets: Sequence[Sheet]) -> bytes:
    """The sheets one after the other, each on a page of its own."""
    document = paper.new_document(sheets[0].number if len(sheets) == 1 else TITLE)
    for number, sheet in enumerate(sheets):
        if number:
            paper.begin_anew(document)
        _write(document, sheet)
    return paper.to_bytes(document)


def _write(document: DocumentObject, sheet: Sheet) -> None:
    paper.add_title(document, TITLE)
    paper.add_centred(document, sheet.number)
    paper.add_blank(document)
    paper.add_text(document, f"{sheet.bureau}：", indent=False)
    count = f"以下{len(sheet.items)}项" if len(sheet.items) > 1 else "下列事项"
    paper.add_text(
        document,
        f"截至{_moment(sheet.made_at)}，{count}尚未收到你单位的报送材料，请抓紧办理，并确认收到本单。"
        "办理中有困难的，请及时说明情况。",
    )
    for number, item in enumerate(sheet.items, start=1):
        mark = f"{number}．" if len(sheet.items) > 1 else ""
        paper.add_text(document, f"{mark}{_in_words(item)}")
    if sheet.note:
        paper.add_text(document, f"附言：{sheet.note}")
    paper.add_blank(document)
    paper.add_signature(document, sheet.issuer, _day(sheet.made_at))
    _write_receipt(document, sheet)


def _write_receipt(document: DocumentObject, sheet: Sheet) -> None:
    paper.add_blank(document)
    paper.add_centred(document, f"回执（{sheet.number}）", paper.FACES.heading)
    if sheet.read_at:
        paper.add_text(document, f"本单已于{_moment(sheet.read_at)}收到。")
        paper.add_text(document, f"确认人：{sheet.bureau}　{sheet.read_by}")
    else:
        paper.add_text(document, "收到时间：　　　　年　　月　　日　　时")
        paper.add_text(document, "确认人（签字）：")


def _in_words(item: Item) -> str:
    source = f"（{item.source}）" if item.source else ""
    if not item.due:
        return f"{item.title}{source}。"
    return f"{item.title}{source}，截止时间为{item.due}{'，已逾期' if item.is_overdue else ''}。"


def _day(moment: datetime) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日"


def _moment(moment: datetime) -> str:
    return f"{_day(moment)}{moment.hour}时{moment.minute:02d}分"
