"""Proposes a form from an .xlsx that holds it blank; a person checks it, as one from a notice."""

import re
from dataclasses import replace

from reports.schemas.definition.choices import Choice
from reports.schemas.definition.fields import Field, Imprint
from reports.schemas.definition.json_fields import DefinitionError
from reports.schemas.definition.kinds import FieldKind
from reports.schemas.proposing.checks import column_checks
from reports.schemas.proposing.fields import fields_of
from reports.schemas.proposing.proposals import Proposal, propose
from reports.workbooks.reading.form_sheet import FormSheet, form_sheet
from reports.workbooks.reading.raw import RawSheet, WorkbookRefused, read_sheets

WANTED = "表样的 .xlsx 文件"
_TICKED = re.compile(r"([^:：＿_□]+)[:：]\s*((?:□[^□\s:：]+\s*)+)")


def form_of(data: bytes, file_name: str) -> Proposal:
    """The form that the first sheet with a table shows.

    Raises WorkbookRefused for a hostile, old or other file, and where there is no table in it.
    """
    sheets = [sheet for sheet in read_sheets(data, file_name, wanted=WANTED) if _has_text(sheet)]
    if not sheets:
        raise WorkbookRefused("工作簿里没有文字。请上传画好表头的 .xlsx 文件。")
    read = form_sheet(sheets[0])
    try:
        proposal = propose(
            read.header,
            read.body,
            title=read.title,
            annex_no=read.annex_no,
            unit_line=read.fields,
        )
        return _completed(proposal, read, sheets)
    except DefinitionError as refused:
        raise WorkbookRefused(
            f"没有读出表头：{refused.reason.removesuffix('。')}。请检查表头是否在第一张工作表，或手工建表。"
        ) from refused


def _completed(proposal: Proposal, read: FormSheet, sheets: list[RawSheet]) -> Proposal:
    """What propose() does not know of: notes, 表号, fields that are ticked; more doubts."""
    definition = proposal.definition
    stated = column_checks(definition.columns, "\n".join((read.foot, *read.notes)))
    more = tuple(check for check in stated if check not in definition.checks)
    doubts = []
    if len(sheets) > 1:
        doubts.append(f"文件有{len(sheets)}张工作表，只读了第一张“{sheets[0].title}”。")
    if read.left_out:
        doubts.append(f"工作表里还有“{read.left_out}”，没有带入，请另建一张报表。")
    if not read.title:
        doubts.append("没有找到表名，请补上。")
    if read.has_formulas:
        doubts.append("表中的公式没有带入，请在栏目或行的设置中填写公式。")
    return Proposal(
        replace(
            definition,
            head_fields=_fields(read.fields, "h"),
            foot_fields=_fields(read.foot, "f"),
            checks=(*definition.checks, *more),
            notes=read.notes,
            imprint=Imprint(**read.imprint),
        ),
        (*proposal.doubts, *doubts),
    )


def _fields(line: str, prefix: str) -> tuple[Field, ...]:
    """A blank for each label; 填报主体：□市　□省 is a choice of two."""
    found = {
        label.strip(): tuple(map(Choice, re.findall(r"□([^□\s:：]+)", boxes)))
        for label, boxes in _TICKED.findall(line)
    }
    fields = fields_of(_TICKED.sub(r"\1：", line), prefix, is_form=True) if line else ()
    return tuple(
        replace(field, kind=FieldKind.CHOICE, choices=found[field.label])
        if found.get(field.label)
        else field
        for field in fields
    )


def _has_text(sheet: RawSheet) -> bool:
    return not sheet.is_hidden and any(cell.text.strip() for cell in sheet.cells.values())
