"""The rows that the body of a proposed table lists: fixed items, criteria, regions, a total."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reports.schemas.content.values import parse_number
from reports.schemas.definition.checks import Check, part_checks
from reports.schemas.definition.columns import Column
from reports.schemas.definition.kinds import ColumnKind, Position, RowMode
from reports.schemas.definition.rows import Row
from reports.schemas.definition.totals import Total
from reports.schemas.proposing import guesses
from reports.schemas.proposing.checks import has_marks
from reports.schemas.proposing.header_tree import clean_label
from reports.schemas.proposing.region_names import is_region

Cells = tuple[str, ...]
CROSSES = frozenset({"—", "——", "－", "-", "╳", "×", "✕", "/", "／"})
_TOTALS = frozenset({"合计", "总计", "全国合计", "全省合计", "全市合计"})
_GAP = re.compile(r"[….·⋯。]+")
_MEASURE_LABELS = ("单位", "计量单位")
_NAMES = re.compile(r"指标|类别|项目|名称|分类|事项|种类|类型|内容|待补栏名")
_HEADING = re.compile(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]")
_CODE = re.compile("代码|编号|行次|序号")
_PART = re.compile(r"其\s*中")
_UNIT = re.compile(r"[（(][^（）()]{1,8}[)）]")
_SCORE, _POINTS = re.compile(r"自评|得分"), re.compile(r"分值|分数|满分")
_FEWEST = 2  # rows for a table of fixed items
_MOST_REGIONS_MISSED = 0.4  # of the rows, that may be no known region


@dataclass(frozen=True, slots=True)
class Found:
    """What the body of a table says about its rows."""

    columns: tuple[Column, ...]
    mode: RowMode = RowMode.REPEAT
    rows: tuple[Row, ...] = ()
    total: Total | None = None
    checks: tuple[Check, ...] = ()
    doubts: tuple[str, ...] = ()


def without_rows(
    header: Sequence[Sequence[str]], body: Sequence[Sequence[str]]
) -> tuple[list[Cells], list[Cells]]:
    """Header and body; what was taken for a header row but is an item (家 below 单位) is moved."""
    top, below = [tuple(row) for row in header], [tuple(row) for row in body]
    measured = [
        column
        for column, label in enumerate(top[0] if top else ())
        if clean_label(label) in _MEASURE_LABELS
    ]
    while len(top) > 1 and any(_at(top[-1], column) in guesses.MEASURES for column in measured):
        below.insert(0, top.pop())
    if top and len(below) > 1 and _is_of_units(top[-1], below[0]):
        units = below.pop(0)
        top[-1] = tuple(label + _at(units, column) for column, label in enumerate(top[-1]))
    return top, below


def _is_of_units(labels: Cells, row: Cells) -> bool:
    """Whether the row below the labels says only in what they are counted: （吨）（万元）."""
    said = [(column, cell) for column, cell in enumerate(row) if cell]
    return len(said) > 1 and all(
        _UNIT.fullmatch(cell) and _at(labels, column) and not _UNIT.search(_at(labels, column))
        for column, cell in said
    )


def rows_of(columns: Sequence[Column], body: Sequence[Sequence[str]]) -> Found | None:
    """The rows that the body lists, or None where it says nothing that could be kept."""
    leaves = [leaf for column in columns for leaf in column.leaves()]
    rows = [tuple(_at(row, index) for index in range(len(leaves))) for row in body]
    indented = _indented(body)
    kept = [index for index, row in enumerate(rows) if any(row) and not _is_gap(row)]
    totals = [index for index in kept if _is_total(rows[index])]
    # alone, it stands after the blank lines before it
    places = list(range(len(rows))) if kept == totals else kept
    total = _total(rows[totals[0]], places.index(totals[0])) if totals else None
    listed = [index for index in kept if index not in totals]
    listed = [index for index in listed if not _is_numbered_blank(rows[index])]
    if not listed:
        is_open = total is not None and not leaves[0].is_number
        return Found(tuple(columns), total=total) if is_open else None
    cells = _headings_moved(leaves, [rows[index] for index in listed])
    plan = _plan(leaves, cells)
    if plan is None:
        return None
    if plan.is_regional:
        found = _regional(columns, cells, plan)
    else:
        found = _fixed(columns, cells, [indented[index] for index in listed], plan)
    return replace(found, total=total)


def is_numbered(columns: Sequence[Column], body: Sequence[Sequence[str]]) -> bool:
    """Does it number several blank rows: 1, 2, 3?"""
    width = sum(len(column.leaves()) for column in columns)
    rows = [tuple(_at(row, index) for index in range(width)) for row in body]
    return sum(1 for row in rows if any(row) and _is_numbered_blank(row)) > 1


def left_behind(columns: Sequence[Column], body: Sequence[Sequence[str]]) -> int:
    """How many rows say more than their number, for a table that does not keep them."""
    width = sum(len(column.leaves()) for column in columns)
    rows = [tuple(_at(row, index) for index in range(width)) for row in body]
    written = [row for row in rows if any(row) and not _is_gap(row)]
    return sum(1 for row in written if not _is_numbered_blank(row))


def _headings_moved(leaves: Sequence[Column], rows: Sequence[Cells]) -> list[Cells]:
    """The rows, with a heading that begins in a column of codes put where the names stand."""
    if len(leaves) < 2 or not _CODE.search(leaves[0].label):
        return list(rows)
    return [
        ("", row[0], *row[2:]) if _HEADING.match(row[0]) and not any(row[1:]) else row
        for row in rows
    ]


# --- which column is what ---


@dataclass(frozen=True, slots=True)
class _Plan:
    """The places of the columns by what they are for; `beside` pairs a given one with a label."""

    labels: tuple[int, ...]
    measure: int | None
    serial: int | None
    given: tuple[int, ...]
    blanks: tuple[int, ...]
    beside: Mapping[int, int]
    is_regional: bool


def _plan(leaves: Sequence[Column], rows: Sequence[Cells]) -> _Plan | None:
    """None where the rows are no items with blanks beside them, such as entries of an example."""
    serial = next((i for i, leaf in enumerate(leaves) if leaf.kind is ColumnKind.SERIAL), None)
    others = [index for index in range(len(leaves)) if index != serial]
    blanks = [i for i in others if all(not row[i] or row[i] in CROSSES for row in rows)]
    printed = [index for index in others if index not in blanks]
    if len(rows) < _FEWEST or not printed or not blanks or printed[0] > blanks[0]:
        return None
    measure = next((i for i in printed[1:] if _is_measure(leaves[i], [r[i] for r in rows])), None)
    named = [i for i in printed[1:] if i != measure and _NAMES.search(leaves[i].label)]
    first = _first_label(leaves, rows, printed)
    labels = [first]
    for index in (one for one in printed if first < one < blanks[0] and one != measure):
        if index in named or _goes_on(rows, labels[-1], index):
            labels.append(index)
    given = [index for index in printed if index not in labels and index != measure]
    texts = [row[first] for row in rows]
    misses = sum(1 for text in texts if not is_region(text))
    return _Plan(
        tuple(labels),
        measure,
        serial,
        tuple(given),
        tuple(blanks),
        {i: i - 1 for i in given if i - 1 in labels[:-1] and _go_together(rows, i - 1, i)},
        is_regional=printed == labels[:1] and misses <= _MOST_REGIONS_MISSED * len(texts),
    )


def _goes_on(rows: Sequence[Cells], label: int, index: int) -> bool:
    """Does a column name the rows of a label that is merged over several of them?"""
    return any(row[index] and not row[label] for row in rows) and all(row[index] for row in rows)


def _first_label(leaves: Sequence[Column], rows: Sequence[Cells], printed: Sequence[int]) -> int:
    """The first column that names rows; codes before it (行次, 代码) only number them."""
    first = printed[0]
    codes = [row[first] for row in rows if row[first]]
    is_code = _CODE.search(leaves[first].label) and any(code.isdigit() for code in codes)
    return printed[1] if is_code and len(printed) > 1 else first


def _is_measure(leaf: Column, texts: Sequence[str]) -> bool:
    written = [text for text in texts if text]
    return leaf.label in _MEASURE_LABELS or all(text in guesses.MEASURES for text in written)


def _go_together(rows: Sequence[Cells], label: int, index: int) -> bool:
    """Does a given column have its texts where the label beside it has (权重 of 一级指标)?"""
    return all(bool(row[label]) is bool(row[index]) for row in rows)


# --- by region ---


def _regional(columns: Sequence[Column], rows: Sequence[Cells], plan: _Plan) -> Found:
    leaves = [leaf for column in columns for leaf in column.leaves()]
    label = leaves[plan.labels[0]]
    made = {label.id: Column(label.id, label.label, ColumnKind.ROW_LABEL)}
    blanks = [leaves[place] for place in plan.blanks]
    counts = sum(leaf.is_number for leaf in blanks)
    if 2 * counts >= len(blanks) or has_marks(columns):  # a table of counts
        short = [leaf for leaf in blanks if leaf.kind is ColumnKind.TEXT]
        made |= {leaf.id: replace(leaf, kind=ColumnKind.INTEGER) for leaf in short}
    doubt = (
        f"原表按地区列出{len(rows)}行，本报表的行由下级地区或单位产生，请核对“{label.label}”栏。"
    )
    return Found(_rebuilt(columns, made), RowMode.BY_REGION, doubts=(doubt,))


# --- fixed items ---


def _fixed(
    columns: Sequence[Column], rows: Sequence[Cells], indented: Sequence[bool], plan: _Plan
) -> Found:
    leaves = [leaf for column in columns for leaf in column.leaves()]
    labels = _labels(rows, plan.labels)
    made = [
        _row(number, leaves, cells, labels[number - 1], indented[number - 1], plan)
        for number, cells in enumerate(rows, start=1)
    ]
    is_measured = any(row.measure for row in made)
    points = [leaves[i].id for i in plan.given if _POINTS.search(leaves[i].label)]
    scores = [leaves[i].id for i in plan.blanks if _SCORE.search(leaves[i].label)]
    is_scored = bool(points and scores)
    new = _columns(leaves, rows, plan, is_measured=is_measured)
    if is_scored:
        for id_ in scores:
            new[id_] = Column(
                id_, new[id_].label, ColumnKind.DECIMAL, decimals=1, at_most=points[-1]
            )
        new[points[-1]] = replace(new[points[-1]], kind=ColumnKind.DECIMAL, aggregate=None)
    subtotals = [row.label for row in made if row.label.endswith("小计")]
    doubts = [
        f"原表已列出{len(made)}行，本报表把它们作为固定行，请核对各行的名称、单位和“其中”关系。",
        *(f"“{label}”一行没有设公式，请设公式或由单位填写。" for label in subtotals),
    ]
    return Found(
        _rebuilt(columns, new),
        RowMode.SCORED if is_scored else RowMode.FIXED_ITEMS,
        tuple(made),
        checks=part_checks(made),
        doubts=tuple(doubts),
    )


def _labels(rows: Sequence[Cells], places: Sequence[int]) -> list[tuple[str, ...]]:
    """The labels of each row; a blank left of a label is the one above, its cell is merged."""
    found: list[tuple[str, ...]] = []
    above: tuple[str, ...] = ()
    for row in rows:
        texts = [row[place] for place in places]
        last = max((depth for depth, text in enumerate(texts) if text), default=0)
        for depth in range(last):
            if not texts[depth] and depth < len(above):
                texts[depth] = above[depth]
        above = tuple(texts[: last + 1])
        found.append(above)
    return found


def _row(
    number: int,
    leaves: Sequence[Column],
    cells: Cells,
    labels: tuple[str, ...],
    indented: bool,
    plan: _Plan,
) -> Row:
    measure = cells[plan.measure] if plan.measure is not None else guesses.measure_of(labels[-1])
    kind = guesses.kind_of_measure(measure) if measure else ColumnKind.INTEGER
    alone = [index for index, cell in enumerate(cells) if cell] == [plan.labels[0]]
    # among rows that have a measure or a number it has none
    is_set_apart = plan.measure is not None or plan.serial is not None
    given = [(leaves[i].id, cells[i]) for i in plan.given if cells[i]]
    if plan.serial is not None and cells[plan.serial]:
        given.append((leaves[plan.serial].id, cells[plan.serial]))
    return Row(
        f"r{number}",
        labels,
        level=1 if _PART.match(labels[-1]) or (indented and number > 1) else 0,
        measure=measure,
        kind=None if kind is ColumnKind.INTEGER else kind,
        heading=alone and is_set_apart and bool(_HEADING.match(labels[0])),
        given=tuple(given),
        crossed=tuple(leaves[i].id for i in plan.blanks if cells[i] in CROSSES),
    )


def _columns(
    leaves: Sequence[Column], rows: Sequence[Cells], plan: _Plan, *, is_measured: bool
) -> dict[str, Column]:
    """The leaf columns by their ids, each made what the plan says it is."""
    made = {leaf.id: leaf for leaf in leaves}
    named = leaves[plan.labels[0]].label
    for place in plan.labels:
        leaf = leaves[place]
        label = named if leaf.label.startswith("（第") else leaf.label
        made[leaf.id] = Column(leaf.id, label, ColumnKind.ROW_LABEL)
    if plan.measure is not None:
        leaf = leaves[plan.measure]
        label = "单位" if leaf.label.startswith("（第") else leaf.label
        made[leaf.id] = Column(leaf.id, label, ColumnKind.MEASURE)
    for place in plan.given:
        leaf = leaves[place]
        texts = [row[place] for row in rows if row[place]]
        is_number = all(_is_figure(text) for text in texts) and not _CODE.search(leaf.label)
        kind = ColumnKind.DECIMAL if is_number else ColumnKind.TEXT
        beside = leaves[plan.beside[place]].id if place in plan.beside else ""
        made[leaf.id] = Column(leaf.id, leaf.label, kind, given=True, spans_with=beside)
    for place in plan.blanks:
        leaf = leaves[place]
        if is_measured and leaf.kind is ColumnKind.TEXT:
            made[leaf.id] = replace(leaf, kind=ColumnKind.INTEGER)
        elif leaf.is_number and leaf.measure:
            made[leaf.id] = replace(leaf, own_measure=True)
    return made


def _rebuilt(columns: Sequence[Column], made: Mapping[str, Column]) -> tuple[Column, ...]:
    return tuple(
        replace(column, children=_rebuilt(column.children, made))
        if column.children
        else made.get(column.id, column)
        for column in columns
    )


# --- cells ---


def _at(row: Sequence[str], index: int) -> str:
    return clean_label(row[index]) if index < len(row) else ""


def _indented(rows: Sequence[Sequence[str]]) -> list[bool]:
    """Which rows have their first text further in from the left than others, as parts have?"""
    texts = [next((cell for cell in row if cell.strip()), "") for row in rows]
    spaces = [text[: len(text) - len(text.lstrip())] for text in texts]
    depths = [2 * space.count("　") + space.count(" ") for space in spaces]
    least = min((depth for depth, text in zip(depths, texts, strict=True) if text), default=0)
    return [depth >= least + 2 for depth in depths]


def _is_figure(text: str) -> bool:
    """A figure, no code such as 01."""
    return parse_number(text) is not None and not re.match("0[0-9]", text)


def _is_gap(row: Cells) -> bool:
    return all(_GAP.fullmatch(cell) for cell in row if cell)


def _is_total(row: Cells) -> bool:
    first = next(cell for cell in row if cell)
    return first.replace(" ", "") in _TOTALS


def _total(row: Cells, place: int) -> Total:
    label = next(cell for cell in row if cell).replace(" ", "")
    return Total(label, Position.LAST if place else Position.FIRST)


def _is_numbered_blank(row: Cells) -> bool:
    """Has it nothing but its number?"""
    written = [index for index, cell in enumerate(row) if cell]
    return len(written) == 1 and row[written[0]].isdigit() and written[0] == 0
