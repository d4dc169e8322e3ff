"""A key–value form among plain cells: labels with blanks beside them, no row like another."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from reports.schemas.definition.choices import Choice
from reports.schemas.definition.columns import Column
from reports.schemas.definition.kinds import ColumnKind, Per
from reports.schemas.definition.layout import MOST_WIDE, Box, Layout
from reports.schemas.proposing import guesses
from reports.schemas.proposing.box_lines import (
    BoxLine,
    Label,
    box_lines,
    closing_of,
    said_in,
)
from reports.schemas.proposing.ticks import answers, as_choice

_LARGE = (ColumnKind.LONGTEXT, ColumnKind.REMARK)
_LARGE_LINES = 6
_LIST_LINES = 3
_FEWEST = 2  # rows
_LONGEST = 30  # characters of a label


def boxes_of(rows: Sequence[Sequence[str]]) -> tuple[tuple[Column, ...], Layout] | None:
    """The fields and the grid, or None where the rows are no such form.

    Every row begins with a label, and every label has at least one blank, or what is printed at the
    foot of a blank (盖章, 年月日), at its right. A line across may head a section, a heading at the
    side the rows beside it; labels without blanks between such rows head a short list.
    """
    lines = box_lines(rows)
    width = max((line.width for line in lines), default=0)
    if not _is_form(lines, width) or width > MOST_WIDE:
        return None
    if width > 2 and all(len(line.labels) == 1 and not line.left for line in lines):
        return None  # one label a row over several columns is a list of items
    columns: list[Column] = []
    layout = _layout(lines, width, columns)
    return tuple(columns), layout


def _is_form(lines: Sequence[BoxLine], width: int) -> bool:
    asked = [line for line in lines if not line.is_section]
    plain = [line for line in asked if not line.is_list]
    heads = any(a.is_list and b.is_list for a, b in pairwise(lines))
    return (
        len(plain) >= max(_FEWEST, len(asked) - len(plain) + 1)
        and not (heads or asked[0].is_list)
        and all(line.labels[0][0] == line.left for line in asked)
        and not any(_is_touching(line, width) for line in plain)
    )


def _is_touching(line: BoxLine, width: int) -> bool:
    """Is there a label without room at its right, or one that is no label?"""
    return any(
        end - column < 2 or len(text) > _LONGEST or text.isdigit()
        for (column, text), end in line.labels_to(width - line.right)
    )


def _layout(lines: Sequence[BoxLine], width: int, columns: list[Column]) -> Layout:
    """The grid; a field for each label is added to the columns."""
    out: list[tuple[Box, ...]] = []
    for place, line in enumerate(lines):
        side: tuple[Box, ...] = ()
        if line.side:
            more = sum(one.is_list for one in lines[place : place + line.tall])
            side = (Box(label=line.side, rowspan=line.tall + more),)
        if line.is_section:
            out.append((Box(label=line.labels[0][1], colspan=width),))
        elif line.is_list:
            heads, blanks = _list(line, width, columns)
            out += [(*side, *heads), blanks]
        else:
            photo: tuple[Box, ...] = ()
            if line.photo:
                photo = (Box(label=line.photo, rowspan=line.photo_tall),)
            out.append((*side, *_pairs(line, width, columns), *photo))
    return tuple(out)


def _pairs(line: BoxLine, width: int, columns: list[Column]) -> list[Box]:
    """Each label with the blank at its right."""
    boxes: list[Box] = []
    for label, end in line.labels_to(width - line.right):
        cells = line.cells[label[0] + 1 : end]
        wide = end - label[0] - 1
        if said := said_in(cells):
            boxes += [Box(label=label[1]), Box(label=said, colspan=wide)]
            continue
        field = _field(label, columns, answers(cells))
        lines = _LARGE_LINES if field.kind in _LARGE else 1
        blank = Box(field=field.id, colspan=wide, lines=lines, closing=closing_of(cells))
        boxes += [Box(label=label[1]), blank]
    return boxes


def _list(
    line: BoxLine, width: int, columns: list[Column]
) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """Labels side by side, and below each a blank for several lines."""
    heads: list[Box] = []
    blanks: list[Box] = []
    for label, end in line.labels_to(width):
        field = replace(_field(label, columns), kind=ColumnKind.LONGTEXT, measure="", choices=())
        columns[-1] = field
        heads.append(Box(label=label[1], colspan=end - label[0]))
        blanks.append(Box(field=field.id, colspan=end - label[0], lines=_LIST_LINES))
    return tuple(heads), tuple(blanks)


def _field(label: Label, columns: list[Column], choices: tuple[Choice, ...] = ()) -> Column:
    guess = guesses.of_column(label[1])
    kind = ColumnKind.TEXT if guess.kind is ColumnKind.SERIAL else guess.kind
    id_ = f"c{len(columns) + 1}"
    field = Column(id_, label[1], kind, per=Per.UNIT, measure=guess.measure, choices=guess.choices)
    columns.append(as_choice(field, choices))
    return columns[-1]
