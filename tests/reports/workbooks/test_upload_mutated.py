"""Whole workbooks, mutated: what is taken in without a word is what LibreOffice shows, and what no
longer is the template is told."""

import csv
import os
import random
import re
import subprocess

import pytest

from reports.workbooks.reading.raw import WorkbookRefused
from reports.workbooks.reading.upload import Upload, read_upload
from tests.reports.filled_templates import KEY, edited, identity, rezipped, template
from tests.reports.workbooks.test_upload_office import (
    AS_SHOWN,
    DAY_FORMATS,
    DAYS,
    FIGURE_FORMATS,
    FIGURES,
    FIRST,
    FORM,
    SOFFICE,
    means_same,
)
from tests.reports.workbooks.test_upload_programs import SHEET, exchanged_rows, prefixed, replaced

MANY = int(os.environ.get("MUTATED_WORKBOOKS", "24"))  # 300 before a release
BATCH = 40
ROWS = 6
ROOM = template(FORM, room=ROWS)
TEXTS = [
    *(
        "12",
        "１２",
        "十二",
        "12家",
        "约12",
        "12-15",
        "1,200",
        "1，200",
        "12.50",
        "(12)",
        "－12",
        "¥12",
        "95%",
    ),
    *(
        "2026/3/5",
        "2026.3.5",
        "2026-3-5",
        "2026年3月5日",
        "26.3.5",
        "3月5日",
        "二〇二六年三月五日",
        "20260305",
    ),
    *(
        "2026.1",
        "2026.10",
        "无",
        "—",
        "\u200b12",
        "12\ufeff",
        " 12 ",
        "甲　乙",
        "第一行\n第二行",
        "000012",
    ),
    *("1.23E+17", "911101081234567891", "=1+1", "'12", "#REF!", "TRUE", "😀一"),
]
SPELLED = {
    "as saved": lambda data: data,
    "prefixes": prefixed,
    "rows out of order": exchanged_rows,
    "no addresses": replaced(SHEET, r'(<c) r="[A-Z]+\d+"', r"\1"),
    "no dimension": replaced(SHEET, r"<dimension[^>]*/>", ""),
    "days since 1904": replaced(
        "xl/workbook.xml", r"<workbookPr[^>]*/>", '<workbookPr date1904="1"/>'
    ),
    "relative names": replaced("xl/_rels/workbook.xml.rels", 'Target="/xl/', 'Target="'),
    "strict": lambda data: rezipped(data, strict),
}
LOST = {
    "row put in": lambda _, sheet: sheet.insert_rows(FIRST - 1),
    "column put in": lambda _, sheet: sheet.insert_cols(2),
    "column taken out": lambda _, sheet: sheet.delete_cols(2),
    "header cleared": lambda _, sheet: sheet.cell(FIRST - 1, 2, ""),
    "header renamed": lambda _, sheet: sheet.cell(FIRST - 1, 2, "金额"),
    "cells merged": lambda _, sheet: sheet.merge_cells(f"A{FIRST}:B{FIRST}"),
    "row hidden": lambda _, sheet: setattr(sheet.row_dimensions[FIRST], "hidden", True),
    "column hidden": lambda _, sheet: setattr(sheet.column_dimensions["B"], "hidden", True),
    "sheet hidden": lambda book, sheet: (
        book.create_sheet("封面"),
        setattr(sheet, "sheet_state", "hidden"),
    ),
    "sheets changed": lambda book, sheet: (
        setattr(sheet, "title", "甲"),
        book.create_sheet("乙").cell(1, 1, "x"),
    ),
    "written below": lambda _, sheet: sheet.cell(FIRST + ROWS + 5, 1, "见附页"),
}


def strict(parts) -> None:
    old, new = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            for family in (b"spreadsheetml", b"officeDocument"):
                named = re.escape(old + family) + rb"/2006/(main|relationships)"
                part = re.sub(named, new + family + rb"/\1", part)
            parts[name] = part


def mutated(number: int) -> bytes:
    """The same workbook for the same number."""
    chance = random.Random(number)  # noqa: S311 - the same workbooks in every run

    def write(_, sheet) -> None:
        for row in range(FIRST, FIRST + ROWS):
            for column in "ABC":
                cell, dice = sheet[f"{column}{row}"], chance.random()
                if dice < 0.4:
                    cell.value, cell.data_type = chance.choice(TEXTS), "s"
                elif dice < 0.7:
                    cell.value, cell.number_format = (
                        chance.choice(FIGURES),
                        chance.choice(FIGURE_FORMATS),
                    )
                elif dice < 0.95:
                    cell.value, cell.number_format = chance.choice(DAYS), chance.choice(DAY_FORMATS)

    return SPELLED[chance.choice(list(SPELLED))](edited(ROOM, write))


def taken(data: bytes) -> Upload:
    return read_upload(data, "a.xlsx", FORM, identity(FORM), key=KEY)


def office_shows(books: list[bytes], folder) -> list[list[list[str]]]:
    """Many of them in one run of the program."""
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    for number, data in enumerate(books):
        (folder / f"b{number}.xlsx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    names = [str(folder / f"b{number}.xlsx") for number in range(len(books))]
    command = [SOFFICE, profile, "--headless", "--convert-to", AS_SHOWN, "--outdir", str(folder)]
    for first in range(0, len(names), BATCH):
        batch = names[first : first + BATCH]
        subprocess.run([*command, *batch], check=True, capture_output=True, timeout=300)
    shown = []
    for number in range(len(books)):
        found = next(folder.glob(f"b{number}[.-]*csv"))
        shown.append(list(csv.reader(found.read_text("utf-8").splitlines(keepends=True))))
    return shown


def differences(upload: Upload, shown: list[list[str]]) -> tuple[int, list[tuple[str, str, str]]]:
    told = {fault.address for fault in (*upload.faults, *upload.notices)}
    compared, wrong = 0, []
    for path, at in upload.addresses.items():
        if at in told or upload.content is None:
            continue
        _, row, column = path.split(".")
        text = upload.content["rows"][int(row)][column]
        seen = shown[int(at[1:]) - 1]["ABC".index(at[0])]
        compared += 1
        if not means_same(at[0], text, seen):
            wrong.append((at, text, seen))
    return compared, wrong


def test_workbook_is_taken_in_as_the_office_program_shows_it(tmp_path):
    books = [mutated(number) for number in range(MANY)]
    shown = office_shows(books, tmp_path)
    count, wrong = 0, []

    for number, (data, seen) in enumerate(zip(books, shown, strict=True)):
        compared, different = differences(taken(data), seen)
        count += compared
        wrong += [(number, *one) for one in different]

    assert wrong == []
    assert count > MANY * 4


@pytest.mark.parametrize("lost", LOST)
def test_what_is_no_longer_the_template_is_told(lost):
    data = edited(edited(ROOM, lambda _, sheet: sheet.cell(FIRST, 1, "甲")), LOST[lost])

    reasons = told(data)

    assert reasons
    assert all("请" in one for one in reasons)


def told(data: bytes) -> list[str]:
    """Why it is not taken in."""
    try:
        return [one.message_zh for one in taken(data).faults]
    except WorkbookRefused as refused:
        return [str(refused)]
