"""The ledger as a file: the columns, the rows and the order that the page shows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import chain

from bureaus.models import Staff
from bureaus.shell.paging import counted
from notices.files.store import Writer
from notices.text.deadlines.office_time import SHANGHAI
from notices.text.deadlines.workdays import WorkCalendar
from reports.errors import ReportError
from reports.exports import ledger_rows
from reports.workbooks.sheets.comma import write_comma
from reports.workbooks.sheets.listing import Heading, Value, write_listing
from tasks.pages import ledger_columns
from tasks.pages.ledger import Ledger

MOST = 50_000  # rows; some five seconds of writing
MOST_OF_A_SHEET = 1_000_000  # rows; Excel takes 1,048,576


@dataclass(frozen=True)
class Export:
    """The file, and how many assignments stand in it."""

    data: bytes
    count: int


class TooMany(ReportError):
    """More than a page waits for; a worker may write it."""


def export(
    ledger: Ledger,
    *,
    now: datetime,
    calendar: WorkCalendar,
    user: Staff,
    ending: str = ".xlsx",
) -> Export:
    """All pages of the ledger as .xlsx, or .csv. Raises ReportError where a filter is wrong,
    TooMany above MOST."""
    count_rows(ledger, most=MOST)
    written, out = Written(ledger, now=now, calendar=calendar, user=user), BytesIO()
    if ending == ".csv":
        write_comma(out, headings(ledger), written)
    else:
        _write(ledger, out, written, now=now, user=user)
    return Export(out.getvalue(), written.count)


def write(
    ledger: Ledger,
    out: Writer,
    *,
    now: datetime,
    calendar: WorkCalendar,
    user: Staff,
    passed: Callable[[int], None],
) -> None:
    """The workbook of any length, straight into a file; ``passed`` hears how far it is."""
    written = Written(ledger, now=now, calendar=calendar, user=user, passed=passed)
    _write(ledger, out, written, now=now, user=user)


def count_rows(ledger: Ledger, *, most: int) -> int:
    """How many there are. Raises ReportError where a filter is wrong, TooMany above ``most``."""
    if not ledger.is_valid:
        raise ReportError("筛选条件有误，没有导出。请按提示改正后再导出")
    count = counted(ledger.rows, cap=most)
    if count.is_more:
        raise TooMany(
            f"符合条件的任务超过{most}项，没有导出。请先缩小筛选范围，例如限定单位、文件或截止时间"
        )
    return count.number


def _write(ledger: Ledger, out: Writer, written: "Written", *, now: datetime, user: Staff) -> None:
    lines = [
        f"制表单位：{user.bureau or '—'}　　制表时间：{now.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
        f"筛选条件：{ledger.in_words()}",
    ]
    write_listing(out, "任务台账", lines, headings(ledger), written)


def headings(ledger: Ledger) -> list[Heading]:
    """One for each column, and one for what stands in its second line."""
    return list(chain.from_iterable(_headings(column) for column in ledger.columns))


def _headings(column: ledger_columns.Column) -> Iterator[Heading]:
    yield Heading(column.label, column.chars[0])
    if column.note:
        yield Heading(column.below, column.chars[1])


class Written:
    """The rows as values, counted as they pass."""

    def __init__(
        self,
        ledger: Ledger,
        *,
        now: datetime,
        calendar: WorkCalendar,
        user: Staff,
        passed: Callable[[int], None] = lambda count: None,
    ) -> None:
        self.found = ledger_rows.rows(ledger, now=now, calendar=calendar, user=user)
        shown = ((column.read, column.note) for column in ledger.columns)
        self.readers = [reader for pair in shown for reader in pair if reader]
        self.passed, self.count = passed, 0

    def __iter__(self) -> Iterator[list[Value]]:
        readers = self.readers
        for row in self.found:
            self.count += 1
            self.passed(self.count)
            yield [read(row) for read in readers]
