"""Names of the parts of packages as strange writers spell them: one look-up for every format."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from notices.readers.bundle.document import read_files
from notices.readers.containers import open_zip, read_part, sniff
from notices.readers.registry import read_document
from notices.text.reading import read
from tests.notices import print_ofd
from tests.notices.made_files import DIRECTIVE, said, word_body, word_file
from tests.notices.printed import directive


def _backslashes(name: str) -> str:
    return name.replace("/", "\\")


def _leading(name: str) -> str:
    return f"/{name}"


def _dotted(name: str) -> str:
    return f"./{name}"


def _mixed(name: str) -> str:
    folder, slash, file = name.rpartition("/")
    return folder.title() + slash.replace("/", "\\") + file


SPELLINGS: tuple[Callable[[str], str], ...] = (_backslashes, str.upper, _leading, _dotted, _mixed)


def renamed(data: bytes, spell: Callable[[str], str]) -> bytes:
    """The package with every name written otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            written = zipfile.ZipInfo("x")
            written.filename = spell(entry.filename)
            target.writestr(written, source.read(entry))
    return out.getvalue()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in (["情况表"], ["序号", "旧栏目", "企业名称"], [1, "旧", "示例甲厂"]):
        book.active.append(row)
    book.active.column_dimensions["B"].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("spell", SPELLINGS)
def test_word_document(spell: Callable[[str], str]) -> None:
    data = renamed(word_file(word_body(DIRECTIVE)), spell)

    assert said(read(read_document("通知.docx", data))) == said(read(DIRECTIVE))


@pytest.mark.parametrize("spell", SPELLINGS)
def test_ofd(spell: Callable[[str], str]) -> None:
    data = renamed(print_ofd.ofd(directive()), spell)

    assert said(read(read_document("通知.ofd", data))) == said(read(DIRECTIVE))


@pytest.mark.parametrize("spell", [_backslashes, str.upper, _mixed])
def test_workbook_whose_hidden_column_stays_hidden(spell: Callable[[str], str]) -> None:
    text = read_document("表.xlsx", renamed(workbook(), spell))

    assert text == "情况表\n序号\t企业名称\n1\t示例甲厂"


@pytest.mark.parametrize("spell", SPELLINGS)
def test_format_is_told(spell: Callable[[str], str]) -> None:
    assert sniff(renamed(word_file(word_body("通知")), spell)) == "docx 文件"
    assert sniff(renamed(workbook(), spell)) == "xlsx 文件"


def test_macros_and_ranges_are_found_under_such_names() -> None:
    book = renamed(workbook(), _backslashes)
    with open_zip(book) as archive:
        assert read_part(archive, "xl/worksheets/sheet1.xml")
        assert archive.part("xl/nothing.xml") is None


def test_zip_of_files_in_folders() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("通知\\正文.txt", DIRECTIVE)

    assert read(read_files([("通知.zip", out.getvalue())])).doc_number == read(DIRECTIVE).doc_number
