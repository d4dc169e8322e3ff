"""A key–value form among plain cells: labels with blanks beside them, no row like another."""

import re
from collections.abc import Sequence

from reports.schemas.definition.columns import Column
from reports.schemas.definition.kinds import ColumnKind, Per
from reports.schemas.definition.layout import MOST_WIDE, Box, Layout
from reports.schemas.proposing import guesses
from reports.schemas.proposing.header_tree import clean_label

_CLOSING = re.compile(r"盖\s*章|签\s*(?:字|名|章)|年\s*月\s*日|公\s*章")
_BRACKETED = re.compile(r"[（(][^（）()]*[)）]|年月日|[^（(年]+|.")
_LARGE = (ColumnKind.LONGTEXT, ColumnKind.REMARK)
_LARGE_LINES = 6
_FEWEST = 2  # rows

_Cell = tuple[int, str]  # column and text


def boxes_of(rows: Sequence[Sequence[str]]) -> tuple[tuple[Column, ...], Layout] | None:
    """The fields and the grid, or None where the rows are no such form.

    Every row begins with a label, and every label has at least one blank, or what is printed at the
    foot of a blank (盖章, 年月日), at its right.
    """
    written = [row for row in rows if any(cell.strip() for cell in row)]
    labels = [_labels(row) for row in written]
    if len(written) < _FEWEST or any(not row or row[0][0] != 0 for row in labels):
        return None
    width = max(len(row) for row in written)
    width = max(width, *(row[-1][0] + 2 for row in labels))
    if width > MOST_WIDE or any(_touching(row, width) for row in labels):
        return None
    if len({column for row in labels for column, _ in row if column}) == 0 and width > 2:
        return None  # one label a row over several columns is a list of items
    columns: list[Column] = []
    layout = []
    for row, cells in zip(labels, written, strict=True):
        boxes: list[Box] = []
        ends = [*(column for column, _ in row[1:]), width]
        for (column, label), end in zip(row, ends, strict=True):
            field = _field(f"c{len(columns) + 1}", label)
            columns.append(field)
            closing = [line for cell in cells[column + 1 : end] for line in _closing(cell)]
            boxes += [Box(label=label), _blank(field, end - column - 1, closing)]
        layout.append(tuple(boxes))
    return tuple(columns), tuple(layout)


def _labels(row: Sequence[str]) -> list[_Cell]:
    cells = [(column, clean_label(cell)) for column, cell in enumerate(row)]
    return [(column, text) for column, text in cells if text and not _is_closing(text)]


def _is_closing(text: str) -> bool:
    """What is printed at the foot of a blank is no label: （单位盖章）, 年 月 日."""
    return bool(_CLOSING.search(text)) and not text.endswith("意见")


def _closing(cell: str) -> list[str]:
    """（单位盖章） and 年 月 日 on lines of their own."""
    parts = _BRACKETED.findall(re.sub(r"\s", "", cell))
    return ["年　　月　　日" if part == "年月日" else part for part in parts]


def _touching(row: Sequence[_Cell], width: int) -> bool:
    """Is there a label without room at its right, or one that is no label?"""
    ends = [*(column for column, _ in row[1:]), width]
    return any(
        end - column < 2 or len(text) > 30 or text.isdigit()
        for (column, text), end in zip(row, ends, strict=True)
    )


def _field(id_: str, label: str) -> Column:
    guess = guesses.of_column(label)
    kind = ColumnKind.TEXT if guess.kind is ColumnKind.SERIAL else guess.kind
    return Column(id_, label, kind, per=Per.UNIT, measure=guess.measure, choices=guess.choices)


def _blank(field: Column, width: int, closing: Sequence[str]) -> Box:
    lines = _LARGE_LINES if field.kind in _LARGE else 1
    return Box(field=field.id, colspan=width, lines=lines, closing=tuple(closing))
