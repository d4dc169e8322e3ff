"""Number formats of an .xlsx that change what a cell says: 0.95 shown as 95%, a day as its month.

Only formats that are simple are followed (one number with signs and words around it, dates without
a day, all hidden); any other leaves the value as it is stored.
"""

import io
import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

from notices.readers import xml_parts
from notices.readers.containers import Package, read_part
from notices.readers.xml_parts import attribute, child, local

Formats = dict[tuple[int, int], str]
"""By row and column, from 0; cells whose format says nothing are left out."""

_BUILT_IN = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 17: "yyyy-mm"},
    **{27: "yyyy年m月", 36: "yyyy年m月", 50: "yyyy年m月", 52: "yyyy年m月", 57: "yyyy年m月"},
}
"""ECMA-376 part 1, 18.8.30; from 27 on as a Chinese Excel has them."""
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_WORDS = r'((?:"[^"]*"|\\.|_.|[\u4e00-\u9fff￥¥℃() ])*)'
_NUMBER = re.compile(rf"{_WORDS}(#,##0|0+|#+0)(\.0+)?(%?){_WORDS}")
_IN_BRACKETS = re.compile(r"\[[^\]]*\]")
_QUOTED = re.compile(r'"[^"]*"|\\.|_.')
_HIDDEN = ";;;"


def formats(archive: Package, sheet: bytes) -> Formats:
    """The formats of the sheet's cells."""
    codes = _codes(archive)
    if not codes:
        return {}
    out: Formats = {}
    found = etree.iterparse(
        io.BytesIO(sheet),
        events=("end",),
        tag=("{*}c", "{*}row"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
    )
    for _, node in found:
        if local(node) == "c":
            place = _PLACE.fullmatch(node.get("r") or "")
            code = codes.get(node.get("s") or "")
            if place and code:
                out[int(place[2]) - 1, _column(place[1])] = code
        else:
            node.clear()
    return out


def _codes(archive: Package) -> dict[str, str]:
    """By the number of the style, as cells give it."""
    data = read_part(archive, "xl/styles.xml")
    if data is None:
        return {}
    root = xml_parts.parse(data)
    own = {
        attribute(node, "numFmtId"): attribute(node, "formatCode") or ""
        for node in root.iter("{*}numFmt")
    }
    styles = child(root, "cellXfs")
    numbers = [] if styles is None else [attribute(node, "numFmtId") or "0" for node in styles]
    built_in = {str(number): code for number, code in _BUILT_IN.items()}
    known = built_in | {number: code for number, code in own.items() if number}
    return {str(i): known[number] for i, number in enumerate(numbers) if number in known}


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def shown(value: object, code: str) -> str | None:
    """The cell's text as the format has it; None where the format is not followed."""
    if code == _HIDDEN:
        return ""
    if isinstance(value, date | datetime):
        return _month(value, code)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    sections = code.split(";")
    if "[>" in code or "[<" in code or any(one.count('"') % 2 for one in sections):
        return None
    own = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    section = _IN_BRACKETS.sub("", sections[own])
    if own and re.fullmatch(_WORDS, section):
        return _said(section)  # nothing, or a word, in the place of the number
    match = _NUMBER.fullmatch(section)
    if not match:
        return None
    before, whole, decimals, percent, after = match.groups()
    number = Decimal(repr(abs(value))) * (100 if percent else 1)
    step = Decimal(1).scaleb(-(len(decimals) - 1 if decimals else 0))
    try:
        rounded = number.quantize(step, ROUND_HALF_UP)
    except ArithmeticError:
        return None
    digits = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    if set(whole) == {"0"}:
        digits = digits.zfill(len(whole) + len(decimals or ""))
    sign = "-" if value < 0 and own != 1 and rounded else ""
    return sign + _said(before) + digits + percent + _said(after)


def _said(words: str) -> str:
    return re.sub(r'_.|[\\"]', "", words)


def _month(value: date, code: str) -> str | None:
    """A month or a year of which no day is shown."""
    letters = set(_QUOTED.sub("", _IN_BRACKETS.sub("", code)).lower())
    if "y" not in letters or letters & set("dhs"):
        return None
    return f"{value.year}年{value.month}月" if "m" in letters else f"{value.year}年"
