"""What is on a page besides the notice: page numbers, running heads and feet."""

import re
from collections import defaultdict
from collections.abc import Sequence

from notices.readers.layout.lines import TextLine
from notices.readers.layout.page import Page

_DASH = r"[-—–―－~·_\s]*"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}(?:第\s*)?\d{{1,4}}(?:\s*页)?(?:\s*[/,，、]?\s*(?:共\s*)?\d{{1,4}}\s*页)?{_DASH}$"
    r"|\d{1,4}\s*/\s*\d{1,4}$"
)
_NO_FURNITURE = re.compile(r"附\s*[件表录]")
_NUMBER_ZONE = 0.14
"""Share of the height at top and bottom where a page number may stand (GB/T 9704: 7 mm below the
type area, whose lower margin is 35 of 297 mm)."""
_RUNNING_ZONE = 0.10
"""Share of the height at top and bottom where running heads and feet stand."""


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without page numbers and without heads and feet that several pages share."""
    running = _running(pages)
    out = []
    for page in pages:
        kept = tuple(
            line
            for line in page.lines
            if not (_in_zone(line, page, _NUMBER_ZONE) and _PAGE_NUMBER.match(line.text))
            and (_running_key(line, page) not in running)
        )
        out.append(Page(page.width, page.height, kept, page.tables))
    return out


def _running(pages: Sequence[Page]) -> set[tuple[str, int]]:
    """What stands at the same height of the margin on three pages, or on half of them."""
    seen: dict[tuple[str, int], int] = defaultdict(int)
    for page in pages:
        for key in {_running_key(line, page) for line in page.lines}:
            if key is not None:
                seen[key] += 1
    return {key for key, n in seen.items() if n >= 2 and (n >= 3 or 2 * n >= len(pages))}


def _running_key(line: TextLine, page: Page) -> tuple[str, int] | None:
    if not _in_zone(line, page, _RUNNING_ZONE) or _NO_FURNITURE.match(line.text):
        return None
    return re.sub(r"\d+", "#", line.text.replace(" ", "")), round(line.top / 4)


def _in_zone(line: TextLine, page: Page, share: float) -> bool:
    return line.bottom <= share * page.height or line.top >= (1 - share) * page.height
