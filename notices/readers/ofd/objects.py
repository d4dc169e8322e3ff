"""The graphic objects of an OFD page as characters and ruled lines in points.

Positions are millimetres: an object's Boundary places it on the page, its CTM turns its own
coordinates into those of the Boundary (GB/T 33190-2016, 8.5 and 11).
"""

import math
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from lxml import etree

from notices.readers.base import UnreadableDocument
from notices.readers.layout import slanted, unseen, watermarks
from notices.readers.layout.lines import Glyph
from notices.readers.layout.slanted import Inked, angle_of, colour_of
from notices.readers.layout.tables import Rule
from notices.readers.layout.unseen import Colour, Fill, rgb
from notices.readers.xml_parts import attribute, child, local

Box = tuple[float, float, float, float]
_Point = tuple[float, float]

MAX_GLYPHS = 300_000
"""Characters of all pages together; a directive with all its attachments has below 100,000."""
MAX_OBJECTS = 300_000
_MAX_PATH = 4_000
"""Characters of a path's description beyond which it is a drawing and not a ruled line."""
_POINTS = 72 / 25.4
_ASCENT = 0.88
"""Share of the type size above the base line, as in the usual Chinese fonts."""
_THIN = 1.0
"""Millimetres below which a box is a line that was drawn as a filled box."""
_SHORT = 3.0
"""Points below which a line is the end of another line's thin box."""
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_LARGEST = 1e6
_FAINT = 0.04
_SOLID = 0.9
"""Opacity up to which something is not seen, and from which it hides what is below."""
_EDGE = 1.0
"""Points by which a character may stand over the edge of the page."""
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def box_of(text: str | None) -> Box | None:
    """`x y width height`; None for anything else or an empty area."""
    found = _numbers(text)
    if len(found) != 4 or found[2] <= 0 or found[3] <= 0:
        return None
    return found[0], found[1], found[2], found[3]


class Content:
    """Reads pages and keeps count over all of them, so that the whole document is bounded."""

    def __init__(self) -> None:
        self.glyphs_left = MAX_GLYPHS
        self.objects_left = MAX_OBJECTS

    def points(self, box: Box) -> tuple[float, float]:
        """Width and height of a page box in points."""
        return box[2] * _POINTS, box[3] * _POINTS

    def of(
        self, roots: Iterable[etree._Element], box: Box
    ) -> tuple[list[Glyph], list[Rule], float]:
        """Characters and lines of a page, and the share of it that pictures cover."""
        drawn: list[Inked | Fill] = []
        rules: list[Rule] = []
        covered = 0.0
        for node in (node for root in roots for node in _visible(root)):
            kind = local(node)
            if kind not in ("TextObject", "PathObject", "ImageObject"):
                continue
            self.objects_left -= 1
            if self.objects_left < 0:
                raise _too_much()
            place = _Placed(node, box)
            if kind == "TextObject":
                drawn += self._text(node, place)
            elif kind == "PathObject":
                rules += _rules(node, place)
                drawn += _filled(node, place)
            else:
                covered += place.share(box)
                drawn.append(place.fill(None))
        width, height = self.points(box)
        shown = [one for one in unseen.seen(drawn) if _is_on(one.glyph, width, height)]
        return watermarks.without(slanted.level(shown)), rules, covered

    def _text(self, node: etree._Element, place: "_Placed") -> Iterator[Inked]:
        size = next(iter(_numbers(attribute(node, "Size"))), 0.0)
        if size <= 0:
            return
        fill = child(node, "FillColor")
        parts = _numbers(None if fill is None else attribute(fill, "Value"))
        colour, alpha = colour_of(parts), _alpha(node) * _alpha(fill)
        ink = _on_white(parts or [0.0], alpha)
        is_drawn = alpha > _FAINT and not (
            _is_off(node, "Fill") and (attribute(node, "Stroke") or "false") == "false"
        )
        stretch = next(iter(_numbers(attribute(node, "HScale"))), 1.0)
        x = y = 0.0
        for code in (c for c in node if local(c) == "TextCode"):
            text = (code.text or "").strip("\r\n\t")
            self.glyphs_left -= len(text)
            if self.glyphs_left < 0:
                raise _too_much()
            x = next(iter(_numbers(attribute(code, "X"))), x)
            y = next(iter(_numbers(attribute(code, "Y"))), y)
            steps_x = _steps(attribute(code, "DeltaX"), len(text))
            steps_y = _steps(attribute(code, "DeltaY"), len(text))
            at_x, at_y = x, y
            for i, char in enumerate(text):
                wide = size * stretch * (0.5 if char.isascii() else 1.0)
                step = steps_x[i] if i < len(steps_x) else (0.0 if i < len(steps_y) else wide)
                if char.isascii() and 0 < step <= 1.2 * size:
                    wide = step  # Latin letters are as wide as the writer's font says
                glyph = place.glyph(char, at_x, at_y, wide, size)
                yield Inked(glyph, place.angle, colour, ink, is_drawn)
                at_x += step
                at_y += steps_y[i] if i < len(steps_y) else 0.0


def _is_on(glyph: Glyph, width: float, height: float) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return -_EDGE <= x <= width + _EDGE and -_EDGE <= y <= height + _EDGE


def _alpha(node: etree._Element | None) -> float:
    """Opacity in shares of one."""
    found = [] if node is None else _numbers(attribute(node, "Alpha"))
    return min(max(found[0], 0.0), 255.0) / 255 if found else 1.0


def _is_off(node: etree._Element, name: str) -> bool:
    return (attribute(node, name) or "").strip().lower() in ("false", "0")


def _on_white(parts: list[float], alpha: float) -> Colour | None:
    found = rgb([part / 255 for part in parts])
    if found is None:
        return None
    red, green, blue = (1 - alpha * (1 - part) for part in found)
    return red, green, blue


def _filled(node: etree._Element, place: "_Placed") -> Iterator[Fill]:
    """The area of a filled path; its colour only where it is a plain rectangle."""
    if (attribute(node, "Fill") or "").strip().lower() not in ("true", "1"):
        return
    data = next(((c.text or "") for c in node if local(c) == "AbbreviatedData"), "")
    colour = child(node, "FillColor")
    parts = _numbers(None if colour is None else attribute(colour, "Value")) or [0.0]
    is_solid = _alpha(node) * _alpha(colour) >= _SOLID and not re.search("[QBAqba]", data[:400])
    yield place.fill(_on_white(parts, 1.0) if is_solid else None)


def _visible(root: etree._Element) -> Iterator[etree._Element]:
    """The elements below in order, without those that are switched off: objects, blocks, layers."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if _is_off(node, "Visible"):
            continue
        yield node
        waiting += reversed(node)


class _Placed:
    """An object's place: from its own coordinates to points on the page."""

    def __init__(self, node: etree._Element, box: Box) -> None:
        bound = _numbers(attribute(node, "Boundary"))
        self.bound = bound if len(bound) == 4 else [0.0, 0.0, 0.0, 0.0]
        matrix = _numbers(attribute(node, "CTM"))
        self.matrix = tuple(matrix) if len(matrix) == 6 else _IDENTITY
        self.origin = box[0], box[1]

    @property
    def angle(self) -> float:
        return angle_of(self.matrix[0], self.matrix[1])

    def point(self, x: float, y: float) -> _Point:
        a, b, c, d, e, f = self.matrix
        return (
            (self.bound[0] - self.origin[0] + a * x + c * y + e) * _POINTS,
            (self.bound[1] - self.origin[1] + b * x + d * y + f) * _POINTS,
        )

    def glyph(self, char: str, x: float, y: float, wide: float, size: float) -> Glyph:
        a, _, c, d, _, _ = self.matrix
        left, base = self.point(x, y)
        tall = size * math.hypot(c, d) * _POINTS
        top = base - _ASCENT * tall
        return Glyph(char, left, top, left + abs(a) * wide * _POINTS, top + tall, max(tall, 0.1))

    def fill(self, colour: Colour | None) -> Fill:
        """The object's area on the page."""
        x, y, wide, tall = self.bound
        left, top = (x - self.origin[0]) * _POINTS, (y - self.origin[1]) * _POINTS
        return Fill(left, top, left + wide * _POINTS, top + tall * _POINTS, colour)

    def share(self, box: Box) -> float:
        return abs(self.bound[2] * self.bound[3]) / (box[2] * box[3])


def _rules(node: etree._Element, place: _Placed) -> Iterator[Rule]:
    """The straight upright lines of a path; of surfaces only those thin enough to be a line."""
    data = next(((c.text or "") for c in node if local(c) == "AbbreviatedData"), "")
    if not 0 < len(data) <= _MAX_PATH:
        return
    stroked = attribute(node, "Stroke") != "false"
    for points in _subpaths(data):
        corners = [place.point(*p) for p in points]
        xs, ys = [p[0] for p in corners], [p[1] for p in corners]
        if not stroked and min(max(xs) - min(xs), max(ys) - min(ys)) > _THIN * _POINTS:
            continue
        for (x0, y0), (x1, y1) in pairwise(corners):
            wide, tall = abs(x1 - x0), abs(y1 - y0)
            if max(wide, tall) >= _SHORT and min(wide, tall) <= 0.5:
                yield Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _subpaths(data: str) -> Iterator[list[_Point]]:
    """The corners of each figure of a path: M and S begin one, L draws, C closes it. A curve ends
    one, since what follows it is no table."""
    points: list[_Point] = []
    for match in re.finditer(r"([A-Za-z])([^A-Za-z]*)", data):
        letter, numbers = match[1].upper(), _numbers(match[2])
        ends = list(zip(numbers[::2], numbers[1::2], strict=False))
        if letter == "L":
            points += ends
            continue
        if letter == "C":
            points += points[:1]
        if len(points) > 1:
            yield points
        points = ends[-1:] if letter != "C" else points[-1:]
    if len(points) > 1:
        yield points


def _steps(text: str | None, most: int) -> list[float]:
    """Distances between characters; `g 3 4.2` stands for three times 4.2."""
    words = (text or "").split()
    steps: list[float] = []
    i = 0
    while i < len(words) and len(steps) < most:
        if words[i] == "g" and i + 2 < len(words):
            times = words[i + 1]
            count = int(times) if times.isdecimal() and len(times) < 7 else 0
            steps += _numbers(words[i + 2]) * min(count, most)
            i += 3
        else:
            steps += _numbers(words[i])
            i += 1
    return steps[:most]


def _numbers(text: str | None) -> list[float]:
    found = [float(n) for n in _NUMBER.findall(text or "")]
    return [max(-_LARGEST, min(_LARGEST, n)) for n in found]


def _too_much() -> UnreadableDocument:
    return UnreadableDocument("OFD 文件内容过多，无法读取。请拆分成几个文件后重新上传。")
