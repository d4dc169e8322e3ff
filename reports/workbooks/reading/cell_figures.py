"""A number in a column of numbers: what is shown held against what is stored."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from reports.schemas.content.values import decimals_of, parse_number
from reports.schemas.definition.columns import Column
from reports.schemas.definition.kinds import ColumnKind
from reports.schemas.definition.measures import is_money
from reports.workbooks.reading.number_formats import section_of
from reports.workbooks.reading.raw import RawCell
from reports.workbooks.reading.shown_figures import plain

_PLAIN_DECIMALS = re.compile(r"0\.(0+)%?")
_SIGNED = re.compile(r"([+-]?[0-9][0-9,]*(?:\.[0-9]*)?|[+-]?\.[0-9]+)(.*)", re.DOTALL)
_POWER = re.compile(r"-?[0-9]*\.?[0-9]*E[+-]?[0-9]+")
_FRACTION = re.compile(r"(-?)(?:([0-9]+) )?([0-9]+)/([0-9]+)")
_SCALES = re.compile(r"[十百千万亿%‰]")


@dataclass(frozen=True, slots=True)
class Said:
    """The text of a cell; `fault` says why it cannot be taken, `notice` what was made of it."""

    text: str
    fault: str = ""
    notice: str = ""


def figure(cell: RawCell, column: Column) -> Said:
    """The stored figure with the decimals that are shown, where both say the same."""
    shown = cell.on_screen.strip()
    value, is_percent = _stored(cell, column)
    text = _padded(value, cell.number_format)
    if is_percent and column.kind is not ColumnKind.PERCENT:
        return Said(f"{text}%")
    if shown == "-" and value == 0:
        return Said(text, notice="单元格显示为“-”，存的是0，已按0导入；如没有此项，请填“无”。")
    seen = _amount(shown, column)
    if seen == value:
        if column.kind is ColumnKind.PERCENT and "%" not in shown and 0 < abs(value) <= 1:
            right = _padded(value * 100, "")
            return Said(text, notice=f"此栏单位是%，已按{text}%导入；如应为{right}%，请修改。")
        return Said(text)
    if seen is None and _is_bare(shown, value, column):
        return Said(text, notice=f"单元格显示为“{shown}”，已按{text}导入，请核对。")
    if seen is not None and seen == -value and _is_coloured(cell):
        return Said(
            text, notice=f"单元格显示为红字“{shown}”，存的是{text}，已按{text}导入，请核对。"
        )
    if seen is not None and abs(seen - value) <= _half_a_place(shown, seen):
        return _rounded(text, seen, shown, column)
    unit = f"，此栏单位是“{column.measure}”" if column.measure else ""
    return Said(
        "",
        fault=f"单元格显示为“{shown}”，存的却是{plain(Decimal(cell.text))}{unit}，分不清以哪个为准。"
        "请把单元格格式改为“常规”，按此栏的单位重新填写。",
    )


def shows_same(shown: str, value: Decimal) -> bool:
    """Do the digits on the screen mean the stored number, whatever marks stand between them?"""
    plain_digits = re.sub(r"[ ()-]", "", shown)
    if re.fullmatch(r"[0-9]+", plain_digits):
        return plain_digits.lstrip("0") == plain(abs(value)).lstrip("0")
    text = _without_brackets(shown.strip())
    if text.endswith("%"):
        number = parse_number(text[:-1])
        return number is not None and number == value * 100
    return parse_number(text) == value


def _stored(cell: RawCell, column: Column) -> tuple[Decimal, bool]:
    """The figure in the terms of the column; a percent by its format."""
    value = Decimal(cell.text)
    section, _ = section_of(cell.number_format, value)
    times = sum(kind == "%" for kind, _ in section.tokens)
    return value.scaleb(2 * times), bool(times)


def _amount(shown: str, column: Column) -> Decimal | None:
    """What a person reads on the screen, in the measure of the column; (5) is -5."""
    text = _without_brackets(unicodedata.normalize("NFKC", shown).strip())
    if column.kind is ColumnKind.MONEY or is_money(column.measure):
        text = re.sub(r"^(-?)\s*¥\s*", r"\1", text)
    if column.kind is ColumnKind.PERCENT:
        text = text.removesuffix("%")
    if _POWER.fullmatch(text):
        try:
            return Decimal(text)
        except InvalidOperation:
            return None
    if found := _FRACTION.fullmatch(text):
        part = Fraction(int(found[3]), int(found[4]) or 1) + int(found[2] or 0)
        value = Decimal(part.numerator) / Decimal(part.denominator)
        return -value if found[1] else value
    text = re.sub(r"^(-?)\.", r"\g<1>0.", text)
    text = re.sub(r"^(-?[0-9,]+)\.(?![0-9])", r"\1", text)
    return parse_number(text, measure=column.measure)


def _without_brackets(text: str) -> str:
    found = re.fullmatch(r"([^(]*)\(([^()]*)\)\s*", text)
    return f"-{found[1]}{found[2]}".strip() if found and not found[1].strip(" ¥") else text


def _is_bare(shown: str, value: Decimal, column: Column) -> bool:
    """Is it the stored number with a word behind it, where the column has no unit of its own?"""
    found = _SIGNED.fullmatch(unicodedata.normalize("NFKC", shown).strip())
    if not found or column.measure or _SCALES.search(found[2]):
        return False
    return parse_number(found[1]) == value


def _is_coloured(cell: RawCell) -> bool:
    """Red figures are negative ones to whoever keeps accounts."""
    section, _ = section_of(cell.number_format, Decimal(cell.text))
    return section.colour.lower().removesuffix("色") in {"red", "红"}


def _half_a_place(shown: str, seen: Decimal) -> Decimal:
    """How far rounding to the last shown digit may lead."""
    text = _without_brackets(unicodedata.normalize("NFKC", shown).strip()).replace("¥", "")
    if _POWER.fullmatch(text):
        exponent = Decimal(text).as_tuple().exponent
        return Decimal("0.5").scaleb(int(exponent))
    if _FRACTION.fullmatch(text):
        return Decimal("0.5") / int(text.rpartition("/")[2])
    found = _SIGNED.fullmatch(text)
    if not found:
        return Decimal(0)
    number = Decimal(found[1].replace(",", ""))
    places = len(found[1].partition(".")[2])
    times = abs(seen / number) if number else Decimal(1)
    return Decimal("0.5").scaleb(-places) * times


def _rounded(text: str, seen: Decimal, shown: str, column: Column) -> Said:
    """The exact figure where the column can hold it, else the shown one; told either way."""
    most = 0 if column.kind is ColumnKind.INTEGER else column.decimals
    fits = most is None or decimals_of(Decimal(text)) <= most
    if fits or column.kind is ColumnKind.INTEGER:
        return Said(text, notice=f"单元格显示为“{shown}”，存的是{text}，已按{text}导入，请核对。")
    taken = plain(seen)
    return Said(taken, notice=f"单元格存的是{text}，已按显示的“{shown}”导入，请核对。")


def _padded(value: Decimal, number_format: str) -> str:
    """1.5 shown as 1.50 stays 1.50."""
    text = plain(value)
    found = _PLAIN_DECIMALS.fullmatch(number_format)
    if found:
        whole, _, decimals = text.partition(".")
        text = f"{whole}.{decimals.ljust(len(found[1]), '0')}"
    return text
