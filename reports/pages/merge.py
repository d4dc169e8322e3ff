"""What the page 合并下级报表 shows: who has reported, what would come in, go and stay."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reports.actions.merging import Plan
from reports.filling.asked_forms import Form
from reports.filling.lower_reports import Child
from reports.schemas.checking.problems import Problem
from reports.schemas.checking.validation import draft_faults
from reports.schemas.content.texts import count_words
from reports.schemas.rolling import merging
from reports.schemas.rolling.merging import Choices, Merged, Row, Rows, Take, Text

WORDS = {Take.KEEP: "保留本级内容", Take.APPEND: "接在本级内容之后", Take.REPLACE: "以下级内容替换"}
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

    @property
    def code(self) -> str:
        return self.child.bureau.code

    @property
    def word(self) -> str:
        """新增 3 行，去掉 1 行; what cannot be merged says why."""
        if self.child.obstacle:
            return self.child.obstacle
        parts = [f"新增 {len(self.added)} 行"] if self.added else []
        parts += [f"去掉原合并的 {len(self.removed)} 行"] if self.removed else []
        if parts or self.is_new:
            return "，".join(parts) or "有新的内容"
        return "零报告或没有内容，不增加行" if self.child.is_nil else "已合并，没有新变化"


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
class Page:
    lines: list[Line]
    texts: list[TextLine]
    left_out: list[str]
    problems: list[Problem]
    row_count: int | None

    @property
    def can_merge(self) -> bool:
        return any(not line.child.obstacle for line in self.lines)


def first_choice(form: Form, found: Collection[Child]) -> set[int]:
    """Those that bring something new and meet nothing that was worked on here."""
    chosen = set()
    for child in found:
        alone = None if child.obstacle else _alone(form, child, Choices())
        if alone and alone.content != form.content and not any(rows.edited for rows in alone.rows):
            chosen.add(child.assignment.pk)
    return chosen


def page(form: Form, found: Collection[Child], plan: Plan, choices: Choices) -> Page:
    """``plan`` is for the children chosen, ``found`` are all."""
    chosen = {child.assignment.pk for child in plan.children}
    merged = plan.merged
    return Page(
        lines=[_line(form, child, choices, child.assignment.pk in chosen) for child in found],
        texts=[TextLine(text, count_words(text.result)) for text in merged.texts],
        left_out=merged.left_out,
        problems=draft_faults(form.definition, merged.content),
        row_count=len(merged.content["rows"]) if form.is_table else None,
    )


def _line(form: Form, child: Child, choices: Choices, is_chosen: bool) -> Line:
    is_replaced = child.bureau.code in choices.replace
    if child.obstacle:
        return Line(child, False, False, is_replaced, [], [], [])
    alone = _alone(form, child, choices)
    rows = alone.rows[0] if alone.rows else Rows(child.bureau.code, [], [], [], [])
    return Line(
        child,
        alone.content != form.content,
        is_chosen,
        is_replaced,
        *(_in_lines(form, some) for some in (rows.added, rows.removed, rows.edited)),
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
