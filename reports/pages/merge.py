"""What the page 合并下级报表 shows: who has reported, what would come in, go and stay, and what of
it a person has to decide."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from reports.actions.merging import Plan
from reports.filling.asked_forms import Form
from reports.filling.lower_reports import Child
from reports.pages import grid
from reports.pages.grid import Sheet
from reports.schemas.checking.problems import Problem
from reports.schemas.checking.validation import draft_faults
from reports.schemas.content import contributions
from reports.schemas.content.texts import count_words
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import RowMode
from reports.schemas.rolling import merging, sums
from reports.schemas.rolling.choices import Choices, Take
from reports.schemas.rolling.merging import Merged, Row, Rows, Text
from reports.schemas.rolling.picks import Pick
from reports.schemas.rolling.recomputed import WorkedOut
from reports.schemas.rolling.sums import Sum

WORDS = {Take.KEEP: "保留本级内容", Take.APPEND: "接在本级内容之后", Take.REPLACE: "以下级内容替换"}
SUMMED = {
    Take.KEEP: "保留现有的数",
    Take.APPEND: "现有的数中有本级的，与下级相加",
    Take.REPLACE: "以合计替换",
}
RECKONED = {Take.KEEP: "保留现有的数", Take.REPLACE: "按合计重新计算"}
FILLED = {Take.REPLACE: "并入", Take.KEEP: "不并入"}
CELL_GAP = "；"


@dataclass(frozen=True)
class Line:
    """One bureau below, and what merging it alone would do; each row in one line."""

    child: Child
    is_new: bool
    is_chosen: bool
    is_replaced: bool
    added: list[str]
    removed: list[str]
    edited: list[str]
    figures: int = 0  # of its own that come in or change
    counted: int = 0  # figures of it that stand in the draft
    is_dropped: bool = False

    @property
    def code(self) -> str:
        return self.child.bureau.code

    @property
    def word(self) -> str:
        """新增 3 行，去掉 1 行; what cannot be merged says why."""
        if self.child.obstacle:
            stays = f"；草稿中仍计有其 {self.counted} 个数，来源已变动" if self.counted else ""
            return f"{self.child.obstacle}{stays}"
        parts = [f"新增 {len(self.added)} 行"] if self.added else []
        parts += [f"去掉原合并的 {len(self.removed)} 行"] if self.removed else []
        if self.figures:
            parts += [f"{self.figures} 个数有变" if self.counted else f"计入 {self.figures} 个数"]
        if parts or (self.is_new and not self.child.is_nil):
            return "，".join(parts) or "有新的内容"
        return "零报告或没有内容，不增加行，也不计数" if self.child.is_nil else "已合并，没有新变化"


@dataclass(frozen=True)
class TextLine:
    """One text beside the rows, or one section, and what can be done with it."""

    text: Text
    words: int

    @property
    def name(self) -> str:
        return f"take.{self.text.path}"

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """(value, words, is chosen)."""
        if not self.text.own:
            offered = FILLED
        else:
            offered = {take: word for take, word in WORDS.items() if self._is_open(take)}
        return [(take.value, word, take is self.text.take) for take, word in offered.items()]

    def _is_open(self, take: Take) -> bool:
        return take is not Take.APPEND or self.text.can_append


@dataclass(frozen=True)
class SumLine:
    """One figure that somebody has written by hand, and what can be done with it."""

    sum: Sum
    is_single: bool  # with a choice of its own, apart from that for all

    @property
    def name(self) -> str:
        return f"take.{self.sum.path}"

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """(value, words, is chosen)."""
        one = self.sum
        results = {
            Take.KEEP: one.stands,
            Take.APPEND: one.with_rest,
            Take.REPLACE: one.offered,
        }
        return [
            (take.value, f"{word}：{results[take] or '空'}", take is one.take)
            for take, word in SUMMED.items()
            if take is not Take.APPEND or one.own_with_rest
        ]


@dataclass(frozen=True)
class PickLine:
    """A day or an answer: whose is to stand."""

    pick: Pick
    names: Mapping[str, str]

    @property
    def name(self) -> str:
        return f"pick.{self.pick.path}"

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """(code, words, is chosen)."""
        own = f"保留本级：{self.pick.stands}" if self.pick.stands else "不填"
        said = [
            (code, f"{self.names.get(code, code)}：{text}", code == self.pick.picked)
            for code, text in self.pick.said.items()
        ]
        return [("", own, self.pick.picked not in self.pick.said), *said]


@dataclass(frozen=True)
class RateLine:
    """A rate that was written by hand and is another by the figures now."""

    rate: WorkedOut

    @property
    def name(self) -> str:
        return f"take.{self.rate.path}"

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        takes = {Take.KEEP: self.rate.stands, Take.REPLACE: self.rate.offered}
        return [
            (take.value, f"{RECKONED[take]}：{text}", take is self.rate.take)
            for take, text in takes.items()
        ]


@dataclass(frozen=True)
class Gone:
    """A bureau that was merged and is not asked any more: its figures still count here."""

    code: str
    name: str
    counted: int
    is_dropped: bool


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    texts: list[TextLine]
    left_out: list[str]
    problems: list[Problem]
    row_count: int | None
    sums: list[SumLine]
    take_of_all: Take
    picks: list[PickLine]
    rates: list[RateLine]
    strays: list[str]
    gone: list[Gone]
    sheet: Sheet | None  # of a form with sums, as it would be

    @property
    def options_of_all(self) -> list[tuple[str, str, bool]]:
        """(value, words, is chosen)."""
        return [(take.value, word, take is self.take_of_all) for take, word in SUMMED.items()]

    @property
    def can_merge(self) -> bool:
        return bool(self.gone) or any(
            line.counted or not line.child.obstacle for line in self.lines
        )


def first_choice(form: Form, found: Collection[Child]) -> set[int]:
    """Those that bring something new and meet nothing that was worked on here."""
    chosen = set()
    for child in found:
        alone = None if child.obstacle else _alone(form, child, Choices())
        if alone and alone.content != form.content and not any(rows.edited for rows in alone.rows):
            chosen.add(child.assignment.pk)
    return chosen


def page(
    form: Form,
    found: Collection[Child],
    plan: Plan,
    choices: Choices,
    *,
    units: Mapping[str, str],
) -> Page:
    """``plan`` is for the children chosen, ``found`` are all; ``units`` names those whose figures
    stand in the draft, whether they are still asked or not."""
    chosen = {child.assignment.pk for child in plan.children}
    merged = plan.merged
    names = {**units, **{one.bureau.code: one.contribution.name for one in found}}
    added = any(one.given or one.own for one in merged.sums)
    return Page(
        lines=[_line(form, child, choices, child.assignment.pk in chosen) for child in found],
        texts=[TextLine(text, count_words(text.result)) for text in merged.texts],
        left_out=merged.left_out,
        problems=draft_faults(form.definition, merged.content),
        row_count=len(merged.content["rows"]) if _adds_rows(form) else None,
        sums=[SumLine(one, one.path in choices.takes) for one in merged.sums if one.is_asked],
        take_of_all=choices.takes.get(sums.ALL, Take.KEEP),
        picks=[PickLine(one, names) for one in merged.picks],
        rates=[RateLine(one) for one in merged.rates],
        strays=[f"{names[one.code]}{one.label}“{one.text}”" for one in merged.strays],
        gone=_gone(form, found, choices, names),
        sheet=grid.sheet(form.definition, merged.content, [], units=names)
        if added and isinstance(form.definition, FormDefinition)
        else None,
    )


def _adds_rows(form: Form) -> bool:
    definition = form.definition
    return isinstance(definition, FormDefinition) and definition.row_mode is RowMode.REPEAT


def _gone(
    form: Form, found: Collection[Child], choices: Choices, names: Mapping[str, str]
) -> list[Gone]:
    asked = {child.bureau.code for child in found}
    codes = contributions.codes(cast(Mapping[str, Any], form.content))
    return [
        Gone(code, names.get(code, code), _counted(form, code), code in choices.dropped)
        for code in sorted(codes - asked)
    ]


def _counted(form: Form, code: str) -> int:
    """How many figures of a bureau stand in the draft."""
    given = contributions.of(cast(Mapping[str, Any], form.content))
    return sum(len(cells) for cells in given.get(code, {}).values())


def _line(form: Form, child: Child, choices: Choices, is_chosen: bool) -> Line:
    code = child.bureau.code
    is_replaced, counted = code in choices.replace, _counted(form, code)
    if child.obstacle:
        is_dropped = code in choices.dropped
        nothing: tuple[list[str], ...] = ([], [], [])
        return Line(child, False, False, is_replaced, *nothing, 0, counted, is_dropped)
    alone = _alone(form, child, choices)
    rows = alone.rows[0] if alone.rows else Rows(code, [], [], [], [])
    return Line(
        child,
        alone.content != form.content,
        is_chosen,
        is_replaced,
        *(_in_lines(form, some) for some in (rows.added, rows.removed, rows.edited)),
        figures=_news(form, alone, code),
        counted=counted,
    )


def _news(form: Form, alone: Merged, code: str) -> int:
    """How many figures of a bureau are others than were taken over before."""
    old = contributions.of(cast(Mapping[str, Any], form.content))
    return sum(
        one.given.get(code, "") != contributions.at(old, one.place).get(code, "")
        for one in alone.sums
    )


def _alone(form: Form, child: Child, choices: Choices) -> Merged:
    return merging.merge(form.definition, form.content, [child.contribution], choices)


def _in_lines(form: Form, rows: Sequence[Row]) -> list[str]:
    """文件名称：示例文件；发文主体：省政府."""
    columns = form.definition.row_columns() if form.is_table else ()
    return [
        CELL_GAP.join(
            f"{column.label}：{row[column.id]}" for column in columns if row.get(column.id)
        )
        for row in rows
    ]
