"""Taking what bureaus below wrote into one form, so that every row still says whose it is.

Rows are matched by the text they were taken over with: a row that its bureau has not changed stays
as it stands here, worked on or not; a new one comes in; one that the bureau has changed or dropped
goes, unless somebody has worked on it here. Texts that stand beside all rows or in rows that the
form names, and the sections of an outline, become one paragraph a unit; figures there are added up
(sums.py), rates worked out anew (rates.py), days and answers left to be picked (picks.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from reports.schemas.content import contributions, sources
from reports.schemas.content.content import Content, OutlineContent, TableContent
from reports.schemas.content.values import is_no_value_mark
from reports.schemas.definition.definition import Definition, FormDefinition
from reports.schemas.definition.kinds import Aggregate, ColumnKind, RowMode
from reports.schemas.definition.outlines import OutlineDefinition
from reports.schemas.rolling import picks, recomputed, strays, sums
from reports.schemas.rolling.choices import Choices, Take
from reports.schemas.rolling.picks import Pick
from reports.schemas.rolling.recomputed import WorkedOut
from reports.schemas.rolling.strays import Stray
from reports.schemas.rolling.sums import Sum

Row = Mapping[str, str]
# A column that says whose row it is; it is filled in where the bureau itself left it blank.
WHOSE = frozenset({"填报单位", "报送单位", "上报单位", "来源单位", "地区"})


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one bureau reported; without content it reported that there is nothing (零报告)."""

    code: str
    name: str
    content: Content | None


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
    """The form after merging. ``left_out`` names columns that nobody can merge but a person;
    ``rates`` are those that were written by hand and are another number by the figures now."""

    content: Content
    rows: list[Rows]
    texts: list[Text]
    left_out: list[str]
    sums: list[Sum] = field(default_factory=list)
    picks: list[Pick] = field(default_factory=list)
    rates: list[WorkedOut] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)


def can_merge(definition: Definition) -> bool:
    """Rows for regions are others at every level; all else has rows or cells in common."""
    return getattr(definition, "row_mode", RowMode.REPEAT) is not RowMode.BY_REGION


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
    return _table_merged(definition, cast(TableContent, own), given, choices, texts)


def _table_merged(
    definition: FormDefinition,
    own: TableContent,
    given: Sequence[Contribution],
    choices: Choices,
    texts: list[Text],
) -> Merged:
    by_code = {each.code: _table(each) for each in given}
    added = sums.sums(definition, own, by_code, choices.dropped, choices.takes)
    picked = list(picks.picks(definition, own, by_code, choices.picks))
    written = {text.path: text.result for text in texts}
    written |= {one.path: one.result for one in added}
    written |= {one.path: one.result for one in picked}
    plans = [_rows(definition, own["rows"], each, choices) for each in given]
    content = _written(own, written)
    content["rows"] = _in_place(own["rows"], plans)
    if added or contributions.KEY in own:
        content["below"] = sums.kept(definition, own, by_code, choices.dropped, added)
    worked_out = list(recomputed.worked_out(definition, own, content, choices.takes))
    return Merged(
        _written(content, {one.path: one.result for one in worked_out}),
        plans,
        texts,
        _left_out(definition, content, given, worked_out, picked),
        added,
        picked,
        [one for one in worked_out if one.is_asked],
        list(strays.strays(definition, by_code)),
    )


def _written(content: TableContent, texts: Mapping[str, str]) -> TableContent:
    """The content with these texts in its cells, by their paths."""
    found: TableContent = {**content, "unit": _rewritten(content["unit"], "unit", texts)}
    if "items" in content:
        found["items"] = {
            row: _rewritten(cells, f"items.{row}", texts) for row, cells in content["items"].items()
        }
    return found


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
    named = sums.labels(definition)
    for place, column in sums.cells(definition):
        if column.aggregation is Aggregate.JOIN:
            path, here = sums.path_of(place), sums.text_at(own, place)
            part = f"items.{place[0]}" if place[0] else "unit"
            yield _joined(path, named[place], here, _said(given, part, place[1]), choices)


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
        texts: Any = each.content or {}
        for step in part.split("."):
            texts = texts.get(step, {})
        if text := texts.get(id_, ""):
            found[each.name] = text
    return found


def _left_out(
    definition: FormDefinition,
    content: TableContent,
    given: Sequence[Contribution],
    worked_out: Sequence[WorkedOut],
    picked: Sequence[Pick],
) -> list[str]:
    """Rates of which nobody knows what they are rates of, points, days that nobody picked."""
    known = {one.path for one in worked_out} | {one.path for one in picked if one.result}
    named = sums.labels(definition)
    by_code = {each.code: _table(each) for each in given}
    return [
        named[place]
        for place, column in sums.cells(definition)
        if column.aggregation is not Aggregate.JOIN
        and not sums.is_added(definition, column)
        and sums.path_of(place) not in known
        and not sums.text_at(content, place)
        and any(sums.text_at(one, place) for one in by_code.values())
    ]
