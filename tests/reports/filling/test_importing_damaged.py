"""Files that must not be taken in as a whole, each with what is said; nothing at all is stored."""

from collections.abc import Callable

import pytest

from reports.actions import importing
from tests.reports.damaged import (
    ALTERED,
    NO_BOOK,
    NOT_OURS,
    SHEET,
    UNSAFE,
    Damage,
    part,
    refusal,
    stream,
)
from tests.reports.filled_templates import VARIED, edited, rezipped, template
from tests.reports.importing import asked, downloaded

META = "_meta"
BROKEN = "文件已损坏或不是完整的 Excel 工作簿，无法读取。请用 Excel 或 WPS 打开并另存后再导入。"
OLD = "文件是旧版 Excel 格式（.xls 或 .et）。请另存为 .xlsx 后再导入。"
MACRO = "文件含有宏。请另存为不含宏的 .xlsx 后再导入。"
FAR = "表格范围过大（用到了XFD1048576）。请删去表格以外零散的内容和多余的行列，另存后再试。"
NO_SHEET = "找不到工作表“附件1”，可能已被删除或改名。请恢复原来的名称，或重新下载空表填写。"


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
    Damage("empty", lambda _: b"", "文件是空的，没有内容。请重新选择填好的 .xlsx 表。"),
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
        "文件扩展名不是 .xlsx。请用填好的 .xlsx 表，不要改扩展名。",
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


@pytest.mark.django_db
@pytest.mark.parametrize("damage", WHOLE, ids=lambda damage: damage.name)
def test_file_is_refused_as_a_whole(damage):
    task = asked()

    refused = refusal(task, damage.damage(downloaded(task)), damage.file_name)

    assert (str(refused), refused.faults) == (damage.said, [])


OTHERS = {
    "bureau": (
        {"bureau_code": "320000", "bureau_name": "江苏省市场监督管理局"},
        "这份空表是为江苏省市场监督管理局下载的，不能导入到浙江省市场监督管理局的任务。"
        "请在本任务的填报页面重新下载空表。",
    ),
    "notice": (
        {"notice_id": 999, "notice_name": "示例〔2026〕9号"},
        "这份空表属于示例〔2026〕9号，不能导入到{notice}的任务。请在本任务的填报页面重新下载空表。",
    ),
    "attachment": (
        {"attachment_number": 2},
        "这份空表是附件2的，当前报表是附件1。请到附件2的填报页面导入，或重新下载本表的空表。",
    ),
    "period": (
        {"assignment_id": 999, "period": "2026年2月"},
        "这份空表属于另一项任务（2026年2月），不能导入到当前任务。"
        "请在本任务的填报页面重新下载空表。",
    ),
    "version": (
        {"digest": "0" * 64, "schema_version": 3},
        "报表已修订：这份空表是第3版，现行的是第1版。请重新下载空表，把内容复制过去后再导入。",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", OTHERS)
def test_template_of_something_else_is_refused_with_what_it_is_for(name, monkeypatch):
    task = asked()
    fields, said = OTHERS[name]
    own = importing.offline_templates.identity_of

    def other(assignment, form):
        return type(own(assignment, form))(**{**_fields(own(assignment, form)), **fields})

    with monkeypatch.context() as patched:
        patched.setattr(importing.offline_templates, "identity_of", other)
        data = downloaded(task)

    assert str(refusal(task, data)) == said.format(notice=task.obligation.notice.citation)


@pytest.mark.django_db
def test_template_sealed_with_another_key_is_refused():
    task = asked()

    assert str(refusal(task, template(VARIED))) == ALTERED


def _fields(identity) -> dict[str, object]:
    return {name: getattr(identity, name) for name in identity.__slots__}
