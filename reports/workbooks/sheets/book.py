"""A workbook of our own: neutral properties, safe sheet names, no clock in its bytes."""

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.schemas.content.texts import is_control

CREATOR = "市场监管报送任务跟踪系统"
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  the file format's own stamp has no zone
_SHEET_NAME_CHARS = 31
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\]")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def new_workbook(*, row_by_row: bool = False) -> Workbook:
    """A workbook without sheets, without the name of a person or a machine.

    One written row by row keeps no cells in memory, and none can be changed.
    """
    workbook = Workbook(write_only=row_by_row)
    for sheet in list(workbook.worksheets):
        workbook.remove(sheet)
    workbook.properties.creator = CREATOR
    workbook.properties.created = _EPOCH
    return workbook


def add_sheet(workbook: Workbook, name: str) -> Worksheet:
    """A new last sheet; its name is cut to what Excel allows and numbered when it is taken."""
    plain = "".join(" " if is_control(char) else char for char in name)
    plain = _FORBIDDEN_IN_NAME.sub(" ", " ".join(plain.split())).strip(" '") or "报表"
    taken = {sheet.title.casefold() for sheet in workbook.worksheets}
    candidate, number = plain[:_SHEET_NAME_CHARS], 1
    while candidate.casefold() in taken:
        number += 1
        ending = f"({number})"
        candidate = plain[: _SHEET_NAME_CHARS - len(ending)] + ending
    sheet = workbook.create_sheet(candidate)
    if not isinstance(sheet, Worksheet):
        raise TypeError("a workbook for writing row by row has no sheets of the usual kind")
    return sheet


def to_bytes(workbook: Workbook) -> bytes:
    """The .xlsx file. The clock is kept out of it: equal sheets give equal bytes."""
    stamped = BytesIO()
    with ZipFile(stamped, "w", ZIP_DEFLATED) as target:
        for name, data in members(workbook):
            target.writestr(zip_entry(name), data)
    return stamped.getvalue()


def members(workbook: Workbook) -> Iterator[tuple[str, bytes]]:
    """The files of which the .xlsx file consists, without the clock."""
    saved = BytesIO()
    workbook.save(saved)
    with ZipFile(saved) as source:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + f"{_EPOCH:%Y-%m-%dT%H:%M:%SZ}".encode(), data)
            yield name, data


def zip_entry(name: str) -> ZipInfo:
    """A member of the file with our own date."""
    entry = ZipInfo(name, date_time=_EPOCH.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    return entry
