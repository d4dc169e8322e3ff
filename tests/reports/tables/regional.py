"""Tables by region: 6, 7 and 8 of the survey; titles abridged, all figures invented."""

from reports.schemas.definition.checks import Check
from reports.schemas.definition.choices import Choice
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.fields import Field
from reports.schemas.definition.kinds import ColumnKind, FieldKind, RowMode
from reports.schemas.definition.totals import Total
from tests.reports.tables.case import REGIONS, Case, items

REGION = Column("region", "地区", ColumnKind.ROW_LABEL)
UNIT = Field("unit", "填报单位（盖章）", FieldKind.UNIT, required=True, seal=True)
_BATCHES = ("标注合格批次", "标注不合格批次", "检验合格批次", "检验不合格批次")


def _size(letter: str, label: str) -> Column:
    batches = (
        Column(f"{letter}{n}", name, ColumnKind.INTEGER) for n, name in enumerate(_BATCHES, 1)
    )
    return Column(
        f"{letter}g",
        label,
        children=(
            Column(f"{letter}0", "总数（家）", ColumnKind.INTEGER, measure="家"),
            Column(f"{letter}o", "其中", children=tuple(batches)),
        ),
    )


NET_CONTENT = Case(
    6,
    "net content",
    FormDefinition(
        "定量包装商品净含量国家监督专项抽查汇总表",
        (
            REGION,
            Column(
                "all",
                "抽查企业",
                children=(
                    _size("l", "大型企业"),
                    _size("m", "中型企业"),
                    _size("s", "小型企业"),
                ),
            ),
        ),
        annex_no="表三",
        row_mode=RowMode.BY_REGION,
        head_fields=(UNIT,),
        total=Total(),
    ),
    [
        [("地区", 4, 1), ("抽查企业", 1, 15)],
        [("大型企业", 1, 5), ("中型企业", 1, 5), ("小型企业", 1, 5)],
        [("总数（家）", 2, 1), ("其中", 1, 4)] * 3,
        [(label, 1, 1) for label in _BATCHES] * 3,
    ],
    {
        "items": items(
            "l0 l1 l2 l3 l4 m0 m1 m2 m3 m4 s0 s1 s2 s3 s4",
            r_110000="2 10 0 9 1 3 12 1 12 1 4 9 2 8 3",
            r_310000="1 5 0 5 0 2 8 0 8 0 3 无 无 无 无",
        ),
    },
    ("items.110000.l3", "十五"),
    (
        "第1行“北京”的“检验合格批次”",
        "“检验合格批次”应填整数，不能填“十五”；没有的填“0”或“无”。",
    ),
    regions=REGIONS,
)


def _count(id_: str, label: str, measure: str) -> Column:
    return Column(id_, f"{label}（{measure}）", ColumnKind.INTEGER, measure=measure)


QUALITY = Case(
    7,
    "product quality",
    FormDefinition(
        "全国各省（区、市）产品质量国家监督抽查情况表",
        (
            REGION,
            _count("e", "抽查企业数", "家"),
            _count("ep", "合格企业数", "家"),
            _count("ef", "不合格企业数", "家"),
            _count("p", "抽查产品数", "种"),
            _count("pp", "合格产品数", "种"),
            _count("pf", "不合格产品数", "种"),
            Column("rate", "产品合格率", ColumnKind.PERCENT, formula="pp / p * 100", decimals=1),
        ),
        row_mode=RowMode.BY_REGION,
        head_fields=(UNIT,),
        total=Total("全国合计"),
        checks=(Check("e = ep + ef"), Check("p = pp + pf")),
    ),
    [
        [
            ("地区", 1, 1),
            ("抽查企业数（家）", 1, 1),
            ("合格企业数（家）", 1, 1),
            ("不合格企业数（家）", 1, 1),
            ("抽查产品数（种）", 1, 1),
            ("合格产品数（种）", 1, 1),
            ("不合格产品数（种）", 1, 1),
            ("产品合格率", 1, 1),
        ]
    ],
    {
        "items": items(
            "e ep ef p pp pf",
            r_110000="10 9 1 20 19 1",
            r_310000="12 12 0 25 25 0",
            r_500000="8 6 2 15 12 3",
        ),
    },
    ("items.310000.ef", "1"),
    (
        "第2行“上海”的“抽查企业数（家）”",
        "“抽查企业数（家）”（12）应等于“合格企业数（家）”（12）＋“不合格企业数（家）”（1）＝13，请核对。",
    ),
    regions=REGIONS,
)


def _plants(letter: str, label: str) -> Column:
    names = (("t", "总数"), ("f", "定点厂（场）"), ("s", "小型场点"))
    below = tuple(Column(f"{letter}_{key}", name, ColumnKind.INTEGER) for key, name in names)
    return Column(letter, label, children=below)


SLAUGHTER = Case(
    8,
    "slaughter",
    FormDefinition(
        "生猪定点屠宰证书和标志牌换发情况调查表",
        (
            Column("city", "市（州）", ColumnKind.ROW_LABEL),
            Column("plan", "规划定点企业数量", ColumnKind.INTEGER),
            _plants("b", "换发前屠宰企业数量①"),
            _plants("d", "已换发牌、证企业数量②"),
            _plants("f", "整改企业数量③"),
            Column("quit", "退出企业数量④", ColumnKind.INTEGER),
        ),
        annex_no="表四",
        row_mode=RowMode.BY_REGION,
        head_fields=(
            UNIT,
            Field("who", "填报主体", FieldKind.CHOICE, choices=(Choice("市"), Choice("省"))),
        ),
        total=Total(),
        checks=(Check("b_t = d_t + f_t + quit", message="①=②+③+④"),),
        notes=("只填数字；填报主体根据实际情况勾选；市填报、省汇总。",),
    ),
    [
        [
            ("市（州）", 2, 1),
            ("规划定点企业数量", 2, 1),
            ("换发前屠宰企业数量①", 1, 3),
            ("已换发牌、证企业数量②", 1, 3),
            ("整改企业数量③", 1, 3),
            ("退出企业数量④", 2, 1),
        ],
        [("总数", 1, 1), ("定点厂（场）", 1, 1), ("小型场点", 1, 1)] * 3,
    ],
    {
        "head": {"who": "☑市 □省"},
        "items": items(
            "plan b_t b_f b_s d_t d_f d_s f_t f_f f_s quit",
            r_110000="9 12 8 4 8 6 2 3 2 1 1",
            r_310000="6 6 6 0 6 6 0 0 0 0 0",
        ),
    },
    ("items.110000.b_t", "13"),
    (
        "第1行“北京”的“换发前屠宰企业数量①/总数”",
        "“换发前屠宰企业数量①/总数”（13）应等于“已换发牌、证企业数量②/总数”（8）"
        "＋“整改企业数量③/总数”（3）＋“退出企业数量④”（1）＝12，请核对：①=②+③+④。",
    ),
    regions=REGIONS,
)

CASES = (NET_CONTENT, QUALITY, SLAUGHTER)
