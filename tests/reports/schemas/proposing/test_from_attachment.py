import pytest

from notices.text.attachments.tables_and_outlines import AttachmentOutline, OutlineSection
from reports.schemas.definition.json_fields import DefinitionError
from reports.schemas.definition.kinds import ColumnKind, FieldKind, Per
from reports.schemas.proposing import guesses
from reports.schemas.proposing.from_attachment import doubts, outline_definition, table_definition
from tests.reports.forms import annex_1, annex_2, attachment_table


def test_annex_1_becomes_four_long_texts_and_a_list_of_documents():
    definition = annex_1()

    assert definition.title == "《质量强国建设纲要》学习宣传贯彻情况表"
    assert definition.annex_no == "附件1"
    assert [(c.id, c.label, c.kind, c.per) for c in definition.leaf_columns()] == [
        ("c1", "序号", ColumnKind.SERIAL, Per.UNIT),
        ("c2", "领导同志批示情况", ColumnKind.LONGTEXT, Per.UNIT),
        ("c3", "组织开展学习情况", ColumnKind.LONGTEXT, Per.UNIT),
        ("c4", "文件名称", ColumnKind.TEXT, Per.ROW),
        ("c5", "发文主体", ColumnKind.TEXT, Per.ROW),
        ("c6", "当前进展", ColumnKind.TEXT, Per.ROW),
        ("c7", "开展的重点和特色宣传贯彻工作", ColumnKind.LONGTEXT, Per.UNIT),
        ("c8", "好的经验和做法", ColumnKind.LONGTEXT, Per.UNIT),
    ]


def test_annex_1_asks_for_every_long_text_and_the_name_of_each_document():
    required = [column.id for column in annex_1().leaf_columns() if column.required]

    assert required == ["c2", "c3", "c4", "c7", "c8"]


def test_annex_1_suggests_stages_of_a_document():
    progress = annex_1().leaf_columns()[5]

    assert progress.suggest == ("起草中", "征求意见", "送审", "已印发")


def test_table_of_counts_is_filled_in_row_by_row():
    header = (("序号", "类别", "数量(家)", "货值(万元)", "检查日期", "存在问题"),)

    definition = table_definition(attachment_table(header))

    assert {column.per for column in definition.columns} == {Per.ROW}
    assert [(c.kind, c.measure) for c in definition.columns] == [
        (ColumnKind.SERIAL, ""),
        (ColumnKind.TEXT, ""),
        (ColumnKind.INTEGER, "家"),
        (ColumnKind.MONEY, "万元"),
        (ColumnKind.DATE, ""),
        (ColumnKind.LONGTEXT, ""),
    ]


def test_group_of_counts_beside_a_long_text_does_not_split_the_table():
    header = (("序号", "企业", "", "存在问题"), ("", "总数", "合格数", ""))

    definition = table_definition(attachment_table(header))

    assert {leaf.per for leaf in definition.leaf_columns()} == {Per.ROW}


def test_two_lists_side_by_side_do_not_split_the_table():
    header = (
        ("文件情况", "", "活动情况", "", "好的做法"),
        ("文件名称", "发文主体", "活动名称", "承办人", ""),
    )

    definition = table_definition(attachment_table(header))

    assert {leaf.per for leaf in definition.leaf_columns()} == {Per.ROW}


def test_ids_do_not_depend_on_the_wording():
    one = table_definition(attachment_table((("序号", "甲", ""), ("", "名称", "主体"))))
    other = table_definition(attachment_table((("编码", "乙", ""), ("", "标题", "机关"))))

    def ids(columns):
        return [(column.id, ids(column.children)) for column in columns]

    assert ids(one.columns) == ids(other.columns) == [("c1", []), ("g1", [("c2", []), ("c3", [])])]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("序号", ColumnKind.SERIAL),
        ("印发时间", ColumnKind.DATE),
        ("填报日期", ColumnKind.DATE),
        ("检查户次", ColumnKind.INTEGER),
        ("抽查企业数(家)", ColumnKind.INTEGER),
        ("罚没金额", ColumnKind.DECIMAL),
        ("合格率(%)", ColumnKind.PERCENT),
        ("产品合格率", ColumnKind.PERCENT),
        ("货值(万元)", ColumnKind.MONEY),
        ("没收食品(公斤)", ColumnKind.DECIMAL),
        ("成立年月", ColumnKind.MONTH),
        ("是否建档", ColumnKind.YES_NO),
        ("企业性质(国有/非国有)", ColumnKind.CHOICE),
        ("联系人及电话", ColumnKind.CONTACT),
        ("工作时间安排情况", ColumnKind.LONGTEXT),
        ("主要数据来源", ColumnKind.TEXT),
        ("当前进展(是否印发)", ColumnKind.TEXT),
        ("备注", ColumnKind.REMARK),
        ("文号", ColumnKind.TEXT),
    ],
)
def test_kind_is_inferred_from_the_label(label, kind):
    assert guesses.of_column(label).kind is kind


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("填报单位(盖章)", [("h1", "填报单位(盖章)", FieldKind.UNIT)]),
        ("填报单位(盖章): _____", [("h1", "填报单位(盖章)", FieldKind.UNIT)]),
        (
            "填报单位：____  填报日期：  年  月  日  审核人：____",
            [
                ("h1", "填报单位", FieldKind.UNIT),
                ("h2", "填报日期", FieldKind.DATE),
                ("h3", "审核人", FieldKind.PERSON),
            ],
        ),
        ("", []),
        (None, []),
    ],
)
def test_line_above_the_table_becomes_fields(line, expected):
    definition = table_definition(attachment_table(unit_line=line))

    assert [(f.id, f.label, f.kind) for f in definition.head_fields] == expected


def test_line_below_the_table_becomes_a_field():
    assert [(f.id, f.label, f.kind) for f in annex_1().foot_fields] == [
        ("f1", "联系人及联系方式", FieldKind.CONTACT)
    ]


def test_table_without_header_is_refused():
    with pytest.raises(DefinitionError, match="没有表头"):
        table_definition(attachment_table((("", ""), ("", ""))))


def test_doubts_name_unnamed_columns_and_rows_left_behind():
    table = attachment_table(
        (("类别", "", "数量"),), body=(("出动人员", "人次", ""), ("", "", ""), ("检查", "家", ""))
    )

    assert doubts(table) == [
        "表头第2栏没有名称，请补上栏名。",
        "原表已列出2行，本报表把它们作为固定行，请核对各行的名称、单位和“其中”关系。",
    ]
    assert table_definition(table).columns[1].label == "单位"


def test_annex_1_leaves_no_doubts():
    assert doubts(attachment_table()) == []


def test_annex_2_becomes_five_numbered_sections():
    definition = annex_2()

    assert definition.annex_no == "附件2"
    assert definition.max_chars == 3000
    assert [(s.id, s.no, s.heading) for s in definition.sections] == [
        ("s1", "一", "学习《纲要》有关情况"),
        ("s2", "二", "出台《纲要》贯彻落实文件情况"),
        ("s3", "三", "开展的重要学习宣传贯彻活动情况和取得的成效"),
        ("s4", "四", "学习宣传贯彻工作中好的经验、做法"),
        ("s5", "五", "涌现出的先进典型和示范案例"),
    ]
    assert definition.sections[0].hint == "领导批示、集中学习等"


def test_sections_without_numbers_are_numbered():
    sections = tuple(OutlineSection(f"标题{n}", "") for n in range(1, 22))

    definition = outline_definition(AttachmentOutline(0, "提纲", sections, "", None, 0, 0))

    numbers = [section.no for section in definition.sections]
    assert numbers[8:12] + numbers[18:] == ["九", "十", "十一", "十二", "十九", "二十", "二十一"]
    assert definition.annex_no == ""


def test_outline_without_sections_is_refused():
    with pytest.raises(DefinitionError, match="没有需要填写的部分"):
        outline_definition(AttachmentOutline(2, "提纲", (), "", None, 0, 0))
