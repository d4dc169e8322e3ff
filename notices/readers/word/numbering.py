"""The automatic numbers of a .docx as text: 一、 （一） 1. …, see ECMA-376 part 1, 17.9."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from notices.readers.xml_parts import attribute as attr
from notices.readers.xml_parts import child, local, value

_LEVELS = 9
_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LONGEST = 60
"""Characters a number may have; real ones have a dozen."""
_MOST = 9999
"""Highest number written in another than Arabic digits."""


def chinese(n: int) -> str:
    """1 → 一, 12 → 十二, 105 → 一百〇五, up to 9999."""
    out, zero = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // power % 10
        if digit:
            out += ("〇" if zero and out else "") + _DIGITS[digit] + unit
        zero = digit == 0
    return out.removeprefix("一") if out.startswith("一十") else out


def _roman(n: int) -> str:
    out = ""
    for worth, sign in _ROMAN:
        out += sign * (n // worth)
        n %= worth
    return out


def _letters(n: int) -> str:
    return chr(ord("a") + (n - 1) % 26) * min((n - 1) // 26 + 1, 40)


def _circled(n: int) -> str:
    return chr(0x2460 + n - 1) if n <= 20 else str(n)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate({48 + i: 0xFF10 + i for i in range(10)}),
    "decimalFullWidth2": lambda n: str(n).translate({48 + i: 0xFF10 + i for i in range(10)}),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda n: f"({n})",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "ideographDigital": lambda n: "".join(_DIGITS[int(d)] for d in str(n)),
    "chineseLegalSimplified": lambda n: chinese(n).translate(_LEGAL),
    "ideographLegalTraditional": lambda n: chinese(n).translate(_LEGAL),
    "ideographTraditional": lambda n: _STEMS[(n - 1) % 10],
    "ideographZodiac": lambda n: _BRANCHES[(n - 1) % 12],
    "ideographEnclosedCircle": lambda n: chr(0x3280 + n - 1) if n <= 10 else chinese(n),
}
_FORMATS |= dict.fromkeys(
    (
        *("chineseCounting", "chineseCountingThousand", "japaneseCounting"),
        *("taiwaneseCounting", "taiwaneseCountingThousand", "koreanCounting"),
    ),
    chinese,
)


@dataclass(slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restarts_after: int | None = None
    style: str | None = None


@dataclass(slots=True)
class _List:
    """One `abstractNum`: its levels, and the counts so far, shared by all its `num`."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Numbers the paragraphs of one document; call `label` for each in document order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._list_of: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._styles: dict[str, etree._Element] = {}
        self._default_style: str | None = None
        if styles is not None:
            self._read_styles(styles)
        if numbering is not None:
            self._read_lists(numbering)

    def label(self, properties: etree._Element | None) -> str:
        """The number of the next paragraph with these `pPr`, "" where it has none."""
        num, level = self._of(properties)
        list_id = self._list_of.get(num)
        if num == "0" or list_id is None:
            return ""
        levels = self._levels[num]
        shown = levels.get(level)
        if shown is None:
            return ""
        counts = self._lists[list_id].counts
        for at, start in self._restarts.pop(num, {}).items():
            levels[at].start = start
            counts.pop(at, None)
        counts[level] = counts[level] + 1 if level in counts else shown.start
        for deeper in [d for d in counts if d > level]:
            after = levels[deeper].restarts_after if deeper in levels else None
            if after is None or (after and level < after):
                del counts[deeper]
        return _written(shown, levels, counts)

    def _of(self, properties: etree._Element | None) -> tuple[str, int]:
        """numId and level, from the paragraph or from its style."""
        own = child(properties, "numPr")
        num, depth = value(own, "numId"), value(own, "ilvl")
        style = value(properties, "pStyle") or self._default_style
        if num is None and style:
            num, inherited = self._of_style(style)
            depth = depth or inherited
        return num or "0", min(_number(depth), _LEVELS - 1)

    def _of_style(self, style: str) -> tuple[str | None, str | None]:
        wanted: str | None = style
        for _ in range(20):  # `basedOn` may run in a circle
            node = self._styles.get(wanted) if wanted else None
            found = child(node, "pPr", "numPr")
            if num := value(found, "numId"):
                levels = self._levels.get(num, {})
                own = next((str(i) for i, lv in levels.items() if lv.style == wanted), None)
                return num, own or value(found, "ilvl")
            wanted = value(node, "basedOn")
        return None, None

    def _read_styles(self, root: etree._Element) -> None:
        for node in root:
            key = attr(node, "styleId")
            if local(node) == "style" and key:
                self._styles[key] = node
                if attr(node, "default") in ("1", "true") and attr(node, "type") == "paragraph":
                    self._default_style = key

    def _read_lists(self, root: etree._Element) -> None:
        links: dict[str, str] = {}
        linked: dict[str, str] = {}
        for node in root:
            key = attr(node, "abstractNumId")
            if local(node) == "abstractNum" and key:
                self._lists[key] = _List(dict(_levels(node)))
                if name := value(node, "styleLink"):
                    links[name] = key
                if name := value(node, "numStyleLink"):
                    linked[key] = name
        for node in root:
            num, key = attr(node, "numId"), value(node, "abstractNumId")
            if local(node) != "num" or num is None or key is None:
                continue
            key = links.get(linked.get(key, ""), key)
            if key in self._lists:
                self._list_of[num] = key
                self._read_overrides(num, node, self._lists[key])

    def _read_overrides(self, num: str, node: etree._Element, shared: _List) -> None:
        levels = dict(shared.levels)
        restarts: dict[int, int] = {}
        for override in node:
            if local(override) != "lvlOverride":
                continue
            at = _number(attr(override, "ilvl"))
            levels |= dict(_levels(override))
            start = value(override, "startOverride")
            if start is not None and at in levels:
                restarts[at] = _number(start)
        self._levels[num] = levels
        if restarts:
            self._restarts[num] = restarts


def _levels(parent: etree._Element) -> Iterator[tuple[int, _Level]]:
    for node in parent:
        if local(node) != "lvl":
            continue
        restart = value(node, "lvlRestart")
        legal = child(node, "isLgl")
        yield (
            _number(attr(node, "ilvl")),
            _Level(
                _number(value(node, "start") or "1"),
                _format(node),
                value(node, "lvlText") or "",
                value(node, "suff") or "tab",
                legal is not None and attr(legal, "val") not in ("0", "false"),
                None if restart is None else _number(restart),
                value(node, "pStyle"),
            ),
        )


def _format(node: etree._Element) -> str:
    """numFmt; newer formats stand inside AlternateContent with a plain one as fallback."""
    direct = value(node, "numFmt")
    return direct or value(node, "AlternateContent", "Fallback", "numFmt") or "decimal"


def _number(text: str | None) -> int:
    """A count from an attribute; 0 for anything that is none."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,7}", text) else 0


def _written(shown: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    if shown.format == "bullet":
        return "• "
    if shown.format == "none":
        return ""

    def count(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        level = levels.get(at, _Level())
        return _counted(counts.get(at, level.start), "decimal" if shown.legal else level.format)

    text = re.sub(r"%([1-9])", count, shown.text[:_LONGEST])[:_LONGEST]
    if not text or shown.suffix == "nothing":
        return text
    return text + " " if text[-1].isascii() else text


def _counted(n: int, form: str) -> str:
    write = _FORMATS.get(form, str)
    return write(n) if 1 <= n <= _MOST else str(n)
