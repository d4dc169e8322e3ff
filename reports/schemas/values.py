"""What a written cell value means: a number, a day, or a mark that says there is none."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

# 空, 0, 无 and — are four different answers (没有填, 数为零, 没有此项, 不填), so the marks stay
# what they are and are allowed where a number or a day is asked for.
NO_VALUE_MARKS = frozenset({"无", "—", "——", "－", "-", "–", "╳", "×", "/", "／"})

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_DAY = re.compile(r"([0-9]{4})([-/.年])([0-9]{1,2})(?:([-/.月])(?:([0-9]{1,2})日?)?)?")


def is_no_value_mark(text: str) -> bool:
    """Whether the text says 无 or 不填 rather than a value."""
    return text.strip() in NO_VALUE_MARKS


def parse_number(text: str, *, measure: str = "") -> Decimal | None:
    """The number, or None: full-width digits, thousands commas and the column's own measure are
    understood, anything else (2000万 in a column of 元) is not a number."""
    plain = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    ending = unicodedata.normalize("NFKC", measure)
    if ending:
        plain = plain.removesuffix(ending).rstrip()
    if not _NUMBER.fullmatch(plain):
        return None
    return Decimal(plain.replace(",", ""))


def parse_integer(text: str, *, measure: str = "") -> int | None:
    """The whole number, or None."""
    value = parse_number(text, measure=measure)
    if value is None or value != value.to_integral_value():
        return None
    return int(value)


def is_date(text: str) -> bool:
    """Whether the text is a day or a month: 2023年3月31日, 2023-3-31, 2023年3月."""
    found = _DAY.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    if not found:
        return False
    year, month, day = int(found[1]), int(found[3]), int(found[5] or 1)
    if found[4] in {"-", "/", "."} and not found[5]:
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
