"""Watermarks at any angle and round seals, in PDF and OFD, leave the notice as it is."""

import io
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from reportlab.pdfgen.canvas import Canvas

from notices.readers.ofd.document import OfdReader
from notices.readers.pdf.document import PdfReader
from notices.text.reading import read
from tests.notices import print_ofd
from tests.notices.made_files import DIRECTIVE, said
from tests.notices.print_ofd import MM
from tests.notices.print_pdf import draw
from tests.notices.printed import HEIGHT, WIDTH, Sheet, directive

pytestmark = pytest.mark.once
RED = (0.9, 0.1, 0.1)
GREY = (0.8, 0.8, 0.8)


@dataclass(frozen=True)
class Mark:
    """A piece of text with its origin from the page's top left corner, turned to the left."""

    x: float
    y: float
    size: float
    angle: float
    text: str
    ink: tuple[float, float, float] = GREY


def watermark(angle: float) -> list[Mark]:
    return [
        Mark(x, y, 42, angle, "示例局内部使用")
        for x in (80.0, 250.0)
        for y in (300.0, 450.0, 650.0)
    ]


def ring(text: str, *, x: float = 420.0, y: float = 420.0, radius: float = 55.0) -> Iterator[Mark]:
    """A seal: its text along a circle, 240 degrees wide, with the middle one upright."""
    for i, char in enumerate(text):
        turn = 120 - 240 * i / (len(text) - 1)
        at = math.radians(90 + turn)
        yield Mark(x + radius * math.cos(at), y - radius * math.sin(at), 14, turn, char, RED)


def seal() -> list[Mark]:
    return [*ring("示例市市场监督管理局章"), Mark(385.0, 450.0, 12, 0, "业务专用", RED)]


def tiles(angle: float, *, size: float = 20, text: str = "示例局内部") -> list[Mark]:
    """The word all over the page, as a document system prints it."""
    return [
        Mark(x + 40 * (row % 2), 150 + 110.0 * row, size, angle, text)
        for row in range(6)
        for x in (30.0, 210.0, 390.0)
    ]


def apart(marks: list[Mark], *, spacing: float = 1.2, upright: bool = False) -> list[Mark]:
    """Each letter as an object of its own, along the slant; `upright` without turning it."""
    return [
        Mark(
            mark.x + i * spacing * mark.size * math.cos(math.radians(mark.angle)),
            mark.y - i * spacing * mark.size * math.sin(math.radians(mark.angle)),
            mark.size,
            0 if upright else mark.angle,
            char,
            mark.ink,
        )
        for mark in marks
        for i, char in enumerate(mark.text)
    ]


def upright_ring() -> list[Mark]:
    return [Mark(m.x, m.y, m.size, 0, m.text, m.ink) for m in ring("示例市市场监督管理局章")]


MARKS = {
    **{f"tiles at {angle}": tiles(angle) for angle in (30, 45, 60, -30)},
    **{f"letters at {angle}": apart(watermark(angle)) for angle in (30, 45, 60)},
    **{f"steps at {angle}": apart(watermark(angle), upright=True) for angle in (20, 30, 45, 60)},
    "steps down": apart(watermark(-40), upright=True),
    "level tiles": tiles(0, size=14),
    "level tiles of letters": apart(tiles(0, size=14), spacing=1.0),
    "level and large": [Mark(100, 450, 60, 0, "样张请勿外传")],
    "seal of upright letters": upright_ring(),
    **{f"{angle} degrees": watermark(angle) for angle in (10, 30, 45, 60, 90, 135, -45, -90, 180)},
    "seal": seal(),
    "seal with an even number": list(ring("示例市市场监督管理局")),
    "seal and watermark": seal() + watermark(30),
    "one word a turn": [Mark(100, 300 + 90 * i, 30, 15 + 40 * i, "样张") for i in range(4)],
}


def pdf(marks: list[Mark], *, first: bool, sheets: list[Sheet] | None = None) -> bytes:
    """The directive, or other sheets, with the marks on every page, drawn before or after its
    text."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
    for sheet in sheets or directive():
        if first:
            _mark(canvas, marks)
        draw(canvas, sheet)
        if not first:
            _mark(canvas, marks)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _mark(canvas: Canvas, marks: list[Mark]) -> None:
    for mark in marks:
        canvas.saveState()
        canvas.setFillColorRGB(*mark.ink)
        canvas.setFont("STSong-Light", mark.size)
        canvas.translate(mark.x, HEIGHT - mark.y)
        canvas.rotate(mark.angle)
        canvas.drawString(0, 0, mark.text)
        canvas.restoreState()


def ofd(marks: list[Mark], *, first: bool) -> bytes:
    parts = print_ofd.parts(directive())
    drawn = "".join(map(_object, marks))
    for name, page in parts.items():
        if "/Pages/" in name:
            assert isinstance(page, str)
            start, tag, rest = page.partition("<ofd:PageBlock ID='4'>")
            head, end, foot = rest.partition("</ofd:PageBlock>")
            inside = drawn + head if first else head + drawn
            parts[name] = start + tag + inside + end + foot
    return print_ofd.package(parts)


def _object(mark: Mark) -> str:
    a, b = math.cos(math.radians(mark.angle)), -math.sin(math.radians(mark.angle))
    ink = " ".join(str(round(255 * part)) for part in mark.ink)
    steps = f' DeltaX="g {len(mark.text) - 1} {mark.size * MM:.3f}"' if mark.text[1:] else ""
    return (
        f'<ofd:TextObject ID="9" Boundary="{mark.x * MM:.3f} {mark.y * MM:.3f} 90 90" Font="1"'
        f' CTM="{a:.5f} {b:.5f} {-b:.5f} {a:.5f} 0 0" Size="{mark.size * MM:.3f}">'
        f'<ofd:FillColor Value="{ink}"/><ofd:TextCode X="0" Y="0"{steps}>{mark.text}'
        "</ofd:TextCode></ofd:TextObject>"
    )


@pytest.mark.parametrize("first", [True, False], ids=["below", "above"])
@pytest.mark.parametrize("name", MARKS)
@pytest.mark.parametrize(
    ("write", "text_of"), [(pdf, PdfReader().read), (ofd, OfdReader().read)], ids=["pdf", "ofd"]
)
def test_directive_reads_as_without_it(
    write: Callable[..., bytes], text_of: Callable[[bytes], str], name: str, first: bool
) -> None:
    text = text_of(write(MARKS[name], first=first))

    assert said(read(text)) == said(read(DIRECTIVE))


def test_text_of_a_crooked_scan_is_read() -> None:
    marks = [Mark(100.0, 100.0 + 30 * i, 16, 1.5, f"第{i}行文字") for i in range(3)]

    assert "第1行文字" in PdfReader().read(pdf(marks, first=False, sheets=[Sheet()]))


def test_red_head_is_no_seal() -> None:
    head = Mark(150.0, 90.0, 30, 0, "示例市市场监督管理局文件", RED)

    assert "示例市市场监督管理局文件" in PdfReader().read(pdf([head, *seal()], first=True))


def test_pale_or_repeated_words_of_the_text_are_read() -> None:
    cells = [Mark(90, 200 + 30.0 * i, 16, 0, "示例市", (0, 0, 0)) for i in range(4)]
    grey = [Mark(90, 400, 16, 0, "此件公开发布", GREY), Mark(90, 440, 16, 0, "浅色的说明", GREY)]
    dark = [Mark(90, 500, 16, 0, "深色的正文", (0, 0, 0))]

    text = PdfReader().read(pdf([*cells, *grey, *dark], first=True, sheets=[Sheet()]))

    assert text.count("示例市") == 4
    assert "此件公开发布" in text
    assert "浅色的说明" in text


def test_page_that_is_printed_pale_throughout_is_read() -> None:
    lines = [Mark(90, 200 + 30.0 * i, 16, 0, "浅色的说明", GREY) for i in range(4)]

    assert PdfReader().read(pdf(lines, first=True, sheets=[Sheet()])).count("浅色的说明") == 4
