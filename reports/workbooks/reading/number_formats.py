"""Number formats as Excel and WPS in Chinese know them: built-in ids, sections, what each shows."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

GENERAL = "General"
_DAY, _MONTH, _SHORT = 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"', 'm"月"d"日"'
_CLOCK, _HALF_CLOCK = 'h"时"mm"分"', '上午/下午h"时"mm"分"'
# What a program in Chinese shows for the ids that no file defines (ECMA-376 part 1, 18.8.30).
BUILT_IN = {
    5: '"¥"#,##0;"¥"\\-#,##0',
    6: '"¥"#,##0;[Red]"¥"\\-#,##0',
    7: '"¥"#,##0.00;"¥"\\-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
    14: "yyyy/m/d",
    22: "yyyy/m/d h:mm",
    **dict.fromkeys((27, 36, 50, 52, 57), _MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _SHORT),
    30: "m-d-yy",
    31: _DAY,
    32: _CLOCK,
    33: f'{_CLOCK}ss"秒"',
    **dict.fromkeys((34, 55), _HALF_CLOCK),
    **dict.fromkeys((35, 56), f'{_HALF_CLOCK}ss"秒"'),
    47: "mm:ss.0",
}
DATES = "ymdaegb"  # the letters of tokens that name a part of a day; m may be minutes

_TOKEN = re.compile(
    r'"(?P<text>[^"]*)"?|[\\!](?P<escaped>.)|\[(?P<bracket>[^\]]*)\]|_(?P<gap>.)|\*(?P<fill>.)'
    r"|(?P<general>General|G/通用格式)|(?P<half>AM/PM|A/P|上午/下午)|(?P<power>E[+-](?=[0#?]))"
    r"|(?P<time>y+|m+|d+|h+|s+|a{3,4}|e+|g+|b+)|(?P<digit>[0#?])|(?P<mark>[.,%/@])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r'(?:"[^"]*"?|[\\!_*].|\[[^\]]*\]|[^;])*', re.DOTALL)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_COLOUR = re.compile(
    r"(?:black|blue|cyan|green|magenta|red|white|yellow|黑|蓝|青|蓝绿|绿|洋红|红|白|黄)色?"
    r"|(?:color|颜色)\s*[0-9]+",
    re.IGNORECASE,
)
_SYSTEM_DAY = re.compile(r"\$-(?:x-sysdate|F800)", re.IGNORECASE)
_SYSTEM_TIME = re.compile(r"\$-(?:x-systime|F400)", re.IGNORECASE)
_COMPARE = {
    "<": Decimal.__lt__,
    "<=": Decimal.__le__,
    ">": Decimal.__gt__,
    ">=": Decimal.__ge__,
    "=": Decimal.__eq__,
    "<>": Decimal.__ne__,
}

Token = tuple[str, str]
"""What it is (text, gap, general, half, power, time, span, digit or the mark) and its letters."""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a format: what it shows, of which values, in which colour and numerals."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None
    colour: str = ""
    numerals: int = 0  # 1 一二三, 2 壹贰叁, 3 full-width
    locale: str = ""

    @property
    def is_time(self) -> bool:
        """Does it show a day or a time rather than a figure?"""
        return any(kind in {"time", "span"} for kind, _ in self.tokens)

    def holds(self, value: Decimal) -> bool:
        """Is its condition true of the value?"""
        return self.condition is not None and _COMPARE[self.condition[0]](value, self.condition[1])


def code_of(number: int, stated: str) -> str:
    """The format of an id that the file does not define; `stated` is what others take it for."""
    return BUILT_IN.get(number, stated) or GENERAL


@lru_cache(maxsize=1024)
def sections(code: str) -> tuple[Section, ...]:
    """The parts of a format, at least one."""
    texts, place = [], 0
    while True:
        found = _SECTION.match(code, place)
        texts.append(found[0] if found else "")
        place += len(texts[-1]) + 1
        if place > len(code):
            return tuple(_section(text) for text in texts)


def section_of(code: str, value: Decimal) -> tuple[Section, bool]:
    """The part that shows this figure, and whether a minus stands before it."""
    parts = [part for part in sections(code) if not _is_of_text(part)]
    if not parts:
        return Section((("general", GENERAL),)), value < 0
    if any(part.condition for part in parts):
        part = next((part for part in parts[:2] if part.holds(value)), None)
        if part is not None:
            sign, bound = part.condition or ("", Decimal(0))
            return part, value < 0 and not (sign in {"<", "<="} and bound <= 0)
        rest = [part for part in parts if part.condition is None]
        is_second = len(rest) > 1 and value < 0
        return (rest[0 if is_second else -1] if rest else parts[-1]), value < 0 and not is_second
    if value < 0 and len(parts) > 1:
        return parts[1], False
    if value == 0 and len(parts) > 2:
        return parts[2], False
    return parts[0], value < 0


def text_section(code: str) -> Section | None:
    """The part that shows text, where the format has one."""
    parts = sections(code)
    if len(parts) > 3:
        return parts[3]
    return next((part for part in parts if _is_of_text(part)), None)


def _is_of_text(part: Section) -> bool:
    return any(kind == "@" for kind, _ in part.tokens)


def _section(text: str) -> Section:
    tokens: list[Token] = []
    condition, colour, numerals, locale = None, "", 0, ""
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or "other"
        said = found[kind]
        if kind != "bracket":
            tokens.append(_token(kind, said))
        elif compared := _CONDITION.fullmatch(said):
            condition = (compared[1], Decimal(compared[2]))
        elif _COLOUR.fullmatch(said):
            colour = said
        elif said.lower().startswith("dbnum"):
            numerals = int(said[5:] or 0)
        elif _SYSTEM_DAY.match(said):
            return _section(_DAY)
        elif _SYSTEM_TIME.match(said):
            return _section("h:mm:ss")
        elif said.startswith("$"):
            sign, _, locale = said[1:].partition("-")
            tokens.append(("text", sign))
        elif re.fullmatch(r"h+|m+|s+", said, re.IGNORECASE):
            tokens.append(("span", said.lower()))
    return Section(tuple(tokens), condition, colour, numerals, locale)


def _token(kind: str, said: str) -> Token:
    if kind in {"escaped", "other"}:
        return "text", said
    if kind == "mark":
        return said, said
    return kind, said.lower() if kind in {"time", "half"} else said
