"""Counts or draws the pages of all files in a zip that have any; run by `paper.document`."""

from collections.abc import Callable

from notices.readers import confined
from notices.readers.bundle.document import contained
from notices.readers.containers import has_pages
from notices.readers.paper import pages


def answer(data: bytes, breathe: Callable[[], None]) -> str:
    """What the arguments of the program ask for. May raise anything on damage."""
    breathe()
    return pages.of_sheets(file for _, file in contained("原件.zip", data) if has_pages(file))


if __name__ == "__main__":
    confined.serve(answer, megabytes=1500, pace=15.0)
