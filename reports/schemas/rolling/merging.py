"""Taking what bureaus below wrote into one form, so that every row still says whose it is.

Rows are matched by the text they were taken over with: a row that its bureau has not changed stays
as it stands here, worked on or not; a new one comes in; one that the bureau has changed or dropped
goes, unless somebody has worked on it here. What stands beside all rows, and the sections of an
outline, becomes one paragraph a unit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import cast

from reports.schemas.content import sources
from reports.schemas.content.content import Content, OutlineContent, TableContent
from reports.schemas.content.values import is_no_value_mark, parse_number
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import Definition, FormDefinition
from reports.schemas.definition.kinds import Aggregate, ColumnKind, RowMode
from reports.schemas.definition.outlines import OutlineDefinition

Row = Mapping[str, str]
# A column that says whose row it is; it is filled in where the bureau itself left it blank.
WHOSE = frozenset({"填报单位", "报送单位", "上报单位", "来源单位", "地区"})


class Take(StrEnum):
    """What becomes of a text that stands here already."""

    KEEP = "keep"
    APPEND = "append"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one bureau reported; without content it reported that there is nothing (零报告)."""

    code: str
    name: str
    content: Content | None


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decided: ``replace`` holds the codes of bureaus whose rows give way to their
    new ones even where they were worked on here; ``takes`` what to do by the path of a text.

    Without a word a blank text is filled in and a written one is kept.
    """

    replace: frozenset[str] = frozenset()
    takes: Mapping[str, Take] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one bureau: those that come, those that go, and those that stay although their
    bureau has changed or dropped them, for they were worked on here."""

    code: str
    added: Sequence[Row]
    removed: Sequence[Row]
    edited: Sequence[Row]
    result: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Text:
    """One text that stands beside all rows, or one section: what is here and what is offered."""

    path: str
    label: str
    own: str
    offered: str
    take: Take
    can_append: bool

    @property
    def result(self) -> str:
        if self.take is Take.APPEND and self.can_append and self.own:
            return f"{self.own}\n{self.offered}"
        return self.own if self.take is Take.KEEP else self.offered


@dataclass(frozen=True, slots=True)
class Merged:
    """The form after merging. ``left_out`` names columns that nobody can merge but a person."""

    content: Content
    rows: list[Rows]
    texts: list[Text]
    left_out: list[str]


def can_merge(definition: Definition) -> bool:
    """Rows that stand in the definition or for regions are the same for all: they do not line up
    one below the other, their figures are rolled up."""
    rows = getattr(definition, "row_mode", RowMode.REPEAT)
    return rows in (RowMode.REPEAT, RowMode.KEY_VALUE)


def merge(
    definition: Definition, own: Content, given: Sequence[Contribution], choices: Choices
) -> Merged:
    """Take ``given``, in administrative order, into ``own``; both are content of the definition."""
    texts = [
        text
        for text in _texts(definition, own, given, choices)
        if text.offered not in ("", text.own)
    ]
    written = {text.path: text.result for text in texts}
    if isinstance(definition, OutlineDefinition):
        sections = cast(OutlineContent, own)["sections"]
        return Merged({"sections": _rewritten(sections, "sections", written)}, [], texts, [])
    table = cast(TableContent, own)
    plans = [_rows(definition, table["rows"], each, choices) for each in given]
    content: TableContent = {
        **table,
        "unit": _rewritten(table["unit"], "unit", written),
        "rows": _in_place(table["rows"], plans),
    }
    return Merged(content, plans, texts, _left_out(definition, given))


def _rewritten(texts: dict[str, str], part: str, written: Mapping[str, str]) -> dict[str, str]:
    return {id_: written.get(f"{part}.{id_}", text) for id_, text in texts.items()}


# --- rows ---


def _rows(
    definition: FormDefinition, own: Sequence[Row], given: Contribution, choices: Choices
) -> Rows:
    here = [row for row in own if sources.code(row) == given.code]
    incoming = [_with_name(definition, row, given.name) for row in _table(given)["rows"]]
    if given.code in choices.replace:
        return _replaced(given.code, here, incoming)
    known: dict[str, list[Row]] = {}
    for row in here:
        known.setdefault(sources.taken_as(row), []).append(row)
    result, added = [], []
    for row in incoming:
        if same := known.get(sources.digest(row)):
            result.append(dict(same.pop(0)))
        else:
            added.append(row)
            result.append(sources.marked(row, given.code))
    left = {id(row) for same in known.values() for row in same}
    rest = [row for row in here if id(row) in left]
    edited = [row for row in rest if not sources.is_untouched(row)]
    removed = [row for row in rest if sources.is_untouched(row)]
    return Rows(given.code, added, removed, edited, [*result, *map(dict, edited)])


def _replaced(code: str, here: Sequence[Row], incoming: Sequence[Row]) -> Rows:
    stood = {sources.digest(row) for row in here}
    come = {sources.digest(row) for row in incoming}
    return Rows(
        code,
        added=[row for row in incoming if sources.digest(row) not in stood],
        removed=[row for row in here if sources.digest(row) not in come],
        edited=[],
        result=[sources.marked(row, code) for row in incoming],
    )


def _table(given: Contribution) -> TableContent:
    blank: TableContent = {"head": {}, "unit": {}, "rows": [], "foot": {}}
    return blank if given.content is None else cast(TableContent, given.content)


def _with_name(definition: FormDefinition, row: Row, name: str) -> dict[str, str]:
    """The cells alone: a row that the bureau has from its own bureaus below now comes from it."""
    texts = sources.cells(row)
    for column in definition.row_columns():
        if column.label in WHOSE and column.kind is ColumnKind.TEXT and not texts[column.id]:
            texts[column.id] = name
    return texts


def _in_place(own: Sequence[dict[str, str]], plans: Sequence[Rows]) -> list[dict[str, str]]:
    """Each bureau's rows where its rows stood, those of a new one among the others by its code."""
    rows = [dict(row) for row in own]
    for plan in plans:
        at = _place(rows, plan.code)
        rows = [row for row in rows if sources.code(row) != plan.code]
        rows[at:at] = plan.result
    return rows


def _place(rows: Sequence[Row], code: str) -> int:
    """Before the first row of this bureau or of one that comes after it; else at the end."""
    for index, row in enumerate(rows):
        if sources.code(row) == code:
            return index
    for index, row in enumerate(rows):
        if sources.code(row) > code:
            return index
    return len(rows)


# --- texts ---


def _texts(
    definition: Definition, own: Content, given: Sequence[Contribution], choices: Choices
) -> Iterator[Text]:
    if isinstance(definition, OutlineDefinition):
        for section in definition.sections:
            said = _said(given, "sections", section.id)
            here = cast(OutlineContent, own)["sections"][section.id]
            yield _joined(f"sections.{section.id}", section.full_heading, here, said, choices)
        return
    for column in definition.unit_columns():
        said, path = _said(given, "unit", column.id), f"unit.{column.id}"
        here = cast(TableContent, own)["unit"][column.id]
        if _is_text(column):
            yield _joined(path, column.label, here, said, choices)
        elif column.adds_up:
            take = _take(path, here, choices)
            yield Text(path, column.label, here, _sum(column, said), take, can_append=False)


def _joined(path: str, label: str, own: str, said: Mapping[str, str], choices: Choices) -> Text:
    take = _take(path, own, choices)
    paragraphs = [f"{name}：{text}" for name, text in said.items() if not is_no_value_mark(text)]
    if take is not Take.REPLACE:  # what was joined before is not said twice
        paragraphs = [one for one in paragraphs if one not in own]
    nothing = next(iter(said.values()), "") if not own else ""  # 无, where all of them say so
    return Text(path, label, own, "\n".join(paragraphs) or nothing, take, can_append=True)


def _take(path: str, own: str, choices: Choices) -> Take:
    return choices.takes.get(path, Take.KEEP if own else Take.REPLACE)


def _said(given: Sequence[Contribution], part: str, id_: str) -> dict[str, str]:
    """What the bureaus wrote there, by their names; the silent ones are left out."""
    found = {}
    for each in given:
        texts = cast(Mapping[str, Mapping[str, str]], each.content or {}).get(part, {})
        if text := texts.get(id_, ""):
            found[each.name] = text
    return found


def _sum(column: Column, said: Mapping[str, str]) -> str:
    values = [parse_number(text, measure=column.measure) for text in said.values()]
    numbers = [value for value in values if value is not None]
    return f"{sum(numbers, Decimal(0)):f}" if numbers else ""


def _is_text(column: Column) -> bool:
    return column.aggregation is Aggregate.JOIN


def _left_out(definition: FormDefinition, given: Sequence[Contribution]) -> list[str]:
    """Rates and days of several units make no one value."""
    return [
        column.label
        for column in definition.unit_columns()
        if not (_is_text(column) or column.adds_up) and _said(given, "unit", column.id)
    ]
