"""Hidden rows and columns of an .xls are not read, whoever wrote it; a damaged one is no harm."""

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
import xlwt

from notices.readers.containers import OLE
from notices.readers.registry import read_document
from notices.readers.spreadsheet.old_hidden import hidden_in_old

SHOWN = "序号\t企业名称\t数量\n2\t乙企业\t5"


def old(*, many: int = 0, rows: tuple[int, ...] = (1,), columns: tuple[int, ...] = (2,)) -> bytes:
    """Rows 0 to 2 and columns A to D, of which some are hidden; `many` rows in a second sheet."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("调查表")
    table = (
        ("序号", "企业名称", "内部代码", "数量"),
        (1, "甲企业", "X1", 3),
        (2, "乙企业", "X2", 5),
    )
    for r, row in enumerate(table):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    for r in rows:
        sheet.row(r).hidden = True
    for c in columns:
        sheet.col(c).hidden = True
    other = book.add_sheet("Sheet2") if many else None
    for r in range(many):
        other.write(r, 0, f"第{r}行")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("ending", ["xls", "et"])
def test_hidden_row_and_column_are_not_read(ending: str) -> None:
    assert read_document(f"附件1.{ending}", old()) == SHOWN


def test_nothing_hidden_is_read_whole() -> None:
    text = read_document("附件1.xls", old(rows=(), columns=()))

    assert text.split("\n")[1] == "1\t甲企业\tX1\t3"


def test_each_sheet_has_its_own_hidden_places() -> None:
    text = read_document("附件1.xls", old(many=3_000))

    assert text.startswith(SHOWN)
    assert "第1行" in text
    assert "第2999行" in text


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice")
def test_file_of_another_program_is_read_the_same(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (("序号", "企业名称", "内部代码", "数量"), (1, "甲", "X", 3), (2, "乙企业", "Y", 5)):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.save(tmp_path / "a.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xls:MS Excel 97", "a.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)

    assert read_document("附件1.xls", (tmp_path / "a.xls").read_bytes()) == SHOWN


def test_damaged_file_has_nothing_hidden() -> None:
    data = old()

    assert hidden_in_old(OLE) == {}
    assert hidden_in_old(b"") == {}
    for cut in range(0, len(data), 97):
        hidden_in_old(data[:cut])
        hidden_in_old(data[:cut] + b"\xff" * 40 + data[cut + 40 :])
