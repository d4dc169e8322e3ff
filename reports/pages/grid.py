"""A form as a page shows it: every cell with its field name, text and what is wrong with it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from reports.pages.grid_cell import Cell
from reports.schemas.checking.cautions import cautions
from reports.schemas.checking.problems import Problem
from reports.schemas.content import sources
from reports.schemas.content.figures import Figures
from reports.schemas.content.places import anchor, column_labels
from reports.schemas.content.table_lines import CellRole, Line, LineCell, lines, text_of
from reports.schemas.content.texts import count_without_punctuation, count_words
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.header import HeaderCell
from reports.schemas.definition.kinds import Per, RowMode
from reports.schemas.definition.layout import PlacedBox
from reports.schemas.definition.outlines import OutlineDefinition, Section
from reports.schemas.rolling.origins import origins

NEW_ROW = "__index__"  # static/js/grid.js puts the row's number here
Problems = Mapping[str, list[Problem]]


@dataclass(frozen=True)
class Source:
    """Which bureau a line was taken over from; ``mark`` is posted back under ``name``."""

    name: str
    mark: str
    unit: str


@dataclass(frozen=True)
class Sheet:
    """A table with its header, head and foot fields and its lines, to write in or to read.

    The lines of a form without rows are those of its boxes. ``sources`` go with the lines; None for
    a line of one's own. ``total`` has no cells where there is no row of totals.
    """

    header: Sequence[Sequence[HeaderCell]]
    head: list[Cell]
    lines: list[list[Cell]]
    foot: list[Cell]
    template: list[Cell]
    row_count: int
    sources: list[Source | None]
    total: Sequence[Cell] = ()
    is_total_first: bool = False
    is_boxes: bool = False
    unit_line: str = ""
    imprint: Sequence[str] = ()
    notes: Sequence[str] = ()

    @property
    def has_sources(self) -> bool:
        return any(self.sources)

    @property
    def marked_lines(self) -> Iterator[tuple[list[Cell], Source | None]]:
        return zip(self.lines, self.sources, strict=True)

    @property
    def has_rows(self) -> bool:
        """Can lines be added?"""
        return any(cell.is_entered for cell in self.template)

    @property
    def form(self) -> int | None:
        """Its attachment, where several forms stand on one page."""
        return self.lines[0][0].form if self.lines else None

    @property
    def must(self) -> set[int]:
        """The columns that have to be filled in, as their cells count them."""
        cells = [cell for line in self.lines for cell in line if cell.is_entered]
        return {cell.position for cell in cells if cell.column.required}

    @property
    def cautions(self) -> list[tuple[str, str]]:
        """What must not be written in which column."""
        labels = [column.label for column in self._columns]
        return [(label, said) for label in labels for said in cautions(label)]

    @property
    def suggestions(self) -> list[Column]:
        """The columns with usual answers to choose from, once each."""
        return [column for column in self._columns if column.suggest]

    @property
    def _columns(self) -> list[Column]:
        """Those that are written in, once each."""
        cells = (cell for line in self.lines for cell in line if cell.is_entered)
        return list({cell.column.id: cell.column for cell in cells}.values())


@dataclass(frozen=True)
class Part:
    """One section of an outline with what was written and its 字数."""

    section: Section
    cell: Cell
    words: int
    offers: Sequence[Any] = ()  # sentences that may go in: reports.filling.offered_sentences.Offer

    @property
    def plain_words(self) -> int:
        """字数 without marks: 不计标点."""
        return count_without_punctuation(self.cell.text)

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
    names of the bureaus from which lines and figures were taken over, by their codes.
    """
    maker = _Maker(definition, content, _by_path(problems), units or {})
    whole = lines(definition, content, spare=spare)
    body = [maker.line(line) for line in whole if not line.is_total] or maker.boxes()
    rows = [] if definition.is_keyed else content.get("rows") or []
    origins = [_source(row, index, units or {}) for index, row in enumerate(rows)]
    return Sheet(
        header=definition.header_grid(),
        head=_fields("head", definition.head_fields, content, maker.at),
        lines=body,
        foot=_fields("foot", definition.foot_fields, content, maker.at),
        template=maker.template(),
        row_count=len(body),
        sources=[*origins, *[None] * len(body)][: len(body)],
        total=next((maker.line(line) for line in whole if line.is_total), ()),
        is_total_first=bool(whole) and whole[0].is_total,
        is_boxes=bool(definition.boxes()),
        unit_line=definition.unit_line,
        imprint=definition.imprint.lines(),
        notes=definition.notes,
    )


def bodies(
    definition: FormDefinition, contents: Iterable[Mapping[str, Any]]
) -> Iterator[list[list[Cell]]]:
    """The lines to read of many contents of one form, without totals and what stands around."""
    maker = _Maker(definition, {}, {}, {})
    for content in contents:
        of_one = maker.of(content)
        whole = lines(definition, content)
        yield [of_one.line(line) for line in whole if not line.is_total] or of_one.boxes()


def _source(row: Mapping[str, str], index: int, units: Mapping[str, str]) -> Source | None:
    code = sources.code(row)
    if not code:
        return None
    return Source(f"rows.{index}.{sources.MARK}", row[sources.MARK], units.get(code, code))


class _Maker:
    """Cells of one form."""

    def __init__(
        self, definition: FormDefinition, content: Mapping, at: Problems, units: Mapping[str, str]
    ):
        self.definition, self.content, self.at = definition, content, at
        self.labels = column_labels(definition)
        self.heads = _heads(definition)
        self.made = origins(definition, content, units)

    def of(self, content: Mapping) -> "_Maker":
        """Of another content of the same form: what the columns are called is known."""
        other = copy(self)
        other.content, other.made = content, origins(self.definition, content, {})
        return other

    def line(self, line: Line) -> list[Cell]:
        """The cells of a line but those that another one covers."""
        return [
            self._cell(line, cell, position)
            for position, cell in enumerate(line.cells)
            if not cell.is_covered
        ]

    def _cell(self, line: Line, cell: LineCell, position: int) -> Cell:
        is_unit = cell.column.per is Per.UNIT
        part = "unit" if is_unit else line.path or "total"
        key = "" if cell.path else f"{part}.{cell.column.id}"
        in_row = not (is_unit or line.is_total)
        return Cell(
            cell.path,
            cell.text,
            cell.column,
            cell.rowspan,
            self.at.get(cell.path or key, []),
            position,
            row=str(line.number) if in_row else "",
            colspan=cell.colspan,
            role=cell.role,
            key=key,
            called=self.labels[cell.column.id],
            row_label=line.row.label if line.row and in_row else "",
            level=line.level,
            is_title=line.is_heading and in_row,
            heads=[id_ for at in range(cell.colspan) for id_ in self.heads.get(position + at, ())],
            made=self.made.get(cell.path),
        )

    def template(self) -> list[Cell]:
        """The cells of a line to be added; none where the rows are fixed."""
        if self.definition.row_mode is not RowMode.REPEAT:
            return []
        line = lines(self.definition, {**self.content, "rows": []})
        blank = next(self.line(one) for one in line if not one.is_total)
        return [_new(cell) for cell in blank if not cell.is_unit]

    def boxes(self) -> list[list[Cell]]:
        """The grid of a form without rows."""
        figures = Figures(self.definition, self.content)
        return [[self._box(placed, figures) for placed in row] for row in self.definition.boxes()]

    def _box(self, placed: PlacedBox, figures: Figures) -> Cell:
        box = placed.box
        spans = {"span": box.rowspan, "colspan": box.colspan, "position": placed.column}
        if box.label:
            return Cell("", box.label, None, role=CellRole.PRINTED, box=box, **spans)
        column, path = self.definition.column(box.field), f"unit.{box.field}"
        common = {"problems": self.at.get(path, []), "box": box, **spans}
        if column.is_computed:
            text = text_of(column, figures.unit(column.id))
            return Cell("", text, column, role=CellRole.COMPUTED, key=path, **common)
        text = figures.text("", column.id)
        return Cell(path, text, column, made=self.made.get(path), **common)


def _heads(definition: FormDefinition) -> dict[int, list[str]]:
    """The ids of the header cells above each column, from the top."""
    found: dict[int, list[str]] = {}
    for cell in (cell for row in definition.header_grid() for cell in row):
        for position in range(cell.column, cell.column + cell.colspan):
            found.setdefault(position, []).append(f"h.{cell.row}.{cell.column}")
    return found


def _new(cell: Cell) -> Cell:
    """The same cell in a row whose number is not known."""
    name, key = (path.replace("rows.0.", f"rows.{NEW_ROW}.") for path in (cell.name, cell.key))
    return replace(cell, name=name, key=key, row=NEW_ROW, text="")


def _fields(part: str, fields, content: Mapping, at: Problems) -> list[Cell]:
    written = content.get(part) or {}
    return [_cell(f"{part}.{entry.id}", written.get(entry.id, ""), entry, at) for entry in fields]


def _cell(name: str, text: str, column: Any, at: Problems) -> Cell:
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


def _by_path(problems: Sequence[Problem]) -> Problems:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.path, []).append(problem)
    return found
