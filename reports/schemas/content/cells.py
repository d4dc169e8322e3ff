"""What a figure in a cell of a column is, and how one is written there."""

from decimal import ROUND_HALF_UP, Context, Decimal

from reports.schemas.content.values import decimals_of, is_no_value_mark, parse_number
from reports.schemas.definition.columns import Column
from reports.schemas.definition.formula import Missing, Value, divides, parse
from reports.schemas.definition.kinds import ColumnKind

CROSSED = "—"  # printed where nothing is to be filled in
RATE_DECIMALS = 2  # of what is computed with a division, where the column says nothing
_ROUNDING = Context(prec=60, rounding=ROUND_HALF_UP)


def number_of(column: Column, text: str) -> Decimal | None:
    """The figure in the measure of the column; None for blank, 无, — and what is no number."""
    value = value_of(column, text)
    return value if isinstance(value, Decimal) else None


def value_of(column: Column, text: str) -> Value:
    """The figure, or why there is none."""
    if not text:
        return Missing.BLANK
    if is_no_value_mark(text):
        return Missing.MARK
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
