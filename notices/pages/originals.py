"""原件 beside the text: the files as they were handed in, and the pages that can be looked at."""

from dataclasses import dataclass

from notices.models import Notice, Original
from notices.readers.layout.printed_text import UNREAD

UNREAD_COLUMNS = (
    *("notice__body", "notice__reading_json"),
    *("notice__merged_as__body", "notice__merged_as__reading_json"),
)
STRIP = 10
"""Pages of a file that are shown at once; the others are a link away."""


@dataclass(frozen=True)
class Leaf:
    """A page in its file, with the pages before and after it; 0 where there is none."""

    number: int
    before: int
    after: int


@dataclass(frozen=True)
class Listed:
    """A file, the pages of it that are shown at once, and how many more it has."""

    original: Original
    strip: list[Leaf]
    more: int


@dataclass(frozen=True)
class Originals:
    """``is_beside``: the text alone cannot be trusted, so the pages stand beside it at once."""

    files: list[Listed]
    is_beside: bool

    @property
    def have_pages(self) -> bool:
        return any(one.strip for one in self.files)


def of(notice: Notice) -> Originals:
    """Those of all its copies, first of the one whose text it has."""
    rows = Original.objects.of(notice).select_related("notice__merged_as")
    files = [_listed(one) for one in sorted(rows.defer(*UNREAD_COLUMNS), key=_place)]
    recognised = any(one.original.is_scan for one in files)
    have_pages = any(one.strip for one in files)
    return Originals(files, have_pages and (recognised or bool(UNREAD.search(notice.body))))


def _place(one: Original) -> tuple[bool, int, int]:
    source = getattr(one.notice, "merged_as", None)
    return not (source and source.is_text), one.notice_id, one.position


def leaf(original: Original, number: int) -> Leaf:
    """A page shown alone, with its neighbours in the whole file."""
    return Leaf(number, number - 1, number + 1 if number < original.pages else 0)


def _listed(one: Original) -> Listed:
    shown = min(one.pages, STRIP)
    strip = [
        Leaf(number, number - 1, number + 1 if number < shown else 0)
        for number in range(1, shown + 1)
    ]
    return Listed(one, strip, one.pages - shown)
