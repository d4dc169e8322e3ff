"""Files that must not be taken in, each with what is said; nothing at all is stored of any."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from audit.models import AuditEvent
from reports.actions import importing
from reports.models import Submission, WorkbookImport
from tests.factories import fresh
from tests.reports.filling import VARIED, edited, filled, rezipped, template
from tests.reports.importing import asked, downloaded, take_in

SHEET, META = "xl/worksheets/sheet1.xml", "_meta"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
NOT_OURS = (
    "文件不是从本系统下载的填报模板，或模板中的识别信息已丢失。"
    "请在任务的填报页面点“下载填报模板”，把内容填入模板后再导入。"
)
ALTERED = (
    "模板的校验信息不符：文件的识别信息被改动过，或不是本系统生成的。"
    "请重新下载填报模板，把内容复制过去后再导入。"
)
UNSAFE = "文件已损坏或解压后体积异常，无法打开。请用 Excel 或 WPS 打开并另存为 .xlsx 后再导入。"
BROKEN = "文件已损坏或不是完整的 Excel 工作簿，无法读取。请用 Excel 或 WPS 打开并另存后再导入。"
NO_BOOK = "文件不是 Excel 工作簿{}。请上传填好的 .xlsx 模板。"
OLD = "文件是旧版 Excel 格式（.xls 或 .et）。请另存为 .xlsx 后再导入。"
MACRO = "文件含有宏。请另存为不含宏的 .xlsx 后再导入。"
FAR = "表格范围过大（用到了XFD1048576）。请删去表格以外零散的内容和多余的行列，另存后再试。"
RESTORE = "请恢复原样，或重新下载模板，把填好的内容复制过去。"
NO_SHEET = "找不到工作表“附件1”，可能已被删除或改名。请恢复原来的名称，或重新下载模板填写。"


@dataclass(frozen=True)
class Damage:
    name: str
    damage: Callable[[bytes], bytes]
    said: str
    file_name: str = "填报.xlsx"


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le")


def part(name: str, change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda data: rezipped(data, lambda parts: parts.update({name: change(parts[name])}))


def added(name: str, data: bytes) -> Callable[[bytes], bytes]:
    return lambda whole: rezipped(whole, lambda parts: parts.update({name: data}))


def sheet_end(xml: bytes, before: bytes = b"</sheetData>") -> Callable[[bytes], bytes]:
    return part(SHEET, lambda sheet: sheet.replace(before, xml + before))


def without_sheet(data: bytes) -> bytes:
    def change(workbook, sheet):
        workbook.remove(sheet)
        workbook.create_sheet("甲")
        workbook.create_sheet("乙")

    return edited(data, change)


def hidden_sheet(data: bytes) -> bytes:
    def change(workbook, sheet):
        workbook.create_sheet("封面")
        sheet.sheet_state = "hidden"

    return edited(data, change)


def reseal(workbook, _) -> None:
    """What somebody would do who changed the hidden sheet and made up a checksum."""
    workbook[META]["A3"].value = "0" * 64


def repoint(workbook, _) -> None:
    text = workbook[META]["A4"].value
    workbook[META]["A4"].value = ("A" if text[40] != "A" else "B").join((text[:40], text[41:]))


WHOLE = [
    Damage("empty", lambda _: b"", "文件是空的，没有内容。请重新选择填好的 .xlsx 模板。"),
    Damage("plain text", lambda _: "企业,次数".encode(), NO_BOOK.format("")),
    Damage("web page", lambda _: b"<html><table></table></html>", NO_BOOK.format("")),
    Damage("pdf renamed", lambda _: b"%PDF-1.7 x", NO_BOOK.format("，内容是PDF")),
    Damage("picture renamed", lambda _: b"\xff\xd8\xff\xe0", NO_BOOK.format("，内容是JPEG 图片")),
    Damage("old xls", lambda _: stream("Workbook"), OLD, "填报.xls"),
    Damage("old xls renamed", lambda _: stream("Workbook"), OLD),
    Damage("old doc renamed", lambda _: stream("WordDocument"), NO_BOOK.format("")),
    Damage(
        "password",
        lambda _: stream("EncryptedPackage"),
        "文件设有打开密码。请取消密码、保存后再导入。",
    ),
    Damage(
        "macro book",
        lambda data: data,
        "文件是带宏的工作簿（.xlsm）。请另存为不含宏的 .xlsx 后再导入。",
        "填报.xlsm",
    ),
    Damage("macro inside", added("xl/vbaProject.bin", b"x"), MACRO),
    Damage(
        "macro type",
        part("[Content_Types].xml", lambda xml: xml.replace(b"sheet.main", b"macroEnabled.main")),
        MACRO,
    ),
    Damage(
        "other extension",
        lambda data: data,
        "文件扩展名不是 .xlsx。请用填好的 .xlsx 模板，不要改扩展名。",
        "填报.et",
    ),
    Damage(
        "docx renamed",
        lambda data: rezipped(
            data, lambda parts: (parts.clear(), parts.update({"word/document.xml": b"<a/>"}))
        ),
        NO_BOOK.format("，内容是docx 文件"),
    ),
    Damage(
        "zip renamed",
        lambda data: rezipped(data, lambda parts: (parts.clear(), parts.update({"a.txt": b"x"}))),
        NO_BOOK.format("，内容是zip 压缩包"),
    ),
    Damage(
        "too large",
        lambda _: b"PK\x03\x04" + b"\0" * (10 * 1024 * 1024),
        "文件超过10 MB，无法导入。请删去表中的图片和多余内容后再试。",
    ),
    Damage("zip bomb", added("xl/media/a.xml", b" " * (30 * 1024 * 1024)), UNSAFE),
    Damage("half a file", lambda data: data[: len(data) // 2], UNSAFE),
    Damage("broken xml", part(SHEET, lambda xml: xml[:400]), BROKEN),
    Damage(
        "entities",
        part(
            SHEET,
            lambda xml: xml.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', 1),
        ),
        "文件内部含有 XML 实体定义（DTD），可能是恶意文件，已拒绝读取。"
        "请在原程序中打开并另存一份后重新上传。",
    ),
    Damage(
        "cell far out",
        sheet_end(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        FAR,
    ),
    Damage(
        "merge far out",
        sheet_end(b'<mergeCell ref="A60:XFD1048576"/>', b"</mergeCells>"),
        FAR,
    ),
    Damage("no hidden sheet", lambda data: edited(data, lambda w, _: w.remove(w[META])), NOT_OURS),
    Damage(
        "hidden sheet emptied",
        lambda data: edited(data, lambda w, _: w[META].delete_rows(4, 50)),
        NOT_OURS,
    ),
    Damage("checksum made up", lambda data: edited(data, reseal), ALTERED),
    Damage("hidden sheet altered", lambda data: edited(data, repoint), ALTERED),
    Damage("sheet deleted", without_sheet, NO_SHEET),
    Damage(
        "sheet hidden",
        hidden_sheet,
        "工作表“附件1”被隐藏，请取消隐藏、核对内容后再导入。",
    ),
]


def change(values: dict[str, object]) -> Callable[[bytes], bytes]:
    return lambda data: filled(data, {"C5": "示例企业", **values})


def moved(deed: Callable) -> Callable[[bytes], bytes]:
    return lambda data: edited(data, lambda _, sheet: deed(sheet))


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
        "C40：内容写在表格以下，不会被导入。行数不够的，请先导入已填的部分，再下载新模板续填。",
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
]


def unmerged(data: bytes) -> bytes:
    def take_apart(_, sheet):
        sheet.unmerge_cells("B5:B9")
        sheet["B6"].value = "第二段"

    return edited(data, take_apart)


CELLS.append(
    Damage(
        "merge taken apart",
        unmerged,
        "B6：此格不是填写位置（可能是合并单元格被拆开），请把内容移到应填的格内。",
    )
)


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Submission, WorkbookImport, AuditEvent))


def refusal(task, data: bytes, name: str = "填报.xlsx") -> importing.ImportRefused:
    """What is said of the file; the database is as it was."""
    before, status = counts(), fresh(task).status
    with pytest.raises(importing.ImportRefused) as refused:
        take_in(task, data, name=name)
    assert (counts(), fresh(task).status) == (before, status)
    return refused.value


@pytest.mark.django_db
@pytest.mark.parametrize("damage", WHOLE, ids=lambda damage: damage.name)
def test_file_is_refused_as_a_whole(damage):
    task = asked()

    refused = refusal(task, damage.damage(downloaded(task)), damage.file_name)

    assert (str(refused), refused.faults) == (damage.said, [])


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


OTHERS = {
    "bureau": (
        {"bureau_code": "320000", "bureau_name": "江苏省市场监督管理局"},
        "该模板是为江苏省市场监督管理局下载的，不能导入到浙江省市场监督管理局的任务。"
        "请在本任务的填报页面重新下载填报模板。",
    ),
    "notice": (
        {"notice_id": 999, "notice_name": "示例〔2026〕9号"},
        "该模板属于示例〔2026〕9号，不能导入到{notice}的任务。"
        "请在本任务的填报页面重新下载填报模板。",
    ),
    "attachment": (
        {"attachment_number": 2},
        "该模板是附件2的，当前报表是附件1。请到附件2的填报页面导入，或重新下载本表的模板。",
    ),
    "period": (
        {"assignment_id": 999, "period": "2026年2月"},
        "该模板属于另一项任务（2026年2月），不能导入到当前任务。"
        "请在本任务的填报页面重新下载填报模板。",
    ),
    "version": (
        {"digest": "0" * 64, "schema_version": 3},
        "报表已修订：该模板是第3版，现行的是第1版。请重新下载填报模板，把内容复制过去后再导入。",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", OTHERS)
def test_template_of_something_else_is_refused_with_what_it_is_for(name, monkeypatch):
    task = asked()
    fields, said = OTHERS[name]
    own = importing.fill_in.identity_of

    def other(assignment, form):
        return type(own(assignment, form))(**{**_fields(own(assignment, form)), **fields})

    with monkeypatch.context() as patched:
        patched.setattr(importing.fill_in, "identity_of", other)
        data = downloaded(task)

    assert str(refusal(task, data)) == said.format(notice=task.obligation.notice.citation)


@pytest.mark.django_db
def test_template_sealed_with_another_key_is_refused():
    task = asked()

    assert str(refusal(task, template(VARIED))) == ALTERED


def _fields(identity) -> dict[str, object]:
    return {name: getattr(identity, name) for name in identity.__slots__}
