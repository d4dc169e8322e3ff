"""What a cell of an uploaded sheet says, as a person would have typed it into the web form."""

import re
import unicodedata
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from reports.schemas.content.values import said_day
from reports.schemas.definition.columns import Column
from reports.schemas.definition.kinds import ColumnKind
from reports.workbooks.reading.cell_figures import Said, figure, shows_same
from reports.workbooks.reading.number_formats import GENERAL
from reports.workbooks.reading.raw import RawCell
from reports.workbooks.reading.shown_days import moment_of
from reports.workbooks.reading.shown_figures import plain

FIRST_YEAR, LAST_YEAR = 1949, 2199  # as the template allows them
_EXACT = Decimal(10) ** 15  # Excel keeps the first 15 digits of a number
_BLANK = RawCell("text", "")
_DAYS = {ColumnKind.DATE, ColumnKind.MONTH}
_YEAR = re.compile(r"([0-9]{4})年")
_POWER = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{2,3}", re.IGNORECASE)
_NAMED = re.compile(r"[A-Za-z]{3}")
_JANUARY = re.compile(r"([12][0-9]{3})\.1")  # or 2026.10 that was a number once
_SERIALS = range(18_264, 73_051)  # days from 1950 to 2099
_JOINERS = "\u200c\u200d"  # they shape emoji and letters of other scripts
_UNSEEN = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u180e\u3164\ufeff\uffa0\ufff9\ufffa\ufffb" + _JOINERS
) | {*map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)))}


def said(cell: RawCell | None, column: Column) -> Said:
    """A figure in the measure of its column, a day as 2026年3月31日, 35% in a percent as 35%."""
    cell = cell or _BLANK
    if cell.kind == "picture":  # or an error, in a workbook that has pictures in cells
        return Said(
            "", fault="单元格里是图片，图片不能导入。请删去图片，改填文字；图片可作为随报材料上传。"
        )
    if cell.kind == "error":
        return Said("", fault=f"单元格显示错误值“{cell.text}”，请改为正确的内容。")
    if cell.formula and not cell.text:
        return Said(
            "",
            fault="填的是公式，文件中没有它的计算结果。请用 Excel 或 WPS 打开并保存后再导入，"
            "或复制后“选择性粘贴—数值”。",
        )
    cell, dropped = _without_unseen(cell)
    found = _said(cell, column)
    if found.fault:
        return found
    computed = f"填的是公式，已按计算结果“{found.text}”导入。" if cell.formula else ""
    return replace(found, notice="".join(filter(None, (computed, found.notice, dropped))))


def _said(cell: RawCell, column: Column) -> Said:
    if cell.kind == "unknown":
        return Said(
            "",
            fault=f"看不出此格的数字格式“{cell.number_format}”显示什么（存的是“{cell.text}”）。"
            "请把单元格格式改为“常规”，核对后再导入。",
        )
    if cell.text.strip() and not cell.on_screen.strip():
        return _hidden(cell)
    if cell.kind == "number":
        return _number_in(cell, column)
    if cell.kind == "day":
        return _day(cell, column)
    if cell.kind == "flag":
        is_yes = cell.text == "TRUE"
        if column.kind is ColumnKind.YES_NO:
            return Said("是" if is_yes else "否")
    return _text(cell, column)


def _hidden(cell: RawCell) -> Said:
    """What the format keeps from sight; a zero that is not shown is told, as blank is no zero."""
    if cell.kind == "number" and Decimal(cell.text) == 0:
        return Said("0", notice="单元格存的是0，但显示为空白，已按0导入；如是没有填，请清空此格。")
    return Said(
        "",
        fault=f"此格显示为空白，存的却是“{_short(cell.text)}”。请清空，或把单元格格式改为“常规”、"
        "核对后再导入。",
    )


def _number_in(cell: RawCell, column: Column) -> Said:
    value, shown = Decimal(cell.text), cell.on_screen
    if abs(value) >= _EXACT:
        return Said(
            "",
            fault="填的是超过15位的数字，Excel 只保留前15位，后面的数字已经丢失。"
            "请把单元格格式设为“文本”后重新录入全部数字。",
        )
    if column.kind in _DAYS:
        return _number_for_day(value, shown, column)
    if column.is_number:
        return figure(cell, column)
    if _POWER.fullmatch(shown.strip()):
        whole = plain(value)
        return Said(whole, notice=f"单元格显示为“{shown}”，已按“{whole}”导入，请核对。")
    if not shows_same(shown, value):
        return Said(shown, notice=f"单元格存的是{cell.text}，已按显示的“{shown}”导入，请核对。")
    if cell.number_format == GENERAL and len(cell.text.partition(".")[0].lstrip("-")) > 11:
        return Said(shown, notice=f"Excel 可能把此格显示为科学记数，已按“{shown}”导入，请核对。")
    return Said(shown)


def _number_for_day(value: Decimal, shown: str, column: Column) -> Said:
    """Never a day by itself; what it may have been is said."""
    is_month = column.kind is ColumnKind.MONTH
    wrong = f"“{column.label}”应填日期，此格是数字“{shown}”。"
    day = moment_of(value, is_1904=False) if value == int(value) in _SERIALS else None
    if day is not None:
        said = f"{day.year}年{day.month}月" + ("" if is_month else f"{day.day}日")
        return Said("", fault=f"{wrong}可能是丢了日期格式的“{said}”，请改填这样的日期。")
    example = "2026年10月" if is_month else "2026年10月1日"
    lost = "数字末尾的0会丢失（2026.10会变成2026.1），" if value != int(value) else ""
    return Said("", fault=f"{wrong}{lost}请改填“{example}”这样的日期。")


def _day(cell: RawCell, column: Column) -> Said:
    moment, shown = datetime.fromisoformat(cell.text), cell.on_screen
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return Said(
            "",
            fault=f"此格显示为“{shown}”，多半是把数字填进了日期格式的单元格（如把2026年10月写成2026.10）。"
            "请改填“2026年10月”或“2026年10月1日”这样的日期；要填数字的，请把单元格格式改为“常规”。",
        )
    if column.kind not in _DAYS and not column.is_number:
        is_named = bool(_NAMED.search(shown))  # as another language names months and days
        return Said(shown, notice=f"已按“{shown}”导入，请核对日期。" if is_named else "")
    shows_day = "d" in cell.names or "m" not in cell.names
    text = f"{moment.year}年{moment.month}月"
    if column.kind is not ColumnKind.MONTH and shows_day:
        text += f"{moment.day}日"
    is_cut = column.kind is ColumnKind.MONTH and "d" in cell.names
    if is_cut or not {"y", "m"} <= set(cell.names):
        return Said(text, notice=f"单元格显示为“{shown}”，已按“{text}”导入，请核对。")
    return Said(text)


def _text(cell: RawCell, column: Column) -> Said:
    text = cell.on_screen
    if _POWER.fullmatch(text.strip()) and not column.is_number:
        return Said(
            "",
            fault=f"“{text.strip()}”是长数字被 Excel 改写成的科学记数，原来的数字已经丢失。"
            "请把单元格格式设为“文本”后重新录入全部数字。",
        )
    year = _YEAR.match(said_day(text)) if column.kind in _DAYS else None
    if year and not FIRST_YEAR <= int(year[1]) <= LAST_YEAR:
        return Said("", fault=f"“{text}”的年份不在{FIRST_YEAR}—{LAST_YEAR}年之间，请核对后改正。")
    if column.kind in _DAYS and (first := _JANUARY.fullmatch(text.strip())):
        return Said(
            text,
            notice=f"“{text.strip()}”已按{first[1]}年1月导入；如应为{first[1]}年10月，请修改。",
        )
    if text != cell.text:
        short = _short(cell.text)
        return Said(text, notice=f"单元格存的是“{short}”，已按显示的“{_short(text)}”导入，请核对。")
    return Said(text)


def _without_unseen(cell: RawCell) -> tuple[RawCell, str]:
    """Without characters of no width, that come along when something is copied from elsewhere."""
    if cell.kind != "text" or _UNSEEN.isdisjoint(cell.text):
        return cell, ""
    text, dropped = _seen(cell.text)
    if not dropped:
        return cell, ""
    names = "、".join(dict.fromkeys(f"U+{ord(char):04X}" for char in dropped))
    shown = None if cell.shown is None else _seen(cell.shown)[0]
    return (
        replace(cell, text=text, shown=shown),
        f"有{len(dropped)}个看不见的字符（{names}），已去掉。",
    )


def _seen(text: str) -> tuple[str, str]:
    """The text without them, and what was dropped; joiners inside emoji and other scripts stay."""
    kept: list[str] = []
    dropped: list[str] = []
    for at, char in enumerate(text):
        is_joined = (
            char in _JOINERS
            and 0 < at < len(text) - 1
            and all(_is_shaped(one) for one in (text[at - 1], text[at + 1]))
        )
        (dropped if char in _UNSEEN and not is_joined else kept).append(char)
    return "".join(kept), "".join(dropped)


def _is_shaped(char: str) -> bool:
    """Is it an emoji, a sign of one, or a letter of a script whose letters join?"""
    if unicodedata.category(char) in {"So", "Sk", "Mn", "Mc"}:
        return True
    return 0x0600 <= ord(char) < 0x1100 or 0x1800 <= ord(char) < 0x1900  # Arabic … Mongolian


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"


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
