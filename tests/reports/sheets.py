"""Reads produced workbooks back: with openpyxl, and the XML itself where openpyxl rewrites it."""

import re
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.workbooks.sheets.book import to_bytes

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SIDES = ("left", "right", "top", "bottom")


def reopened(workbook: Workbook | bytes) -> Workbook:
    return load_workbook(BytesIO(_bytes(workbook)))


def _bytes(workbook: Workbook | bytes) -> bytes:
    return workbook if isinstance(workbook, bytes) else to_bytes(workbook)


def first_sheet(workbook: Workbook | bytes) -> Worksheet:
    return reopened(workbook).worksheets[0]


def merges(sheet: Worksheet) -> set[str]:
    return {str(merge) for merge in sheet.merged_cells.ranges}


def sides_in_file(workbook: Workbook | bytes) -> dict[str, set[str]]:
    """The sides with a border of every stored cell of the first sheet.

    Read from the XML: openpyxl clears the inner borders of a merge when it loads a file.
    """
    with ZipFile(BytesIO(_bytes(workbook))) as archive:
        styles = ElementTree.fromstring(archive.read("xl/styles.xml"))  # noqa: S314  our own file
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))  # noqa: S314
    borders = [
        {side for side in SIDES if _has_style(border.find(_MAIN + side))}
        for border in styles.find(_MAIN + "borders")
    ]
    formats = [int(xf.get("borderId", "0")) for xf in styles.find(_MAIN + "cellXfs")]
    return {
        cell.get("r"): borders[formats[int(cell.get("s", "0"))]] for cell in sheet.iter(_MAIN + "c")
    }


def unbordered(workbook: Workbook | bytes, area: str) -> list[str]:
    """The cells of the area, such as A3:H9, that lack a border on any side."""
    found = sides_in_file(workbook)
    left, top, right, bottom = re.fullmatch(r"([A-Z])(\d+):([A-Z])(\d+)", area).groups()
    cells = [
        f"{chr(column)}{row}"
        for row in range(int(top), int(bottom) + 1)
        for column in range(ord(left), ord(right) + 1)
    ]
    return [cell for cell in cells if found.get(cell) != set(SIDES)]


def _has_style(side: ElementTree.Element | None) -> bool:
    return side is not None and side.get("style") is not None
