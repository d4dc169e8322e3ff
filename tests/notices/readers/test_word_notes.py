"""Footnotes and endnotes of Word documents are read where they belong."""

import datetime

import pytest

from notices.readers.registry import read_document
from notices.text.deadlines.rules import FixedDeadline
from notices.text.reading import Reading, read
from tests.notices.made_files import word_file, word_paragraph, word_part

HEAD = (
    "示例省市场监督管理局文件",
    "示市监质〔2026〕7号",
    "示例省市场监督管理局关于报送2026年上半年产品质量安全监管情况的通知",
    "各市、州市场监督管理局：",
    "为掌握全省产品质量安全监管情况，现就有关事项通知如下：",
)
FOOT = ("示例省市场监督管理局", "2026年6月1日")
DAY = datetime.date(2026, 7, 15)


def referring(*pieces: str, kind: str = "footnote") -> str:
    """A paragraph; a piece that is a number is the reference to that note."""
    runs = (
        f'<w:r><w:{kind}Reference w:id="{piece}"/></w:r>'
        if piece.isdecimal()
        else f'<w:r><w:t xml:space="preserve">{piece}</w:t></w:r>'
        for piece in pieces
    )
    return f"<w:p>{''.join(runs)}</w:p>"


def notes(kind: str = "footnote", **texts: str) -> str:
    """The part of the notes: `n2="…"` is the note with id 2."""
    usual = f'<w:{kind} w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    own = (
        f'<w:{kind} w:id="{name[1:]}"><w:p><w:r><w:{kind}Ref/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:{kind}>'
        for name, text in texts.items()
    )
    return word_part(f"{kind}s", usual + "".join(own))


def text_of(body: str, **parts: str) -> str:
    around = ["".join(map(word_paragraph, lines)) for lines in (HEAD, FOOT)]
    return read_document("通知.docx", word_file(body.join(around), **parts))


def days(reading: Reading) -> set[datetime.date]:
    rules = (one.deadline for one in reading.obligations)
    return {rule.day for rule in rules if isinstance(rule, FixedDeadline)}


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
@pytest.mark.parametrize(
    ("pieces", "note"),
    [
        (("二、请各市局按期", "2", "将情况表报送省局。"), "报送截止时间为2026年7月15日。"),
        (("二、请各市局将情况表报送省局", "2", "。"), "截止时间：2026年7月15日"),
        (("二、请各市局将情况表报送省局。", "2"), "报送截止时间为2026年7月15日。"),
        (("二、请各市局", "2", "将情况表报送省局；逾期通报。"), "报送时限为2026年7月15日。"),
        (("二、请各市局按时将情况表报送省局", "2", "。"), "截至2026年7月15日。"),
    ],
)
def test_deadline_in_a_note(kind: str, pieces: tuple[str, ...], note: str) -> None:
    text = text_of(referring(*pieces, kind=kind), **{f"{kind}s": notes(kind, n2=note)})

    assert days(read(text)) == {DAY}


def test_several_notes_stand_behind_their_own_sentences() -> None:
    text = text_of(
        referring("一、甲", "1", "项。二、乙", "2", "项。", "3"),
        footnotes=notes(n1="注甲。", n2="注乙", n3="注丙"),
    )

    assert "一、甲项（注甲）。二、乙项（注乙）（注丙）。\n" in text


def test_note_of_a_title_becomes_a_line_of_its_own() -> None:
    body = "".join(map(word_paragraph, HEAD[:2])) + referring(HEAD[2], "1")
    body += "".join(map(word_paragraph, (*HEAD[3:], "一、请于2026年7月15日前报送情况表。", *FOOT)))
    text = read_document("通知.docx", word_file(body, footnotes=notes(n1="本通知所称情况含网售。")))

    assert "（本通知所称情况含网售。）\n各市" in text
    assert read(text).title == HEAD[2]
    assert read(text).recipients_text == "各市、州市场监督管理局"
    assert days(read(text)) == {DAY}


def test_note_of_an_addressee_leaves_the_addressees_whole() -> None:
    body = "".join(map(word_paragraph, HEAD[:3])) + referring("各市、州市场监督管理局", "1", "：")
    body += "".join(map(word_paragraph, (*HEAD[4:], "一、请于2026年7月15日前报送情况表。", *FOOT)))
    text = read_document("通知.docx", word_file(body, footnotes=notes(n1="含示例新区局。")))

    assert "（含示例新区局。）" in text
    assert read(text).recipients_text == "各市、州市场监督管理局"


def test_note_in_a_cell_stays_in_the_cell() -> None:
    cell = referring("数量", "1")
    table = f"<w:tbl><w:tr><w:tc>{word_paragraph('序号')}</w:tc><w:tc>{cell}</w:tc></w:tr></w:tbl>"

    assert "序号\t数量 （单位为家）\n" in text_of(table, footnotes=notes(n1="单位为家"))


def test_note_that_was_deleted_or_has_no_words_is_not_read() -> None:
    deleted = '<w:p><w:del><w:r><w:footnoteReference w:id="1"/></w:r></w:del></w:p>'
    text = text_of(
        deleted + referring("一、甲项", "2", "。", "9"), footnotes=notes(n1="旧注", n2=" ")
    )

    assert "旧注" not in text
    assert "一、甲项。\n" in text


def test_long_note_does_not_part_the_sentence_from_its_deadline() -> None:
    note = "情况表由各科室分别填写。样表见附件。填写前先核对上年数据。"
    text = text_of(
        referring("二、请各市局", "1", "于2026年7月15日前将情况表报送省局。"),
        footnotes=notes(n1=note),
    )

    assert note.rstrip("。") in text
    assert days(read(text)) == {DAY}


def test_note_that_refers_to_itself_ends() -> None:
    loop = word_part(
        "footnotes", f'<w:footnote w:id="1">{referring("自身", "1", "。")}</w:footnote>'
    )

    assert "甲项（自身）。" in text_of(referring("甲项", "1", "。"), footnotes=loop)
