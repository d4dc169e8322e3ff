"""What a content control shows before it is filled in is no text of the document."""

import pytest

from notices.readers.registry import read_document
from tests.notices.made_files import word_file, word_paragraph

PROMPT = "单击或点击此处输入文字。"


def text_of(body: str) -> str:
    return read_document("通知.docx", word_file(word_paragraph("通知") + body))


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def control(content: str, mark: str = "<w:showingPlcHdr/>") -> str:
    return f"<w:sdt><w:sdtPr>{mark}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def test_in_a_sentence() -> None:
    assert text_of(f"<w:p>{run('报送省局')}{control(run(PROMPT))}{run('。')}</w:p>").endswith(
        "报送省局。"
    )


def test_around_paragraphs() -> None:
    assert PROMPT not in text_of(control(word_paragraph(PROMPT)) + word_paragraph("报送省局。"))


def test_inside_a_link_and_a_revision() -> None:
    inner = (
        f"<w:hyperlink>{control(run(PROMPT))}</w:hyperlink><w:ins>{control(run(PROMPT))}</w:ins>"
    )

    assert text_of(f"<w:p>{run('报送')}{inner}{run('省局。')}</w:p>").endswith("报送省局。")


@pytest.mark.parametrize("place", ["in cell", "around cell", "around row"])
def test_cells_keep_their_columns(place: str) -> None:
    prompt = f"<w:tc>{word_paragraph(PROMPT)}</w:tc>"
    if place == "in cell":
        prompt = f"<w:tc>{control(word_paragraph(PROMPT))}<w:p/></w:tc>"
    if place == "around cell":
        prompt = control(prompt)
    row = (
        f"<w:tr><w:tc>{word_paragraph('1')}</w:tc>{prompt}<w:tc>{word_paragraph('3')}</w:tc></w:tr>"
    )
    if place == "around row":
        row = control(row)
    head = "".join(f"<w:tc>{word_paragraph(name)}</w:tc>" for name in ("序号", "名称", "数量"))

    text = text_of(f"<w:tbl><w:tr>{head}</w:tr>{row}</w:tbl>")

    assert PROMPT not in text
    assert text.endswith(
        "序号\t名称\t数量" if place == "around row" else "序号\t名称\t数量\n1\t\t3"
    )


@pytest.mark.parametrize("mark", ['<w:showingPlcHdr w:val="0"/>', "<w:date/>", ""])
def test_what_was_filled_in_is_read(mark: str) -> None:
    assert text_of(f"<w:p>{run('于')}{control(run('7月15日'), mark)}{run('前')}</w:p>").endswith(
        "于7月15日前"
    )
