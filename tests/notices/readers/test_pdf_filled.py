"""What stands in the form fields and text boxes of a PDF is read where it stands."""

import io
from collections.abc import Callable

import pytest
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from notices.readers.registry import read_document
from tests.notices import print_pdf
from tests.notices.secret_files import NOTICE

Draw = Callable[[Canvas], None]


def printed(draw: Draw) -> str:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setFont(print_pdf.FONT, 16)
    for i, line in enumerate(NOTICE):
        canvas.drawString(90, 700 - 30 * i, line)
    draw(canvas)
    canvas.save()
    return read_document("通知.pdf", out.getvalue())


def annotation(kind: str, words: str, **more: object) -> Draw:
    def draw(canvas: Canvas) -> None:
        entries = {
            "Type": pdfdoc.PDFName("Annot"),
            "Subtype": pdfdoc.PDFName(kind),
            "Rect": pdfdoc.PDFArray([90, 400, 480, 420]),
            "Contents": pdfdoc.PDFString(words),
        }
        canvas._addAnnotation(pdfdoc.PDFDictionary(entries | more))

    return draw


def field(value: str) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(90, 404, "报送时限：")
        canvas.acroForm.textfield(value=value, x=172, y=400, width=200, height=20)

    return draw


def test_value_of_a_field_stands_behind_its_label() -> None:
    assert "报送时限：2026-08-20" in printed(field("2026-08-20")).replace(" ", "")


def test_text_box_is_read() -> None:
    assert "请于2026年8月20日前报送台账。" in printed(
        annotation("FreeText", "请于2026年8月20日前报送台账。")
    )


@pytest.mark.parametrize(
    "draw",
    [
        field(""),
        annotation("Text", "批注：此处待核"),
        annotation("FreeText", "请于2026年8月20日前报送台账。", F=2),
        annotation("Highlight", "批注"),
    ],
)
def test_notes_and_what_is_hidden_are_not_read(draw: Draw) -> None:
    text = printed(draw)

    assert "8月20日" not in text
    assert "批注" not in text
