"""What a .docx shows beside its text: diagrams are read, pictures and files in it are named."""

import pytest

from notices.readers.base import UnreadableDocument
from notices.readers.word.document import WordReader
from tests.notices.made_files import word_file, word_paragraph, word_part, zipped

OPEN = "请于2026年7月15日前报送。"
LATER = "请于2026年8月20日前报送台账。"
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def named(kind: str) -> str:
    return f"〔此处的{kind}没有读入，请对照原件补录〕"


def in_run(inside: str) -> str:
    return f"<w:p><w:r>{inside}</w:r></w:p>"


def picture(wide: int, high: int, kind: str = "inline", more: str = "") -> str:
    return in_run(
        f'<w:drawing><wp:{kind} xmlns:wp="wp" {more}><wp:extent cx="{wide}" cy="{high}"/>'
        f'<a:graphic {_A}><a:blip {_R} r:embed="rId9"/></a:graphic></wp:{kind}></w:drawing>'
    )


def embedded(program: str) -> str:
    return in_run(f'<w:object><o:OLEObject xmlns:o="o" ProgID="{program}"/></w:object>')


def old_picture(size: str) -> str:
    return in_run(f'<w:pict><v:shape style="{size}"><v:imagedata/></v:shape></w:pict>')


CHART = in_run(f'<w:drawing><a:graphic {_A}><c:chart xmlns:c="c"/></a:graphic></w:drawing>')


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        (picture(5_400_000, 7_200_000), "图片"),
        (picture(5_400_000, 7_200_000, "anchor"), "图片"),
        (old_picture("width:415.5pt;height:587pt"), "图片"),
        (embedded("Excel.Sheet.12"), "嵌入文件"),
        (embedded("Package"), "嵌入文件"),
        (CHART, "图表"),
        ('<w:subDoc r:id="rId5" xmlns:r="r"/>', "子文档"),
        (f"<w:tbl><w:tr><w:tc>{embedded('Word.Document.12')}</w:tc></w:tr></w:tbl>", "嵌入文件"),
    ],
)
def test_what_is_not_read_is_named_at_its_place(inside: str, kind: str) -> None:
    text = WordReader().read(word_file(word_paragraph(OPEN) + inside + word_paragraph(LATER)))

    assert [line for line in text.split("\n") if line] == [OPEN, named(kind), LATER]


@pytest.mark.parametrize(
    "inside",
    [
        picture(1_500_000, 1_500_000),
        picture(5_400_000, 900_000),
        picture(5_400_000, 7_200_000, "anchor", 'behindDoc="1"'),
        old_picture("width:415pt;height:40pt"),
        embedded("Equation.DSMT4"),
    ],
)
def test_seals_logos_grounds_and_formulas_are_passed_over(inside: str) -> None:
    text = WordReader().read(word_file(word_paragraph(OPEN) + inside + word_paragraph(LATER)))

    assert [line for line in text.split("\n") if line] == [OPEN, LATER]


def test_document_that_holds_nothing_but_a_picture_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="可能只有图片"):
        WordReader().read(word_file(picture(5_400_000, 7_200_000)))


def diagram(data: str | None) -> list[str]:
    """The lines of a document with a diagram of that data part."""
    drawing = in_run(
        f'<w:drawing><a:graphic {_A}><dgm:relIds xmlns:dgm="d" {_R} r:dm="rId7"/></a:graphic>'
        "</w:drawing>"
    )
    body = f"<w:body>{word_paragraph(OPEN)}{drawing}</w:body>"
    relation = '<Relationship Id="rId7" Type="x/diagramData" Target="diagrams/data1.xml"/>'
    parts: dict[str, str | bytes] = {
        "word/document.xml": word_part("document", body),
        "word/_rels/document.xml.rels": f"<Relationships>{relation}</Relationships>",
    }
    if data is not None:
        model = f'<dgm:dataModel xmlns:dgm="d" {_A}>{data}</dgm:dataModel>'
        parts["word/diagrams/data1.xml"] = model
    return [line for line in WordReader().read(zipped(parts)).split("\n") if line]


def test_words_of_a_diagram_are_read() -> None:
    point = "<dgm:pt><dgm:t><a:p>{}</a:p></dgm:t></dgm:pt>"
    runs = "<a:r><a:t>请于2026年8月20日</a:t></a:r><a:r><a:t>前报送台账。</a:t></a:r>"
    points = [point.format(inside) for inside in ("<a:r><a:t>第一步</a:t></a:r>", "", runs)]

    assert diagram("".join(points)) == [OPEN, "第一步", LATER]


def test_diagram_without_words_is_named() -> None:
    assert diagram(None) == [OPEN, named("图形")]


@pytest.mark.parametrize(
    ("inside", "sign"),
    [("<w:checked/>", "☑"), ('<w:default w:val="1"/>', "☑"), ('<w:default w:val="0"/>', "□")],
)
def test_check_box_field(inside: str, sign: str) -> None:
    field = (
        "<w:p><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox>"
        f"{inside}</w:checkBox></w:ffData></w:fldChar></w:r>"
        "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t>国有</w:t></w:r></w:p>"
    )

    assert WordReader().read(word_file(field)) == f"{sign}国有"


def test_cell_deleted_with_track_changes_leaves_no_column() -> None:
    def row(*cells: str) -> str:
        gone = "<w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p/></w:tc>"
        first, second = (f"<w:tc>{word_paragraph(cell)}</w:tc>" for cell in cells)
        return f"<w:tr>{first}{gone}{second}</w:tr>"

    table = f"<w:tbl>{row('名称', '数量')}{row('甲', '1')}</w:tbl>"

    assert WordReader().read(word_file(table)) == "名称\t数量\n甲\t1"
