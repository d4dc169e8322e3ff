"""Text boxes upon a PDF page and what was filled into its form fields, as characters in place."""

from collections.abc import Iterator
from typing import Any

from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text
from pdfplumber.page import Page as PdfPage

from notices.readers.layout.lines import Glyph

_MOST = 500
_UNSEEN = 0b100010
"""Flags of an annotation (ISO 32000-1, 12.5.3): hidden, not to be viewed."""
_TALLEST = 14.0
_DEPTH = 8


def glyphs(page: PdfPage) -> Iterator[Glyph]:
    """The characters, spread over the box from its left; relative to the page's own corner."""
    left, _, _, _ = page.bbox
    for annotation in (resolve1(page.page_obj.annots) or [])[:_MOST]:
        found = resolve1(annotation)
        words = _words(found) if isinstance(found, dict) else ""
        rect = resolve1(found.get("Rect")) if words else None
        sides = [resolve1(side) for side in rect] if isinstance(rect, list) else []
        if len(sides) == 4 and all(isinstance(side, int | float) for side in sides):
            (x0, x1), (y0, y1) = sorted(sides[::2]), sorted(sides[1::2])
            top, bottom = float(page.height) - y1, float(page.height) - y0
            yield from _spread(words, x0 - left, x1 - left, top, bottom)


def _words(annotation: dict[str, Any]) -> str:
    flags = resolve1(annotation.get("F")) or 0
    kind = getattr(resolve1(annotation.get("Subtype")), "name", "")
    if flags & _UNSEEN:
        return ""
    if kind == "FreeText":
        said = resolve1(annotation.get("Contents"))
    elif kind == "Widget" and getattr(_inherited(annotation, "FT"), "name", "") in ("Tx", "Ch"):
        said = _inherited(annotation, "V")
    else:
        return ""
    return decode_text(said) if isinstance(said, bytes) else ""


def _inherited(field: dict[str, Any], key: str) -> object:
    """The entry of a field, or of the one that it is a part of."""
    at: object = field
    for _ in range(_DEPTH):
        if not isinstance(at, dict):
            return None
        if key in at:
            return resolve1(at[key])
        at = resolve1(at.get("Parent"))
    return None


def _spread(words: str, x0: float, x1: float, top: float, bottom: float) -> Iterator[Glyph]:
    lines = [line for line in words.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line]
    pitch = (bottom - top) / max(len(lines), 1)
    for number, line in enumerate(lines):
        size = max(1.0, min(_TALLEST, 0.8 * pitch, (x1 - x0) / len(line)))
        middle = top + (number + 0.5) * pitch
        for at, char in enumerate(line):
            if char.strip():
                x = x0 + at * size
                yield Glyph(char, x, middle - size / 2, x + size, middle + size / 2, size)
