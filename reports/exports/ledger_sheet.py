"""The ledger as a workbook: the columns, the rows and the order that the page shows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice

from openpyxl import Workbook

from bureaus.models import Staff
from bureaus.shell.paging import counted
from notices.files.store import Writer
from notices.text.deadlines.office_time import SHANGHAI
from notices.text.deadlines.workdays import WorkCalendar
from reports.errors import ReportError
from reports.workbooks.sheets.book import to_bytes
from reports.workbooks.sheets.listing import Heading, Value, write_listing
from tasks.models import Assignment
from tasks.pages import came_back, ledger_columns, lit_rows
from tasks.pages.ledger import Ledger, numbered

MOST = 20_000  # rows; some ten seconds of writing
MOST_OF_A_SHEET = 1_000_000  # rows; Excel takes 1,048,576
AT_ONCE = 1000  # rows read together


@dataclass(frozen=True)
class Export:
    """The file, and how many assignments stand in it."""

    data: bytes
    count: int


class TooMany(ReportError):
    """More than a page waits for; a worker may write it."""


def export(ledger: Ledger, *, now: datetime, calendar: WorkCalendar, user: Staff) -> Export:
    """All pages of the ledger. Raises ReportError where a filter is wrong, TooMany above MOST."""
    count_rows(ledger, most=MOST)
    written = Written(_lit(ledger, now=now, calendar=calendar, user=user), ledger.columns)
    return Export(to_bytes(_workbook(ledger, written, now=now, user=user)), written.count)


def write(
    ledger: Ledger,
    out: Writer,
    *,
    now: datetime,
    calendar: WorkCalendar,
    user: Staff,
    passed: Callable[[int], None],
) -> None:
    """The same of any length, straight into a file; ``passed`` hears how many rows are written."""
    found = _lit(ledger, now=now, calendar=calendar, user=user)
    written = Written(found, ledger.columns, passed)
    _workbook(ledger, written, now=now, user=user).save(out)


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


def _workbook(ledger: Ledger, written: "Written", *, now: datetime, user: Staff) -> Workbook:
    lines = [
        f"制表单位：{user.bureau or '—'}　　制表时间：{now.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
        f"筛选条件：{ledger.in_words()}",
    ]
    return write_listing("任务台账", lines, headings(ledger), written)


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
        found: Iterator[Assignment],
        shown: list[ledger_columns.Column],
        passed: Callable[[int], None] = lambda count: None,
    ) -> None:
        self.found, self.shown, self.passed, self.count = found, shown, passed, 0

    def __iter__(self) -> Iterator[list[Value]]:
        for row in self.found:
            self.count += 1
            self.passed(self.count)
            yield list(chain.from_iterable(self._values(row)))

    def _values(self, row: Assignment) -> Iterator[list[Value]]:
        for column, cell in zip(self.shown, ledger_columns.cells(row, self.shown), strict=True):
            yield [cell.value, cell.note] if column.note else [cell.value]


def _lit(
    ledger: Ledger, *, now: datetime, calendar: WorkCalendar, user: Staff
) -> Iterator[Assignment]:
    numbers = numbered(ledger.rows.iterator(AT_ONCE))
    while some := list(islice(numbers, AT_ONCE)):
        for row in came_back.mark(some, user):
            yield lit_rows.light_up(row, now=now, calendar=calendar, user=user)
