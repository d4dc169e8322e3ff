"""Writes a roll-up as the worker does, or its bare cells with a peer; prints one line of JSON.

Run through ``manage.py shell``, each in a process of its own: the national one on a database that
``reported.fill`` filled, the long one from rows made up on the way.
"""

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from typing import IO, cast

import xlsxwriter
from openpyxl import Workbook

from reports.rollups import roll_up as rollup
from reports.schemas.content.content import TableContent
from reports.schemas.content.values import parse_number
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import ColumnKind, Per
from reports.schemas.rolling.units import Standing, UnitEntry
from reports.states import ProductionKind
from reports.workbooks.rollups.roll_up import Heading, write_roll_up
from scripts.bench import raw, reported
from scripts.bench.making import produce, tell
from tasks.models import Obligation

UNITS, ROWS = 10_000, 10
LONG = FormDefinition(
    "示例统计表",
    (
        Column("c1", "文件名称"),
        Column("c2", "文号"),
        Column("c3", "发文主体"),
        Column("c4", "印发日期", ColumnKind.DATE),
        Column("c5", "当前进展"),
        Column("c6", "企业数(家)", ColumnKind.INTEGER, measure="家"),
        Column("c7", "金额(万元)", ColumnKind.MONEY, measure="万元"),
        Column("c8", "备注", ColumnKind.REMARK),
    ),
)
Value = str | float | None
Units = tuple[FormDefinition, Iterator[UnitEntry]]
Peer = Callable[[Iterator[list[Value]], IO[bytes]], None]


def national(writer: str) -> None:
    """Every bureau's rows from the database: by ``ours`` as a production, or by a peer."""
    if writer == "ours":
        produce(ProductionKind.ROLL_UP, title="示例 汇总表")
    else:
        tell(lambda: _by_peer(writer, _from_database))


def long(writer: str) -> None:
    """100,000 rows of 10 cells: figures, days and texts of which most differ."""
    tell(_long_ours if writer == "ours" else lambda: _by_peer(writer, _made_up))


def _long_ours() -> None:
    definition, entries = _made_up()
    with tempfile.TemporaryFile() as out:
        write_roll_up(out, definition, entries, Standing(UNITS), Heading(date(2026, 3, 31)))


def _by_peer(writer: str, units: Callable[[], Units]) -> None:
    with tempfile.TemporaryFile() as out:
        PEERS[writer](_cells(*units()), out)


def _cells(definition: FormDefinition, entries: Iterator[UnitEntry]) -> Iterator[list[Value]]:
    """The cells of a roll-up, line by line, without any looks."""
    leaves = [leaf for leaf in definition.leaf_columns() if leaf.kind is not ColumnKind.SERIAL]
    for number, entry in enumerate(entries, start=1):
        content, first = cast(TableContent, entry.content), True
        unit = content["unit"]
        for texts in content["rows"] or [{}]:
            line: list[Value] = [float(number), entry.name] if first else [None, None]
            for leaf in leaves:
                once = leaf.per is Per.UNIT
                text = (unit if once else texts).get(leaf.id, "") if first or not once else ""
                line.append(_value(leaf, text))
            yield line
            first = False


def _value(leaf: Column, text: str) -> Value:
    number = parse_number(text, measure=leaf.measure) if text and leaf.is_number else None
    return text or None if number is None else float(number)


def _openpyxl(lines: Iterator[list[Value]], out: IO[bytes]) -> None:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for line in lines:
        sheet.append(line)
    workbook.save(out)


def _xlsxwriter(lines: Iterator[list[Value]], out: IO[bytes]) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False}
    workbook = xlsxwriter.Workbook(out, options)
    sheet = workbook.add_worksheet()
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            elif value is not None:
                sheet.write_number(row, column, value)
    workbook.close()


PEERS: dict[str, Peer] = {"raw": raw.write, "openpyxl": _openpyxl, "xlsxwriter": _xlsxwriter}


def _from_database() -> Units:
    rolled = rollup.begin(Obligation.objects.get(), reported.ATTACHMENT)
    if not isinstance(rolled.definition, FormDefinition):
        raise TypeError("the directive's first attachment is no table")
    return rolled.definition, rollup.entries(rolled)


def _made_up() -> Units:
    return LONG, (_unit(number) for number in range(UNITS))


def _unit(number: int) -> UnitEntry:
    rows = [
        {
            "c1": f"示例市关于推进质量强市建设的若干措施（第{number}号之{row}）",
            "c2": f"示例发〔2026〕{number}号",
            "c3": f"示例市人民政府办公室{number % 300}",
            "c4": f"2026年{row % 3 + 1}月{number % 28 + 1}日",
            "c5": "已印发实施" if row % 2 else "正在征求意见，拟于二季度印发",
            "c6": str(number * 7 % 5000 + row),
            "c7": f"{number % 900}.{row}5",
            "c8": "无" if row % 3 else f"由示例{number}处承办，按月调度进展情况",
        }
        for row in range(ROWS)
    ]
    content: TableContent = {"head": {}, "unit": {}, "rows": rows, "foot": {}}
    return UnitEntry(f"{100_000 + number}", f"示例{number}局", content)
