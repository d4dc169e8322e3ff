"""Paper, margins, repeated header and page numbers of a sheet."""

from typing import Literal

from openpyxl.worksheet.worksheet import Worksheet

_A4 = 9
_A4_POINTS = (595.3, 841.9)
_SIDE_MARGIN_INCHES = 0.6
_TOP_MARGIN_INCHES = 0.8


def set_up_page(
    sheet: Worksheet,
    *,
    orientation: Literal["landscape", "portrait"],
    annex_no: str = "",
    header_rows: tuple[int, int] | None = None,
    side_margin_inches: float = _SIDE_MARGIN_INCHES,
) -> None:
    """A4, as wide as the page, any number of pages high, the header rows on each of them.

    The number of the annex stands at the top left, the page number (— 1 —) at the bottom.
    """
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = orientation
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = side_margin_inches
    sheet.page_margins.top = sheet.page_margins.bottom = _TOP_MARGIN_INCHES
    sheet.page_margins.header = sheet.page_margins.footer = 0.35
    # not sheet.oddHeader: a sheet that is written row by row has no such short cut
    header, footer = sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter
    if annex_no:
        header.left.text = annex_no.replace("&", "&&")
        header.left.font = "黑体,Regular"
        header.left.size = 14
    footer.center.text = "— &P —"
    footer.center.font = "宋体,Regular"
    footer.center.size = 12
    if header_rows:
        sheet.print_title_rows = f"{header_rows[0]}:{header_rows[1]}"


def page_points(orientation: Literal["landscape", "portrait"], table_points: float) -> float:
    """Height of a page, in points of a table of this width before it is shrunk to fit."""
    across, down = _A4_POINTS if orientation == "portrait" else _A4_POINTS[::-1]
    height = down - 2 * 72 * _TOP_MARGIN_INCHES
    width = across - 2 * 72 * _SIDE_MARGIN_INCHES
    return height * max(1.0, table_points / width)
