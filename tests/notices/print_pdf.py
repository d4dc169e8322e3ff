"""Writes sheets of print as a PDF, with a font that every PDF program brings itself: the file only
names it, so no font is embedded and none is needed here."""

import io

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.notices.printed import HEIGHT, WIDTH, Sheet

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def pdf(sheets: list[Sheet], *, password: str | None = None) -> bytes:
    """The sheets as pages; `password` is asked for at opening."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), encrypt=password)
    for sheet in sheets:
        draw(canvas, sheet)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def draw(canvas: Canvas, sheet: Sheet) -> None:
    """Puts the sheet on the canvas's page."""
    if sheet.picture is not None:
        canvas.drawInlineImage(sheet.picture, 0, 0, WIDTH, HEIGHT)
    for x, y, size, text in sheet.texts:
        canvas.setFont("STSong-Light", size)
        at = x
        for char in text:  # one by one, as a word processor that justifies does
            canvas.drawString(at, HEIGHT - y, char)
            at += size * (0.5 if char.isascii() else 1.0)
    for x0, y0, x1, y1 in sheet.rules:
        canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)
