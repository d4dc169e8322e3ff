"""Key–value forms and scored criteria: 11, 12 and 13 of the survey; all entries invented."""

from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.fields import Field
from reports.schemas.definition.kinds import ColumnKind, FieldKind, Orientation, Per, RowMode
from reports.schemas.definition.layout import Box
from reports.schemas.definition.rows import Row
from reports.schemas.definition.totals import Total
from tests.reports.tables.case import Case

_SEAL = ("（单位盖章）", "年　　月　　日")


def once(id_: str, label: str, kind: ColumnKind = ColumnKind.TEXT, **options) -> Column:
    return Column(id_, label, kind, per=Per.UNIT, **options)


def criterion(id_: str, labels: tuple[str, ...], *given: str, office: str = "") -> Row:
    names = ("what", "how", "points", "papers")
    texts = (*zip(names, given, strict=True), *((("office", office),) if office else ()))
    return Row(id_, labels, given=texts)


ASSESSMENT = Case(
    11,
    "assessment",
    FormDefinition(
        "质量工作考核评分细则（部门）",
        (
            Column("one", "一级指标", ColumnKind.ROW_LABEL),
            Column("two", "二级指标", ColumnKind.ROW_LABEL),
            Column("three", "三级指标", ColumnKind.ROW_LABEL),
            Column("what", "考核要点", given=True),
            Column("how", "评分方法", given=True),
            Column("points", "分值", ColumnKind.DECIMAL, given=True, decimals=1),
            Column(
                "own", "自评分", ColumnKind.DECIMAL, required=True, decimals=1, at_most="points"
            ),
            Column("papers", "需提交材料", given=True),
            Column("office", "考核牵头部门", given=True, spans_with="one"),
        ),
        row_mode=RowMode.SCORED,
        head_fields=(Field("unit", "被考核单位", FieldKind.UNIT),),
        rows=(
            criterion(
                "r1",
                ("质量发展", "组织领导", "工作机制"),
                *("建立联席会议制度", "未建立不得分", "2", "文件复印件"),
                office="示例办",
            ),
            criterion(
                "r2",
                ("质量发展", "组织领导", "经费保障"),
                *("经费列入预算", "未列入扣1分", "3", "预算批复"),
            ),
            criterion(
                "r3",
                ("质量发展", "质量基础", "标准"),
                *("主导制定标准", "每项得0.5分", "5", "标准文本"),
            ),
            criterion(
                "r4",
                ("质量安全", "监督抽查", "抽查"),
                *("完成抽查计划", "按比例得分", "10", "抽查通报"),
                office="示例局",
            ),
        ),
        total=Total(),
    ),
    [
        [
            (label, 1, 1)
            for label in (
                *("一级指标", "二级指标", "三级指标", "考核要点", "评分方法", "分值", "自评分"),
                *("需提交材料", "考核牵头部门"),
            )
        ]
    ],
    {
        "items": {
            "r1": {"own": "2"},
            "r2": {"own": "2.5"},
            "r3": {"own": "4.5"},
            "r4": {"own": "10"},
        }
    },
    ("items.r2.own", "3.5"),
    ("第2行“质量发展/组织领导/经费保障”的“自评分”", "“自评分”填的是3.5，不能超过3。"),
)

WORK = Case(
    12,
    "entry form",
    FormDefinition(
        "文化精品参选作品申报表",
        (
            once("by", "申报单位", required=True),
            once("kind", "作品类别"),
            once("name", "作品名称", required=True),
            once("person", "联系人", required=True),
            once("phone", "电话", required=True),
            once("about", "内容简介", ColumnKind.LONGTEXT, required=True, max_chars=500),
            once("opinion", "申报单位意见", ColumnKind.LONGTEXT),
        ),
        row_mode=RowMode.KEY_VALUE,
        layout=(
            (Box("申报单位"), Box(field="by", colspan=3)),
            (Box("作品类别"), Box(field="kind"), Box("作品名称"), Box(field="name")),
            (Box("联系人"), Box(field="person"), Box("电话"), Box(field="phone")),
            (Box("内容简介", vertical=True), Box(field="about", colspan=3, lines=12)),
            (Box("申报单位意见", vertical=True), Box(field="opinion", colspan=3, closing=_SEAL)),
        ),
        orientation=Orientation.PORTRAIT,
    ),
    [],
    {
        "unit": {
            "by": "示例测绘院",
            "kind": "摄影",
            "name": "示例山河",
            "person": "钱某",
            "phone": "0571-00000000",
            "about": "记录一次示例测量。",
            "opinion": "",
        }
    },
    ("unit.about", "字" * 501),
    ("内容简介", "“内容简介”为501字，超过500字的上限，请删减1字。"),
)

SCIENCE = Case(
    13,
    "recommendation",
    FormDefinition(
        "科普工作优秀单位推荐表",
        (
            once("name", "单位名称", required=True),
            once("people", "职工人数（人）", ColumnKind.INTEGER, measure="人"),
            once("volunteers", "其中科普人员（人）", ColumnKind.INTEGER, measure="人"),
            once("founded", "成立年月", ColumnKind.MONTH),
            once("deeds", "主要事迹", ColumnKind.LONGTEXT, required=True, max_chars=2000),
            once("own", "申报单位意见", ColumnKind.LONGTEXT),
            once("recommend", "推荐单位意见", ColumnKind.LONGTEXT),
            once("approve", "审定意见", ColumnKind.LONGTEXT),
        ),
        row_mode=RowMode.KEY_VALUE,
        layout=(
            (Box("单位名称"), Box(field="name"), Box("成立年月"), Box(field="founded")),
            (
                Box("职工人数（人）"),
                Box(field="people"),
                Box("其中科普人员（人）"),
                Box(field="volunteers"),
            ),
            (
                Box("主要事迹（2000字以内）", rowspan=2),
                Box(field="deeds", colspan=3, rowspan=2, lines=20),
            ),
            (),
            (Box("申报单位意见"), Box(field="own", colspan=3, lines=5, closing=_SEAL)),
            (Box("推荐单位意见"), Box(field="recommend", colspan=3, lines=5, closing=_SEAL)),
            (Box("审定意见"), Box(field="approve", colspan=3, lines=5, closing=_SEAL)),
        ),
        notes=("本表一式二份；事迹材料不超过2000字。",),
        orientation=Orientation.PORTRAIT,
    ),
    [],
    {
        "unit": {
            "name": "示例馆",
            "people": "45",
            "volunteers": "12人",
            "founded": "2010年5月",
            "deeds": "开展示例活动30场。",
        }
    },
    ("unit.people", "四十五"),
    (
        "职工人数（人）",
        "“职工人数（人）”应填整数，以“人”为单位，不能填“四十五”；没有的填“0”或“无”。",
    ),
)

CASES = (ASSESSMENT, WORK, SCIENCE)
