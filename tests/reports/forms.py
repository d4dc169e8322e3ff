"""Forms and contents the tests of reports work on; the wording is invented or a bare heading."""

from notices.text.attachments.tables_and_outlines import (
    AttachmentOutline,
    AttachmentTable,
    OutlineSection,
)
from reports.schemas.content.content import OutlineContent, TableContent, normalise
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.outlines import OutlineDefinition
from reports.schemas.proposing.from_attachment import outline_definition, table_definition

# The flattened header of annex 1 of 国市监质发〔2023〕9号: blanks are spans.
ANNEX_1_HEADER = (
    (
        "序号",
        "领导同志批示情况",
        "组织开展学习情况",
        "出台贯彻落实《纲要》文件情况",
        "",
        "",
        "开展的重点和特色宣传贯彻工作",
        "好的经验和做法",
    ),
    ("", "", "", "文件名称", "发文主体", "当前进展", "", ""),
)
FIVE_SECTIONS = (
    OutlineSection("一、学习《纲要》有关情况", "领导批示、集中学习等"),
    OutlineSection("二、出台《纲要》贯彻落实文件情况", "文件名称、发文主体等"),
    OutlineSection("三、开展的重要学习宣传贯彻活动情况和取得的成效", ""),
    OutlineSection("四、学习宣传贯彻工作中好的经验、做法", ""),
    OutlineSection("五、涌现出的先进典型和示范案例", ""),
)


def attachment_table(
    header: tuple[tuple[str, ...], ...] = ANNEX_1_HEADER,
    *,
    body: tuple[tuple[str, ...], ...] = (),
    unit_line: str | None = "填报单位(盖章)",
    foot_line: str | None = "联系人及联系方式",
) -> AttachmentTable:
    title = "《质量强国建设纲要》学习宣传贯彻情况表"
    return AttachmentTable(1, title, unit_line, header, body, foot_line, 0, 0)


def annex_1() -> FormDefinition:
    return table_definition(attachment_table())


def annex_2() -> OutlineDefinition:
    title = "《质量强国建设纲要》学习宣传贯彻工作总结提纲"
    note = "用数据说话，3000字以内。"
    return outline_definition(AttachmentOutline(2, title, FIVE_SECTIONS, note, 3000, 0, 0))


def annex_1_content(documents: int = 3, **unit: str) -> TableContent:
    """Annex 1 filled in, with so many documents and the unit's long texts as given."""
    texts = {"c2": "省领导作出批示", "c3": "专题学习2次", "c7": "开展活动5场", "c8": "无"}
    rows = [
        {"c4": f"示例文件{number}", "c5": "省政府", "c6": "已印发"}
        for number in range(1, documents + 1)
    ]
    foot = {"f1": "示例联系人 010-00000000"}
    return normalise(annex_1(), {"unit": texts | unit, "rows": rows, "foot": foot})


def annex_2_content(*texts: str) -> OutlineContent:
    """Annex 2 with the texts in its sections, in order."""
    sections = {f"s{number}": text for number, text in enumerate(texts, start=1)}
    return normalise(annex_2(), {"sections": sections})
