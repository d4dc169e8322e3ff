"""Units of measurement that a figure can be written in, and how one is reckoned into another.

Only units that belong together are: amounts of money (元, 万元, 亿元), weights (克, 公斤, 吨), and
any other unit with its own thousands (人, 万人). 家 is never taken for 个.
"""

from decimal import Decimal

_SCALES = {
    "千万亿": Decimal(10) ** 15,
    "万亿": Decimal(10) ** 12,
    "千亿": Decimal(10) ** 11,
    "百亿": Decimal(10) ** 10,
    "十亿": Decimal(10) ** 9,
    "亿": Decimal(10) ** 8,
    "千万": Decimal(10) ** 7,
    "百万": Decimal(10) ** 6,
    "十万": Decimal(10) ** 5,
    "万": Decimal(10) ** 4,
    "千": Decimal(1000),
    "百": Decimal(100),
}
_BASES = {
    "人民币元": ("元", Decimal(1)),
    "圆": ("元", Decimal(1)),
    "元": ("元", Decimal(1)),
    "克": ("克", Decimal(1)),
    "斤": ("克", Decimal(500)),
    "公斤": ("克", Decimal(1000)),
    "吨": ("克", Decimal(1000000)),
    "kg": ("克", Decimal(1000)),
    "g": ("克", Decimal(1)),
    "t": ("克", Decimal(1000000)),
}
_RATES = frozenset({"%", "‰"})  # have no thousands


def is_money(measure: str) -> bool:
    """Is it 元, 千元, 万元 …?"""
    return _split(measure)[0] == "元"


def factor(written: str, measure: str) -> Decimal | None:
    """How many of `measure` one of the unit as `written` is; None where they do not belong
    together. A bare thousand (2000万) is one of the measure's own base: 2000万 of 万元 is 2000万元.
    """
    if written == measure:
        return Decimal(1)
    if not measure or measure in _RATES:
        return None
    base, size = _split(measure)
    other, other_size = _split(written)
    if not other:
        return other_size * _own(measure) / size
    return other_size / size if other == base else None


def _split(measure: str) -> tuple[str, Decimal]:
    """The base of a unit and how many of it the unit is: 万元 is 10000 of 元."""
    scale, rest = _scaled(measure)
    base, size = _BASES.get(rest, (rest, Decimal(1)))
    return base, scale * size


def _own(measure: str) -> Decimal:
    """How many of the base of its family the measure is without its thousands: 万吨 → 吨."""
    return _BASES.get(_scaled(measure)[1], ("", Decimal(1)))[1]


def _scaled(measure: str) -> tuple[Decimal, str]:
    if measure in _BASES:
        return Decimal(1), measure
    for word, scale in _SCALES.items():
        if measure.startswith(word):
            return scale, measure.removeprefix(word)
    return Decimal(1), measure
