"""How cells look: the type faces of official documents, alignment, borders, and drawing a box."""

from dataclasses import dataclass, field
from typing import Literal

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

_THIN = Side(style="thin", color="FF000000")
_NO_SIDE = Side()
_STACKED = 255  # what the file format calls text written downwards
_GB18030_CHARSET = 134  # lets Excel pick another Chinese font where the named one is missing


@dataclass(frozen=True, slots=True)
class FontNames:
    """Type faces by name; a workbook carries no font files.

    The defaults are those of official documents. A machine without one shows its own Chinese
    font instead; `SYSTEM_FONTS` names only what every Chinese Windows and WPS has.
    """

    title: str = "方正小标宋简体"
    heading: str = "黑体"
    hint: str = "楷体"
    body: str = "仿宋"


SYSTEM_FONTS = FontNames(title="宋体")


@dataclass(frozen=True, slots=True)
class CellStyle:
    """The look of one cell; size in points."""

    font: str
    size: float
    horizontal: Literal["left", "center", "right"] = "left"
    vertical: Literal["top", "center", "bottom"] = "center"
    bordered: bool = False
    open_side: Literal["", "top", "bottom"] = ""  # where the border is left out
    indent: int = 0
    is_stacked: bool = False  # written downwards, one character below the other

    def apply(self, cell: Cell) -> None:
        """Sets font, alignment and border; text wraps."""
        cell.font = Font(name=self.font, size=self.size, charset=_GB18030_CHARSET)
        cell.alignment = Alignment(
            self.horizontal,
            self.vertical,
            wrap_text=not self.is_stacked,
            indent=self.indent,
            text_rotation=_STACKED if self.is_stacked else 0,
        )
        if self.bordered:
            cell.border = Border(
                left=_THIN,
                right=_THIN,
                top=_NO_SIDE if self.open_side == "top" else _THIN,
                bottom=_NO_SIDE if self.open_side == "bottom" else _THIN,
            )


@dataclass(frozen=True, slots=True)
class TableStyles:
    """The styles of a table sheet."""

    fonts: FontNames = field(default_factory=FontNames)

    @property
    def title(self) -> CellStyle:
        return CellStyle(self.fonts.title, 20, "center")

    @property
    def line(self) -> CellStyle:
        """The lines above and below the table."""
        return CellStyle(self.fonts.body, 12)

    @property
    def header(self) -> CellStyle:
        return CellStyle(self.fonts.heading, 11, "center", bordered=True)

    @property
    def body(self) -> CellStyle:
        """Long text, from the top so that it reads on over a page break."""
        return CellStyle(self.fonts.body, 10.5, "left", "top", bordered=True)

    @property
    def short(self) -> CellStyle:
        return CellStyle(self.fonts.body, 10.5, "center", bordered=True)

    @property
    def note(self) -> CellStyle:
        return CellStyle(self.fonts.body, 11, bordered=True)

    @property
    def label(self) -> CellStyle:
        """The name of a row."""
        return CellStyle(self.fonts.body, 10.5, "left", bordered=True)

    @property
    def small(self) -> CellStyle:
        """Instructions below the table, and what a statistical form says about itself."""
        return CellStyle(self.fonts.body, 10.5, vertical="top")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of cells; rows and columns count from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


def draw(sheet: Worksheet, box: Box, style: CellStyle) -> Cell:
    """Merges the box when it is more than one cell, styles every cell, returns the top left one.

    A merge shows only those borders that its cells have each on their own, so every one gets
    them, the hidden ones too.
    """
    if (box.top, box.left) != (box.bottom, box.right):
        sheet.merge_cells(
            start_row=box.top,
            start_column=box.left,
            end_row=box.bottom,
            end_column=box.right,
        )
    for row in range(box.top, box.bottom + 1):
        for column in range(box.left, box.right + 1):
            style.apply(sheet.cell(row, column))
    return sheet.cell(box.top, box.left)
