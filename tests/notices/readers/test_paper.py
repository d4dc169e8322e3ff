"""Pictures of pages: drawn apart, bounded, for what has pages; nothing for all else."""

import io

import pytest
from PIL import Image

from notices.readers.base import UnreadableDocument
from notices.readers.paper import document as paper
from notices.readers.paper.document import count_pages, page_picture
from tests.notices import secret_files
from tests.notices.made_files import zipped
from tests.notices.print_pdf import pdf
from tests.notices.printed import Sheet, directive

pytestmark = pytest.mark.once
PRINTED = pdf(directive())


def picture(form: str, *sizes: tuple[int, int], **options) -> bytes:
    """One page a size, the first black and the others white."""
    pages = [Image.new("L", size, 255 if i else 0) for i, size in enumerate(sizes)]
    out = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if pages[1:] else {}
    pages[0].save(out, form, **more, **options)
    return out.getvalue()


def drawn(data: bytes, number: int) -> Image.Image:
    return Image.open(io.BytesIO(page_picture(data, number)))


@pytest.mark.parametrize(
    ("data", "pages"),
    [
        (PRINTED, 4),
        (b"junk\n" + PRINTED, 4),
        (picture("PNG", (200, 100)), 1),
        (picture("JPEG", (200, 100)), 1),
        (picture("TIFF", (200, 100), (100, 200), (9, 9)), 3),
        (zipped({"通知.pdf": PRINTED, "a.txt": b"x", "附件/扫描.png": picture("PNG", (9, 9))}), 5),
        (zipped({"通知.txt": b"x"}), 0),
        (secret_files.docx("body", "示例"), 0),
        (secret_files.ofd("page", "示例"), 0),
        (b"words", 0),
        (b"", 0),
        (b"GIF89a" + bytes(30), 0),
    ],
)
def test_pages_are_counted(data, pages):
    assert count_pages(data) == pages


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 nothing",
        PRINTED[:400],
        pdf([Sheet()], password="用户口令"),
        picture("PNG", (200, 100))[:20],
        b"PK\x03\x04" + bytes(60),
        zipped({"内.rar": b"Rar!\x1a\x07"}),
    ],
    ids=["pdf", "cut pdf", "locked pdf", "cut png", "zip", "rar in zip"],
)
def test_what_is_damaged_or_locked_has_none(data):
    assert count_pages(data) == 0
    with pytest.raises(UnreadableDocument):
        page_picture(data, 1)


def test_page_is_drawn_in_its_own_shape():
    wide = drawn(picture("TIFF", (100, 200), (3000, 1500)), 2)

    assert wide.size == (1600, 800)
    assert wide.convert("L").getextrema() == (255, 255)
    assert drawn(PRINTED, 1).size == (1132, 1600)


def test_pages_of_a_zip_count_on():
    data = zipped({"通知.pdf": PRINTED, "扫描.png": picture("PNG", (300, 100))})

    assert drawn(data, 4).size == (1132, 1600)
    assert drawn(data, 5).size == (300, 100)


def test_photograph_stands_upright():
    turned = Image.Exif()
    turned[0x0112] = 6  # the camera was held upright

    assert drawn(picture("JPEG", (300, 100), exif=turned.tobytes()), 1).size == (100, 300)


def test_noisy_scan_in_colour_is_sent_as_jpeg():
    out = io.BytesIO()
    Image.effect_noise((1600, 1131), 80).convert("RGB").save(out, "PNG")

    found = page_picture(out.getvalue(), 1)

    assert found.startswith(b"\xff\xd8\xff")
    assert len(found) < len(out.getvalue())


@pytest.mark.parametrize("number", [0, 5, 999])
def test_page_beyond_the_last_is_refused(number):
    with pytest.raises(UnreadableDocument):
        page_picture(PRINTED, number)


def test_picture_of_too_many_pixels_is_counted_and_not_drawn():
    data = picture("PNG", (20_000, 20_000))

    with pytest.raises(UnreadableDocument):
        page_picture(data, 1)


def test_drawing_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(paper, "_SECONDS", 0.01)

    with pytest.raises(UnreadableDocument, match="时间或内存"):
        page_picture(PRINTED, 1)
