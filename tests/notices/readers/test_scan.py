"""Pictures of pages: recognised where the extra is installed, refused with advice where not."""

import io
from collections.abc import Callable

import pypdfium2
import pytest
from PIL import Image

from notices.readers import scanned
from notices.readers.base import UnreadableDocument
from notices.readers.pdf.document import PdfReader
from notices.readers.registry import read_document
from notices.readers.scan import document as scan
from notices.readers.scan.document import ScanReader, recognise
from notices.text.attachments.tables_and_outlines import AttachmentTable
from notices.text.reading import read
from tests.notices.made_files import DIRECTIVE
from tests.notices.print_pdf import pdf
from tests.notices.printed import Sheet, directive

pytestmark = pytest.mark.once
needs_ocr = pytest.mark.skipif(
    not scanned.can_recognise(), reason="the extra of requirements/ocr.in is not installed"
)


def picture(form: str, *, size: tuple[int, int] = (200, 100)) -> bytes:
    out = io.BytesIO()
    Image.new("L", size, 255).save(out, form)
    return out.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as refused:
        ScanReader().read(data)
    assert "请" in refused.value.message_zh
    return refused.value.message_zh


def test_without_the_extra_the_advice_says_what_to_upload(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanned, "find_spec", lambda name: None)

    message = refusal(picture("PNG"))

    assert "没有安装文字识别组件" in message
    assert "请联系本单位系统管理员" in message
    assert ".docx" in message
    assert "requirements" not in message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"GIF89a", "GIF"),
        ("文字".encode(), "其他格式"),
        (b"PK\x03\x04", "压缩包"),
    ],
)
def test_other_content_says_what_it_is(data: bytes, words: str) -> None:
    assert words in refusal(data)


@pytest.fixture(scope="module")
def pages() -> list[Image.Image]:
    """The first page and the page of the table, as a scanner at 200 dpi gives them."""
    document = pypdfium2.PdfDocument(pdf(directive()))
    found = [page.render(scale=200 / 72).to_pil().convert("L") for page in document]
    document.close()
    return [found[0], found[2]]


@needs_ocr
def test_scanned_pages_are_recognised_with_their_table(pages: list[Image.Image]) -> None:
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])

    reading = read(read_document("通知.tif", out.getvalue()))

    wanted = read(DIRECTIVE)
    assert (reading.doc_number, reading.title) == (wanted.doc_number, wanted.title)
    assert [(o.deliverable, o.deadline.as_json()["date"]) for o in reading.obligations[:2]] == [
        (o.deliverable, o.deadline.as_json()["date"]) for o in wanted.obligations[:2]
    ]
    (table,) = reading.attachment_bodies
    assert isinstance(table, AttachmentTable)
    assert table.header_rows == wanted.attachment_bodies[0].header_rows  # type: ignore[union-attr]


@needs_ocr
def test_scanned_pdf_is_recognised(pages: list[Image.Image]) -> None:
    text = recognise(pdf([Sheet(picture=pages[0])]))

    assert "国市监质发〔2023〕9号" in text
    assert "各单位请于2023年3月31日前" in text


@needs_ocr
def test_only_the_pages_that_are_pictures_are_recognised(pages: list[Image.Image]) -> None:
    """The last page of the directive as a scan behind its text: the text stays letter by letter."""
    sheets = directive()
    mixed = pdf([*sheets[:2], Sheet(picture=pages[1])])

    text = recognise(mixed)

    assert text.startswith(PdfReader().read(pdf(sheets[:2]))[:300])
    assert "填报单位" in text


@needs_ocr
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: picture("PNG"), "没有可以读取的文字"),
        (lambda: picture("JPEG"), "没有可以读取的文字"),
        (lambda: picture("PNG")[:60], "损坏"),
        (lambda: picture("JPEG")[:300], "损坏"),
        (lambda: picture("PNG", size=(20_000, 20_000)), "过大"),
    ],
    ids=["empty png", "empty jpeg", "cut png", "cut jpeg", "huge"],
)
def test_picture_without_text_or_damaged_is_refused(make: Callable[[], bytes], words: str) -> None:
    assert words in refusal(make())


@needs_ocr
def test_picture_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "_SECONDS", 0.01)

    assert "时间或内存" in refusal(picture("PNG"))
