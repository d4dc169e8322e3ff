"""What the demo's bureaus write: invented, different for each, plausible in length."""

from bureaus.models import Bureau
from config.demo import sentences
from reports.schemas.definition.definition import Definition
from reports.schemas.definition.kinds import ColumnKind
from reports.schemas.definition.outlines import OutlineDefinition

DOCUMENTS = (
    "贯彻落实《质量强国建设纲要》实施方案",
    "{strong}建设年度行动计划",
    "质量基础设施提升工作方案",
    "质量工作任务分工",
    "首席质量官制度推行意见",
)
ISSUERS = ("{office}", "{name}", "{region}{strong}建设领导小组办公室")
STRONG = {"省": "质量强省", "市": "质量强市", "区": "质量强区"}  # by what the place is
PROGRESS = ("已印发", "征求意见", "起草中", "送审")


def write(definition: Definition, bureau: Bureau, turn: int = 0) -> dict:
    """Content for a form, in the shape of schemas.content; another one at each turn."""
    seed = int(bureau.code[:2]) + 5 * int(bureau.code[2:4]) + turn
    if isinstance(definition, OutlineDefinition):
        return {
            "sections": {
                section.id: "\n".join(
                    _say(bureau, section.heading, seed + step) for step in range(2)
                )
                for section in definition.sections
            }
        }
    return {
        "head": {entry.id: bureau.name for entry in definition.head_fields},
        "unit": {
            column.id: _say(bureau, column.label, seed) for column in definition.unit_columns()
        },
        "rows": [_row(definition, bureau, seed + line) for line in range(1 + seed % 3)],
        "foot": {entry.id: "示例联系人 000-00000000" for entry in definition.foot_fields},
    }


def _row(definition, bureau: Bureau, seed: int) -> dict[str, str]:
    return {column.id: _cell(column, bureau, seed) for column in definition.row_columns()}


def _cell(column, bureau: Bureau, seed: int) -> str:
    if column.kind in (ColumnKind.INTEGER, ColumnKind.DECIMAL):
        return str(seed)
    if "名称" in column.label:
        return bureau.region + DOCUMENTS[seed % len(DOCUMENTS)].format(**_words(bureau))
    if "主体" in column.label:
        return ISSUERS[seed % len(ISSUERS)].format(**_words(bureau))
    if "进展" in column.label:
        return PROGRESS[seed % len(PROGRESS)]
    return _say(bureau, column.label, seed)


def _say(bureau: Bureau, label: str, seed: int) -> str:
    """One sentence on it; the figures of two columns differ, and so do those of one sentence."""
    known = sentences.about(label)
    n = (seed + sum(map(ord, label))) % 17 + 2
    return known[seed % len(known)].format(n=n, m=3 * n % 7 + 3, **_words(bureau))


def _words(bureau: Bureau) -> dict[str, str]:
    """What a place calls itself and its government."""
    region = bureau.region or bureau.short_name
    is_province = bureau.code.endswith("0000")
    government = "" if region.endswith("兵团") else "人民政府"
    return {
        "region": region,
        "name": bureau.name,
        "office": f"{region}{government}{'办公厅' if is_province else '办公室'}",
        "strong": STRONG.get(region[-1], "质量工作"),
    }
