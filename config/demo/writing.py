"""What the demo's bureaus write: invented, different for each, plausible in length."""

from bureaus.models import Bureau
from config.demo import sentences
from reports.schemas.definition.definition import Definition
from reports.schemas.definition.kinds import ColumnKind
from reports.schemas.definition.outlines import OutlineDefinition

DOCUMENTS = (
    "贯彻落实《质量强国建设纲要》实施方案",
    "质量强省建设年度行动计划",
    "质量基础设施提升工作方案",
    "质量工作任务分工",
    "首席质量官制度推行意见",
)
ISSUERS = ("{region}人民政府办公厅", "{region}市场监督管理局", "{region}质量强省建设领导小组办公室")
PROGRESS = ("已印发", "征求意见", "起草中", "送审")


def write(definition: Definition, bureau: Bureau) -> dict:
    """Content for a form, in the shape of schemas.content."""
    seed = int(bureau.code[:2]) + 5 * int(bureau.code[2:4])
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
        return f"{bureau.region}{DOCUMENTS[seed % len(DOCUMENTS)]}"
    if "主体" in column.label:
        return ISSUERS[seed % len(ISSUERS)].format(region=bureau.region)
    if "进展" in column.label:
        return PROGRESS[seed % len(PROGRESS)]
    return _say(bureau, column.label, seed)


def _say(bureau: Bureau, label: str, seed: int) -> str:
    known = sentences.about(label)
    sentence = known[seed % len(known)]
    return sentence.format(region=bureau.region or bureau.short_name, n=seed % 17 + 2)
