"""提醒送达证明 as a workbook, bound to the audit chains by their heads and by its own digest."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from io import BytesIO
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from audit.models import Chain
from bureaus.models import Staff
from notices.text.deadlines.office_time import SHANGHAI
from reports.errors import ReportError
from reports.workbooks.sheets.listing import Heading, Value, listing
from tasks.models import Assignment, Delivery
from tasks.reminders import proof
from tasks.reminders.proof import Telling

TITLE = "提醒送达证明"
DIGEST = "内容摘要（SHA-256）："
HEADINGS = [
    Heading("序号", 6),
    Heading("提醒时间", 19),
    Heading("哪一次提醒", 20),
    Heading("对象", 11),
    Heading("时限版本", 9),
    Heading("当时的截止时间", 19),
    Heading("提醒的状态", 12),
    Heading("收件人", 10),
    Heading("方式", 10),
    Heading("地址", 22),
    Heading("结果", 10),
    Heading("送出时间", 19),
    Heading("尝试次数", 9),
    Heading("说明", 26),
]
# What two columns were called: files of that time are still checked.
ONCE = {"哪一次提醒": "节点", "提醒的状态": "节点状态"}
Row = list[Value]


def rows(assignment: Assignment) -> list[Row]:
    """One row a delivery; a moment at which nobody was told has a row too."""
    found = proof.tellings(proof.moments(assignment), assignment)
    pairs = ((one, sent) for one in found for sent in one.deliveries or [None])
    return [[number, *_row(one, sent)] for number, (one, sent) in enumerate(pairs, start=1)]


def digest(found: Iterable[Sequence[Value]]) -> str:
    """SHA-256 over the rows as they stand in the sheet; the audit keeps it.

    Rows that were read back out of the file give the same.
    """
    said = [[_spelled(value) for value in row] for row in found]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _spelled(value: Value) -> str:
    if isinstance(value, datetime):  # a sheet holds fractions of days
        return f"{value + timedelta(milliseconds=500):%Y-%m-%d %H:%M:%S}"
    return "" if value is None else str(value)


def read_back(data: bytes) -> tuple[str, list[Row]]:
    """The digest that a file names, and its rows. Raises ReportError where it is no such file."""
    try:
        values = [list(row) for row in load_workbook(BytesIO(data)).worksheets[0].values]
    except (BadZipFile, KeyError, InvalidFileException) as fault:
        raise ReportError("不是提醒送达证明的 Excel 文件") from fault
    labels = [heading.label for heading in HEADINGS]
    heads = [
        head for head in (labels, [ONCE.get(label, label) for label in labels]) if head in values
    ]
    named = [str(row[0]) for row in values if str(row[0]).startswith(DIGEST)]
    if not heads or not named:
        raise ReportError("不是提醒送达证明的 Excel 文件")
    return named[0].removeprefix(DIGEST), values[values.index(heads[0]) + 1 :]


def workbook(assignment: Assignment, found: list[Row], *, now: datetime, by: Staff) -> bytes:
    """The rows with the heads of the chains of both bureaus as they are at this moment."""
    obligation = assignment.obligation
    lines = [
        f"责任单位：{assignment.bureau}　　事项：{obligation}",
        f"依据：{obligation.notice.citation}",
        f"导出：{by.bureau or '—'} {by.name} {now.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
        f"{DIGEST}{digest(found)}",
        *_heads(assignment, by),
    ]
    return listing(TITLE, lines, HEADINGS, found)


def _heads(assignment: Assignment, by: Staff) -> Iterator[str]:
    """审计链头: what the chain of each bureau has come to by now."""
    concerned = [assignment.bureau, assignment.receiver, by.bureau]
    names = {bureau.code: str(bureau) for bureau in concerned if bureau}
    for head in Chain.objects.filter(name__in=names).order_by("name"):
        stands = f"{names[head.name]}（{head.name}）第{head.length}条"
        yield f"审计链到此为止的校验码：{stands}　{head.tip}"


def _row(one: Telling, sent: Delivery | None) -> Row:
    told: Row = ["—", "", "", "", None, None, ""]
    if sent:
        told = [
            sent.recipient.name,
            sent.get_channel_display(),
            sent.place,
            sent.get_state_display(),
            _local(sent.sent_at),
            sent.attempts,
            "；".join(_notes(sent)),
        ]
    rung = f"{one.rung}（{one.sheet}）" if one.sheet else one.rung
    due_at = _local(one.due_at)
    return [_local(one.at), rung, one.audience, one.version, due_at, one.state, *told]


def _notes(sent: Delivery) -> Iterator[str]:
    if sent.problem:
        yield sent.problem
    if sent.is_repeat:
        yield "可能重复发出"
    if sent.read_at:
        yield f"{sent.read_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} 已读"


def _local(moment: datetime | None) -> datetime | None:
    """In the office's zone and without it, to the second, as a sheet holds moments."""
    return moment.astimezone(SHANGHAI).replace(tzinfo=None, microsecond=0) if moment else None
