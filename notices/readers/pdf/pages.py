"""The pages of a PDF as text; run as a program by `notices.readers.pdf.document`."""

import io
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page as PdfPage
from pdfplumber.utils.exceptions import PdfminerException

from notices.readers import confined
from notices.readers.base import UnreadableDocument
from notices.readers.layout import slanted, unseen, watermarks
from notices.readers.layout.lines import Glyph
from notices.readers.layout.page import Page, page_of
from notices.readers.layout.printed_text import MAX_PAGES, Printed, read_pages, too_many_pages
from notices.readers.layout.slanted import Inked, angle_of, colour_of
from notices.readers.layout.tables import Rule
from notices.readers.layout.unseen import Fill
from notices.readers.pdf import annotations, drawing, filled
from notices.readers.pdf.document import NAMES_PICTURES
from notices.readers.shown import placed
from notices.text.page.secrecy import refuse_classified, refuse_marked

_PASSWORD = "PDF 设有打开密码。请取消密码保护后重新上传。"  # noqa: S105 - a message
_HEAD_LINES = 12
_MIN_SIZE = 1.0
"""Points of type below which nobody reads it."""
_MIN_RULE = 4.0
"""Points below which a line is the end of another line's thin box."""


def text_of(data: bytes, breathe: Callable[[], None]) -> str:
    """The text of all pages; `breathe` is called at each one. May raise anything on damage."""
    return read_pages(printed(data, breathe), "PDF", goes_on=NAMES_PICTURES in sys.argv)


def printed(data: bytes, breathe: Callable[[], None]) -> Iterator[Printed]:
    """The pages in their order. Raises ClassifiedDocument where one shows a 密级."""
    try:
        document = pdfplumber.open(io.BytesIO(data))
    except PdfminerException as fault:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in fault.args):
            raise UnreadableDocument(_PASSWORD) from fault
        raise
    with document:
        if len(document.pages) > MAX_PAGES:
            raise too_many_pages(len(document.pages))
        gutters: list[float] = []
        for number, page in enumerate(document.pages):
            breathe()
            drawing.draw(page)
            _refuse_marked(page, is_first=number == 0)
            yield Printed(_page(page, gutters), _has_picture(page))
            page.close()  # frees what it parsed


def _refuse_marked(page: PdfPage, *, is_first: bool) -> None:
    """Raises ClassifiedDocument where the page shows a 密级, however it is turned or repeated."""
    drawn = [
        (Glyph(c["text"], c["x0"], c["top"], c["x1"], c["bottom"], max(c["size"], 0.1)), c)
        for c in page.chars
    ]
    for text in placed.shown(glyph for glyph, _ in drawn):
        refuse_marked(text)
    lines = placed.lines(glyph for glyph, c in drawn if not _is_turned(c["matrix"]))
    refuse_marked("\n".join(lines))
    for text in annotations.shown(page):
        refuse_marked(text)
    if is_first:
        refuse_classified("\n".join(lines[:_HEAD_LINES]))


def _is_turned(matrix: tuple[float, ...]) -> bool:
    a, b = matrix[:2]
    return abs(b) > 0.1 * abs(a)


def _page(page: PdfPage, known: list[float]) -> Page:
    left, top, _, _ = page.bbox
    drawn = [
        _inked(one, left, top) if isinstance(one, drawing.Seen) else one
        for one in drawing.drawn(page)
        if isinstance(one, Fill) or _is_on(page.cropbox, one.char)
    ]
    glyphs = watermarks.without(slanted.level(unseen.seen(drawn)))
    glyphs = [*glyphs, *filled.glyphs(page)]
    rules = [
        Rule(e["x0"] - left, e["top"] - top, e["x1"] - left, e["bottom"] - top)
        for e in page.edges
        if max(e["x1"] - e["x0"], e["bottom"] - e["top"]) >= _MIN_RULE
    ]
    return page_of(float(page.width), float(page.height), glyphs, rules, known)


def _is_on(box: tuple[float, ...], char: dict[str, Any]) -> bool:
    """Whether the character is on the part of the page that is shown, and large enough to be."""
    left, top, right, bottom = box
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(left <= x <= right and top <= y <= bottom and char["size"] > _MIN_SIZE)


def _inked(one: drawing.Seen, left: float, top: float) -> Inked:
    char = one.char
    x0, x1, y0, y1 = char["x0"] - left, char["x1"] - left, char["top"] - top, char["bottom"] - top
    a, b, *_ = char["matrix"]
    ink = char["non_stroking_color"]
    parts = [float(p) for p in ink if isinstance(p, int | float)] if isinstance(ink, tuple) else ()
    return Inked(
        Glyph(char["text"], x0, y0, x1, y1, char["size"]),
        angle_of(a, b),
        colour_of(parts),
        one.ink,
        one.is_drawn,
    )


def _has_picture(page: PdfPage) -> bool:
    """Whether a picture as large as half the page is on it, as on every page of a scan."""
    half = 0.5 * float(page.width) * float(page.height)
    return sum(float(i["width"]) * float(i["height"]) for i in page.images) >= half


if __name__ == "__main__":
    confined.serve(text_of, megabytes=400, pace=3.0, per_page=0.3)
