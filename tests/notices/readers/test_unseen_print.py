"""Text that a page of print does not show is not read; what an eye sees is, whatever its colour."""

import io
from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from notices.readers.ofd.document import OfdReader
from notices.readers.pdf.document import PdfReader
from tests.notices import print_ofd
from tests.notices.print_ofd import MM, text_object
from tests.notices.print_pdf import FONT
from tests.notices.printed import HEIGHT, WIDTH

pytestmark = pytest.mark.once
SHOWN = (
    "各市、州市场监督管理局：",
    "请于2026年7月15日前将质量工作情况调查表报送省局质量发展处。",
    "示例省市场监督管理局",
    "2026年6月1日",
)
HIDDEN = "请于2026年1月5日前报送作废的材料"


def pdf(draw: Callable[[Canvas], None], *, crop: tuple[float, ...] | None = None) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
    if crop:
        canvas.setCropBox(crop)
    canvas.setFont(FONT, 14)
    for i, line in enumerate(SHOWN):
        canvas.drawString(80, 700 - 28 * i, line)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def words(canvas: Canvas, y: float = 400.0, x: float = 80.0, size: float = 14) -> None:
    canvas.setFont(FONT, size)
    canvas.drawString(x, y, HIDDEN)


def below_a_white_box(canvas: Canvas) -> None:
    words(canvas)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(70, 390, 400, 30, stroke=0, fill=1)


def below_a_black_bar(canvas: Canvas) -> None:
    words(canvas)
    canvas.rect(70, 390, 400, 30, stroke=0, fill=1)


def white_on_white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    words(canvas)


def red_on_red(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.8, 0, 0)
    canvas.rect(70, 390, 400, 30, stroke=0, fill=1)
    words(canvas)


def without_ink(canvas: Canvas) -> None:
    text = canvas.beginText(80, 400)
    text.setFont(FONT, 14)
    text.setTextRenderMode(3)
    text.textOut(HIDDEN)
    canvas.drawText(text)


def clipped_away(canvas: Canvas) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(70, 100, 400, 50)
    canvas.clipPath(path, stroke=0, fill=0)
    words(canvas)
    canvas.restoreState()


def see_through(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    words(canvas)


PDF_UNSEEN = {
    "white box": pdf(below_a_white_box),
    "black bar": pdf(below_a_black_bar),
    "white on white": pdf(white_on_white),
    "red on red": pdf(red_on_red),
    "no ink": pdf(without_ink),
    "clipped": pdf(clipped_away),
    "see-through": pdf(see_through),
    "beside the page": pdf(lambda canvas: words(canvas, x=WIDTH + 20)),
    "below the page": pdf(lambda canvas: words(canvas, y=-40)),
    "outside the crop": pdf(lambda canvas: words(canvas, y=30), crop=(0, 60, WIDTH, HEIGHT)),
    "smaller than type": pdf(lambda canvas: words(canvas, size=0.5)),
}


def over_a_dark_bar(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.1, 0.1, 0.5)
    canvas.rect(70, 390, 400, 30, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    words(canvas)


def marked_by_hand(canvas: Canvas) -> None:
    words(canvas)
    canvas.setFillColorRGB(1, 1, 0)
    canvas.setFillAlpha(0.4)
    canvas.rect(70, 390, 400, 30, stroke=0, fill=1)


def over_a_white_box(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    words(canvas)


def below_a_veil(canvas: Canvas) -> None:
    words(canvas)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.setFillAlpha(0.3)
    canvas.rect(70, 390, 400, 30, stroke=0, fill=1)


def inside_a_clip(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(70, 380, 400, 50)
    canvas.clipPath(path, stroke=0, fill=0)
    words(canvas)


def over_a_picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (40, 10), (20, 60, 20))), 70, 390, 400, 30)
    canvas.setFillColorRGB(1, 1, 1)
    words(canvas)


PDF_SEEN = {
    "on a dark bar": pdf(over_a_dark_bar),
    "text marker": pdf(marked_by_hand),
    "white paper": pdf(over_a_white_box),
    "veil": pdf(below_a_veil),
    "inside a clip": pdf(inside_a_clip),
    "on a picture": pdf(over_a_picture),
    "grey": pdf(lambda canvas: (canvas.setFillColorRGB(0.4, 0.4, 0.4), words(canvas))[1]),
    "blue": pdf(lambda canvas: (canvas.setFillColorRGB(0, 0, 0.8), words(canvas))[1]),
}


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("data", PDF_UNSEEN.values(), ids=PDF_UNSEEN)
def test_unseen_text_of_a_pdf_is_not_read(data: bytes) -> None:
    assert squeezed(PdfReader().read(data)) == squeezed("".join(SHOWN))


@pytest.mark.parametrize("data", PDF_SEEN.values(), ids=PDF_SEEN)
def test_seen_text_of_a_pdf_is_read(data: bytes) -> None:
    assert squeezed(PdfReader().read(data)) == squeezed("".join(SHOWN) + HIDDEN)


def test_recognised_text_that_lies_over_a_scan_is_read() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
    canvas.drawImage(ImageReader(Image.new("L", (60, 85), 240)), 0, 0, WIDTH, HEIGHT)
    text = canvas.beginText(80, 700)
    text.setFont(FONT, 14)
    text.setTextRenderMode(3)
    for line in SHOWN:
        text.textLine(line)
    canvas.drawText(text)
    canvas.showPage()
    canvas.save()

    assert squeezed(PdfReader().read(out.getvalue())) == squeezed("".join(SHOWN))


def ofd(before: str = "", behind: str = "") -> bytes:
    lines = "".join(text_object(80, 150 + 28 * i, 14, line) for i, line in enumerate(SHOWN))
    return print_ofd.package(
        {
            "OFD.xml": print_ofd.OFD_XML,
            "Doc_0/Document.xml": print_ofd.document(1),
            "Doc_0/Pages/Page_0.xml": print_ofd.page(before + lines + behind),
        }
    )


def inked(attributes: str = "", colour: str = "") -> str:
    made = text_object(80, 450, 14, HIDDEN).replace(' Font="1"', f'{attributes} Font="1"')
    return made.replace("<ofd:TextCode", f"{colour}<ofd:TextCode", 1)


def box(colour: str, *, alpha: str = "") -> str:
    wide, tall = 400 * MM, 30 * MM
    return (
        f'<ofd:PathObject ID="8" Boundary="{70 * MM:.2f} {430 * MM:.2f} {wide:.2f} {tall:.2f}"'
        f' Fill="true" Stroke="false"{alpha}><ofd:FillColor Value="{colour}"/>'
        f"<ofd:AbbreviatedData>M 0 0 L {wide:.2f} 0 L {wide:.2f} {tall:.2f} L 0 {tall:.2f} C"
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )


WHITE = '<ofd:FillColor Value="255 255 255"/>'
OFD_UNSEEN = {
    "white box": ofd(behind=inked() + box("255 255 255")),
    "black bar": ofd(behind=inked() + box("0 0 0")),
    "white on white": ofd(behind=inked(colour=WHITE)),
    "red on red": ofd(behind=box("200 0 0") + inked(colour='<ofd:FillColor Value="200 0 0"/>')),
    "see-through": ofd(behind=inked(' Alpha="0"')),
    "see-through ink": ofd(behind=inked(colour='<ofd:FillColor Value="0 0 0" Alpha="0"/>')),
    "not filled": ofd(behind=inked(' Fill="false"')),
    "switched off": ofd(behind=inked(' Visible="false"')),
    "beside the page": ofd(behind=text_object(WIDTH + 20, 400, 14, HIDDEN)),
    "below the page": ofd(behind=text_object(80, HEIGHT + 60, 14, HIDDEN)),
}
OFD_SEEN = {
    "on a dark bar": ofd(behind=box("20 20 120") + inked(colour=WHITE)),
    "text marker": ofd(behind=inked() + box("255 255 0", alpha=' Alpha="90"')),
    "white paper": ofd(before=box("255 255 255"), behind=inked()),
    "grey": ofd(behind=inked(colour='<ofd:FillColor Value="100 100 100"/>')),
    "outlined": ofd(behind=inked(' Fill="false" Stroke="true"')),
}


@pytest.mark.parametrize("data", OFD_UNSEEN.values(), ids=OFD_UNSEEN)
def test_unseen_text_of_an_ofd_is_not_read(data: bytes) -> None:
    assert squeezed(OfdReader().read(data)) == squeezed("".join(SHOWN))


@pytest.mark.parametrize("data", OFD_SEEN.values(), ids=OFD_SEEN)
def test_seen_text_of_an_ofd_is_read(data: bytes) -> None:
    assert squeezed(OfdReader().read(data)) == squeezed("".join(SHOWN) + HIDDEN)
