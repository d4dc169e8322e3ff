"""The columns of the ledger: one list for the head and the cells of the page and for the export."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bureaus.kept import versions
from bureaus.kept.holding import Holding
from bureaus.models import Staff
from notices.text.deadlines.office_time import END_OF_DAY, SHANGHAI
from tasks.models import Assignment, ShownColumns
from tasks.states import Status

Value = str | int | date | datetime | None
WEEK = "一二三四五六日"
_CHOSEN: Holding[list[str]] = Holding(versions.PEOPLE)
BACK_CHARS = 60  # of a return in a list; the page of the task has the reason whole


@dataclass(frozen=True)
class Column:
    """``name`` stands in the URL; ``kind`` says how a page shows the value and how wide.

    ``below`` and ``note``: head and text of what stands beside the value, a column of its own on
    paper. ``sort``: what a first press of the head sorts by. ``chars``: widths in a workbook.
    """

    name: str
    label: str
    kind: str
    read: Callable[[Assignment], Value]
    below: str = ""
    note: Callable[[Assignment], str] | None = None
    chars: tuple[float, float] = (12, 12)
    sort: str = ""
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What one row says in one column. Days and moments are of the office's time zone.

    ``label`` is the head of the column, which stands beside the value on a telephone.
    """

    kind: str
    label: str
    value: Value
    note: str

    @property
    def text(self) -> str:
        """Written here, because a template takes far longer to write a date."""
        if self.value is None:
            return ""
        return f"{self.value:%Y-%m-%d}" if isinstance(self.value, date) else str(self.value)

    @property
    def aside(self) -> str:
        """What gives way on a narrow screen: of a day 周几 and the time, of a moment the time."""
        if not isinstance(self.value, date):
            return ""
        weekday = f"（周{WEEK[self.value.weekday()]}）" if self.kind == "day" else ""
        return f"{weekday}{self._clock}"

    @property
    def _clock(self) -> str:
        return f" {self.value:%H:%M}" if isinstance(self.value, datetime) else ""


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(SHANGHAI).replace(tzinfo=None, microsecond=0) if moment else None


def _due(row: Assignment) -> Value:
    """The day, where all of it counts; else also the time."""
    moment = _local(row.due_at)
    return moment.date() if moment and moment.time() == END_OF_DAY else moment


def _beside_status(row: Assignment) -> str:
    said = {"零报告": row.is_nil, "延期待答复": row.asks_extension}
    words = [word for word, holds in said.items() if holds]
    if row.came_back:
        words.insert(0, _cut(row.came_back.in_line))
    return "、".join(words)


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return f"{line[:BACK_CHARS]}……" if len(line) > BACK_CHARS else line


def _beside_submission(row: Assignment) -> str:
    said = ["迟报"] if row.is_late else []
    if row.resubmitted_at:
        word = "补正迟报" if row.is_resubmitted_late else "补正"
        said.append(f"{word} {_local(row.resubmitted_at):%Y-%m-%d}")
    return "；".join(said)


COLUMNS = (
    Column("seq", "序号", "seq", lambda row: row.seq, chars=(5, 0), is_fixed=True),
    Column("light", "进度", "light", lambda row: row.light.word, chars=(7, 0), sort="target"),
    Column(
        "title",
        "事项",
        "title",
        lambda row: str(row.obligation),
        below="文号",
        note=lambda row: row.obligation.notice.citation,
        chars=(26, 19),
        is_fixed=True,
    ),
    Column("issuer", "下发单位", "issuer", lambda row: str(row.issuer), chars=(14, 0)),
    Column("bureau", "责任单位", "unit", lambda row: str(row.bureau), chars=(18, 0), sort="bureau"),
    Column(
        "handler",
        "承办人",
        "person",
        lambda row: row.handler.name if row.handler else "",
        chars=(8, 0),
    ),
    Column(
        "due",
        "截止时间",
        "day",
        _due,
        below="剩余",
        note=lambda row: row.light.left,
        chars=(12, 13),
        sort="due",
    ),
    Column(
        "status",
        "状态",
        "status",
        lambda row: Status(row.status).label,
        below="说明",
        note=_beside_status,
        chars=(9, 10),
    ),
    Column("accepted", "签收时间", "moment", lambda row: _local(row.accepted_at), chars=(17, 0)),
    Column(
        "submitted",
        "报送时间",
        "moment",
        lambda row: _local(row.submitted_at),
        below="迟报、补正",
        note=_beside_submission,
        chars=(17, 12),
        sort="-submitted",
    ),
    Column("closed", "办结时间", "moment", lambda row: _local(row.closed_at), chars=(17, 0)),
)


def chosen(names: Iterable[str]) -> list[Column]:
    """Those named and those that always stand there; all where none of ours is named."""
    wanted = {column.name for column in COLUMNS}.intersection(names)
    return [column for column in COLUMNS if not wanted or column.is_fixed or column.name in wanted]


def shown_to(user: Staff) -> list[str]:
    """The names of the columns that this person has chosen; none is all."""
    return _CHOSEN.get(user.pk, lambda: _chosen_by(user))


def _chosen_by(user: Staff) -> list[str]:
    kept = ShownColumns.objects.filter(person=user).values_list("names", flat=True)
    return [name for names in kept for name in names.split(",")]


def cells(row: Assignment, columns: Iterable[Column]) -> list[Cell]:
    """One row, with its light and its number, as the columns show it."""
    return [
        Cell(column.kind, column.label, column.read(row), column.note(row) if column.note else "")
        for column in columns
    ]
