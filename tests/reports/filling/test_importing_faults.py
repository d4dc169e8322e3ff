"""Faults of a filled workbook, each named with its cell; nothing at all is stored."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.reports.damaged import RESTORE, SHEET, Damage, change, part, refusal
from tests.reports.filled_templates import edited, filled
from tests.reports.importing import asked, downloaded


def moved(deed: Callable) -> Callable[[bytes], bytes]:
    return lambda data: edited(data, lambda _, sheet: deed(sheet))


def unmerged(data: bytes) -> bytes:
    def take_apart(_, sheet):
        sheet.unmerge_cells("B5:B9")
        sheet["B6"].value = "第二段"

    return edited(data, take_apart)


CELLS = [
    Damage("header deleted", change({"C4": None}), "C4：印好的“企业名称”被删除，请恢复。"),
    Damage(
        "header renamed",
        change({"C4": "单位"}),
        "C4：应为印好的“企业名称”，现为“单位”，请改回。",
    ),
    Damage(
        "column put in",
        moved(lambda sheet: sheet.insert_cols(4)),
        f"从D列起，表格被插入了1列，各栏已错位。{RESTORE}",
    ),
    Damage(
        "column taken out",
        moved(lambda sheet: sheet.delete_cols(4)),
        f"从D列起，表格被删除了1列，各栏已错位。{RESTORE}",
    ),
    Damage(
        "row put in",
        moved(lambda sheet: sheet.insert_rows(5)),
        f"从第5行起，表格被插入了1行，各行已错位。{RESTORE}",
    ),
    Damage(
        "row taken out",
        moved(lambda sheet: sheet.delete_rows(6)),
        f"从第6行起，表格被删除了1行，各行已错位。{RESTORE}",
    ),
    Damage(
        "body merged",
        moved(lambda sheet: sheet.merge_cells("C5:C6")),
        "C5:C6：填写区的单元格被合并，请取消合并，逐格填写。",
    ),
    Damage(
        "column hidden",
        moved(lambda sheet: setattr(sheet.column_dimensions["D"], "hidden", True)),
        "D列被隐藏，请取消隐藏、核对内容后再导入。",
    ),
    Damage(
        "row hidden",
        moved(lambda sheet: setattr(sheet.row_dimensions[6], "hidden", True)),
        "第6行被隐藏，请取消隐藏（或取消筛选）、核对内容后再导入。",
    ),
    Damage(
        "written below the table",
        change({"C40": "又一家"}),
        "C40：内容写在表格以下，不会被导入。行数不够的，请先导入已填的部分，再下载新的空表续填。",
    ),
    Damage(
        "formula never computed",
        change({"D5": "=1+1"}),
        "D5：填的是公式，文件中没有它的计算结果。请用 Excel 或 WPS 打开并保存后再导入，"
        "或复制后“选择性粘贴—数值”。",
    ),
    Damage(
        "error value", change({"D5": "#REF!"}), "D5：单元格显示错误值“#REF!”，请改为正确的内容。"
    ),
    Damage(
        "words for a number",
        change({"D5": "约20"}),
        "D5：“检查次数”应填整数，以“次”为单位，不能填“约20”；没有的填“0”或“无”。",
    ),
    Damage(
        "thousands without a unit",
        change({"I5": "2000万"}),
        "I5：“编号”应填整数，不能填“2000万”；没有的填“0”或“无”。",
    ),
    Damage(
        "other unit",
        change({"D5": "20家"}),
        "D5：“检查次数”应填整数，以“次”为单位，不能填“20家”；没有的填“0”或“无”。",
    ),
    Damage(
        "fraction",
        change({"D5": 1.5}),
        "D5：“检查次数”应填整数，以“次”为单位，不能填“1.5”；没有的填“0”或“无”。",
    ),
    Damage(
        "day for a number",
        change({"D5": date(2026, 3, 1)}),
        "D5：“检查次数”应填整数，以“次”为单位，不能填“2026年3月1日”；没有的填“0”或“无”。",
    ),
    Damage("decimals", change({"E5": 1.234}), "E5：“货值”最多保留2位小数，不能填“1.234”。"),
    Damage(
        "no such choice",
        change({"H5": "合资"}),
        "H5：“性质”应从“国有、非国有”中选择，不能填“合资”。",
    ),
    Damage(
        "no day",
        change({"G5": "三月底"}),
        "G5：“检查日期”应填日期，如2023年3月31日，不能填“三月底”。",
    ),
    Damage(
        "impossible day",
        change({"G5": "2026年2月30日"}),
        "G5：“检查日期”应填日期，如2023年3月31日，不能填“2026年2月30日”。",
    ),
    Damage(
        "too long",
        change({"B5": "字" * 21}),
        "B5：“总体情况”为21字，超过20字的上限，请删减1字。",
    ),
    Damage(
        "control character",
        lambda data: part(SHEET, lambda xml: xml.replace(b"AXB", b"A_x0007_B"))(
            filled(data, {"C5": "AXB"})
        ),
        "C5：“企业名称”第2个字符是看不见的控制字符（U+0007），请删除后重新录入。",
    ),
    Damage(
        "merge taken apart",
        unmerged,
        "B6：此格不是填写位置（可能是合并单元格被拆开），请把内容移到应填的格内。",
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize("damage", CELLS, ids=lambda damage: damage.name)
def test_fault_is_named_with_its_cell(damage):
    task = asked()

    refused = refusal(task, damage.damage(downloaded(task)))

    assert [str(fault) for fault in refused.faults] == [damage.said]
    assert str(refused) == "文件中有1处需要改正，没有导入任何内容"


@pytest.mark.django_db
def test_all_faults_are_told_at_once():
    task = asked()
    values = {"C5": "甲", "D5": "约20", "C6": "乙", "E6": "#N/A", "C7": "丙", "H7": "合资"}

    refused = refusal(task, filled(downloaded(task), values))

    assert [fault.address for fault in refused.faults] == ["E6", "D5", "H7"]
    assert str(refused) == "文件中有3处需要改正，没有导入任何内容"
