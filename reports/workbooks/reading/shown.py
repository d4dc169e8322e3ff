"""What a cell shows: its stored value as Excel and WPS put it on the screen, by its format."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from reports.workbooks.reading.number_formats import section_of, text_section
from reports.workbooks.reading.shown_days import moment_of, names_of, serial_of, shown_moment
from reports.workbooks.reading.shown_figures import plain, shown_figure

TOO_LONG = "#####"  # what Excel shows for a day it does not know
_DIGITS = 15  # that Excel keeps


@dataclass(frozen=True, slots=True)
class Shown:
    """`kind` and `text` as RawCell has them; `shown` is None where the format is not known here.

    `names` are the parts of a day that stand there: y, m, d, t.
    """

    kind: str
    text: str
    shown: str | None
    names: str = ""


def shown(value: object, code: str, *, is_1904: bool = False) -> Shown:
    """Of a stored value (a text, a number, a truth, a moment) with this number format."""
    if isinstance(value, bool):
        text = "TRUE" if value else "FALSE"
        return Shown("flag", text, text)
    if isinstance(value, int | float):
        return _figure(_exact(value), code, is_1904=is_1904)
    if isinstance(value, datetime | date):
        moment = value if isinstance(value, datetime) else datetime.combine(value, time())
        return _figure(serial_of(moment, is_1904=is_1904), code, is_1904=is_1904)
    if isinstance(value, time | timedelta):
        return Shown("text", str(value), str(value))
    return _text(str(value), code)


def _text(text: str, code: str) -> Shown:
    section = text_section(code)
    if section is None or not text:
        return Shown("text", text, text)
    said = (
        text if kind in {"@", "general"} else " " if kind == "gap" else letters
        for kind, letters in section.tokens
        if kind != "fill"
    )
    return Shown("text", text, "".join(said))


def _figure(value: Decimal, code: str, *, is_1904: bool) -> Shown:
    section, minus = section_of(code, value)
    if not section.is_time:
        return Shown("number", plain(value), shown_figure(value, section, minus=minus))
    moment = moment_of(value, is_1904=is_1904)
    if moment is None:
        return Shown("error", TOO_LONG, TOO_LONG)
    text, names = shown_moment(value, moment, section), names_of(section)
    if set(names) <= {"t"}:
        return Shown("text", text or plain(value), text)
    return Shown("day", moment.isoformat(), text, names)


def _exact(value: int | float) -> Decimal:
    """As many digits as Excel shows, so that 0.1 + 0.2 reads 0.3."""
    return Decimal(value) if isinstance(value, int) else Decimal(format(value, f".{_DIGITS}g"))
