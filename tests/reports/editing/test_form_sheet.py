"""A blank form in the official layout is read back as the form it was; other files are refused."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from reports.schemas.content.content import blank
from reports.schemas.definition.checks import Check
from reports.schemas.definition.kinds import ColumnKind, FieldKind, Position, RowMode
from reports.workbooks.forms.table import write_table
from reports.workbooks.reading.form_sheet import form_sheet
from reports.workbooks.reading.proposed_form import form_of
from reports.workbooks.reading.raw import WorkbookRefused, read_sheets
from reports.workbooks.sheets.book import to_bytes
from tests.reports.damaged import stream
from tests.reports.tables import CASES, by_name


def official(definition, regions=None) -> bytes:
    content = blank(definition, regions=regions) if regions else None
    return to_bytes(write_table(definition, content, unit_name=""))


def drawn(*rows, merges=(), title="Sheet1") -> bytes:
    """A workbook as somebody draws it."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def said(field):
    return field.label


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_header_and_rows_of_every_real_table_are_read_from_its_sheet(case):
    asked = case.definition

    found = form_of(official(asked, case.regions), "表样.xlsx").definition

    assert found.header_grid() == asked.header_grid()
    assert [row.labels for row in found.rows] == [row.labels for row in asked.rows]
    assert (found.row_mode, found.title) == (asked.row_mode, asked.title)
    assert (found.total, found.unit_line) == (asked.total, asked.unit_line)
    assert (found.notes, found.imprint) == (asked.notes, asked.imprint)
    # the sheet names the unit even where the form does not
    own = [said(field) for field in asked.head_fields]
    assert [said(one) for one in found.head_fields if said(one) in own] == own
    assert [said(field) for field in found.foot_fields] == [
        said(field) for field in asked.foot_fields
    ]


def test_boxes_of_an_entry_form_are_read_with_their_widths():
    asked = CASES[11].definition

    found = form_of(official(asked), "表样.xlsx").definition

    shape = [[(box.label, bool(box.field), box.colspan) for box in row] for row in asked.layout]
    assert [
        [(box.label, bool(box.field), box.colspan) for box in row] for row in found.layout
    ] == shape
    assert found.layout[-1][1].closing == asked.layout[-1][1].closing


def test_form_drawn_by_hand_is_read_with_all_that_stands_around_it():
    data = drawn(
        ["附件3"],
        ["食品安全检查情况表"],
        ["表号：市监统3表"],
        ["填报单位（盖章）：", None, "填报主体：□市 □省", "单位：万元"],
        ["序号", "地区", "检查情况", None],
        [None, None, "检查数（家）①", "合格数（家）②"],
        [1, None, None, None],
        [2, None, None, None],
        ["合计", None, "=SUM(C7:C8)", None],
        ["审核人：", None, "联系电话："],
        ["注：逻辑关系 ①=②+②。"],
        merges=["A2:D2", "A5:A6", "B5:B6", "C5:D5", "A11:D11"],
    )

    proposal = form_of(data, "检查表.xlsx")
    found = proposal.definition

    assert (found.annex_no, found.title) == ("附件3", "食品安全检查情况表")
    assert (found.imprint.table_no, found.unit_line) == ("市监统3表", "单位：万元")
    assert [(one.label, one.kind) for one in found.head_fields] == [
        ("填报单位（盖章）", FieldKind.UNIT),
        ("填报主体", FieldKind.CHOICE),
    ]
    assert [choice.label for choice in found.head_fields[1].choices] == ["市", "省"]
    assert [said(one) for one in found.foot_fields] == ["审核人", "联系电话"]
    assert [(one.label, len(one.leaves())) for one in found.columns] == [
        ("序号", 1),
        ("地区", 1),
        ("检查情况", 2),
    ]
    assert [leaf.kind for leaf in found.leaf_columns()[2:]] == [ColumnKind.INTEGER] * 2
    assert found.row_mode is RowMode.REPEAT
    assert found.total is not None
    assert found.total.position is Position.LAST
    assert found.checks == (Check("c3 = c4 + c4", message="①=②+②"),)
    assert found.notes == ("注：逻辑关系 ①=②+②。",)
    assert "表中的公式没有带入，请在栏目或行的设置中填写公式。" in proposal.doubts


def test_header_without_any_merge_downwards_is_told_from_the_body():
    data = drawn(
        ["表"],
        ["企业", None, "产品", None],
        ["总数", "合格数", "总数", "合格数"],
        merges=["A1:D1", "A2:B2", "C2:D2"],
    )

    header = form_of(data, "a.xlsx").definition.header_grid()

    assert [[cell.label for cell in row] for row in header] == [
        ["企业", "产品"],
        ["总数", "合格数", "总数", "合格数"],
    ]


def test_merged_row_labels_are_no_second_header_row():
    data = drawn(
        ["表"],
        ["指标", None, "数量"],
        ["检查", "户数", None],
        ["检查", "件数", None],
        merges=["A1:C1", "A2:B2"],
    )
    (sheet,) = read_sheets(data, "a.xlsx")

    read = form_sheet(sheet)

    assert (len(read.header), len(read.body)) == (1, 2)


def test_hidden_columns_and_other_sheets_are_left_out_and_told():
    book = Workbook()
    sheet = book.active
    sheet.append(["表"])
    sheet.append(["名称", "内部", "数量"])
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("说明").append(["怎样填"])
    out = BytesIO()
    book.save(out)

    proposal = form_of(out.getvalue(), "a.xlsx")

    labels = [column.label for column in proposal.definition.columns]
    assert labels == ["名称", "（第2栏，待补栏名）", "数量"]
    assert "文件有2张工作表，只读了第一张“Sheet”。" in proposal.doubts


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.xlsx", "文件是空的，没有内容。请重新选择表样的 .xlsx 文件。"),
        (b"%PDF-1.4", "a.xlsx", "请上传表样的 .xlsx 文件。"),
        (drawn(["表"]), "a.xls", "文件扩展名不是 .xlsx。请用表样的 .xlsx 文件，不要改扩展名。"),
        (drawn(["表"]), "a.xlsm", "文件是带宏的工作簿（.xlsm）。请另存为不含宏的 .xlsx 后再导入。"),
        (drawn(), "a.xlsx", "工作簿里没有文字。请上传画好表头的 .xlsx 文件。"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "a.xls",
            "文件不是 Excel 工作簿。请上传表样的 .xlsx 文件。",
        ),
        (
            stream("Workbook"),
            "a.xls",
            "文件是旧版 Excel 格式（.xls 或 .et）。请另存为 .xlsx 后再导入。",
        ),
        (b"PK\x03\x04 damaged", "a.xlsx", "无法打开"),
    ],
    ids=["empty", "pdf", "renamed", "macros", "no text", "other ole", "old xls", "damaged"],
)
def test_other_files_are_refused_with_the_reason(data, name, message):
    with pytest.raises(WorkbookRefused) as refused:
        form_of(data, name)

    assert message in str(refused.value)
