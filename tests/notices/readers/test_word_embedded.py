"""Files that stand in a Word document as a part of its text (altChunk)."""

import quopri

import pytest

from notices.readers.base import UnreadableDocument
from notices.readers.registry import read_document
from notices.text.reading import read
from tests.notices.made_files import (
    DIRECTIVE,
    said,
    web_body,
    word_body,
    word_file,
    word_paragraph,
    word_part,
    zipped,
)

PAGE = f"<html><head><meta charset=utf-8></head><body>{web_body(DIRECTIVE)}</body></html>"


def holding(
    content: bytes | None, name: str = "afchunk.htm", body: str = "", mode: str = ""
) -> bytes:
    """A document whose body is the file, after `body`."""
    chunk = (
        '<w:altChunk xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        ' r:id="rId9"/>'
    )
    relations = (
        '<Relationships><Relationship Id="rId9" Type="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships/aFChunk" Target="{name}"{mode}/></Relationships>'
    )
    parts: dict[str, str | bytes] = {
        "word/document.xml": word_part("document", f"<w:body>{body}{chunk}</w:body>"),
        "word/_rels/document.xml.rels": relations,
    }
    if content is not None:
        parts[f"word/{name}"] = content
    return zipped(parts)


def archive(page: str) -> bytes:
    return (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable"
        b"\r\n\r\n" + quopri.encodestring(page.encode()) + b"\r\n--x--\r\n"
    )


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PAGE.encode(), "afchunk.htm"),
        (PAGE.encode(), "afchunk.xhtml"),
        (PAGE.replace("utf-8", "gb2312").encode("gb18030"), "afchunk.html"),
        (archive(PAGE), "afchunk.mht"),
        (word_file(word_body(DIRECTIVE)), "afchunk.docx"),
        (DIRECTIVE.encode(), "afchunk.txt"),
    ],
)
def test_directive_in_a_file_inside(content: bytes, name: str) -> None:
    text = read_document("通知.docx", holding(content, name))

    assert said(read(text)) == said(read(DIRECTIVE))


def test_stands_where_it_stands_and_nothing_of_it_is_taken_for_a_site() -> None:
    page = "<body><p>打印</p><div class=footer><p>B</p></div></body>".encode()

    text = read_document("通知.docx", holding(page, body=word_paragraph("通知")))

    assert text == "通知\n打印\nB"


@pytest.mark.parametrize(
    ("content", "mode"),
    [(None, ""), (None, ' TargetMode="External"'), (b"%PDF-1.7", ""), (b"\x89PNG\r\n\x1a\n", "")],
)
def test_what_cannot_be_read_is_named(content: bytes | None, mode: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"嵌入.*请在 Word 中打开，另存为新的 \.docx"):
        read_document("通知.docx", holding(content, mode=mode))


def test_document_inside_a_document_inside_a_document_is_refused() -> None:
    inner = holding(holding(PAGE.encode()), "a.docx")

    with pytest.raises(UnreadableDocument, match="嵌入"):
        read_document("通知.docx", inner)
