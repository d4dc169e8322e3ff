import pytest

from reports.workbooks.sheets.pagination import Pagination


def breaks(room, left, heights):
    """The rows a page begins at, for blocks of one row each from row 5 on."""
    pages = Pagination(room=room, left=left)
    return [row for row, points in enumerate(heights, start=5) if pages.place(points)]


@pytest.mark.parametrize(
    ("left", "heights", "expected"),
    [
        (400, [200, 200], []),
        (400, [200, 201], [6]),
        (300, [301, 399, 1], [7]),
        (300, [200, 101, 300], [6, 7]),
        (400, [300, 300, 300], [6, 7]),
        (400, [500], []),
        (400, [150, 500], []),
        (400, [250, 500], [6]),
        (400, [500, 300, 1], [7]),
        (400, [500, 301], [6]),
        (400, [400, 400], [6]),
    ],
    ids=[
        "fill the page exactly",
        "one point too high",
        "first block stays below the title",
        "first page is shorter",
        "a page each",
        "taller than a page at its top",
        "taller than a page with half a page left",
        "taller than a page with less than half left",
        "next block fits behind a torn one",
        "next block does not fit behind a torn one",
        "each as high as a page",
    ],
)
def test_page_breaks_before_what_would_be_torn_needlessly(left, heights, expected):
    assert breaks(400, left, heights) == expected
