"""A workbook that somebody sends, as plain cells; refused with the reason where it is hostile."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from notices.readers import confined
from notices.readers.base import UnreadableDocument
from notices.readers.containers import OLE, ZIP, Package, open_zip, read_part, sniff
from notices.readers.xml_parts import refuse_entities

MAX_BYTES = 10 * 1024 * 1024
MOST_CELLS = 200_000  # cells that stand in the file, of all sheets together
MOST_COLUMNS, MOST_ROWS = 500, 20_000
_SECONDS = 30.0
_TEMPLATE = "填好的 .xlsx 表"
_CELL = re.compile(rb'<(?:\w{1,9}:)?c\s[^<>]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"')
_MERGE = re.compile(rb'\bref="[A-Z]{1,3}[0-9]{1,7}:([A-Z]{1,3})([0-9]{1,7})"')

TOO_MANY = f"表中单元格超过{MOST_CELLS}个，无法导入。请删去多余的行、列和工作表，另存后再试。"
_UNSAFE = "文件已损坏或解压后体积异常，无法打开。请用 Excel 或 WPS 打开并另存为 .xlsx 后再导入。"

Kind = Literal["text", "number", "day", "flag", "error", "picture", "unknown"]


class WorkbookRefused(Exception):
    """The file as a whole cannot be taken; the message says why and what to do, in Chinese."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell as stored: its value as text (a day as ISO 8601), its number format, its formula.

    A formula whose result was not stored has an empty `text` of kind text. `shown` is what stands
    on the screen where that is not the text, `names` the parts of a day in it (y, m, d, t). What a
    cell of kind unknown shows cannot be told from its format.
    """

    kind: Kind
    text: str
    number_format: str = ""
    formula: str = ""
    shown: str | None = None
    names: str = ""

    @property
    def on_screen(self) -> str:
        """What a person sees."""
        return self.text if self.shown is None else self.shown


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet: cells by address, merged ranges, and what of it is hidden."""

    title: str
    is_hidden: bool
    cells: Mapping[str, RawCell]
    merges: tuple[tuple[int, int, int, int], ...] = ()  # top, left, bottom, right
    hidden_columns: frozenset[str] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    pictures: tuple[str, ...] = ()  # the cells that pictures lie on


def read_sheets(data: bytes, file_name: str, *, wanted: str = _TEMPLATE) -> list[RawSheet]:
    """The sheets in order, read in a process of its own. Raises WorkbookRefused, whose message
    asks for the file that is `wanted`."""
    _check_file(data, file_name, wanted)
    try:
        archive = open_zip(data, "xlsx 文件")
    except UnreadableDocument as refusal:
        raise WorkbookRefused(_UNSAFE) from refusal
    try:
        with archive:
            _check_parts(archive)
        answer = confined.run("reports.workbooks.reading.raw_cells", data, seconds=_SECONDS)
    except UnreadableDocument as refusal:
        raise WorkbookRefused(refusal.message_zh) from refusal
    return [_sheet(one) for one in json.loads(answer)]


def _check_file(data: bytes, file_name: str, wanted: str) -> None:
    name = file_name.casefold()
    kind = sniff(data)
    if not data:
        raise WorkbookRefused(f"文件是空的，没有内容。请重新选择{wanted}。")
    if len(data) > MAX_BYTES:
        raise WorkbookRefused(
            f"文件超过{MAX_BYTES // 1024 // 1024} MB，无法导入。请删去表中的图片和多余内容后再试。"
        )
    if kind == "加密的 Office 文件":
        raise WorkbookRefused("文件设有打开密码。请取消密码、保存后再导入。")
    if data.startswith(OLE):
        if kind is not None and "Excel" in kind:
            raise WorkbookRefused("文件是旧版 Excel 格式（.xls 或 .et）。请另存为 .xlsx 后再导入。")
        raise WorkbookRefused(f"文件不是 Excel 工作簿。请上传{wanted}。")
    if name.endswith((".xlsm", ".xltm", ".xlam")):
        raise WorkbookRefused("文件是带宏的工作簿（.xlsm）。请另存为不含宏的 .xlsx 后再导入。")
    if not data.startswith(ZIP) or kind not in {"xlsx 文件", "docx、xlsx 或压缩包"}:
        found = f"，内容是{kind}" if kind else ""
        raise WorkbookRefused(f"文件不是 Excel 工作簿{found}。请上传{wanted}。")
    if not name.endswith(".xlsx"):
        raise WorkbookRefused(f"文件扩展名不是 .xlsx。请用{wanted}，不要改扩展名。")


def _check_parts(archive: Package) -> None:
    """Macros, entities and ranges that would not fit into memory, before anything parses them."""
    names = archive.namelist()
    types = read_part(archive, "[Content_Types].xml") or b""
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    if has_macros or b"macroenabled" in types.lower():
        raise WorkbookRefused("文件含有宏。请另存为不含宏的 .xlsx 后再导入。")
    total = 0
    for name in names:
        if not name.endswith((".xml", ".rels")):
            continue
        part = read_part(archive, name) or b""
        refuse_entities(part)
        if name.startswith("xl/worksheets/"):
            total += _checked_cells(part)
    if total > MOST_CELLS:
        raise WorkbookRefused(TOO_MANY)


def _checked_cells(sheet: bytes) -> int:
    """The number of cells that stand in the sheet; raises where one or a merge lies far out."""
    count = 0
    for match in _CELL.finditer(sheet):
        count += 1
        _check_corner(match)
    merges = sheet.find(b"mergeCells")
    for match in _MERGE.finditer(sheet, merges) if merges >= 0 else ():
        _check_corner(match)
    return count


def _check_corner(match: re.Match[bytes]) -> None:
    column = 0
    for letter in match[1]:
        column = column * 26 + letter - ord("A") + 1
    if column > MOST_COLUMNS or int(match[2]) > MOST_ROWS:
        raise WorkbookRefused(
            f"表格范围过大（用到了{match[1].decode()}{match[2].decode()}）。"
            "请删去表格以外零散的内容和多余的行列，另存后再试。"
        )


def _sheet(one: dict[str, Any]) -> RawSheet:
    return RawSheet(
        title=one["title"],
        is_hidden=one["hidden"],
        cells={address: RawCell(*parts) for address, parts in one["cells"].items()},
        merges=tuple((top, left, bottom, right) for top, left, bottom, right in one["merges"]),
        hidden_columns=frozenset(one["hidden_columns"]),
        hidden_rows=frozenset(one["hidden_rows"]),
        pictures=tuple(one["pictures"]),
    )
