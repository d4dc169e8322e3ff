"""Hidden text of a .docx is not read: hidden runs, styles, rows; what only seems so is."""

import pytest

from notices.readers.word.document import WordReader
from tests.notices.made_files import word_file, word_paragraph, word_part

HIDDEN = "请于2026年1月5日前报送作废的材料"
SHOWN = "请于2026年7月15日前报送。"


def run(properties: str, text: str = HIDDEN) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def read(inside: str, style: str = "") -> str:
    paragraph = f"<w:p><w:pPr>{style}</w:pPr>{inside}</w:p>"
    styles = word_part(
        "styles",
        '<w:style w:type="character" w:styleId="Hid"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Own"><w:basedOn w:val="Hid"/></w:style>'
        '<w:style w:type="character" w:styleId="Back"><w:basedOn w:val="Hid"/>'
        '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Par"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="character" w:styleId="B"><w:basedOn w:val="A"/></w:style>',
    )
    return WordReader().read(word_file(word_paragraph(SHOWN) + paragraph, styles=styles))


@pytest.mark.parametrize(
    ("inside", "style"),
    [
        (run("<w:vanish/>"), ""),
        (run('<w:vanish w:val="true"/>'), ""),
        (run('<w:vanish w:val="1"/>'), ""),
        (run('<w:rStyle w:val="Hid"/>'), ""),
        (run('<w:rStyle w:val="Own"/>'), ""),
        (run(""), '<w:pStyle w:val="Par"/>'),
        (f"<w:hyperlink>{run('<w:vanish/>')}</w:hyperlink>", ""),
    ],
)
def test_hidden_run_is_not_read(inside: str, style: str) -> None:
    assert read(inside, style).strip() == SHOWN


@pytest.mark.parametrize(
    ("inside", "style"),
    [
        (run('<w:vanish w:val="0"/>'), ""),
        (run('<w:vanish w:val="off"/>'), ""),
        (run('<w:rStyle w:val="Back"/>'), ""),
        (run('<w:rStyle w:val="Hid"/><w:vanish w:val="false"/>'), ""),
        (run('<w:vanish w:val="0"/>'), '<w:pStyle w:val="Par"/>'),
        (run('<w:rStyle w:val="A"/>'), ""),
        (run("<w:webHidden/>"), ""),
    ],
)
def test_run_that_is_shown_is_read(inside: str, style: str) -> None:
    assert HIDDEN in read(inside, style)


def test_hidden_row_of_a_table_is_not_read() -> None:
    def row(*cells: str, properties: str = "") -> str:
        inside = "".join(f"<w:tc>{word_paragraph(cell)}</w:tc>" for cell in cells)
        return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"

    hidden = row("1", HIDDEN, properties="<w:hidden/>")
    body = f"<w:tbl>{row('序号', '名称')}{hidden}{row('2', '示例')}</w:tbl>"

    assert WordReader().read(word_file(body)) == "序号\t名称\n2\t示例"


WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize("properties", [WHITE, '<w:sz w:val="2"/>', f'{WHITE}<w:sz w:val="32"/>'])
def test_run_without_ink_or_size_is_not_read(properties: str) -> None:
    assert read(run(properties)).strip() == SHOWN


@pytest.mark.parametrize(
    ("inside", "style"),
    [
        (run(f'{WHITE}<w:shd w:val="clear" w:fill="C00000"/>'), ""),
        (run(f'{WHITE}<w:highlight w:val="red"/>'), ""),
        (run(WHITE), '<w:shd w:val="clear" w:fill="C00000"/>'),
        (run('<w:sz w:val="10"/>'), ""),
        (run('<w:color w:val="FFFF00"/>'), ""),
    ],
)
def test_white_run_on_a_ground_is_read(inside: str, style: str) -> None:
    assert HIDDEN in read(inside, style)


@pytest.mark.parametrize(
    ("table", "cell"),
    [
        ("", '<w:shd w:val="clear" w:fill="1F4E79"/>'),
        ('<w:tblStyle w:val="GridTable4"/>', ""),
        ('<w:shd w:val="clear" w:fill="1F4E79"/>', ""),
    ],
)
def test_white_head_of_a_coloured_table_is_read(table: str, cell: str) -> None:
    paragraph = f"<w:p>{run(WHITE, '名称')}</w:p>"
    cells = f"<w:tc><w:tcPr>{cell}</w:tcPr>{paragraph}</w:tc>" * 2
    body = f"<w:tbl><w:tblPr>{table}</w:tblPr><w:tr>{cells}</w:tr></w:tbl>"

    assert WordReader().read(word_file(body)) == "名称\t名称"
