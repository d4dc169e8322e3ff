"""A day or a time as its number format shows it, and how Excel counts days."""

from datetime import datetime, timedelta
from decimal import Decimal

from reports.workbooks.reading.number_formats import Section, Token

# Cells know no time zones.
_FIRST = datetime.fromisoformat("1899-12-30")
_FIRST_1904 = datetime.fromisoformat("1904-01-01")
_LAST = 2_958_466  # the first day of the year 10000
_MILLISECONDS = 86_400_000
_MONTHS = "January February March April May June July August September October November December"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_HAN_DAYS = "一二三四五六日"
_NUMERALS = {1: "〇一二三四五六七八九十", 2: "零壹贰叁肆伍陆柒捌玖拾"}


def moment_of(serial: Decimal, *, is_1904: bool) -> datetime | None:
    """The moment of a stored number; None where Excel shows ##### for it.

    Before March 1900 Excel is a day off, as it believes in a 29th of February 1900.
    """
    if not 0 <= serial < _LAST - (1462 if is_1904 else 0):
        return None
    first = _FIRST_1904 if is_1904 else _FIRST
    if not is_1904 and 1 <= serial < 60:
        first += timedelta(days=1)
    return first + timedelta(milliseconds=round(serial * _MILLISECONDS))


def serial_of(moment: datetime, *, is_1904: bool) -> Decimal:
    """The number that stands for a moment."""
    passed = moment - (_FIRST_1904 if is_1904 else _FIRST)
    return Decimal(passed.days) + Decimal(passed.seconds) / 86_400


def names_of(section: Section) -> str:
    """Which of year (y), month (m), day (d) and time (t) the format shows."""
    found = set()
    for kind, letters, is_minute in _timed(section.tokens):
        if kind == "span" or is_minute or letters[0] in "hs":
            found.add("t")
        elif letters[0] in "ye":
            found.add("y")
        elif letters[0] == "m" or (letters[0] == "d" and len(letters) < 3):
            found.add(letters[0])
        else:
            found.add("w")
    return "".join(sorted(found))


def shown_moment(serial: Decimal, moment: datetime, section: Section) -> str | None:
    """The text; None where the format has what is not known here (calendars of other countries)."""
    timed = iter(_timed(section.tokens))
    is_half = any(kind == "half" for kind, _ in section.tokens)
    names = names_of(section)
    said = []
    if section.numerals == 3:
        return None
    if not _has_parts_of_seconds(section.tokens):
        moment += timedelta(milliseconds=500)
    for kind, text in section.tokens:
        if kind in {"time", "span"}:
            _, letters, is_minute = next(timed)
            part = (
                _span(serial, letters)
                if kind == "span"
                else _part(moment, letters, is_minute=is_minute, is_half=is_half)
            )
            if part is None:
                return None
            said.append(_numerals(part, section.numerals, letters, is_minute=is_minute))
        elif kind == "half":
            said.append(_half(moment, text))
        elif kind == "digit":
            said.append(f"{moment.microsecond // 1000:03}"[0] if text == "0" else "")
        elif kind not in {"fill", "general", "@"}:
            said.append(" " if kind == "gap" else text)
    return "".join(said) if names else None


def _timed(tokens: tuple[Token, ...]) -> list[tuple[str, str, bool]]:
    """The tokens of days and times in order, with whether an m means minutes."""
    timed = [(kind, text) for kind, text in tokens if kind in {"time", "span"}]
    found = []
    for at, (kind, text) in enumerate(timed):
        before = timed[at - 1][1][0] if at else ""
        after = timed[at + 1][1][0] if at + 1 < len(timed) else ""
        is_minute = text[0] == "m" and len(text) < 3 and (before == "h" or after == "s")
        found.append((kind, text, is_minute))
    return found


def _part(moment: datetime, letters: str, *, is_minute: bool, is_half: bool) -> str | None:
    count = len(letters)
    match letters[0]:
        case "y":
            return f"{moment.year:04}" if count > 2 else f"{moment.year % 100:02}"
        case "e":
            return str(moment.year)
        case "m" if is_minute:
            return _padded(moment.minute, count)
        case "m":
            name = _MONTHS.split()[moment.month - 1]
            names = {3: name[:3], 5: name[0]}
            return _padded(moment.month, count) if count < 3 else names.get(count, name)
        case "d" if count > 2:
            name = _DAYS.split()[moment.weekday()]
            return name[:3] if count == 3 else name
        case "d":
            return _padded(moment.day, count)
        case "a":
            name = _HAN_DAYS[moment.weekday()]
            return name if count == 3 else f"星期{name}"
        case "h":
            return _padded(moment.hour % 12 or 12 if is_half else moment.hour, count)
        case "s":
            return _padded(moment.second, count)
    return None


def _padded(value: int, count: int) -> str:
    return f"{value:02}" if count > 1 else str(value)


def _span(serial: Decimal, letters: str) -> str:
    """[h]:mm of a day and a half is 36:00."""
    units = {"h": 24, "m": 1440, "s": 86_400}[letters[0]]
    whole = int(serial * units + Decimal("0.5") * units / 86_400)
    return str(whole).zfill(len(letters))


def _half(moment: datetime, letters: str) -> str:
    names = {"am/pm": ("AM", "PM"), "a/p": ("A", "P")}.get(letters, ("上午", "下午"))
    return names[moment.hour >= 12]


def _has_parts_of_seconds(tokens: tuple[Token, ...]) -> bool:
    return any(kind == "digit" for kind, _ in tokens)


def _numerals(text: str, numerals: int, letters: str, *, is_minute: bool) -> str:
    """二〇二六 for a year, 三十一 for a day."""
    signs = _NUMERALS.get(numerals)
    if not signs or not text.isdigit():
        return text
    if letters[0] in "ye" and not is_minute:
        return "".join(signs[int(digit)] for digit in text)
    tens, ones = divmod(int(text), 10)
    first = (
        "" if tens == 0 else signs[10] if tens == 1 and numerals == 1 else signs[tens] + signs[10]
    )
    return first + (signs[ones] if ones or not tens else "")
