"""What the demo's bureaus write: invented, different for each, plausible in length."""

from bureaus.models import Bureau
from reports.schemas.definition.definition import Definition
from reports.schemas.definition.kinds import ColumnKind
from reports.schemas.definition.outlines import OutlineDefinition

SENTENCES = (
    "{region}局党组召开专题会议学习《纲要》，研究部署落实措施，明确{n}项重点任务。",
    "举办专题培训班{n}期，覆盖市县两级质量工作人员，组织知识问答和现场交流。",
    "在电视、报纸和政务新媒体开设专栏，发布解读文章{n}篇，制作宣传短片并在窗口单位播放。",
    "建立部门联席会议制度，按季度调度重点任务，把落实情况纳入年度工作要点。",
    "组织质量专家走进企业{n}家，帮助解决标准、计量、检验检测方面的具体问题。",
)
PROGRESS = ("已印发", "征求意见", "起草中", "送审")


def write(definition: Definition, bureau: Bureau) -> dict:
    """Content for a form, in the shape of schemas.content."""
    seed = int(bureau.code[:2])
    if isinstance(definition, OutlineDefinition):
        return {
            "sections": {
                section.id: "\n".join(_say(bureau, seed + index + step) for step in range(2))
                for index, section in enumerate(definition.sections)
            }
        }
    return {
        "head": {entry.id: bureau.name for entry in definition.head_fields},
        "unit": {
            column.id: _say(bureau, seed + index)
            for index, column in enumerate(definition.unit_columns())
        },
        "rows": [_row(definition, bureau, seed + line) for line in range(1 + seed % 3)],
        "foot": {entry.id: "示例联系人 000-00000000" for entry in definition.foot_fields},
    }


def _row(definition, bureau: Bureau, seed: int) -> dict[str, str]:
    texts = (
        f"{bureau.region}贯彻落实《纲要》实施方案（第{seed % 9 + 1}稿）",
        f"{bureau.region}人民政府办公厅",
        PROGRESS[seed % len(PROGRESS)],
    )
    columns = definition.row_columns()
    row = {}
    for index, column in enumerate(columns):
        number = column.kind in (ColumnKind.INTEGER, ColumnKind.DECIMAL)
        row[column.id] = str(seed) if number else texts[index % len(texts)]
    return row


def _say(bureau: Bureau, seed: int) -> str:
    sentence = SENTENCES[seed % len(SENTENCES)]
    return sentence.format(region=bureau.region or bureau.short_name, n=seed % 7 + 2)
