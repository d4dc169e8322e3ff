"""More files that must not be taken in: of other programs, and values that are nearly right."""

import gzip
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from tests.reports.damaged import (
    NO_BOOK,
    NOT_OURS,
    UNSAFE,
    Damage,
    change,
    refusal,
)
from tests.reports.filled_templates import edited, rezipped
from tests.reports.importing import asked, downloaded

pytestmark = pytest.mark.django_db
UNCOMPUTED = (
    "填的是公式，文件中没有它的计算结果。请用 Excel 或 WPS 打开并保存后再导入，"
    "或复制后“选择性粘贴—数值”。"
)


def exchanged(_, sheet) -> None:
    """Two columns change places, headers and all."""
    for row in (4, 5):
        left, right = sheet.cell(row, 4), sheet.cell(row, 5)
        left.value, right.value = right.value, left.value


def own_book(_: bytes) -> bytes:
    workbook, out = Workbook(), BytesIO()
    workbook.active["A1"] = "企业"
    workbook.save(out)
    return out.getvalue()


def open_document(_: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<a/>")
    return out.getvalue()


def binary_book(data: bytes) -> bytes:
    def swap(parts):
        parts["xl/workbook.bin"] = parts.pop("xl/workbook.xml")

    return rezipped(data, swap)


def thousands_of_parts(data: bytes) -> bytes:
    out = BytesIO(data)
    with ZipFile(out, "a") as archive:
        for number in range(5000):
            archive.writestr(f"xl/media/{number}.xml", b"")
    return out.getvalue()


STRANGE = [
    Damage("a book of one's own", own_book, NOT_OURS),
    Damage("ods renamed", open_document, NO_BOOK.format("，内容是ODF 文件")),
    Damage("xlsb renamed", binary_book, NO_BOOK.format("，内容是xlsb 文件")),
    Damage("gzip", lambda _: gzip.compress(b"x" * 99), NO_BOOK.format("，内容是gzip 压缩包")),
    Damage("thousands of parts", thousands_of_parts, UNSAFE),
]
VALUES = [
    Damage("program to be run", change({"C5": "=cmd|'/C calc'!A0"}), f"C5：{UNCOMPUTED}"),
    Damage("link to another file", change({"D5": "='[1]甲'!A1"}), f"D5：{UNCOMPUTED}"),
    Damage(
        "two answers for one",
        change({"H5": "国有、非国有"}),
        "H5：“性质”只能选一项，不能填“国有、非国有”。",
    ),
    Damage(
        "truth for a number",
        change({"D5": True}),
        "D5：“检查次数”应填整数，以“次”为单位，不能填“TRUE”；没有的填“0”或“无”。",
    ),
    Damage(
        "full-width commas at the wrong place",
        change({"D5": "１２，３４"}),
        "D5：“检查次数”应填整数，以“次”为单位，不能填“１２，３４”；没有的填“0”或“无”。",
    ),
    Damage(
        "more digits than Excel keeps",
        change({"I5": "12345678901234567"}),
        "I5：“编号”应填整数，不能填“12345678901234567”；没有的填“0”或“无”。",
    ),
    Damage(
        "share in words",
        change({"F5": "九成"}),
        "F5：“合格率”应填数字，以“%”为单位，不能填“九成”；没有的填“0”或“无”。",
    ),
]


@pytest.mark.parametrize("damage", STRANGE, ids=lambda damage: damage.name)
def test_strange_file_is_refused_as_a_whole(damage):
    task = asked()

    refused = refusal(task, damage.damage(downloaded(task)), damage.file_name)

    assert (str(refused), refused.faults) == (damage.said, [])


@pytest.mark.parametrize("damage", VALUES, ids=lambda damage: damage.name)
def test_strange_value_is_named_with_its_cell(damage):
    task = asked()

    refused = refusal(task, damage.damage(downloaded(task)))

    assert [str(fault) for fault in refused.faults] == [damage.said]


def test_columns_that_changed_places_are_both_named():
    task = asked()

    refused = refusal(task, edited(downloaded(task), exchanged))

    assert [str(fault) for fault in refused.faults] == [
        "D4：应为印好的“检查次数”，现为“货值”，请改回。",
        "E4：应为印好的“货值”，现为“检查次数”，请改回。",
    ]
