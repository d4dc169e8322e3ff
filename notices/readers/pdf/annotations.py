"""What notes, stamps and form fields upon a PDF page say: their words and how they are drawn."""

from collections.abc import Iterator
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import decode_text
from pdfplumber.page import Page as PdfPage

from notices.readers.layout.lines import Glyph
from notices.readers.shown import placed

_MOST = 500
"""Annotations of a page that are looked at; a reviewed draft has some dozens."""
_WORDS = ("Contents", "V", "RC", "T")


def shown(page: PdfPage) -> Iterator[str]:
    """A text for each way in which an annotation says something."""
    for annotation in (resolve1(page.page_obj.annots) or [])[:_MOST]:
        found = resolve1(annotation)
        if not isinstance(found, dict):
            continue
        for key in _WORDS:
            word = resolve1(found.get(key))
            if isinstance(word, bytes):
                yield decode_text(word)
        for stream in _appearances(found):
            yield from _drawn(page, stream)


def _appearances(annotation: dict[str, Any]) -> Iterator[PDFStream]:
    """The normal appearance, or one for each state of a field."""
    looks = resolve1(annotation.get("AP"))
    normal = resolve1(looks.get("N")) if isinstance(looks, dict) else None
    for stream in normal.values() if isinstance(normal, dict) else [normal]:
        if isinstance(resolve1(stream), PDFStream):
            yield resolve1(stream)


def _drawn(page: PdfPage, stream: PDFStream) -> Iterator[str]:
    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    own = resolve1(stream.get("Resources"))
    upright = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    device.begin_page(page.page_obj, upright)
    interpreter.render_contents(own or page.page_obj.resources, [stream], ctm=upright)
    device.end_page(page.page_obj)
    yield from placed.shown(_glyphs(device.get_result()))


def _glyphs(box: LTContainer[Any]) -> Iterator[Glyph]:
    for item in box:
        if isinstance(item, LTChar):
            yield Glyph(item.get_text(), item.x0, -item.y1, item.x1, -item.y0, max(item.size, 0.1))
        elif isinstance(item, LTContainer):
            yield from _glyphs(item)
