"""Forms proposed from the plain cells of a table: header rows, body rows and the lines around."""

import pytest

from reports.schemas.content.content import blank
from reports.schemas.content.table_lines import CellRole, lines
from reports.schemas.definition.json_fields import DefinitionError
from reports.schemas.definition.kinds import ColumnKind, FieldKind, Level, Position, RowMode
from reports.schemas.proposing.proposals import propose
from tests.reports.tables import CASES

HIDDEN = {CellRole.COMPUTED}


def cells(case):
    """Header and body of the blank form as a reader of workbooks gives them: merged cells blank."""
    definition = case.definition
    width = len(definition.leaf_columns())
    if boxes := definition.boxes():
        grid = [[""] * width for _ in boxes]
        for row in boxes:
            for one in row:
                text = one.box.label or "　".join(one.box.closing)
                grid[one.row][one.column] = text
        return grid[:1], grid[1:]
    header = [[""] * width for _ in range(definition.header_depth())]
    for row in definition.header_grid():
        for one in row:
            header[one.row][one.column] = one.label
    body = [
        [
            "" if cell.is_covered or cell.role is CellRole.COMPUTED else cell.text
            for cell in line.cells
        ]
        for line in lines(definition, blank(definition, regions=case.regions))
    ]
    return header, body


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number} {case.name}")
def test_blank_form_is_proposed_in_its_own_mode(case):
    found = propose(*cells(case), title=case.definition.title).definition

    assert found.row_mode is case.definition.row_mode
    assert found.title == case.definition.title
    assert [row.labels for row in found.rows] == [row.labels for row in case.definition.rows]
    assert [row.measure for row in found.rows] == [row.measure for row in case.definition.rows]
    assert [row.level for row in found.rows] == [row.level for row in case.definition.rows]
    assert [row.heading for row in found.rows] == [row.heading for row in case.definition.rows]
    assert bool(found.total) is bool(case.definition.total)
    assert found.header_grid() == case.definition.header_grid()


def test_items_with_parts_get_their_checks_and_kinds():
    case = CASES[1]

    proposal = propose(*cells(case), title="扫雷")

    assert [one.expression for one in proposal.definition.checks] == [
        "r3 <= r2",
        "r5 <= r4",
        "r7 <= r6",
        "r9 <= r8",
    ]
    assert proposal.definition.rows[9].kind is ColumnKind.MONEY
    assert proposal.doubts == (
        "表头第2栏没有名称，请补上栏名。",
        "原表已列出10行，本报表把它们作为固定行，请核对各行的名称、单位和“其中”关系。",
    )


def test_criteria_are_scored_up_to_their_points():
    found = propose(*cells(CASES[10]), title="考核").definition

    own = found.column("c7")
    assert (own.kind, own.decimals, own.at_most) == (ColumnKind.DECIMAL, 1, "c6")
    assert found.column("c6").given


def test_weights_go_with_the_label_beside_them():
    found = propose(*cells(CASES[13]), title="绩效").definition

    assert [(one.label, one.spans_with) for one in found.leaf_columns() if one.given] == [
        ("权重", "c1"),
        ("分值", "c3"),
        ("目标值", ""),
        ("三级分值", ""),
    ]


def test_labels_in_merged_cells_are_those_above():
    header = [["类别", "", "单位", "数量"]]
    body = [
        ["抽检食品", "总数", "批次", ""],
        ["", "其中不合格", "批次", ""],
        ["货值", "", "元", ""],
    ]

    found = propose(header, body, title="示例").definition

    assert [row.labels for row in found.rows] == [
        ("抽检食品", "总数"),
        ("抽检食品", "其中不合格"),
        ("货值",),
    ]
    assert [row.level for row in found.rows] == [0, 1, 0]


def test_item_that_was_taken_for_a_header_row_is_an_item():
    header = [["类别", "", "单位", "数量"], ["抽检食品", "总数", "批次", ""]]
    body = [["", "其中不合格", "批次", ""]]

    found = propose(header, body, title="示例").definition

    assert [row.label for row in found.rows] == ["抽检食品/总数", "抽检食品/其中不合格"]


def test_crossed_cells_are_not_asked():
    header = [["类别", "本期", "累计"]]
    body = [["检查（家）", "", "—"], ["查处（件）", "", ""]]

    found = propose(header, body, title="示例").definition

    assert [row.crossed for row in found.rows] == [("c3",), ()]
    assert [row.measure for row in found.rows] == ["家", "件"]


def test_gap_and_total_are_no_regions():
    header = [["地区", "检查数", "查处数"]]
    body = [["合计", "", ""], ["浙江省", "", ""], ["杭州市", "", ""], ["……", "", ""]]

    proposal = propose(header, body, title="示例")

    assert proposal.definition.row_mode is RowMode.BY_REGION
    assert proposal.definition.total.position is Position.FIRST
    assert proposal.doubts == (
        "原表按地区列出2行，本报表的行由下级地区或单位产生，请核对“地区”栏。",
    )


def test_rows_of_an_example_are_not_kept_and_told():
    header = [["企业名称", "数量"]]
    body = [["示例公司", "5"], ["示例商店", "3"]]

    proposal = propose(header, body, title="示例")

    assert proposal.definition.row_mode is RowMode.REPEAT
    assert proposal.doubts == (
        "原表已列出2行内容，本报表按可增加行的表生成，没有带入这些行，请核对。",
    )


def test_rows_with_nothing_but_their_number_are_no_items():
    proposal = propose([["序号", "名称"]], [["1", ""], ["2", ""], ["…", ""]], title="示例")

    assert (proposal.definition.row_mode, proposal.doubts) == (RowMode.REPEAT, ())


def test_relation_below_the_table_becomes_a_check():
    header = [
        ["市", "换发前①", "", "已换发②", "整改③", "退出④"],
        ["", "总数", "小型", "", "", ""],
    ]
    line = "逻辑关系：①=②+③＋④。"

    found = propose(header, [["北京"], ["上海"]], title="示例", foot_line=line).definition

    [check] = found.checks
    assert (check.expression, check.level, check.message) == (
        "c2 = c4 + c5 + c6",
        Level.ERROR,
        "①=②+③＋④",
    )


def test_total_beside_its_parts_is_suggested_as_a_warning():
    header = [["单位名称", "检查（户次）", "", ""], ["", "合计", "餐馆数", "食堂数"]]

    [check] = propose(header, title="示例").definition.checks

    assert (check.expression, check.level) == ("c2 = c3 + c4", Level.WARNING)


def test_lines_around_the_table_become_fields():
    found = propose(
        [["名称", "金额（万元）"]],
        title="示例",
        unit_line="填报单位（盖章）：____ 报告期：____ 单位：万元",
        foot_line="单位负责人（签字）：__ 填表人：__ 联系电话：__ 电子邮箱：__ 填报日期： 年 月 日",
    ).definition

    assert found.unit_line == "单位：万元"
    assert [(one.label, one.kind, one.seal) for one in found.head_fields] == [
        ("填报单位（盖章）", FieldKind.UNIT, True),
        ("报告期", FieldKind.MONTH, False),
    ]
    assert [(one.label, one.kind, one.sign) for one in found.foot_fields] == [
        ("单位负责人（签字）", FieldKind.PERSON, True),
        ("填表人", FieldKind.PERSON, False),
        ("联系电话", FieldKind.PHONE, False),
        ("电子邮箱", FieldKind.EMAIL, False),
        ("填报日期", FieldKind.DATE, False),
    ]


def test_boxes_carry_what_is_printed_at_their_foot():
    header = [["申报单位", "", "联系人", ""]]
    body = [["主要事迹", "", "", ""], ["推荐单位意见", "（盖章）  年  月  日", "", ""]]

    found = propose(header, body, title="推荐表").definition

    assert found.row_mode is RowMode.KEY_VALUE
    assert [[(box.label, box.field, box.colspan) for box in row] for row in found.layout] == [
        [("申报单位", "", 1), ("", "c1", 1), ("联系人", "", 1), ("", "c2", 1)],
        [("主要事迹", "", 1), ("", "c3", 3)],
        [("推荐单位意见", "", 1), ("", "c4", 3)],
    ]
    assert found.layout[2][1].closing == ("（盖章）", "年　　月　　日")


def test_table_that_fits_no_mode_is_one_of_repeated_rows():
    header = [["数量", "类别"]]
    body = [["", "甲"], ["", "乙"]]

    assert propose(header, body, title="示例").definition.row_mode is RowMode.REPEAT


def test_table_without_labels_is_refused():
    with pytest.raises(DefinitionError, match="没有表头"):
        propose([["", ""]], [["", ""]], title="示例")


def test_answers_to_be_ticked_are_choices():
    header = [["序号", "检查项目", "检查结果", "备注"]]
    body = [["1", "证照", "□合格　□不合格", ""], ["2", "卫生", "□合格 □不合格", ""]]

    found = propose(header, body, title="示例").definition

    assert [row.label for row in found.rows] == ["证照", "卫生"]
    result = found.leaf_columns()[2]
    assert result.kind is ColumnKind.CHOICE
    assert [choice.label for choice in result.choices] == ["合格", "不合格"]


def test_answers_in_a_box_are_choices():
    rows = [["姓名", "", "性别", "□男 □女"], ["单位", "", "电话", ""]]

    found = propose(rows, title="示例").definition

    assert [(one.label, one.kind) for one in found.leaf_columns()[:2]] == [
        ("姓名", ColumnKind.TEXT),
        ("性别", ColumnKind.CHOICE),
    ]


def test_row_without_a_name_makes_a_table_of_repeated_rows():
    header = [["类别", "单位", "数量"]]
    body = [["", "家", ""], ["检查", "家", ""]]

    proposal = propose(header, body, title="示例")

    assert proposal.definition.row_mode is RowMode.REPEAT
    assert proposal.doubts == (
        "原表已列出2行内容，本报表按可增加行的表生成，没有带入这些行，请核对。",
    )


def test_sentence_printed_in_a_box_is_not_asked():
    rows = [["名称", "", "电话", ""], ["承诺", "所填内容真实。", "", ""]]

    found = propose(rows, title="示例").definition

    assert [one.label for one in found.leaf_columns()] == ["名称", "电话"]
    assert found.boxes()[1][1].box.label == "所填内容真实。"


def test_labels_of_boxes_may_end_with_a_colon():
    rows = [["姓名：", "", "性别：", ""], ["单位：", "", "", ""]]

    found = propose(rows, title="示例").definition

    assert [one.label for one in found.leaf_columns()] == ["姓名", "性别", "单位"]
