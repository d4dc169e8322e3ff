"""Pictures in a workbook: where they lie on its sheets, and whether some were put into cells."""

import re
from io import BytesIO
from zipfile import ZipFile

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_ANCHOR = re.compile(rb"<(?:\w+:)?from>.*?</(?:\w+:)?(?:twoCellAnchor|oneCellAnchor)>", re.DOTALL)
_COLUMN = re.compile(rb"<(?:\w+:)?col>(\d{1,5})<")
_ROW = re.compile(rb"<(?:\w+:)?row>(\d{1,7})<")
_PICTURE = re.compile(rb"<(?:\w+:)?pic[\s>]")


def drawings_of(data: bytes) -> dict[str, list[str]]:
    """By the name of each drawing, the cells under the upper left corners of its pictures."""
    found: dict[str, list[str]] = {}
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/drawings/") and name.endswith(".xml"):
                found[name] = _places(archive.read(name))
    return found


def on_sheet(sheet: Worksheet, drawings: dict[str, list[str]]) -> list[str]:
    """The cells under the pictures of this sheet."""
    targets = {
        str(link.target).lstrip("/") for link in sheet._rels if str(link.Type).endswith("/drawing")
    }
    return [place for name in sorted(targets) for place in drawings.get(name, [])]


def has_pictures_in_cells(data: bytes) -> bool:
    """Did Excel put pictures into cells? They stand there as #VALUE!."""
    with ZipFile(BytesIO(data)) as archive:
        return any(
            b"_localImage" in archive.read(name)
            for name in archive.namelist()
            if name.lower().startswith("xl/richdata/") and name.endswith(".xml")
        )


def _places(drawing: bytes) -> list[str]:
    places = []
    for anchor in _ANCHOR.finditer(drawing):
        column, row = _COLUMN.search(anchor[0]), _ROW.search(anchor[0])
        if _PICTURE.search(anchor[0]) and column and row:
            places.append(f"{get_column_letter(int(column[1]) + 1)}{int(row[1]) + 1}")
    return places
