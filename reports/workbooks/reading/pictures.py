"""Pictures in a workbook: where they lie on its sheets, and whether some were put into cells."""

import re

from openpyxl.utils import get_column_letter

from notices.readers.containers import Package, read_part

_ANCHOR = re.compile(rb"<(?:\w+:)?from>.*?</(?:\w+:)?(?:twoCellAnchor|oneCellAnchor)>", re.DOTALL)
_COLUMN = re.compile(rb"<(?:\w+:)?col>(\d{1,5})<")
_ROW = re.compile(rb"<(?:\w+:)?row>(\d{1,7})<")
_PICTURE = re.compile(rb"<(?:\w+:)?pic[\s>]")


def drawn_on(drawing: bytes) -> list[str]:
    """The cells under the upper left corners of the pictures of a drawing."""
    places = []
    for anchor in _ANCHOR.finditer(drawing):
        column, row = _COLUMN.search(anchor[0]), _ROW.search(anchor[0])
        if _PICTURE.search(anchor[0]) and column and row:
            places.append(f"{get_column_letter(int(column[1]) + 1)}{int(row[1]) + 1}")
    return places


def has_pictures_in_cells(archive: Package) -> bool:
    """Did Excel put pictures into cells? They stand there as #VALUE!."""
    return any(
        b"_localImage" in (read_part(archive, name) or b"")
        for name in archive.parts
        if name.startswith("xl/richdata/") and name.endswith(".xml")
    )
