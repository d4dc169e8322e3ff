"""The statistics as a workbook: the columns, the lines and the order that the page shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from notices.text.deadlines.office_time import local_day
from reports.rollups import statistics
from reports.rollups.rates import Tally, rounded
from reports.rollups.statistics import BY_OBLIGATION, BY_PERIOD, Question, UnitTable
from reports.workbooks.sheets.comma import comma
from reports.workbooks.sheets.listing import Heading, Value, listing

MOST = 5_000  # obligations; each is a line
FIGURES = (
    Heading("应报", 8),
    Heading("未到期", 8),
    Heading("已报", 8),
    Heading("报送率", 9),
    Heading("按时", 8),
    Heading("及时率", 9),
    Heading("未报", 8),
    Heading("其中逾期", 9),
)
RULE = (
    "未到期（含无时限的）尚未报送的，不计入报送率、及时率；报送率＝已报÷其余应报；"
    "及时率＝按时÷其余应报中有时限的；按行政区划或下发时间排列，不作排名。"
)


@dataclass(frozen=True)
class Sheet:
    """The file, and how many lines stand in it."""

    data: bytes
    count: int


def write(question: Question, ending: str = ".xlsx") -> Sheet:
    """As .xlsx, or .csv."""
    if question.by == BY_OBLIGATION:
        headings, rows = _obligations(question)
    elif question.by == BY_PERIOD:
        headings, rows = _periods(statistics.by_period(question))
    else:
        headings, rows = _units(statistics.by_unit(question))
    if ending == ".csv":
        return Sheet(comma(headings, rows), len(rows))
    moment = timezone.localtime(question.now)
    lines = [f"截至{moment:%Y年%-m月%-d日 %H:%M}　　{question.in_words()}", RULE]
    title = f"汇总统计（{statistics.TABS[question.by]}）"
    return Sheet(listing(title, lines, headings, rows), len(rows))


def _figures(tally: Tally) -> list[Value]:
    return [
        tally.expected,
        tally.not_due,
        tally.actual,
        rounded(tally.completeness),
        tally.on_time,
        rounded(tally.timeliness),
        tally.missing,
        tally.overdue,
    ]


def _obligations(question: Question) -> tuple[Sequence[Heading], list[list[Value]]]:
    shown = list(statistics.by_obligation(question)[:MOST])
    heads = [
        Heading("序号", 6),
        Heading("事项", 44),
        Heading("依据文件", 24),
        Heading("下发单位", 16),
        Heading("下发日期", 12),
        Heading("截止时间", 12),
    ]
    rows: list[list[Value]] = [
        [
            number,
            str(one),
            one.notice.citation,
            str(one.issuer),
            local_day(one.issued_at),
            local_day(one.due_at) if one.due_at else "无时限",
            *_figures(one.tally),
        ]
        for number, one in enumerate(statistics.tallied(question, shown), start=1)
    ]
    return [*heads, *FIGURES], rows


def _units(table: UnitTable) -> tuple[Sequence[Heading], list[list[Value]]]:
    rows = [[name, *_figures(tally)] for name, tally, _ in _lines(table)]
    return [Heading("单位", 28), *FIGURES], rows


def _periods(table: UnitTable) -> tuple[Sequence[Heading], list[list[Value]]]:
    names = [*table.columns, "合计"]
    heads = [Heading(f"{name}{rate}", 13) for name in names for rate in ("报送率", "及时率")]
    rows = [
        [name, *(said for each in (*cells, tally) for said in _rates(each))]
        for name, tally, cells in _lines(table)
    ]
    return [Heading("单位", 28), *heads], rows


def _rates(tally: Tally) -> tuple[Value, Value]:
    return rounded(tally.completeness), rounded(tally.timeliness)


def _lines(table: UnitTable) -> Iterable[tuple[str, Tally, Sequence[Tally]]]:
    """Every line with its name, the total last."""
    if not table.lines:
        return
    for line in table.lines:
        yield f"{line.bureau}{'（本级）' if line.is_own else ''}", line.tally, line.cells
    yield "合计", table.total, table.column_totals
