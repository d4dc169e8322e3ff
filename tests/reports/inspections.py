"""A table whose rows it names itself, filled in by units below and merged."""

from reports.schemas.content.content import normalise
from reports.schemas.definition.choices import Choice
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import ColumnKind, RowMode
from reports.schemas.definition.rows import Row
from reports.schemas.rolling.choices import Choices
from reports.schemas.rolling.merging import Contribution, merge

HANGZHOU, NINGBO, WENZHOU = ("330100", "杭州市"), ("330200", "宁波市"), ("330300", "温州市")
NAMES = dict((HANGZHOU, NINGBO, WENZHOU))

FORM = FormDefinition(
    "检查情况表",
    (
        Column("c1", "项目", ColumnKind.ROW_LABEL),
        Column("c2", "抽查数", ColumnKind.INTEGER, measure="批次"),
        Column("c3", "合格数", ColumnKind.INTEGER, measure="批次"),
        Column("c4", "合格率", ColumnKind.PERCENT),
        Column("c5", "货值", ColumnKind.MONEY, measure="万元", decimals=2),
        Column("c6", "主要问题", ColumnKind.LONGTEXT),
        Column("c7", "完成日期", ColumnKind.DATE),
        Column("c8", "是否完成", ColumnKind.CHOICE, choices=(Choice("是", "1"), Choice("否", "2"))),
        Column("c9", "两年合计", ColumnKind.INTEGER, formula="c2 + c3"),
    ),
    row_mode=RowMode.FIXED_ITEMS,
    rows=(
        Row("r1", ("食品",)),
        Row("h", ("分组",), heading=True),
        Row("r2", ("药品",), crossed=("c5",)),
        Row("r3", ("合计",), formula="r1 + r2"),
    ),
)


def filled(form=FORM, **rows: str):
    """r1="c2=20 c3=19"."""
    items = {row: dict(cell.split("=") for cell in texts.split()) for row, texts in rows.items()}
    return normalise(form, {"items": items})


def merged(own, *given, form=FORM, **choices):
    contributed = [Contribution(*unit, written) for unit, written in given]
    return merge(form, own, contributed, Choices(**choices))


def at(found, path: str) -> str:
    _, row, column = f"items.{path}".split(".")
    return found.content["items"][row][column]


def worked_on(content, row: str, **texts: str):
    """The form after somebody has changed cells and saved it."""
    items = {**content["items"], row: {**content["items"][row], **texts}}
    return normalise(FORM, {**content, "items": items})
