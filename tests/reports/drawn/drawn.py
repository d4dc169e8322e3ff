"""A table as the office drew it, in a small notation, and the form it must become, in another."""

from collections.abc import Iterator
from dataclasses import dataclass

from notices.readers.flat_tables import Cell
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import Per, RowMode
from reports.schemas.definition.layout import Box

LEFT, ABOVE = "<", "^"


@dataclass(frozen=True)
class Drawn:
    """`grid` has a line a row and cells parted by `|`; `<` is one with the cell at its left, `^`
    with the one above, `\\n` in a cell breaks its line. `above` and `below` are the lines around
    the table, with `inside` rows of it merged across. `form` is what `outline` says of it."""

    name: str
    title: str
    grid: str
    form: str
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    inside: bool = False
    more: tuple["Drawn", ...] = ()

    def __str__(self) -> str:
        return self.name

    @property
    def forms(self) -> list[str]:
        """The outline of its form, and of those of further tables of the same attachment."""
        return [squeezed(one.form) for one in (self, *self.more)]

    def rows(self) -> list[list[str]]:
        """All places, marks of merging too."""
        lines = [line for line in self.grid.strip("\n").split("\n") if line.strip()]
        parts = [[part.strip(" ").replace("\\n", "\n") for part in row.split("|")] for row in lines]
        assert len({len(row) for row in parts}) == 1, f"{self.name}: rows of unlike width"
        lone = [[line, *([LEFT] * (len(parts[0]) - 1))] for line in self.above if self.inside]
        last = [[line, *([LEFT] * (len(parts[0]) - 1))] for line in self.below if self.inside]
        return lone + parts + last

    def around(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The lines that stand outside the table, above and below it."""
        return ((), ()) if self.inside else (self.above, self.below)

    def cells(self) -> list[list[Cell]]:
        """As in HTML: each cell where it begins, with its size."""
        rows = self.rows()
        return [
            [_cell(rows, r, c) for c, text in enumerate(row) if text not in (LEFT, ABOVE)]
            for r, row in enumerate(rows)
        ]

    def places(self) -> Iterator[tuple[int, int, Cell]]:
        """Row and column, from 0, and the cell that begins there."""
        rows = self.rows()
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if text not in (LEFT, ABOVE):
                    yield r, c, _cell(rows, r, c)

    def flat(self) -> list[list[str]]:
        """Texts on one line each, merged places empty."""
        return [
            ["" if text in (LEFT, ABOVE) else text.replace("\n", "") for text in row]
            for row in self.rows()
        ]


def _cell(rows: list[list[str]], r: int, c: int) -> Cell:
    wide = tall = 1
    while c + wide < len(rows[r]) and rows[r][c + wide] == LEFT:
        wide += 1
    while r + tall < len(rows) and rows[r + tall][c] == ABOVE:
        tall += 1
    return Cell(rows[r][c], wide, tall)


def squeezed(text: str) -> str:
    """The lines without the indent that the source gives them."""
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    indent = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    return "\n".join(line[indent:] for line in lines)


def outline(form: FormDefinition) -> str:
    """What a person sees of a form, a line each: how rows come about with the row of totals, the
    columns or boxes, the rows (`#` a heading, an indent 其中), what stands above and below.

    `*` marks a column that is written once for the unit.
    """
    total = f" {form.total.label} {form.total.position.value}" if form.total else ""
    lines = [form.row_mode.value + total]
    if form.row_mode is RowMode.KEY_VALUE:
        lines += [" | ".join(_box(one.box) for one in row) for row in form.boxes()]
    else:
        lines.append(", ".join(_column(one) for one in form.columns))
    for row in form.rows:
        mark = "#" if row.heading else "-"
        measure = f" {row.measure}" if row.measure else ""
        given = "".join(f" [{text}]" for _, text in row.given)
        crossed = f" x{len(row.crossed)}" if row.crossed else ""
        lines.append(f"{'  ' * row.level}{mark} {'/'.join(row.labels)}{measure}{given}{crossed}")
    if form.head_fields:
        lines.append("above: " + ", ".join(field.label for field in form.head_fields))
    if form.foot_fields:
        lines.append("below: " + ", ".join(field.label for field in form.foot_fields))
    lines += [form.unit_line] if form.unit_line else []
    return "\n".join([*lines, *(f"note: {note}" for note in form.notes)])


def _column(column: Column) -> str:
    if column.children:
        return f"{column.label}({', '.join(_column(child) for child in column.children)})"
    return column.label + ("*" if column.per is Per.UNIT else "")


def _box(box: Box) -> str:
    size = f"~{box.colspan}" if box.colspan > 1 else ""
    size += f"!{box.rowspan}" if box.rowspan > 1 else ""
    words = "".join(f" {line}" for line in box.closing)
    return (box.label or "_") + size + words.replace("　", "")
