"""The Word file of a summary, read back as WPS would."""

import io
from datetime import date

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.documents import paper
from reports.documents.summary import Imprint, heading_of, write_summary
from reports.schemas.definition.outlines import OutlineDefinition, Section

pytestmark = pytest.mark.once
OUTLINE = OutlineDefinition(
    title="质量工作总结提纲",
    sections=(Section("s1", "一", "学习情况"), Section("s2", "二", "出台文件情况")),
)
CONTENT = {"sections": {"s1": "学习3次。\n\n覆盖市县两级\x07。", "s2": ""}}


def written(on: date | None = date(2026, 12, 1)):
    return Document(
        io.BytesIO(write_summary(OUTLINE, CONTENT, Imprint("浙江省市场监督管理局", on)))
    )


def test_summary_has_title_sections_signature_and_date_in_order():
    texts = [paragraph.text for paragraph in written().paragraphs]

    assert texts == [
        "浙江省市场监督管理局\n质量工作总结",
        "一、学习情况",
        "学习3次。",
        "覆盖市县两级。",
        "二、出台文件情况",
        "（未填写）",
        "",
        "浙江省市场监督管理局",
        "2026年12月1日",
    ]


def test_draft_has_no_date():
    assert written(on=None).paragraphs[-1].text == "浙江省市场监督管理局"


def test_page_and_faces_are_those_of_an_official_document():
    document = written()
    section = document.sections[0]
    title, heading, text = document.paragraphs[:3]

    assert [round(side / Mm(1)) for side in (section.page_width, section.page_height)] == [210, 297]
    assert round((section.page_width - section.left_margin - section.right_margin) / Mm(1)) == 156
    assert [p.runs[0].font.size for p in (title, heading, text)] == [Pt(22), Pt(16), Pt(16)]
    faces = [p.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia")) for p in (title, heading, text)]
    assert faces == ["方正小标宋简体", "黑体", "仿宋"]
    assert text.paragraph_format.first_line_indent == Pt(32)


def test_page_number_is_a_field_between_dashes_on_both_sides_of_the_leaf():
    section = written().sections[0]

    for footer in (section.footer, section.even_page_footer):
        xml = footer._element.xml
        assert "PAGE" in xml
        assert footer.paragraphs[0].text == "—  —"


def test_title_loses_the_word_outline_but_never_everything():
    assert heading_of(OUTLINE) == "质量工作总结"
    assert heading_of(OutlineDefinition(title="提纲", sections=OUTLINE.sections)) == "提纲"


def test_heading_of_the_second_level_is_in_its_own_face_and_what_follows_is_not():
    content = {
        "sections": {"s1": "（一）注重宣传对象。面向机关和企业。\n（二）加强组织", "s2": "无"}
    }
    data = write_summary(OUTLINE, content, Imprint("浙江省市场监督管理局"))
    paragraphs = Document(io.BytesIO(data)).paragraphs

    run_in, alone = paragraphs[2:4]
    assert [(run.text, face(run)) for run in run_in.runs] == [
        ("（一）注重宣传对象。", "楷体"),
        ("面向机关和企业。", "仿宋"),
    ]
    assert [(run.text, face(run)) for run in alone.runs] == [("（二）加强组织", "楷体")]
    assert paragraphs[5].text == "无"  # said on purpose, unlike what is not filled in


def test_signature_and_date_are_centred_in_one_box_that_leaves_the_date_four_characters():
    name, day = written().paragraphs[-2:]

    # seven digits of half of 16 points and three characters, with 64 points on either side
    for line in (name, day):
        assert line.alignment == WD_ALIGN_PARAGRAPH.CENTER
        assert line.paragraph_format.right_indent is None
        box = Mm(156).pt - line.paragraph_format.left_indent.pt
        assert round(box) == 7 * 8 + 3 * 16 + 2 * 64


def test_name_that_is_longer_than_the_box_keeps_to_one_line():
    document = paper.new_document("")

    name, day = paper.add_signature(document, "示" * 20, "2026年3月2日")

    assert name.paragraph_format.left_indent == day.paragraph_format.left_indent
    assert Mm(156).pt - name.paragraph_format.left_indent.pt > 20 * 16


def face(run) -> str:
    return run._element.rPr.rFonts.get(qn("w:eastAsia"))
