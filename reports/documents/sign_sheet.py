"""审签单 of a report as a Word document: what is handed in, and who said what on its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from docx.document import Document as DocumentObject
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.shared import Mm, Pt
from docx.table import _Cell

from reports.documents import paper

TITLE = "报送审签单"
WIDTHS = (Mm(30), Mm(126))
SIZE = Pt(14)
BLANK = "\n签名：　　　　　　　　　　年　　月　　日"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One step: 填报, 审核, 签发, 核收; by whom, when (the office's zone) and with what opinion."""

    step: str
    who: str
    at: datetime
    opinion: str


@dataclass(frozen=True, slots=True)
class SignSheet:
    """``facts``: (label, text) of what is handed in; ``missing``: steps still to be signed."""

    bureau: str
    facts: Sequence[tuple[str, str]]
    verdicts: Sequence[Verdict]
    missing: Sequence[str] = ()


def write_sign_sheet(sheet: SignSheet) -> bytes:
    """A table of two columns; steps that are to come have room for a hand."""
    document = paper.new_document(TITLE)
    paper.add_title(document, TITLE)
    rows = list(sheet.facts)
    rows += [(f"{each.step}意见", _said(each)) for each in sheet.verdicts]
    rows += [(f"{step}意见", BLANK) for step in sheet.missing]
    _write_table(document, [("单位", sheet.bureau), *rows])
    return paper.to_bytes(document)


def _said(verdict: Verdict) -> str:
    at = verdict.at
    when = f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02d}分"
    return f"{verdict.opinion}\n{verdict.who}　{when}"


def _write_table(document: DocumentObject, rows: Sequence[tuple[str, str]]) -> None:
    table = document.add_table(rows=len(rows), cols=2, style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width  # LibreOffice goes by the grid, Word by the cells
    for row, texts in zip(table.rows, rows, strict=True):
        faces = (paper.FACES.heading, paper.FACES.body)
        for cell, width, text, face in zip(row.cells, WIDTHS, texts, faces, strict=True):
            cell.width = width
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            _write_cell(cell, text, face)


def _write_cell(cell: _Cell, text: str, face: str) -> None:
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if not number else cell.add_paragraph()
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
        paper.write(paragraph, line, face, size=SIZE)
