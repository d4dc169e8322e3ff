"""The paper of an official document: A4, its margins, type faces, paragraphs and page numbers.

Figures: GB/T 9704—2012, 版心 156 × 225 mm, 22 lines of 28 characters in 3号 (16 points).
"""

import io
import re
from dataclasses import dataclass

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as Align
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
TEXT_WIDTH = Mm(210) - LEFT - RIGHT
FOOTER = Mm(35 - 7 - 5)  # page numbers stand 7 mm below the text; their line takes about 5
TITLE_SIZE, TEXT_SIZE, PAGE_NUMBER_SIZE = Pt(22), Pt(16), Pt(14)
LINE = Pt(28.95)
INDENT = Pt(32)  # two characters of 3号
_SECOND_LEVEL = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")
_LONGEST_HEADING = 40  # characters
_IN_FROM_RIGHT = 4  # characters
MADE = "市场监管报送任务跟踪系统"


@dataclass(frozen=True, slots=True)
class Faces:
    """Type faces by name; no font files travel with the document."""

    title: str = "方正小标宋简体"
    heading: str = "黑体"
    subheading: str = "楷体"
    body: str = "仿宋"
    page_number: str = "宋体"


FACES = Faces()


def new_document(title: str) -> DocumentObject:
    """An empty document with page, body text and page numbers set up."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, MADE, ""
    section = document.sections[0]
    _set_page(section)
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, Align.RIGHT)
    _page_number(section.even_page_footer, Align.LEFT)
    normal = document.styles["Normal"]
    normal.font.size = TEXT_SIZE
    _name_face(normal.element.get_or_add_rPr(), FACES.body)
    _write_in_chinese(document)
    return document


def _write_in_chinese(document: DocumentObject) -> None:
    """Otherwise a machine takes the glyphs, and the place of 。, of another country."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _set_page(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.footer_distance = FOOTER


def begin_anew(document: DocumentObject) -> None:
    """What follows is a paper of its own: on a new page, which is counted as the first."""
    _count_from_one(document.add_section(WD_SECTION.NEW_PAGE)._sectPr)


def add_title(document: DocumentObject, text: str) -> Paragraph:
    """The title: 2号 小标宋, centred, one empty line after it."""
    paragraph = _paragraph(document, Align.CENTER)
    paragraph.paragraph_format.space_after = LINE
    write(paragraph, text, FACES.title, size=TITLE_SIZE)
    return paragraph


def add_centred(document: DocumentObject, text: str, face: str = FACES.body) -> Paragraph:
    paragraph = _paragraph(document, Align.CENTER)
    write(paragraph, text, face)
    return paragraph


def add_heading(document: DocumentObject, text: str) -> Paragraph:
    """一、 in 黑体, indented as the text is, never left alone at the foot of a page."""
    paragraph = _paragraph(document, indent=True)
    paragraph.paragraph_format.keep_with_next = True
    write(paragraph, text, FACES.heading)
    return paragraph


def add_text(document: DocumentObject, text: str, *, indent: bool = True) -> list[Paragraph]:
    """A paragraph for each line that is not empty; a heading （一） is in 楷体."""
    made = []
    for line in filter(None, map(str.strip, text.splitlines())):
        paragraph = _paragraph(document, Align.JUSTIFY, indent=indent)
        heading, rest = _subheading(line)
        if heading:
            write(paragraph, heading, FACES.subheading)
            paragraph.paragraph_format.keep_with_next = not rest
        if rest:
            write(paragraph, rest, FACES.body)
        made.append(paragraph)
    return made


def _subheading(line: str) -> tuple[str, str]:
    """（一）注重宣传对象。 and what follows on its line; a long first sentence is no heading."""
    if not _SECOND_LEVEL.match(line):
        return "", line
    end = line.find("。") + 1 or len(line)
    return (line[:end], line[end:]) if end <= _LONGEST_HEADING else ("", line)


def add_signature(document: DocumentObject, name: str, day: str = "") -> list[Paragraph]:
    """署名 and 成文日期: the day four characters in from the right edge, the name centred on it.

    One box for both, so that they stay centred where another face or 中西文间距 widens the figures.
    """
    room = TEXT_SIZE * _IN_FROM_RIGHT
    if not day:
        alone = _paragraph(document, Align.RIGHT)
        alone.paragraph_format.right_indent = room
        write(alone, name, FACES.body)
        return [alone]
    box = max(_width(day) + 2 * room, _width(name) + TEXT_SIZE)
    made = []
    for text in (name, day):
        paragraph = _paragraph(document, Align.CENTER)
        paragraph.paragraph_format.left_indent = max(TEXT_WIDTH - box, Pt(0))
        paragraph.paragraph_format.keep_with_next = text != day
        write(paragraph, text, FACES.body)
        made.append(paragraph)
    return made


def _width(text: str) -> int:
    """Of a line in the size of the text: digits and Latin letters take half a character."""
    halves = sum(1 if char.isascii() else 2 for char in text)
    return TEXT_SIZE * halves // 2


def add_blank(document: DocumentObject) -> Paragraph:
    return _paragraph(document)


def write(paragraph: Paragraph, text: str, face: str, *, size: Pt = TEXT_SIZE) -> Run:
    """A run of text in one face, for Chinese and Latin letters alike."""
    run = paragraph.add_run(printable(text))
    run.font.size = size
    _name_face(run._element.get_or_add_rPr(), face)
    return run


def printable(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(char for char in text if char in "\t\n" or char >= " ")


def to_bytes(document: DocumentObject) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _paragraph(
    document: DocumentObject, align: Align = Align.LEFT, *, indent: bool = False
) -> Paragraph:
    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.alignment = align
    layout.line_spacing = LINE
    layout.space_before = layout.space_after = Pt(0)
    if indent:
        layout.first_line_indent = INDENT
    return paragraph


def _page_number(footer: _Footer, align: Align) -> None:
    """— 1 — at the outer edge, one character in."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    layout = paragraph.paragraph_format
    layout.alignment = align
    if align == Align.RIGHT:
        layout.right_indent = PAGE_NUMBER_SIZE
    else:
        layout.left_indent = PAGE_NUMBER_SIZE
    write(paragraph, "— ", FACES.page_number, size=PAGE_NUMBER_SIZE)
    run = write(paragraph, "", FACES.page_number, size=PAGE_NUMBER_SIZE)
    for kind, instruction in (("begin", ""), ("", "PAGE"), ("end", "")):
        run._element.append(_field_part(kind, instruction))
    write(paragraph, " —", FACES.page_number, size=PAGE_NUMBER_SIZE)


# Ignored here and below: the elements of python-docx are untyped.
def _field_part(kind: str, instruction: str):  # type: ignore[no-untyped-def]
    if instruction:
        part = OxmlElement("w:instrText")
        part.text = instruction
        return part
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    return part


def _name_face(properties, face: str) -> None:  # type: ignore[no-untyped-def]
    fonts = properties.get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), face)


def _count_from_one(properties) -> None:  # type: ignore[no-untyped-def]
    count = OxmlElement("w:pgNumType")
    count.set(qn("w:start"), "1")
    properties.insert_element_before(count, "w:cols", "w:docGrid")
