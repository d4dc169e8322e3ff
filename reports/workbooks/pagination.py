"""Page breaks between blocks, so that what fits on a page is not torn over two."""

from dataclasses import dataclass

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet


@dataclass(slots=True)
class Pagination:
    """Follows how far the page is filled; all figures in points at full size.

    `room` is the height of a page for the body, `left` what is left of the page at hand.
    """

    room: float
    left: float
    holds_block: bool = False  # the page at hand

    def place(self, sheet: Worksheet, row: int, points: float) -> None:
        """Breaks the page before `row` when the block that begins there would be torn needlessly.

        A block taller than a page is torn anyway; it begins where at least half a page is left.
        The first block stays below the title.
        """
        is_torn_anyway = points > self.room and self.left >= self.room / 2
        if points > self.left and not is_torn_anyway and self.holds_block:
            sheet.row_breaks.append(Break(id=row - 1))
            self.left = self.room
        self.left -= points
        if self.left < 0:
            self.left %= self.room
        self.holds_block = True
