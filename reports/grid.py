"""A form as a page shows it: every cell with its field name, text and what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reports.schemas import sources
from reports.schemas.cautions import cautions
from reports.schemas.columns import Column, ColumnKind, FieldKind, Per
from reports.schemas.definition import FormDefinition, OutlineDefinition, Section
from reports.schemas.header import HeaderCell
from reports.schemas.text_changes import Run
from reports.schemas.validation import Problem
from reports.schemas.word_count import count_words

NEW_ROW = "__index__"  # static/js/grid.js puts the row's number here
WIDTHS = {ColumnKind.LONGTEXT: "long", ColumnKind.TEXT: "mid"}
NUMBERS = (ColumnKind.INTEGER, ColumnKind.DECIMAL)


@dataclass(frozen=True)
class Cell:
    """One cell to write in. ``span`` > 1 where a unit's text stands beside all its rows.

    ``position`` counts the columns of the table from the left; ``row`` the lines from 1, and is
    empty for what a unit fills in once. The last fields are those of reports/markup.py.
    """

    name: str
    text: str
    column: Any
    span: int = 1
    problems: list[Problem] = field(default_factory=list)
    position: int = 0
    row: str = ""
    marks: Sequence[Any] = ()  # what was asked here: reports.marks.Followed
    is_asked: bool = False
    runs: Sequence[Run] = ()  # the text beside its earlier wording; none where it did not change
    is_gone: bool = False
    form: int | None = None  # its attachment, where several forms stand on one page

    @property
    def id(self) -> str:
        return anchor(self.name, form=self.form)

    @property
    def place(self) -> str:
        """How a page names the cell when it is marked; empty where nothing can be marked."""
        is_place = self.form is not None and self.name and not self.names_unit
        return f"{self.form}:{self.name}" if is_place else ""

    @property
    def label(self) -> str:
        """What a screen reader calls it."""
        return f"第{self.row}行 {self.column.label}" if self.row else self.column.label

    @property
    def is_serial(self) -> bool:
        return self.column.kind is ColumnKind.SERIAL

    @property
    def is_unit(self) -> bool:
        return getattr(self.column, "per", None) is Per.UNIT

    @property
    def is_number(self) -> bool:
        return self.column.kind in NUMBERS

    @property
    def is_line(self) -> bool:
        """Is it one line, not a text that grows?"""
        return self.is_number or self.column.kind is ColumnKind.DATE or bool(self.column.suggest)

    @property
    def names_unit(self) -> bool:
        """Is it the name of the reporting unit, which is known and not typed?"""
        return getattr(self.column, "kind", None) is FieldKind.UNIT  # a section has no kind

    @property
    def width(self) -> str:
        """How wide its column begins: short, mid or long."""
        return "short" if self.column.suggest else WIDTHS.get(self.column.kind, "short")

    @property
    def has_notes(self) -> bool:
        return bool(self.problems or self.marks)

    @property
    def is_wrong(self) -> bool:
        return any(problem.level == "error" for problem in self.problems)


@dataclass(frozen=True)
class Source:
    """Which bureau a line was taken over from; ``mark`` is posted back under ``name``."""

    name: str
    mark: str
    unit: str


@dataclass(frozen=True)
class Sheet:
    """A table with its header, head and foot fields and the lines to write in.

    ``sources`` go with the lines; None for a line of one's own.
    """

    header: Sequence[Sequence[HeaderCell]]
    head: list[Cell]
    lines: list[list[Cell]]
    foot: list[Cell]
    template: list[Cell]
    row_count: int
    sources: list[Source | None]

    @property
    def has_sources(self) -> bool:
        return any(self.sources)

    @property
    def marked_lines(self) -> Iterator[tuple[list[Cell], Source | None]]:
        return zip(self.lines, self.sources, strict=True)

    @property
    def has_rows(self) -> bool:
        """Can lines be added?"""
        return any(not cell.is_serial for cell in self.template)

    @property
    def cautions(self) -> list[tuple[str, str]]:
        """What must not be written in which column."""
        labels = [cell.column.label for cell in self.lines[0]]
        return [(label, said) for label in labels for said in cautions(label)]

    @property
    def suggestions(self) -> list[Column]:
        """The columns with usual answers to choose from, once each."""
        return [cell.column for cell in self.lines[0] if cell.column.suggest]


@dataclass(frozen=True)
class Part:
    """One section of an outline with what was written and its 字数."""

    section: Section
    cell: Cell
    words: int
    offers: Sequence[Any] = ()  # sentences that may go in: reports.drafts.Offer

    @property
    def untaken(self) -> list[Any]:
        """Those offered that are not in yet."""
        return [one for one in self.offers if not one.is_taken]

    @property
    def cautions(self) -> list[str]:
        """What must not be written here."""
        return cautions(self.section.heading, self.section.hint)


@dataclass(frozen=True)
class Fault:
    """A problem as a summary lists it: with a link to its cell where it has one."""

    href: str
    place: str
    message: str


def anchor(path: str, *, form: int | None = None) -> str:
    """The id of the control or cell with this path; of one form among several with ``form``."""
    id_ = path.replace(".", "-")
    return id_ if form is None else f"form-{form}-{id_}".rstrip("-")


def faults(problems: Sequence[Problem], level: str) -> list[Fault]:
    """The errors or the warnings, in the order of the form."""
    return [_fault(problem) for problem in problems if problem.level == level]


def _fault(problem: Problem) -> Fault:
    steps = problem.path.split(".")
    place = f"第{int(steps[1]) + 1}行 {problem.label}" if steps[0] == "rows" else problem.label
    return Fault(anchor(problem.path) if len(steps) > 1 else "form", place, problem.message_zh)


def sheet(
    definition: FormDefinition,
    content: Mapping,
    problems: Sequence[Problem],
    *,
    spare: int = 0,
    units: Mapping[str, str] | None = None,
) -> Sheet:
    """The first line carries the unit's own cells over all lines, as the printed form does.

    ``spare`` blank lines follow the written ones; there is always one line. ``units`` are the
    names of the bureaus from which lines were taken over, by their codes.
    """
    at = _by_path(problems)
    rows = [*(content.get("rows") or []), *({} for _ in range(spare))] or [{}]
    unit = content.get("unit") or {}
    lines = [
        _line(definition, unit if index == 0 else None, row, index, span=len(rows), at=at)
        for index, row in enumerate(rows)
    ]
    return Sheet(
        header=definition.header_grid(),
        head=_fields("head", definition.head_fields, content, at),
        lines=lines,
        foot=_fields("foot", definition.foot_fields, content, at),
        template=_line(definition, None, {}, NEW_ROW, span=1, at={}),
        row_count=len(rows),
        sources=[_source(row, index, units or {}) for index, row in enumerate(rows)],
    )


def _source(row: Mapping[str, str], index: int, units: Mapping[str, str]) -> Source | None:
    code = sources.code(row)
    if not code:
        return None
    return Source(f"rows.{index}.{sources.MARK}", row[sources.MARK], units.get(code, code))


def _line(
    definition: FormDefinition,
    unit: Mapping[str, str] | None,
    row: Mapping[str, str],
    index: int | str,
    *,
    span: int,
    at: Mapping[str, list[Problem]],
) -> list[Cell]:
    """The cells of one line; those of the unit only where ``unit`` is given."""
    number = str(index + 1) if isinstance(index, int) else ""
    cells = []
    for position, column in enumerate(definition.leaf_columns()):
        serial = column.kind is ColumnKind.SERIAL
        if column.per is Per.ROW:
            text = number if serial else row.get(column.id, "")
            name = "" if serial else f"rows.{index}.{column.id}"
            cells.append(Cell(name, text, column, 1, _at(name, at), position, number or "0"))
        elif unit is not None:
            text = "1" if serial else unit.get(column.id, "")
            name = "" if serial else f"unit.{column.id}"
            cells.append(Cell(name, text, column, span, _at(name, at), position))
    return cells


def _at(name: str, at: Mapping[str, list[Problem]]) -> list[Problem]:
    """The problems of one control; a problem of the whole form stands at no cell."""
    return at.get(name, []) if name else []


def _fields(part: str, fields, content: Mapping, at: Mapping[str, list[Problem]]) -> list[Cell]:
    written = content.get(part) or {}
    return [_cell(f"{part}.{entry.id}", written.get(entry.id, ""), entry, at) for entry in fields]


def _cell(name: str, text: str, column: Any, at: Mapping[str, list[Problem]]) -> Cell:
    return Cell(name, text, column, problems=at.get(name, []))


def outline(
    definition: OutlineDefinition, content: Mapping, problems: Sequence[Problem]
) -> list[Part]:
    at, written = _by_path(problems), content.get("sections") or {}
    return [
        Part(
            section,
            _cell(f"sections.{section.id}", written.get(section.id, ""), section, at),
            count_words(written.get(section.id, "")),
        )
        for section in definition.sections
    ]


def _by_path(problems: Sequence[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.path, []).append(problem)
    return found
