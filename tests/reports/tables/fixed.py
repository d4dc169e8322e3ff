"""Tables of fixed items: 1–5 of the survey; titles abridged, all figures invented."""

from reports.schemas.definition.aggregates import Rate
from reports.schemas.definition.checks import Check, part_checks
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.fields import Field
from reports.schemas.definition.kinds import Aggregate, ColumnKind, FieldKind, Orientation, RowMode
from reports.schemas.definition.rows import Row
from tests.reports.tables.case import Case, items

KIND = Column("kind", "类别", ColumnKind.ROW_LABEL, width=40)
MEASURE = Column("measure", "单位", ColumnKind.MEASURE)
NUMBER = Column("n", "数量", ColumnKind.INTEGER, required=True)
UNIT = Field("unit", "填报单位（盖章）", FieldKind.UNIT, required=True, seal=True)
DAY = Field("day", "填报时间", FieldKind.DATE, required=True)
ONE_ROW = [[("类别", 1, 1), ("单位", 1, 1), ("数量", 1, 1)]]


def counted(*rows: tuple[str, str]) -> tuple[Row, ...]:
    return tuple(Row(f"r{n}", (label,), measure=unit) for n, (label, unit) in enumerate(rows, 1))


HEALTH_FOOD = Case(
    1,
    "health food",
    FormDefinition(
        "重点打击保健食品非法添加行为监督检查工作情况统计表",
        (KIND, MEASURE, NUMBER),
        row_mode=RowMode.FIXED_ITEMS,
        head_fields=(UNIT, DAY),
        rows=counted(
            ("出动执法人员", "人次"),
            ("检查保健食品自主生产企业", "家"),
            ("抽验生产企业保健食品品种", "个"),
            ("发出责令整改通知书（生产企业）", "份"),
            ("移交稽查处理案件（生产企业）", "宗"),
        ),
        orientation=Orientation.PORTRAIT,
    ),
    ONE_ROW,
    {
        "head": {"day": "2026年3月31日"},
        "items": items("n", r1="1,240", r2="35", r3="１２", r4="0", r5="无"),
    },
    ("items.r2.n", "约30"),
    (
        "第2行“检查保健食品自主生产企业”的“数量”",
        "“数量”应填整数，以“家”为单位，不能填“约30”；没有的填“0”或“无”。",
    ),
)

_SWEEP_ROWS = (
    Row("r1", ("出动执法人员",), measure="人次"),
    Row("r2", ("检查食品生产单位",), measure="家"),
    Row("r3", ("其中：食品生产小作坊",), measure="家", level=1),
    Row("r4", ("检查食品经营单位",), measure="家"),
    Row("r5", ("其中：农村集市",), measure="家", level=1),
    Row("r6", ("抽检食品", "总数"), measure="批次"),
    Row("r7", ("抽检食品", "其中：不合格"), measure="批次", level=1),
    Row("r8", ("查处案件", "总数"), measure="件"),
    Row("r9", ("查处案件", "其中：移送公安机关"), measure="件", level=1),
    Row("r10", ("货值",), measure="万元", kind=ColumnKind.MONEY, decimals=2),
)
SWEEP = Case(
    2,
    "sweep",
    FormDefinition(
        "农村食品安全“扫雷”专项行动工作情况统计表",
        (
            Column("kind", "类别", ColumnKind.ROW_LABEL),
            Column("part", "类别", ColumnKind.ROW_LABEL),
            MEASURE,
            NUMBER,
        ),
        row_mode=RowMode.FIXED_ITEMS,
        head_fields=(UNIT, DAY),
        rows=_SWEEP_ROWS,
        checks=part_checks(_SWEEP_ROWS),
    ),
    [[("类别", 1, 2), ("单位", 1, 1), ("数量", 1, 1)]],
    {
        "head": {"day": "2026-03-31"},
        "items": items(
            "n",
            r1="300",
            r2="40",
            r3="12",
            r4="80",
            r5="—",
            r6="50",
            r7="2",
            r8="3",
            r9="0",
            r10="1.25",
        ),
    },
    ("items.r7.n", "60"),
    (
        "第7行“抽检食品/其中：不合格”的“数量”",
        "第7行“抽检食品/其中：不合格”（60）不应大于第6行“抽检食品/总数”（50），请核对。",
    ),
)

_SHOPS = ("餐馆", "快餐店", "小吃店", "饮品店", "食堂", "集体用餐配送单位", "中央厨房")
_FOUND = "发现的问题及查处情况"
CATERING = Case(
    3,
    "catering",
    FormDefinition(
        "餐饮服务环节食品安全检查情况报表",
        (
            Column("item", "项目", ColumnKind.ROW_LABEL),
            Column("part", "项目", ColumnKind.ROW_LABEL),
            Column(
                "all",
                "检查餐饮服务单位（户次）",
                children=(
                    Column(
                        "sum",
                        "合计",
                        ColumnKind.INTEGER,
                        formula="c1 + c2 + c3 + c4 + c5 + c6 + c7",
                    ),
                    Column(
                        "of",
                        "其中",
                        children=tuple(
                            Column(f"c{n}", label, ColumnKind.INTEGER)
                            for n, label in enumerate(_SHOPS, 1)
                        ),
                    ),
                ),
            ),
        ),
        row_mode=RowMode.FIXED_ITEMS,
        head_fields=(UNIT,),
        foot_fields=(
            Field("signer", "签发人", FieldKind.PERSON, sign=True),
            Field("reporter", "报送人", FieldKind.PERSON, required=True),
            Field("mail", "电子信箱", FieldKind.EMAIL),
            Field("phone", "电话", FieldKind.PHONE, required=True),
        ),
        rows=(
            Row("r1", ("检查餐饮服务单位（户次）",), measure="户次"),
            Row("r2", (_FOUND, "存在问题单位（户）"), measure="户"),
            Row("r3", (_FOUND, "责令整改（户）"), measure="户"),
            Row("r4", (_FOUND, "立案查处（件）"), measure="件"),
            Row(
                "r5",
                (_FOUND, "没收不合格食品（公斤）"),
                measure="公斤",
                kind=ColumnKind.DECIMAL,
                decimals=1,
            ),
            Row(
                "r6", (_FOUND, "罚没款（万元）"), measure="万元", kind=ColumnKind.MONEY, decimals=2
            ),
        ),
        checks=(Check("r2 <= r1"), Check("r3 <= r2")),
    ),
    [
        [("项目", 3, 2), ("检查餐饮服务单位（户次）", 1, 8)],
        [("合计", 2, 1), ("其中", 1, 7)],
        [(label, 1, 1) for label in _SHOPS],
    ],
    {
        "foot": {"reporter": "张某", "mail": "zhang@example.com", "phone": "010-00000000"},
        "items": items(
            "c1 c2 c3 c4 c5 c6 c7",
            r1="30 12 8 5 20 2 1",
            r2="3 1 0 0 2 无 0",
            r3="2 1 0 0 2 无 0",
            r4="1 0 0 0 0 0 0",
            r5="12.5 0 0 0 0 0 0",
            r6="0.35 0 0 0 0 0 0",
        ),
    },
    ("items.r6.c1", "0.356"),
    (
        "第6行“发现的问题及查处情况/罚没款（万元）”的“餐馆”",
        "“餐馆”最多保留2位小数，不能填“0.356”。",
    ),
)

MARKET = Case(
    4,
    "market monitoring",
    FormDefinition(
        "农村食品市场监测情况统计表",
        (
            KIND,
            MEASURE,
            Column("fixed", "定向监测", ColumnKind.INTEGER),
            Column("quick", "快速检测", ColumnKind.INTEGER),
            Column("note", "备注", ColumnKind.REMARK),
        ),
        annex_no="表四",
        row_mode=RowMode.FIXED_ITEMS,
        head_fields=(UNIT,),
        rows=(
            Row("r1", ("监测食品品种",), measure="种"),
            Row("r2", ("监测食品批次",), measure="批"),
            Row("r3", ("其中：合格批次",), measure="批", level=1),
            Row(
                "r4",
                ("合格率",),
                measure="%",
                kind=ColumnKind.PERCENT,
                formula="r3 / r2 * 100",
                aggregate=Aggregate.RATE,
                rate=Rate("r3", "r2"),
            ),
            Row("r5", ("下架退市食品",), measure="公斤", kind=ColumnKind.DECIMAL),
        ),
        checks=(Check("r3 <= r2", message="合格批次是监测批次的一部分"),),
        notes=("本表分别于3月31日、6月30日、9月30日和12月20日前报送。",),
    ),
    [
        [("类别", 1, 1), ("单位", 1, 1), ("定向监测", 1, 1), ("快速检测", 1, 1), ("备注", 1, 1)],
    ],
    {
        "items": items(
            "fixed quick note",
            r1="12 30 —",
            r2="130 400 无",
            r3="128 396 无",
            r5="36.5 0 含散装食品",
        ),
    },
    ("items.r3.quick", "401"),
    (
        "第3行“其中：合格批次”的“快速检测”",
        "第3行“其中：合格批次”（401）不应大于第2行“监测食品批次”（400），"
        "请核对：合格批次是监测批次的一部分。",
    ),
)

SHOPS = Case(
    5,
    "model shops",
    FormDefinition(
        "建立农村“食品安全示范店”统计表",
        (KIND, MEASURE, NUMBER),
        annex_no="表五",
        row_mode=RowMode.FIXED_ITEMS,
        head_fields=(UNIT, DAY),
        rows=counted(
            ("乡（镇）示范店", "家"),
            ("村示范店", "家"),
            ("覆盖行政村", "个"),
            ("培训经营者", "人次"),
        ),
    ),
    ONE_ROW,
    {"head": {"day": "2026年6月"}, "items": items("n", r1="12", r2="30", r3="28", r4="2万")},
    ("items.r3.n", "28家"),
    (
        "第3行“覆盖行政村”的“数量”",
        "“数量”应填整数，以“个”为单位，不能填“28家”；没有的填“0”或“无”。",
    ),
)

CASES = (HEALTH_FOOD, SWEEP, CATERING, MARKET, SHOPS)
