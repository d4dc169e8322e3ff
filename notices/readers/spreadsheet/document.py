"""Spreadsheets (.xlsx, .xls, .et): the templates that notices carry as attachments."""

import re

from notices.readers import confined
from notices.readers.base import UnreadableDocument
from notices.readers.containers import (
    OLE,
    Package,
    open_zip,
    read_part,
    refuse_macros,
    sniff,
    wrong_format,
)
from notices.readers.shown import old_office, packages
from notices.readers.xml_parts import refuse_entities
from notices.text.page.secrecy import refuse_marked

_KIND = "xlsx、xls 或 et 文件"
_SECONDS = 10.0
_MOST_PLACES = 1_000_000
"""Places between the first and the last filled cell of a sheet; the parser holds every one."""
_FILLED = re.compile(
    rb'<(?:\w{1,9}:)?c [^<>]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]{0,200}>\s{0,99}'
    rb"<(?:\w{1,9}:)?(?:v|is)\b"
)


class SpreadsheetReader:
    """.xlsx and .xls of Excel and WPS, .et of WPS, which is one of them: the
    visible sheets, values as stored, no formulas."""

    name = "电子表格"
    extensions: tuple[str, ...] = (".xlsx", ".xls", ".et")

    def read(self, data: bytes) -> str:
        """Title lines and tab-separated rows, sheets in order with a blank line between them;
        hidden sheets, rows and columns are left out.

        Raises UnreadableDocument on other formats, damage, passwords, macros and hostile content,
        ClassifiedDocument where a 密级 is shown, also on hidden sheets and in page headers.
        """
        if not data.startswith(OLE):
            with open_zip(data, _KIND) as archive:
                _check(archive, data)
                for shown in packages.shown(archive):
                    refuse_marked(shown)
        elif "xls" not in (sniff(data) or ""):  # also the unnamed old format of a damaged file
            raise wrong_format(data, _KIND)
        else:
            for shown in old_office.shown(data):
                refuse_marked(shown)
        text = confined.run("notices.readers.spreadsheet.cells", data, seconds=_SECONDS)
        if not text.strip():
            raise UnreadableDocument(
                "表格里没有文字，或都在隐藏的行、列和工作表里。请检查原文件后重新上传。"
            )
        return text


def _check(archive: Package, data: bytes) -> None:
    """What the parser would not tell: another office format, macros, entities, a huge range."""
    if archive.part("xl/workbook.xml") is None:
        raise wrong_format(data, _KIND)
    refuse_macros(archive, "xlsx")
    for name in archive.parts:
        if name.startswith("xl/") and name.endswith(".xml"):
            part = read_part(archive, name) or b""
            refuse_entities(part)
            if name.startswith("xl/worksheets/"):
                _check_range(part)


def _check_range(sheet: bytes) -> None:
    rows = columns = 0
    for match in _FILLED.finditer(sheet):
        rows = max(rows, int(match[2]))
        columns = max(columns, _column(match[1]))
    if rows * columns > _MOST_PLACES:
        raise UnreadableDocument(
            f"表格范围过大（{rows} 行 × {columns} 列）。"
            "请删去表格以外零散的内容和多余的行列，另存后重新上传。"
        )


def _column(letters: bytes) -> int:
    """1 for A, 28 for AB."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
