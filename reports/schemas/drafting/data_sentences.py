"""Data sentences for a summary from the tables that its bureau has filled in already.

Nothing is made up: a sentence is put together from cells, counts rows, adds up figures of a column
or quotes a text as it stands; each says which cells it was made from.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reports.schemas.checking.data_support import support_of
from reports.schemas.content.places import column_labels, label_paths
from reports.schemas.content.table_lines import CellRole, Line, LineCell, lines
from reports.schemas.content.values import is_no_value_mark, number_of, spelled
from reports.schemas.definition.columns import Column
from reports.schemas.definition.kinds import ColumnKind
from reports.schemas.definition.outlines import OutlineDefinition
from reports.schemas.definition.rows import Row
from reports.schemas.drafting import document_sentences
from reports.schemas.drafting.sentence import Given, Made, Sentence
from reports.schemas.drafting.themes import section_for

_NAMING = "名称"
_AS_THEY_STAND = frozenset({ColumnKind.LONGTEXT, ColumnKind.REMARK})
# Whom to ask belongs below a table and not into a summary.
_CONTACT = re.compile(r"联系|电话|手机|邮箱|传真|身份证|微信|填表人|负责人")
_BARE = re.compile(r"[\d万亿]$")  # a figure without a measure
_PART = re.compile(r"^其中[：:，,]?\s*")


def draft(outline: OutlineDefinition, tables: Sequence[Given]) -> list[Sentence]:
    """Every sentence that the tables give, in the order of the outline; those for which there is
    no section last."""
    made = [sentence for given in tables for sentence in _of_table(outline, given)]
    order = {section.id: place for place, section in enumerate(outline.sections)}
    return sorted(made, key=lambda one: order.get(one.section, len(order)))


def _of_table(outline: OutlineDefinition, given: Given) -> Iterator[Sentence]:
    sections, title = outline.sections, given.definition.title
    labels = dict(label_paths(given.definition.columns))

    def section_of(column: Column) -> str:
        return section_for(sections, *reversed(labels[column.id]), title)

    for column in given.definition.unit_columns():
        text, path = given.content["unit"].get(column.id, ""), f"unit.{column.id}"
        if _says_something(text) and not _is_contact(column):
            yield _of_cell(given, section_of(column), column, text, path)
    listed = document_sentences.columns_of(given)
    if listed:
        id_ = section_of(listed.name)
        section = next((one for one in sections if one.id == id_), None)
        yield from document_sentences.sentences(given, listed, section)
    if given.definition.is_keyed:
        yield from _of_items(outline, given)
        return
    taken = listed.ids if listed else set()
    columns = [one for one in given.definition.row_columns() if one.id not in taken]
    if columns:
        section_id = next(filter(None, map(section_of, columns)), "")
        yield from _of_rows(given, columns, section_id)


def _of_cell(given: Given, section: str, column: Column, text: str, path: str) -> Sentence:
    """What the unit fills in once: a long text as it stands, anything else with its name."""
    if column.kind in _AS_THEY_STAND:
        mentions = support_of(text).figures
        return Sentence(given, section, text, (path,), Made.QUOTE, mentions=mentions)
    return Sentence(given, section, f"{_named(column, text)}。", (path,), Made.CELLS)


# --- repeated rows ---


def _of_rows(given: Given, columns: Sequence[Column], section: str) -> Iterator[Sentence]:
    """How many rows there are, what their figures come to, then each row."""
    rows = [
        (index, said)
        for index, row in enumerate(given.content["rows"])
        if (said := [one for one in columns if _is_told(one, row.get(one.id, ""))])
    ]
    if not rows:
        return
    paths = tuple(f"rows.{index}.{one.id}" for index, said in rows for one in said[:1])
    yield Sentence(given, section, _count(given, columns[0], len(rows)), paths, Made.COUNT)
    yield from _totals(given, columns, section)
    for index, said in rows:
        row = given.content["rows"][index]
        text = "，".join(_named(one, row[one.id]) for one in said)
        cells = tuple(f"rows.{index}.{one.id}" for one in said)
        yield Sentence(given, section, f"{text}。", cells, Made.CELLS)


def _count(given: Given, first: Column, number: int) -> str:
    if first.label.endswith(_NAMING) and first.label != _NAMING:
        return f"共填报{first.label.removesuffix(_NAMING)}{number}个。"
    return f"{_titled(given)}共填报{number}项。"


def _totals(given: Given, columns: Sequence[Column], section: str) -> Iterator[Sentence]:
    for column in columns:
        if not (column.is_number and column.adds_up):
            continue
        figures = {
            f"rows.{index}.{column.id}": figure
            for index, row in enumerate(given.content["rows"])
            if (figure := number_of(column, row.get(column.id, ""))) is not None
        }
        if len(figures) > 1:
            total = spelled(column, sum(figures.values(), Decimal(0)))
            said = f"{_bare(column, column.label)}合计{_with_measure(total, column.measure)}。"
            yield Sentence(given, section, said, tuple(figures), Made.COUNT)


# --- rows that the form itself gives ---


def _of_items(outline: OutlineDefinition, given: Given) -> Iterator[Sentence]:
    """Each row with figures: its name and what was entered."""
    above: Row | None = None
    for line in lines(given.definition, given.content):
        row = line.row
        if row is None or row.heading:
            continue
        above = above if row.level else row
        parent = above if row.level else None
        if figures := [cell for cell in line.cells if _is_figure(cell)]:
            labels = (row.label, parent.label if parent else "", given.definition.title)
            section = section_for(outline.sections, *labels)
            text = _of_line(given, line, row, figures, parent)
            yield Sentence(given, section, text, tuple(cell.path for cell in figures), Made.CELLS)


def _is_figure(cell: LineCell) -> bool:
    return (
        cell.role is CellRole.ENTERED and cell.path.startswith("items.") and cell.value is not None
    )


def _of_line(
    given: Given, line: Line, row: Row, figures: Sequence[LineCell], above: Row | None
) -> str:
    label = f"{_label(above)}，其中{_label(row)}" if above else _label(row)
    if len([cell for cell in line.cells if cell.column.is_number]) == 1:
        return f"{label}{_with_measure(figures[0].text, figures[0].column.measure)}。"
    names = column_labels(given.definition)
    said = [_named(cell.column, cell.text, names[cell.column.id]) for cell in figures]
    return f"{label}：{'、'.join(said)}。"


def _label(row: Row) -> str:
    return "—".join(_PART.sub("", one) for one in row.labels)


# --- words ---


def _says_something(text: str) -> bool:
    return bool(text) and not is_no_value_mark(text)


def _is_told(column: Column, text: str) -> bool:
    return _says_something(text) and not _is_contact(column)


def _is_contact(column: Column) -> bool:
    return column.kind is ColumnKind.CONTACT or bool(_CONTACT.search(column.label))


def _named(column: Column, text: str, label: str = "") -> str:
    """活动场次5场; 企业性质：国有"""
    label = _bare(column, label or column.label).replace("/", "—")
    if not column.is_number:
        return f"{label}：{' '.join(text.split()).rstrip('。')}"
    link = "为" if label[-1:].isdigit() else ""  # 数据项1为520
    return f"{label}{link}{_with_measure(text, column.measure)}"


def _bare(column: Column, label: str) -> str:
    """Without the measure in brackets, which stands behind the figure."""
    for brackets in ("（{}）", "({})"):
        label = label.removesuffix(brackets.format(column.measure)) if column.measure else label
    return label


def _with_measure(text: str, measure: str) -> str:
    """5场, 2万人次; a text that names a measure itself, be it another, keeps it."""
    return f"{text}{measure}" if _BARE.search(text) else text


def _titled(given: Given) -> str:
    title = given.definition.title
    return title if title.startswith("《") else f"《{title}》"
