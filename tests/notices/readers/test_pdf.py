"""Text PDF: the same reading as the plain text; scans, damage and hostile files are refused."""

import re
import shutil
import subprocess
import zlib
from pathlib import Path

import pytest
from PIL import Image

from notices.readers import confined
from notices.readers.base import UnreadableDocument
from notices.readers.layout.printed_text import UNREAD
from notices.readers.pdf.document import PdfReader
from notices.readers.registry import read_document
from notices.readers.scanned import ScannedDocument
from notices.text.reading import read
from tests.notices.made_files import DIRECTIVE, said, web_body
from tests.notices.print_pdf import pdf
from tests.notices.printed import RUNNING_HEAD, Sheet, directive

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def file() -> bytes:
    return pdf(directive())


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as refused:
        PdfReader().read(data)
    assert "请" in refused.value.message_zh
    return refused.value.message_zh


def test_directive_reads_as_its_plain_text(file: bytes) -> None:
    assert said(read(read_document("通知.PDF", file))) == said(read(DIRECTIVE))


def test_directive_broken_over_many_pages_reads_the_same(file: bytes) -> None:
    short = pdf(directive(per_page=9))

    assert PdfReader().read(short) == PdfReader().read(file)


def test_page_furniture_is_dropped(file: bytes) -> None:
    text = PdfReader().read(file)

    assert RUNNING_HEAD not in text
    assert not re.search(r"— \d+ —", text)


def test_table_keeps_its_merged_header_and_its_words_stand_once(file: bytes) -> None:
    text = PdfReader().read(file)

    rows = [line for line in text.split("\n") if "\t" in line]
    assert rows == [line for line in DIRECTIVE.split("\n") if "\t" in line]
    assert text.count("好的经验和做法") == 1


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice (libreoffice-writer-nogui)")
def test_file_of_a_word_processor_reads_the_same(tmp_path: Path) -> None:
    style = "<style>@page{size:A4} p{font-size:16pt;text-align:justify;margin:0}</style>"
    (tmp_path / "a.html").write_text(f"<meta charset=utf-8>{style}{web_body(DIRECTIVE)}", "utf-8")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for target, source in (("odt", "a.html"), ("pdf", "a.odt")):
        filters = ["--infilter=HTML (StarWriter)"] if target == "odt" else []
        subprocess.run(
            ["soffice", profile, "--headless", *filters, "--convert-to", target, source],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            timeout=120,
        )

    text = PdfReader().read((tmp_path / "a.pdf").read_bytes())
    assert said(read(text)) == said(read(DIRECTIVE))


def scanned_page() -> Image.Image:
    return Image.new("L", (300, 424), 255)


def test_scan_is_told_from_an_empty_file() -> None:
    with pytest.raises(ScannedDocument) as refused:
        PdfReader().read(pdf([Sheet(picture=scanned_page())]))

    assert "扫描件" in refused.value.message_zh
    assert "没有可以读取的文字" in refusal(pdf([Sheet()]))


def test_single_scanned_page_is_named_and_not_passed_over() -> None:
    mixed = pdf([directive()[0], Sheet(picture=scanned_page())])

    with pytest.raises(ScannedDocument) as refused:
        PdfReader().read(mixed)

    assert "第 2 页" in refused.value.message_zh


@pytest.mark.parametrize("at", [1, 2, 4])
@pytest.mark.parametrize("pictures", [1, 2])
def test_picture_behind_text_is_named_where_nothing_recognises_it(at: int, pictures: int) -> None:
    sheets = directive()
    scans = [Sheet(picture=scanned_page()) for _ in range(pictures)]

    text = PdfReader().read(pdf([*sheets[:at], *scans, *sheets[at:]]), names_pictures=True)

    assert [int(number) for number in UNREAD.findall(text)] == [at + 1, at + 2][:pictures]
    assert read(text).title == read(DIRECTIVE).title
    assert read(text).doc_number == read(DIRECTIVE).doc_number


def test_number_and_running_head_over_a_picture_make_no_text_of_it() -> None:
    """As an office system stamps them on each page that it hands out."""
    sheets = directive()
    stamped = Sheet(picture=scanned_page(), texts=sheets[2].texts[:2])
    file = pdf([*sheets[:2], stamped])

    with pytest.raises(ScannedDocument, match="第 3 页"):
        PdfReader().read(file)
    text = PdfReader().read(file, names_pictures=True)

    assert UNREAD.findall(text) == ["3"]
    assert RUNNING_HEAD not in text


def test_scan_is_a_scan_though_pictures_may_be_named() -> None:
    for sheets in ([], directive()):
        file = pdf([Sheet(picture=scanned_page()), *sheets])
        with pytest.raises(ScannedDocument):
            PdfReader().read(file, names_pictures=True)


def test_password_is_named(file: bytes) -> None:
    assert "密码" in refusal(pdf([Sheet()], password="用户口令"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n", "不完整"),
        (b"%PDF", "不完整"),
        (b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF", "损坏|没有"),
        (b"PK\x03\x04" + b"\x00" * 60, "压缩包"),
        ("各单位：请报送".encode(), "其他格式"),
        (b"<html><body>", "网页"),
    ],
)
def test_other_content_says_what_it_is(data: bytes, words: str) -> None:
    assert re.search(words, refusal(data))


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6, 0.9, 0.99])
def test_truncated_file_is_refused_even_where_some_pages_are_whole(
    file: bytes, share: float
) -> None:
    assert "不完整" in refusal(file[: int(share * len(file))])


def one_stream(content: bytes) -> bytes:
    """A PDF of one page with this packed content stream, without a table of places."""
    head = (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n"
        f"4 0 obj<</Length {len(content)}/Filter/FlateDecode>>stream\n"
    )
    return head.encode() + content + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def test_stream_that_unpacks_to_gigabytes_is_refused() -> None:
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(bytes(1 << 24)) for _ in range(64)) + packer.flush()

    assert "时间或内存" in refusal(one_stream(packed))


def test_page_that_draws_without_end_is_refused() -> None:
    strokes = zlib.compress(b"0 0 m 9 9 l S " * 3_000_000, 1)

    assert "时间或内存" in refusal(one_stream(strokes))


def test_hundreds_of_pages_are_refused() -> None:
    assert "300 页" in refusal(pdf([Sheet()] * 301))


def test_page_tree_that_contains_itself_is_refused() -> None:
    looped = one_stream(zlib.compress(b" ")).replace(b"Kids[3 0 R]", b"Kids[2 0 R]")

    assert refusal(looped)


def test_font_without_meaning_is_refused_as_garbled() -> None:
    # The font says of its codes neither which letters they are nor in which set they are listed.
    nameless = pdf(directive()).replace(b"(GB1)", b"(XYZ)")

    assert "乱码" in refusal(nameless)


def test_crash_of_the_child_becomes_the_named_error() -> None:
    with pytest.raises(UnreadableDocument) as refused:
        confined.run("notices.readers.no_such_module", b"", seconds=10)

    assert "损坏" in refused.value.message_zh
