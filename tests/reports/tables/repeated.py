"""Tables with as many rows as needed: 9, 15, 16 and 17 of the survey; all entries invented."""

from dataclasses import replace

from reports.schemas.definition.choices import Choice
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.fields import Field
from reports.schemas.definition.kinds import ColumnKind, FieldKind, Position
from reports.schemas.definition.totals import Total
from tests.reports.forms import annex_1, annex_1_content
from tests.reports.tables.case import Case, rows

UNIT = Field("unit", "填报单位（盖章）", FieldKind.UNIT, required=True, seal=True)

DISASTER = Case(
    9,
    "disaster",
    FormDefinition(
        "粮食企业自然灾害损失统计报表",
        (
            Column("name", "企业名称", required=True),
            Column(
                "owner", "企业性质", ColumnKind.CHOICE, choices=(Choice("国有"), Choice("非国有"))
            ),
            Column("grain", "损失粮食（吨）", ColumnKind.DECIMAL, measure="吨", decimals=1),
            Column("stores", "受损仓房（栋）", ColumnKind.INTEGER, measure="栋"),
            Column("loss", "直接经济损失（万元）", ColumnKind.MONEY, measure="万元", decimals=2),
            Column("note", "备注", ColumnKind.REMARK),
        ),
        head_fields=(UNIT, Field("day", "填报日期", FieldKind.DATE, required=True)),
        total=Total(position=Position.FIRST),
        unit_line="单位：吨、栋、万元",
        notes=("逐级汇总；没有损失的填“无”。",),
    ),
    [
        [
            ("企业名称", 1, 1),
            ("企业性质", 1, 1),
            ("损失粮食（吨）", 1, 1),
            ("受损仓房（栋）", 1, 1),
            ("直接经济损失（万元）", 1, 1),
            ("备注", 1, 1),
        ]
    ],
    {
        "head": {"day": "2026年7月20日"},
        "rows": rows(
            "name owner grain stores loss note",
            ("示例粮库甲", "国有", "120.5", "2", "30.25", ""),
            ("示例粮库乙", "□国有 ☑非国有", "无", "无", "3", "仅围墙受损"),
        ),
    },
    ("rows.1.owner", "集体"),
    ("企业性质", "“企业性质”应从“国有、非国有”中选择，不能填“集体”。"),
)

LEDGER = Case(
    15,
    "ledger",
    FormDefinition(
        "企业质量安全主体责任台账",
        (
            Column("no", "序号", ColumnKind.SERIAL),
            Column("name", "企业名称", required=True),
            Column("office", "登记机关", ColumnKind.BUREAU),
            Column(
                "grade",
                "监管级别",
                ColumnKind.CHOICE,
                choices=(Choice("一级", "A"), Choice("二级", "B"), Choice("三级", "C")),
            ),
            Column(
                "means",
                "监管措施",
                ColumnKind.CHOICE,
                choices=(Choice("约谈"), Choice("抽检"), Choice("飞行检查")),
                multiple=True,
            ),
            Column(
                "filed",
                "是否建档",
                ColumnKind.YES_NO,
                choices=(Choice("是", "1"), Choice("否", "0")),
            ),
            Column("on", "检查日期", ColumnKind.DATE, required=True),
            Column("since", "纳入年月", ColumnKind.MONTH),
            Column("contact", "联系人及电话", ColumnKind.CONTACT),
            Column("paper", "责任文件", ColumnKind.DOCUMENT),
        ),
        head_fields=(UNIT,),
    ),
    [
        [
            (label, 1, 1)
            for label in (
                *("序号", "企业名称", "登记机关", "监管级别", "监管措施", "是否建档", "检查日期"),
                *("纳入年月", "联系人及电话", "责任文件"),
            )
        ]
    ],
    {
        "rows": rows(
            "name office grade means filed on since contact paper",
            (
                "示例食品公司",
                "示例市市场监督管理局",
                "B",
                "抽检，约谈",
                "1",
                "2026-03-05",
                "2026年1月",
                "赵某 0571-00000000",
                "《质量安全责任书》（示食〔2026〕3号，2026年1月8日）",
            ),
        ),
    },
    ("rows.0.since", "2026年1月5日"),
    ("纳入年月", "“纳入年月”应填年月，如2023年3月，不能填“2026年1月5日”。"),
)

STANDARDS = Case(
    16,
    "local standards",
    FormDefinition(
        "地方标准备案月报",
        (
            Column("no", "序号", ColumnKind.SERIAL),
            Column("region", "省市区", ColumnKind.REGION, required=True),
            Column("office", "标准发布部门", ColumnKind.BUREAU, required=True),
            Column("field", "行业领域"),
            Column("n", "备案数量", ColumnKind.INTEGER, required=True),
        ),
        head_fields=(Field("month", "月份", FieldKind.MONTH, required=True),),
        total=Total(),
    ),
    [[(label, 1, 1) for label in ("序号", "省市区", "标准发布部门", "行业领域", "备案数量")]],
    {
        "head": {"month": "2026-03"},
        "rows": rows(
            "region office field n",
            ("北京", "示例局", "农业", "12"),
            ("上海", "示例局", "服务业", "0"),
            ("重庆", "示例局", "工业", "1,005"),
        ),
    },
    ("rows.2.n", "5件"),
    ("备案数量", "“备案数量”应填整数，不能填“5件”；没有的填“0”或“无”。"),
)

OUTLINE_TABLE = Case(
    17,
    "annex 1",
    replace(annex_1(), title="学习宣传贯彻情况表"),
    [
        [
            ("序号", 2, 1),
            ("领导同志批示情况", 2, 1),
            ("组织开展学习情况", 2, 1),
            ("出台贯彻落实《纲要》文件情况", 1, 3),
            ("开展的重点和特色宣传贯彻工作", 2, 1),
            ("好的经验和做法", 2, 1),
        ],
        [("文件名称", 1, 1), ("发文主体", 1, 1), ("当前进展", 1, 1)],
    ],
    dict(annex_1_content()),
    ("rows.1.c4", ""),
    ("文件名称", "“文件名称”为必填项，请填写；确无此项内容的，请填写“无”。"),
)

CASES = (DISASTER, LEDGER, STANDARDS, OUTLINE_TABLE)
