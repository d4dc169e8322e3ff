"""What a cell of an uploaded sheet says, as a person would have typed it into the web form."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal

from reports.schemas.definition.columns import Column
from reports.schemas.definition.kinds import ColumnKind
from reports.workbooks.reading.raw import RawCell

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_PLAIN_DECIMALS = re.compile(r"0\.(0+)%?")
_BLANK = RawCell("text", "")


@dataclass(frozen=True, slots=True)
class Said:
    """The text of a cell; `fault` says why it cannot be taken, `notice` what was made of it."""

    text: str
    fault: str = ""
    notice: str = ""


def said(cell: RawCell | None, column: Column) -> Said:
    """A figure in the measure of its column, a day as 2026年3月31日, 35% in a percent as 35%."""
    cell = cell or _BLANK
    if cell.kind == "error":
        return Said("", fault=f"单元格显示错误值“{cell.text}”，请改为正确的内容。")
    if cell.formula and not cell.text:
        return Said(
            "",
            fault="填的是公式，文件中没有它的计算结果。请用 Excel 或 WPS 打开并保存后再导入，"
            "或复制后“选择性粘贴—数值”。",
        )
    text, notice = _text(cell, column)
    if cell.formula:
        notice = f"填的是公式，已按计算结果“{text}”导入。"
    return Said(text, notice=notice)


def _text(cell: RawCell, column: Column) -> tuple[str, str]:
    if cell.kind == "number":
        return _figure(cell, column)
    if cell.kind == "day":
        return _day(cell, column), ""
    if cell.kind == "flag":
        is_yes = cell.text == "TRUE"
        if column.kind is ColumnKind.YES_NO:
            return ("是" if is_yes else "否"), ""
    return cell.text, ""


def _figure(cell: RawCell, column: Column) -> tuple[str, str]:
    """With the decimals that are shown; a percent by its format."""
    shows_percent = "%" in _QUOTED.sub("", cell.number_format)
    value = Decimal(cell.text)
    if shows_percent:
        value = value.scaleb(2)
    text = _padded(value, cell.number_format)
    if shows_percent:
        return (text if column.kind is ColumnKind.PERCENT else f"{text}%"), ""
    if column.kind is ColumnKind.PERCENT and 0 < abs(value) < 1:
        notice = f"此栏单位是%，已按{text}%导入；如应为{_padded(value * 100, '')}%，请修改。"
        return text, notice
    return text, ""


def _padded(value: Decimal, number_format: str) -> str:
    """1.5 shown as 1.50 stays 1.50."""
    plain = format(value, "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    shown = _PLAIN_DECIMALS.fullmatch(number_format)
    if shown:
        whole, _, decimals = plain.partition(".")
        plain = f"{whole}.{decimals.ljust(len(shown[1]), '0')}"
    return plain


def _day(cell: RawCell, column: Column) -> str:
    moment = datetime.fromisoformat(cell.text)
    month = f"{moment.year}年{moment.month}月"
    names_day = "d" in _QUOTED.sub("", cell.number_format).lower()
    if column.kind is ColumnKind.MONTH or not names_day:
        return month
    clock = (
        f" {moment:%H:%M}" if moment.time() != time() and column.kind is not ColumnKind.DATE else ""
    )
    return f"{month}{moment.day}日{clock}"


def same_text(printed: str, cell: RawCell | None) -> bool:
    """Does a printed cell still say what it did? Line breaks and blanks do not count."""
    found = (cell or _BLANK).text
    if _squeezed(printed) == _squeezed(found):
        return True
    return _number(printed) is not None and _number(printed) == _number(found)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _number(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) else None
