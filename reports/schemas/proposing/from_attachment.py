"""Proposes a form from a table or an outline that a notice carries; a person checks it."""

import re

from notices.text.attachments.tables_and_outlines import AttachmentOutline, AttachmentTable
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.outlines import OutlineDefinition, Section
from reports.schemas.proposing.header_tree import clean_label
from reports.schemas.proposing.proposals import Proposal, propose

_LOST_GRID = (
    "原文只剩各格的文字，表格线和空格没有保留下来，栏目、表头层次和行请对照原件逐一核对，"
    "或上传原件（Word、Excel、PDF 或网页）重新读取。"
)
_NUMBERED = re.compile(r"([一二三四五六七八九十]+)[、．.]\s*(.+)", re.DOTALL)


def table_definition(table: AttachmentTable) -> FormDefinition:
    """The form of a table; raises DefinitionError when its header holds no label."""
    return _proposal(table).definition


def doubts(table: AttachmentTable) -> list[str]:
    """What the person who checks the proposal should look at, in Chinese."""
    found = list(_proposal(table).doubts)
    return [_LOST_GRID, *found] if table.lost_grid else found


def outline_definition(outline: AttachmentOutline) -> OutlineDefinition:
    """The form of an outline; raises DefinitionError when it has no section."""
    sections = []
    for number, given in enumerate(outline.sections, start=1):
        heading = clean_label(given.heading)
        numbered = _NUMBERED.fullmatch(heading)
        no, text = (numbered[1], numbered[2]) if numbered else (_chinese(number), heading)
        sections.append(Section(f"s{number}", no, text, clean_label(given.hint)))
    return OutlineDefinition(
        title=clean_label(outline.title),
        annex_no=_annex_no(outline.number),
        sections=tuple(sections),
        closing_note=clean_label(outline.closing_note),
        max_chars=outline.max_chars,
    )


def _proposal(table: AttachmentTable) -> Proposal:
    return propose(
        table.header_rows,
        table.body_rows,
        title=table.title,
        annex_no=_annex_no(table.part_of or table.number),
        unit_line=table.unit_line or "",
        foot_line=table.foot_line or "",
        notes=table.notes,
    )


def _annex_no(number: int) -> str:
    return f"附件{number}" if number else ""


def _chinese(number: int) -> str:
    """1 to 99 in Chinese numerals, as sections are numbered."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{digits[tens]}十")
    return head + (digits[ones] if ones or not tens else "")
