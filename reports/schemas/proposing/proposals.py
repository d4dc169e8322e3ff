"""Proposes a form from the header and body of a table as plain cells; a person checks it.

The cells may come from the text of a notice or from a workbook. Where the body has rows with labels
and blanks, the rows become fixed items or regions; where labels and blanks alternate, a key–value
form; else the table is one of repeated rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.json_fields import DefinitionError
from reports.schemas.definition.kinds import RowMode
from reports.schemas.proposing import boxes as proposed_boxes
from reports.schemas.proposing import rows as proposed_rows
from reports.schemas.proposing.body_rows import TableRows, table_rows
from reports.schemas.proposing.checks import column_checks
from reports.schemas.proposing.columns import columns_of, leaves_of, split_by_unit
from reports.schemas.proposing.fields import fields_of, unit_line_of
from reports.schemas.proposing.header_tree import HeaderNode, clean_label, header_tree
from reports.schemas.proposing.ticks import ticked

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A form, and in Chinese what the person who checks it should look at."""

    definition: FormDefinition
    doubts: tuple[str, ...] = ()


def propose(
    header_rows: Rows,
    body_rows: Rows = (),
    *,
    title: str,
    annex_no: str = "",
    unit_line: str = "",
    foot_line: str = "",
    notes: Sequence[str] = (),
) -> Proposal:
    """The form of a table whose header and body are given as rows of cells, blanks for merged ones;
    a row of one cell reaches across the table.

    `unit_line` is what stands between title and table, `foot_line` what stands below it, `notes`
    say how it is filled in. Raises DefinitionError when the header holds no label, or too many rows
    of them.
    """
    shell = FormDefinition(
        title=clean_label(title) or "未命名报表",
        columns=columns_of(header_tree([["待定"]])),
        annex_no=annex_no,
        head_fields=fields_of(unit_line, "h"),
        foot_fields=fields_of(foot_line, "f"),
        unit_line=unit_line_of(unit_line),
        notes=tuple(clean_label(note) for note in notes if note.strip()),
    )
    boxes = proposed_boxes.boxes_of([*header_rows, *body_rows])
    if boxes is not None:
        columns, layout = boxes
        return Proposal(
            replace(shell, columns=columns, row_mode=RowMode.KEY_VALUE, layout=layout),
            ("本表按登记表（每项填一次）生成，请核对各项的名称、宽度和盖章处。",),
        )
    return _table(shell, table_rows(header_rows, body_rows), "\n".join((foot_line, *notes)))


def _table(shell: FormDefinition, table: TableRows, said: str) -> Proposal:
    """A form of rows; `said` are the lines that may state relations of its figures."""
    header, body = proposed_rows.without_rows(table.header, table.body)
    nodes = header_tree(header)
    if not any(leaf.label for leaf in leaves_of(nodes)):
        raise DefinitionError("附件中的表格没有表头，无法生成报表，请人工建表。")
    columns, rows = ticked(columns_of(nodes), body)
    unnamed = _unnamed(nodes)
    found = _rows_of(columns, rows)
    made = None if found is None else _with_rows(shell, found, said)
    if found is not None and made is not None:
        return Proposal(made, (*table.doubts, *unnamed, *found.doubts))
    left = proposed_rows.left_behind(columns, rows)
    behind = f"原表已列出{left}行内容，本报表按可增加行的表生成，没有带入这些行，请核对。"
    doubts = (*table.doubts, *unnamed, *((behind,) if left else ()))
    if not proposed_rows.is_numbered(columns, rows):
        columns = split_by_unit(columns)
    return Proposal(_repeated(shell, columns, said), doubts)


def _rows_of(columns: Sequence[Column], body: Rows) -> proposed_rows.Found | None:
    """None also where what the body lists makes no rows, such as a row without a name."""
    try:
        return proposed_rows.rows_of(columns, body)
    except DefinitionError:
        return None


def _unnamed(nodes: Sequence[HeaderNode]) -> tuple[str, ...]:
    return tuple(
        f"表头第{number}栏没有名称，请补上栏名。"
        for number, leaf in enumerate(leaves_of(nodes), start=1)
        if not leaf.label
    )


def _with_rows(
    shell: FormDefinition, found: proposed_rows.Found, foot_line: str
) -> FormDefinition | None:
    """None where header and body do not fit together."""
    try:
        return replace(
            shell,
            columns=found.columns,
            row_mode=found.mode,
            rows=found.rows,
            total=found.total,
            checks=(*found.checks, *column_checks(found.columns, foot_line)),
        )
    except DefinitionError:
        return None


def _repeated(shell: FormDefinition, columns: tuple[Column, ...], foot_line: str) -> FormDefinition:
    checks = column_checks(columns, foot_line)
    try:
        return replace(shell, columns=columns, checks=checks)
    except DefinitionError:  # a relation between what is written once and what on every row
        return replace(shell, columns=columns)
