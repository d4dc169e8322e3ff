"""A 密级 anywhere in a file of any format stops it; look-alikes at the same places do not."""

import pytest

from notices.readers.base import UnreadableDocument
from notices.readers.bundle.document import read_files
from notices.readers.bundle.marked import refuse_marked_file
from notices.text.page.secrecy import ClassifiedDocument
from tests.notices import secret_files as made

MARKS = (
    "机密★3年",
    "机密·3年",
    "【机密】",
    "秘密（一年）",
    "绝密",
    "机密级",
    "密级：机密",
    "秘密 ★ 1年",
)
ALIKE = ("保守国家秘密", "商业秘密", "绝密飞行", "秘密投票", "严禁传递涉密信息", "机密性")
PLACES = [
    *(("docx", place) for place in made.DOCX_PLACES),
    *(("xlsx", place) for place in made.XLSX_PLACES),
    *(("pdf", place) for place in made.PDF_PLACES),
    *(("ofd", place) for place in made.OFD_PLACES),
    *(("html", place) for place in made.HTML_PLACES),
]


def _ways(kind: str, places: list[tuple[str, str]], words: tuple[str, ...], step: int):
    """Every place with some of the words in turn, so that each meets most places."""
    return [
        pytest.param(ending, place, words[(at + i) % len(words)], id=f"{kind}-{at}-{i}")
        for at, (ending, place) in enumerate(places)
        for i in range(step)
    ]


@pytest.mark.parametrize(("ending", "place", "mark"), _ways("mark", PLACES, MARKS, 5))
def test_marked_file_is_refused(ending, place, mark):
    data = getattr(made, ending)(place, mark)

    with pytest.raises(ClassifiedDocument) as refusal:
        read_files([(f"通知.{ending}", data)])

    assert "涉密渠道" in refusal.value.message_zh


@pytest.mark.parametrize(("ending", "place", "word"), _ways("open", PLACES, ALIKE, 3))
def test_file_with_a_look_alike_is_read(ending, place, word):
    data = getattr(made, ending)(place, word)

    assert "示例" in read_files([(f"通知.{ending}", data)])


@pytest.mark.parametrize("mark", MARKS)
def test_second_part_of_a_web_archive_is_looked_at(mark):
    with pytest.raises(ClassifiedDocument):
        read_files([("通知.mhtml", made.mhtml(mark))])
    assert "示例" in read_files([("通知.mhtml", made.mhtml("商业秘密"))])


@pytest.mark.parametrize("mark", MARKS)
def test_header_of_a_rich_text_is_looked_at(mark):
    with pytest.raises(ClassifiedDocument):
        read_files([("通知.doc", made.rtf(mark))])


@pytest.mark.parametrize("ending", ["doc", "wps", "xls"])
@pytest.mark.parametrize("mark", MARKS)
def test_streams_of_an_old_file_are_looked_at(mark, ending):
    with pytest.raises(ClassifiedDocument):
        read_files([(f"通知.{ending}", made.old(mark, xls=ending == "xls"))])
    with pytest.raises(UnreadableDocument):  # it is no real one; but nothing secret was found
        read_files([(f"通知.{ending}", made.old("商业秘密", xls=ending == "xls"))])


@pytest.mark.parametrize(
    "name",
    [
        "机密★3年 通知.docx",
        "【机密】通知.docx",
        "机密/通知.docx",
        "通知_机密.docx",
        "秘密-通知.docx",
    ],
)
def test_names_are_looked_at(name):
    with pytest.raises(ClassifiedDocument, match="文件名"):
        read_files([("文件.zip", made.zipped({name: made.docx("body", "示例")}))])


@pytest.mark.parametrize(
    "name",
    ["保守国家秘密法.docx", "商业秘密/通知.docx", "绝密飞行.docx", "关于商业秘密保护的通知.docx"],
)
def test_names_that_are_look_alikes_are_open(name):
    packed = made.zipped({name: made.docx("body", "示例")})

    assert "示例" in read_files([("文件.zip", packed)])


def test_attachment_of_several_files_is_looked_at():
    files = [
        ("通知.docx", made.docx("body", "示例")),
        ("附件1.xlsx", made.xlsx("header", "机密★3年")),
    ]

    with pytest.raises(ClassifiedDocument):
        read_files(files)


@pytest.mark.parametrize(("ending", "place"), PLACES[: -len(made.HTML_PLACES)])
def test_kept_file_is_looked_at_by_its_content(ending, place):
    make = getattr(made, ending)

    with pytest.raises(ClassifiedDocument):
        refuse_marked_file("材料.jpg", make(place, "机密★3年"))
    refuse_marked_file("材料.jpg", make(place, "商业秘密"))


def test_what_cannot_be_read_is_not_called_secret():
    refuse_marked_file("照片.jpg", b"\xff\xd8\xff" + b"0" * 40)
    refuse_marked_file("坏.docx", b"PK\x03\x04" + b"0" * 40)
    with pytest.raises(ClassifiedDocument):
        refuse_marked_file("机密★3年.jpg", b"\xff\xd8\xff")
