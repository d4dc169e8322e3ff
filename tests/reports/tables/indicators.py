"""Tables of indicators: 10 and 14 of the survey; titles abridged, all figures invented."""

from reports.schemas.definition.checks import Check
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.fields import Field, Imprint
from reports.schemas.definition.kinds import ColumnKind, FieldKind, RowMode
from reports.schemas.definition.rows import Row
from tests.reports.tables.case import Case
from tests.reports.tables.fixed import UNIT

CIVIL = Case(
    10,
    "civil affairs",
    FormDefinition(
        "民政事业统计报表",
        (
            Column("a", "指标名称", ColumnKind.ROW_LABEL),
            Column("b", "计量单位", ColumnKind.MEASURE),
            Column("no", "代码", ColumnKind.SERIAL),
            Column("now", "本期", ColumnKind.INTEGER, required=True),
            Column("before", "上年同期", ColumnKind.INTEGER),
        ),
        row_mode=RowMode.FIXED_ITEMS,
        head_fields=(UNIT, Field("period", "报告期", FieldKind.MONTH, required=True)),
        foot_fields=(
            Field("chief", "单位负责人", FieldKind.PERSON, required=True, sign=True, seal=True),
            Field("statistician", "统计负责人", FieldKind.PERSON, sign=True),
            Field("writer", "填表人", FieldKind.PERSON, required=True),
            Field("phone", "联系电话", FieldKind.PHONE, required=True),
            Field("on", "报出日期", FieldKind.DATE, required=True),
        ),
        rows=(
            Row("h1", ("一、社会救助",), heading=True),
            Row("r1", ("城市低保人数",), measure="人", given=(("no", "01"),)),
            Row("r2", ("农村低保人数",), measure="人", given=(("no", "02"),)),
            Row("r3", ("低保人数合计",), measure="人", formula="r1 + r2", given=(("no", "03"),)),
            Row("h2", ("二、资金",), heading=True),
            Row(
                "r4",
                ("低保资金支出",),
                measure="万元",
                kind=ColumnKind.MONEY,
                decimals=1,
                given=(("no", "04"),),
                crossed=("before",),
            ),
        ),
        imprint=Imprint("示例民1表", "示例部", "示例统〔2026〕1号", "2028年12月"),
        unit_line="单位：人、万元",
        notes=("金额保留一位小数，其余取整数。",),
    ),
    [
        [
            ("指标名称", 1, 1),
            ("计量单位", 1, 1),
            ("代码", 1, 1),
            ("本期", 1, 1),
            ("上年同期", 1, 1),
        ],
    ],
    {
        "head": {"period": "2026年3月"},
        "foot": {
            "chief": "李某",
            "writer": "王某",
            "phone": "0571-00000000",
            "on": "2026年4月10日",
        },
        "items": {
            "r1": {"now": "1,200", "before": "1180"},
            "r2": {"now": "3400", "before": "3500"},
            "r4": {"now": "210.5"},
        },
    },
    ("items.r4.now", "210.55"),
    ("第6行“低保资金支出”的“本期”", "“本期”最多保留1位小数，不能填“210.55”。"),
)

_RESULT, _OUTPUT, _EFFECT = "产出", "数量指标", "质量指标"
BUDGET = Case(
    14,
    "budget",
    FormDefinition(
        "部门预算绩效评价表",
        (
            Column("one", "一级指标", ColumnKind.ROW_LABEL),
            Column("weight", "权重", ColumnKind.INTEGER, given=True, spans_with="one"),
            Column("two", "二级指标", ColumnKind.ROW_LABEL),
            Column("share", "分值", ColumnKind.INTEGER, given=True, spans_with="two"),
            Column("three", "三级指标", ColumnKind.ROW_LABEL),
            Column("measure", "计量单位", ColumnKind.MEASURE),
            Column("target", "目标值", given=True),
            Column("points", "三级分值", ColumnKind.INTEGER, given=True),
            Column(
                "data",
                "采集数据项",
                children=(
                    Column("d1", "数据项1", ColumnKind.DECIMAL, own_measure=True),
                    Column("d2", "数据项2", ColumnKind.DECIMAL, own_measure=True),
                ),
            ),
            Column("value", "指标值", ColumnKind.DECIMAL, required=True),
        ),
        row_mode=RowMode.FIXED_ITEMS,
        head_fields=(UNIT,),
        rows=(
            Row(
                "r1",
                (_RESULT, _OUTPUT, "抽检批次"),
                measure="批次",
                kind=ColumnKind.INTEGER,
                given=(("weight", "60"), ("share", "40"), ("target", "500"), ("points", "20")),
            ),
            Row(
                "r2",
                (_RESULT, _OUTPUT, "抽检完成率"),
                measure="%",
                kind=ColumnKind.PERCENT,
                given=(("target", "100"), ("points", "20")),
            ),
            Row(
                "r3",
                (_RESULT, _EFFECT, "不合格处置率"),
                measure="%",
                kind=ColumnKind.PERCENT,
                given=(("share", "20"), ("target", "100"), ("points", "20")),
            ),
            Row(
                "r4",
                ("效益", "社会效益", "群众满意度"),
                measure="%",
                kind=ColumnKind.PERCENT,
                given=(("weight", "40"), ("share", "40"), ("target", "90"), ("points", "40")),
                crossed=("d1", "d2"),
            ),
        ),
        checks=(Check("value = d1 / d2 * 100", rows=("r2", "r3"), message="指标值应按数据项计算"),),
    ),
    [
        [
            *((label, 2, 1) for label in ("一级指标", "权重", "二级指标", "分值", "三级指标")),
            *((label, 2, 1) for label in ("计量单位", "目标值", "三级分值")),
            ("采集数据项", 1, 2),
            ("指标值", 2, 1),
        ],
        [("数据项1", 1, 1), ("数据项2", 1, 1)],
    ],
    {
        "items": {
            "r1": {"d1": "520", "d2": "无", "value": "520"},
            "r2": {"d1": "520", "d2": "540", "value": "96.30"},
            "r3": {"d1": "11", "d2": "12", "value": "91.67"},
            "r4": {"value": "93.5"},
        },
    },
    ("items.r3.value", "92.67"),
    (
        "第3行“产出/质量指标/不合格处置率”的“指标值”",
        "“指标值”（92.67）应等于“数据项1”（11）÷“数据项2”（12）×100＝91.67，"
        "请核对：指标值应按数据项计算。",
    ),
)

CASES = (CIVIL, BUDGET)
