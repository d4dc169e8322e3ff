"""Spreadsheets: attachment templates as the reading expects them, hostile files."""

import datetime
import io
import zipfile

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notices.readers.base import UnreadableDocument
from notices.readers.containers import OLE
from notices.readers.registry import read_document
from notices.text.attachments.tables_and_outlines import AttachmentTable
from notices.text.reading import read
from tests.notices.made_files import DIRECTIVE, outcome, zipped

LABELS = (
    *("序号", "领导同志批示情况", "组织开展学习情况", "出台贯彻落实《纲要》文件情况", None, None),
    *("开展的重点和特色宣传贯彻工作", "好的经验和做法"),
)
TEMPLATE = "\n".join(
    [
        "《质量强国建设纲要》学习宣传贯彻情况表",
        "填报单位(盖章): _____",
        "序号\t领导同志批示情况\t组织开展学习情况\t出台贯彻落实《纲要》文件情况\t\t\t"
        "开展的重点和特色宣传贯彻工作\t好的经验和做法",
        "\t\t\t文件名称\t发文主体\t当前进展\t\t",
        "联系人及联系方式: _____",
    ]
)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def template() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["《质量强国建设纲要》学习宣传贯彻情况表"])
    sheet.append(["填报单位(盖章): _____"])
    sheet.append(LABELS)
    sheet.append([None, None, None, "文件名称", "发文主体", "当前进展"])
    for _ in range(5):
        sheet.append([None] * 8)
    sheet.append(["联系人及联系方式: _____"])
    for area in ("A1:H1", "A2:H2", "A10:H10", "D3:F3", *(f"{c}3:{c}4" for c in "ABCGH")):
        sheet.merge_cells(area)
    return book


def old_template() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("情况表")
    sheet.write_merge(0, 0, 0, 7, "《质量强国建设纲要》学习宣传贯彻情况表")
    sheet.write_merge(1, 1, 0, 7, "填报单位(盖章): _____")
    for column, label in enumerate(LABELS):
        if column == 3:
            sheet.write_merge(2, 2, 3, 5, label)
        elif label:
            sheet.write_merge(2, 3, column, column, label)
    for column, label in zip((3, 4, 5), ("文件名称", "发文主体", "当前进展"), strict=True):
        sheet.write(3, column, label)
    sheet.write_merge(9, 9, 0, 7, "联系人及联系方式: _____")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


XLSX, XLS = saved(template()), old_template()


def refused(data: bytes, name: str = "附件1.xlsx") -> str:
    with pytest.raises(UnreadableDocument) as refusal:
        read_document(name, data)
    assert "请" in refusal.value.message_zh
    return refusal.value.message_zh


@pytest.mark.parametrize(("name", "data"), [("附件1.xlsx", XLSX), ("附件1.xls", XLS)])
def test_template_becomes_title_lines_and_rows(name: str, data: bytes) -> None:
    assert read_document(name, data) == TEMPLATE


@pytest.mark.parametrize(("name", "data"), [("附件1.xlsx", XLSX), ("附件1.xls", XLS)])
def test_template_reads_like_the_table_in_the_notice(name: str, data: bytes) -> None:
    first, second = DIRECTIVE.index("附件 1\n"), DIRECTIVE.index("附件 2\n")
    notice = (
        DIRECTIVE[:first] + "附件 1\n\n" + read_document(name, data) + "\n\n" + DIRECTIVE[second:]
    )

    found, wanted = (read(text).attachment_bodies[0] for text in (notice, DIRECTIVE))

    assert isinstance(found, AttachmentTable)
    assert isinstance(wanted, AttachmentTable)
    assert (found.title, found.unit_line, found.header_rows, found.foot_line) == (
        *(wanted.title, wanted.unit_line, wanted.header_rows, wanted.foot_line),
    )


def test_values_are_written_as_an_office_types_them() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["名称", "数", "日", "时", "否"])
    evening = datetime.datetime(2023, 4, 1, 17)  # noqa: DTZ001 - cells know no zones
    sheet.append(["甲\n乙", 5.0, datetime.date(2023, 3, 31), evening, False])
    sheet.append(["丙", 0.1 + 0.2, None, datetime.time(9, 30), True])

    assert read_document("a.xlsx", saved(book)).split("\n")[1:] == [
        "甲乙\t5\t2023年3月31日\t2023年4月1日 17:00\t否",
        "丙\t0.3\t\t09:30\t是",
    ]


def test_visible_sheets_follow_one_another() -> None:
    book = template()
    book.create_sheet("二").append(["单位", "人数"])
    hidden = book.create_sheet("字典")
    hidden.append(["选项", "代码"])
    hidden.sheet_state = "hidden"
    book.create_sheet("空")

    assert read_document("a.xlsx", saved(book)) == f"{TEMPLATE}\n\n单位\t人数"


def test_table_may_begin_anywhere_and_formats_far_out_do_no_harm() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["C5"], sheet["D5"], sheet["C6"] = "单位", "人数", "合计"
    sheet["XFD1048576"].number_format = "0.00"
    sheet.merge_cells("C8:XFD9")

    assert read_document("a.xlsx", saved(book)) == "单位\t人数\n合计\t"


def part(name: str, content: str | bytes) -> bytes:
    """The template with one part of the container replaced."""
    parts = {n: c for n, c in _parts().items() if n != name}
    return zipped({**parts, name: content})


def _parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(XLSX)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def far_out(name: str) -> bytes:
    book = template()
    book.active[name] = "远"
    return saved(book)


SHEET = _parts()["xl/worksheets/sheet1.xml"].decode()
DTD = '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (far_out("XFD1048576"), "1048576 行 × 16384 列"),
        (far_out("A1048576"), "范围过大"),
        (far_out("ZZ1"), "超过 300 列"),
        (part("xl/worksheets/sheet1.xml", DTD + SHEET), "实体"),
        (part("xl/vbaProject.bin", "x"), "宏"),
        (part("xl/worksheets/sheet1.xml", b" " * 20_000_000), "压缩炸弹"),
        (part("xl/worksheets/sheet1.xml", SHEET[: len(SHEET) // 2]), "损坏"),
        (part("xl/workbook.xml", "<workbook"), "损坏"),
        (saved(openpyxl.Workbook()), "没有文字"),
        (zipped({"word/document.xml": ""}), "docx 文件"),
        (zipped({"a.txt": ""}), "zip 压缩包"),
        (OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 99, "密码"),
        (OLE + "WordDocument".encode("utf-16-le") + b"\0" * 99, "旧版 Word"),
        (OLE + "Workbook".encode("utf-16-le") + b"\0" * 600, "损坏"),
        (b"<html><table></table></html>", "网页"),
        ("单位,人数".encode(), "其他格式"),
        (b"%PDF-1.7", "PDF"),
        (XLSX[: len(XLSX) // 2], "已损坏"),
        (XLS[: len(XLS) // 2], "损坏"),
        (b"", "空的"),
    ],
)
def test_hostile_file_says_why_and_what_to_do(data: bytes, words: str) -> None:
    assert words in refused(data)


def test_old_workbook_of_absurd_range_is_ended_in_its_own_process() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "标题")
    sheet.write(65535, 255, "远")
    out = io.BytesIO()
    book.save(out)

    assert refused(out.getvalue(), "a.xls")


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    old=st.booleans(),
    flips=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_flipped_bytes_give_text_or_the_named_error(
    old: bool, flips: list[tuple[float, int]]
) -> None:
    data = bytearray(XLS if old else XLSX)
    for share, byte in flips:
        data[int(share * len(data))] = byte

    assert outcome("a.xlsx", bytes(data)).strip()
