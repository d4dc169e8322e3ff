"""What a written cell value means: a number, a day, or a mark that says there is none; what the
figure in a cell of a column is, and how one is written there.

The rule for numbers, of which nothing is ever guessed and nothing ever becomes 0:

* Full-width digits and marks are read as half-width ones; thousands commas must stand at
  thousands (1,240; not 1,24 or 1,2345); a sign and ¥ before an amount of money are understood.
* A bare number is in the measure of its column: 2000 in a column of 万元 is 2000万元.
* A number with a unit is reckoned into that measure where the two belong together: 2000万 and
  2000万元 are 20,000,000 in a column of 元 and 2000 in one of 万元; 1.2万家 is 12,000 in 家; 5吨 is
  5,000 in 公斤. A unit that does not belong (20个 in a column of 家), or any unit where the column
  has none, makes it no number: whether 2000万 is 2000 or 20,000,000 cannot be known there.
* 35 and 35% are both 35 in a column of percent; 0.35 there is 0.35%.
* 约20, 200余, 二十, 1e5, 1亿2000万 and ranges are no numbers; nor is what has more than 15 digits,
  which Excel would round.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from reports.schemas.definition.columns import Column
from reports.schemas.definition.formula import Missing, Value, divides, parse
from reports.schemas.definition.kinds import ColumnKind
from reports.schemas.definition.measures import factor, is_money

# 空, 0, 无 and — are four different answers (没有填, 数为零, 没有此项, 不填), so the marks stay
# what they are and are allowed where a number or a day is asked for.
NO_VALUE_MARKS = frozenset({"无", "—", "——", "－", "-", "–", "╳", "×", "✕", "/", "／", "不填"})
MOST_DIGITS = 15  # that Excel keeps of a number
CROSSED = "—"  # printed where nothing is to be filled in
RATE_DECIMALS = 2  # of what is computed with a division, where the column says nothing

_NUMBER = re.compile(r"([+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)\s*([^0-9.,+-].*)?")
_PLAIN = re.compile(r"-?[0-9]{1,11}(?:\.[0-9]{1,4})?")
_DAY = re.compile(r"([0-9]{4})([-/.年])([0-9]{1,2})(?:([-/.月])(?:([0-9]{1,2})日?)?)?")
_ROUNDING = Context(prec=60, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Reading:
    """A number in the measure of its column; `is_reckoned` where it was written in another unit."""

    value: Decimal
    is_reckoned: bool = False


def is_no_value_mark(text: str) -> bool:
    """Whether the text says 无 or 不填 rather than a value."""
    return text.strip() in NO_VALUE_MARKS


@lru_cache(maxsize=4096)
def read_number(text: str, *, measure: str = "") -> Reading | None:
    """The number in this measure, or None where it is none; see the rule above."""
    if _PLAIN.fullmatch(text):  # most are
        return Reading(Decimal(text) + 0)
    plain = unicodedata.normalize("NFKC", text).strip().replace("−", "-")
    own = unicodedata.normalize("NFKC", measure).strip()
    if is_money(own):
        plain = plain.removeprefix("¥").lstrip()
    found = _NUMBER.fullmatch(plain)
    if not found:
        return None
    unit = (found[2] or "").strip()
    times = factor(unit, own) if unit else Decimal(1)
    if times is None:
        return None
    value = Decimal(found[1].replace(",", "")) * times
    if len(_significant(value).as_tuple().digits) > MOST_DIGITS:
        return None
    return Reading(value + 0, is_reckoned=times != 1)  # + 0: minus zero is zero


def parse_number(text: str, *, measure: str = "") -> Decimal | None:
    """The number in this measure, or None."""
    found = read_number(text, measure=measure)
    return found.value if found else None


def decimals_of(value: Decimal) -> int:
    """How many decimals a number needs: 1.50 needs one."""
    exponent = _significant(value).as_tuple().exponent
    return max(0, -int(exponent))


def is_date(text: str) -> bool:
    """Whether the text is a day or a month: 2023年3月31日, 2023-3-31, 2023年3月."""
    return _day(text) is not None


def is_month(text: str) -> bool:
    """Whether the text is a year and month alone: 2023年3月, 2023-03."""
    found = _day(text)
    return found is not None and found[1] is False


def said_day(text: str) -> str:
    """A day as documents write it, 2026年3月31日, however it was typed; other text as it is."""
    found = _day(text)
    if found is None:
        return text
    day, is_whole = found
    return f"{day.year}年{day.month}月" + (f"{day.day}日" if is_whole else "")


def _day(text: str) -> tuple[date, bool] | None:
    """The day, the first of a month that is named alone, and whether a day was named."""
    found = _DAY.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    if not found or (found[4] in {"-", "/", "."} and not found[5]):
        return None
    try:
        return date(int(found[1]), int(found[3]), int(found[5] or 1)), bool(found[5])
    except ValueError:
        return None


def _significant(value: Decimal) -> Decimal:
    """Without the zeros at its end."""
    return value.normalize() if value else Decimal(0)


def number_of(column: Column, text: str) -> Decimal | None:
    """The figure in the measure of the column; None for blank, 无, — and what is no number."""
    value = value_of(column, text)
    return value if isinstance(value, Decimal) else None


def value_of(column: Column, text: str) -> Value:
    """The figure, or why there is none."""
    value: Decimal | None
    if _PLAIN.fullmatch(text):  # most are
        value = Decimal(text) + 0
    elif not text:
        return Missing.BLANK
    elif is_no_value_mark(text):
        return Missing.MARK
    else:
        value = parse_number(text, measure=column.measure)
    if value is None or (column.kind is ColumnKind.INTEGER and value != value.to_integral_value()):
        return Missing.FAULT
    return value


def rounded(column: Column, value: Decimal) -> Decimal:
    """A computed figure, half up, to the decimals of its column; a rate without any to two."""
    places = _decimals(column)
    return value if places is None else to_decimals(value, places)


def to_decimals(value: Decimal, places: int) -> Decimal:
    """Half up, as 四舍五入 is taught."""
    return value.quantize(Decimal(1).scaleb(-places), context=_ROUNDING)


def spelled(column: Column, value: Decimal) -> str:
    """The figure with the decimals of its column, no thousands commas, no unit; never rounded."""
    return f"{to_decimals(value, max(column.decimals or 0, decimals_of(value))):f}"


def _decimals(column: Column) -> int | None:
    if column.kind is ColumnKind.INTEGER:
        return 0
    if column.decimals is not None:
        return column.decimals
    is_rate = column.kind is ColumnKind.PERCENT or column.rate is not None
    divided = bool(column.formula) and divides(parse(column.formula))
    return RATE_DECIMALS if is_rate or divided else None
