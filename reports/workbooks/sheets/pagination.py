"""Page breaks between blocks, so that what fits on a page is not torn over two."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf


@dataclass(slots=True)
class Pagination:
    """Follows how far the page is filled; all figures in points at full size.

    `room` is the height of a page for the body, `left` what is left of the page at hand.
    """

    room: float
    left: float
    holds_block: bool = False  # the page at hand

    def place(self, points: float) -> bool:
        """Should a page begin before a block of this height, which would be torn needlessly?

        A block taller than a page is torn anyway; it begins where at least half a page is left.
        The first block stays below the title.
        """
        is_torn_anyway = points > self.room and self.left >= self.room / 2
        begins = points > self.left and not is_torn_anyway and self.holds_block
        if begins:
            self.left = self.room
        self.left -= points
        if self.left < 0:
            self.left %= self.room
        self.holds_block = True
        return begins


def break_before(
    heights: Sequence[float],
    torn: Sequence[int],
    *,
    first: float,
    room: float,
    whole: float = inf,
) -> list[int]:
    """The lines before which a page should end, where it would otherwise tear merged cells.

    `torn[i]` is how many merged cells a break before line i tears; `first` is the room for lines
    on the first page, `room` that on each other. A break is moved up by half a page at most, and
    only to where it tears less. A line higher than `whole` takes several rows of the sheet, between
    which it would be torn itself: where it fits on the next page, it begins there.
    """
    breaks: list[int] = []
    left, start = first, 0
    while True:
        end, used = start, 0.0
        while end < len(heights) and used + heights[end] <= left:
            used += heights[end]
            end += 1
        if end >= len(heights) or end == start:
            return breaks
        best, high = end, used
        for index in range(end - 1, start, -1):
            high -= heights[index]
            if high < left / 2:
                break
            if torn[index] < torn[best]:
                best = index
        is_torn_itself = whole < heights[end] <= room and used >= left / 2
        if best != end or is_torn_itself:
            breaks.append(best)
        start, left = best, room
