"""Long lists hold what openpyxl would have put there, and other programs open them."""

import csv
import shutil
import subprocess
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl import load_workbook
from python_calamine import load_workbook as calamine

from reports.workbooks.sheets.book import add_sheet, new_workbook
from reports.workbooks.sheets.cells import write_number, write_text
from reports.workbooks.sheets.comma import comma
from reports.workbooks.sheets.forwards import MOST_ROWS, ForwardBook, SheetFull
from reports.workbooks.sheets.listing import Heading, listing
from reports.workbooks.sheets.styles import CellStyle
from tests.reports.sheets import reopened
from tests.reports.workbooks.test_roll_up import entries, roll_up

pytestmark = pytest.mark.once

SCHEMA = Path(__file__).with_name("worksheet.xsd")
FIRST = 3  # the row of the first text, below title and head
STYLE = CellStyle("仿宋", 10, bordered=True)
TEXTS = [
    *("=1+1", "=cmd|'/c calc'!A1", "+86", "-2", "@SUM(A1)", "\t=1", "\r=1", "#N/A", "TRUE", "1e5"),
    *("<b>&amp;</b>", "]]>", '"引号"', "'单引号", "_x000D_", "_x005F_", "_abc_", "__"),
    *(" 前后 ", "　全角", "末尾\n", "\n开头", "两\n行", "\r\n", "   ", "\t"),
    *("110101199001011234", "007", "1,240", "2026-03-31", "12.50", "－1", "＝1"),
    *("😀", "𠀀𠮷", "e\u0301", "\u200b零宽", "\ufeff", "\u202e倒写", "\xa0", "\u2028"),
    *("铃\x07", "\x00", "\x85", "\ud800", "\ufffe", "\uffff", "\x7f"),
    *("字" * 32767, "a" * 32767, "😀" * 16383, "字" * 16384),
]


def list_of(values) -> bytes:
    return listing("名单", [], [Heading("内容", 40)], [[value] for value in values])


def facts(cell) -> list:
    font, side = cell.font, cell.border.left
    looks = [font.name, font.sz, font.charset, side.style, cell.alignment.wrap_text]
    return [cell.value, cell.data_type, cell.number_format, cell.quotePrefix, *looks]


def test_texts_stand_there_as_openpyxl_would_have_written_them():
    drawn = new_workbook()
    sheet = add_sheet(drawn, "名单")
    for row, text in enumerate(TEXTS, start=FIRST):
        STYLE.apply(sheet.cell(row, 1))
        write_text(sheet.cell(row, 1), text)
    expected = reopened(drawn).worksheets[0]

    found = reopened(list_of(TEXTS)).worksheets[0]

    for row, text in enumerate(TEXTS, start=FIRST):
        assert facts(found.cell(row, 1)) == facts(expected.cell(row, 1)), text[:40]


@pytest.mark.parametrize("number", [0, 1, -7, 10**14, 123456789012345, 1234567890123456, 10**18])
def test_numbers_stand_there_as_openpyxl_would_have_written_them(number):
    drawn = new_workbook()
    expected = add_sheet(drawn, "名单").cell(1, 1)
    write_number(expected, number)

    found = reopened(list_of([number])).worksheets[0].cell(FIRST, 1)

    read = reopened(drawn).worksheets[0].cell(1, 1)
    assert (found.value, found.data_type) == (read.value, read.data_type)


@pytest.mark.parametrize(
    "value",
    [
        datetime(2026, 3, 2, 9, 30, 7),  # noqa: DTZ001  as Excel has it
        datetime(2026, 12, 31, 23, 59, 59),  # noqa: DTZ001
        datetime(1900, 3, 1),  # noqa: DTZ001
        datetime(9999, 12, 31, 12),  # noqa: DTZ001
    ],
)
def test_moments_read_back_to_the_second(value):
    cells = reopened(list_of([value, value.date()])).worksheets[0]

    assert [cells.cell(FIRST, 1).value, cells.cell(FIRST + 1, 1).value] == [
        value,
        datetime(value.year, value.month, value.day),  # noqa: DTZ001
    ]


def test_days_that_excel_does_not_know_are_text():
    days = [date(1900, 2, 28), datetime(1, 1, 1, 8)]  # noqa: DTZ001

    sheet = reopened(list_of(days)).worksheets[0]

    found = [sheet.cell(row, 1) for row in (FIRST, FIRST + 1)]
    assert [(cell.value, cell.data_type) for cell in found] == [
        ("1900-02-28", "s"),
        ("0001-01-01 08:00:00", "s"),
    ]


def test_equal_values_of_different_kinds_keep_their_kinds():
    sheet = reopened(list_of([1, Fraction(1), 1, "1"])).worksheets[0]

    found = [sheet.cell(row, 1) for row in range(FIRST, FIRST + 4)]
    assert [cell.number_format for cell in found] == ["0", "[=0]0%;[=1]0%;0.0%", "0", "General"]
    assert found[3].data_type == "s"


def test_more_rows_than_a_sheet_has_are_refused_with_words():
    workbook = new_workbook()
    sheet = add_sheet(workbook, "表")

    with ForwardBook(BytesIO(), workbook) as book, book.write(sheet) as rows:
        rows.row(MOST_ROWS, None, [])
        with pytest.raises(SheetFull, match="行数超过Excel一张工作表1048576行的上限"):
            rows.row(MOST_ROWS + 1, None, [])


def test_columns_beyond_zz_have_their_places():
    workbook, out = new_workbook(), BytesIO()
    sheet = add_sheet(workbook, "表")
    with ForwardBook(out, workbook) as book, book.write(sheet) as rows:
        look = rows.look(STYLE)
        rows.row(1, None, [look.number(number) for number in range(1, 801)])

    assert load_workbook(BytesIO(out.getvalue())).worksheets[0]["ADT1"].value == 800


def sheets_of(data: bytes) -> list[bytes]:
    with ZipFile(BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return [archive.read(name) for name in names]


@pytest.mark.parametrize(
    "data",
    [
        lambda: list_of([*TEXTS, 5, Fraction(1, 3), date(2026, 3, 31), None]),
        lambda: list_of([]),
        lambda: roll_up(entries(1, 3, 40), "示例缺报局"),
    ],
    ids=["list", "empty list", "roll-up"],
)
def test_sheets_are_as_the_standard_has_them(data):
    schema = etree.XMLSchema(etree.parse(SCHEMA))

    for sheet in sheets_of(data()):
        schema.assertValid(etree.fromstring(sheet))


def test_schema_refuses_what_the_standard_does():
    """Else the test above would be none."""
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    (sheet,) = sheets_of(list_of(["甲"]))

    for wrong in (
        sheet.replace(b"<autoFilter", b"<mergeCells/><autoFilter"),
        sheet.replace(b'r="3"', b'r="0"'),
        sheet.replace(b't="inlineStr"', b't="text"'),
        sheet.replace(b"<is>", b"<is><b/>"),
    ):
        assert wrong != sheet
        assert not schema.validate(etree.fromstring(wrong))


def test_calamine_reads_the_same():
    values = ["=1+1", "两\n行", "😀 𠀀", " 前后 ", "110101199001011234", 7, Decimal(3), None]
    values[6] = date(2026, 3, 31)

    rows = calamine(BytesIO(list_of(values))).get_sheet_by_index(0).to_python()

    assert [row[0] for row in rows[2:]] == [*values[:5], 7.0, date(2026, 3, 31)]


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice: apt-get install")
def test_libreoffice_reads_the_same(tmp_path):
    values = ["=1+1", "两\n行", "😀 𠀀", " 前后 ", "_x000D_", "110101199001011234", 7]
    (tmp_path / "list.xlsx").write_bytes(list_of(values))

    program = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    made = ["--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", str(tmp_path)]
    command = [*program, *made, str(tmp_path / "list.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=300)

    rows = list(csv.reader(StringIO((tmp_path / "list.csv").read_text("utf-8-sig"))))
    assert [row[0] for row in rows] == ["名单", "内容", *(str(value) for value in values)]


def comma_rows(*values) -> list[str]:
    data = comma([Heading("内容", 10)], [[value] for value in values])
    assert data.startswith(b"\xef\xbb\xbf")
    return [row[0] for row in csv.reader(StringIO(data.decode("utf-8-sig"), newline=""))][1:]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "－1", "　=1"],
)
def test_text_of_a_csv_is_never_a_formula(text):
    (found,) = comma_rows(text)

    assert found.startswith("'")
    assert found[1:].replace("\ufffd", "\r") == text


def test_codes_of_a_csv_keep_their_digits():
    code, phone = "110101199001011234", "01012345678"

    assert comma_rows(code, f"{code}号", phone) == [f"'{code}", f"{code}号", phone]


def test_values_of_a_csv_are_spelled_for_programs():
    values = [
        *(-5, None, "", Fraction(1, 3), Fraction(0), Fraction(1), "两\n行", '引"号,逗号'),
        *(date(2026, 3, 31), datetime(2026, 3, 2, 9, 30)),  # noqa: DTZ001
    ]

    assert comma_rows(*values) == [
        *("-5", "", "", "33.3%", "0%", "100%", "两\n行", '引"号,逗号'),
        *("2026-03-31", "2026-03-02 09:30"),
    ]
