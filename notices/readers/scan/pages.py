"""Recognises the pages of a scan; run as a program by `notices.readers.scan.document`."""

from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import repeat
from typing import Any

from PIL import Image

from notices.readers import confined
from notices.readers.base import UnreadableDocument
from notices.readers.containers import is_pdf
from notices.readers.layout.lines import Glyph
from notices.readers.layout.page import Page, page_of
from notices.readers.layout.printed_text import Printed, read_pages
from notices.readers.layout.tables import Rule
from notices.readers.pdf import pages as pdf_pages
from notices.readers.scan import pictures
from notices.text.page.secrecy import refuse_marked

MAX_PAGES = 60
"""Pages of a scan; each takes seconds."""
_LONG_SIDE = 2000
"""Pixels of the longer side that are enough for the smallest print of a form."""
_A4 = 841.9
"""Points that the longer side is taken to be."""


def text_of(data: bytes, breathe: Callable[[], None]) -> str:
    """The recognised text; `breathe` is called at each page. May raise anything on damage."""
    return read_pages(_printed(data, breathe), "扫描件")


def _printed(data: bytes, breathe: Callable[[], None]) -> Iterator[Printed]:
    """The pages: those of a PDF that are print as they stand there, all others recognised."""
    found = pictures.count(data)
    if found > MAX_PAGES:
        raise _too_many(found)
    texts = pdf_pages.printed(data, breathe) if is_pdf(data) else repeat(None, found)
    engine: Any = None
    gutters: list[float] = []
    for number, text in enumerate(texts):
        breathe()
        if text is not None and text.page.lines and not text.is_picture:
            yield text
            continue
        picture = pictures.picture(data, number, _LONG_SIDE)
        if engine is None:  # a damaged file does not wait for the models to be loaded
            engine = import_module("rapidocr").RapidOCR(params={"Global.log_level": "error"})
        yield Printed(_page(picture, engine, gutters), is_picture=False)


def _too_many(found: int) -> UnreadableDocument:
    return UnreadableDocument(f"扫描件有 {found} 页，超过 {MAX_PAGES} 页的上限。请拆分后重新上传。")


def _page(picture: Image.Image, engine: Any, known: list[float]) -> Page:
    numpy, cv2 = import_module("numpy"), import_module("cv2")
    scale = _A4 / max(picture.size)
    pixels = numpy.array(picture)
    found = engine(cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
    glyphs: list[Glyph] = []
    if found.boxes is not None:
        for text in found.txts:  # before any cleaning; a turned stamp is a text of its own
            refuse_marked(text)
        for corners, text in zip(found.boxes, found.txts, strict=True):
            xs, ys = [float(p[0]) * scale for p in corners], [float(p[1]) * scale for p in corners]
            glyphs += _spread(text, min(xs), min(ys), max(xs), max(ys))
    wide, tall = picture.width * scale, picture.height * scale
    return page_of(wide, tall, glyphs, _rules(pixels, scale, cv2), known)


def _spread(text: str, x0: float, top: float, x1: float, bottom: float) -> Iterator[Glyph]:
    """The characters of a recognised line, spread evenly over its box."""
    if not text:
        return
    weights = [0.5 if char.isascii() else 1.0 for char in text]
    em = (x1 - x0) / sum(weights)
    # The box is taller than the type by a margin that varies; the width tells the size better.
    size = em if len(text) >= 4 else 0.85 * (bottom - top)
    for char, weight in zip(text, weights, strict=True):
        yield Glyph(char, x0, top, x0 + weight * em, bottom, size)
        x0 += weight * em


def _rules(pixels: Any, scale: float, cv2: Any) -> list[Rule]:
    """Straight black lines as long as four characters: what is left when all else is worn off."""
    gray = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    ink = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    length = max(20, int(60 / scale))
    rules = []
    for kernel in ((length, 1), (1, length)):
        element = cv2.getStructuringElement(cv2.MORPH_RECT, kernel)
        left = cv2.morphologyEx(ink, cv2.MORPH_OPEN, element)
        for contour in cv2.findContours(left, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
            x, y, wide, tall = (side * scale for side in cv2.boundingRect(contour))
            rules.append(Rule(x, y, x + wide, y + tall))
    return rules


if __name__ == "__main__":
    confined.serve(text_of, megabytes=2500, pace=60.0)
