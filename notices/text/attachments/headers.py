"""How many of a table's first rows are its header, told by blanks: merged cells are blank but for
their first place.

A label with blanks at its right may stand over several columns; a row below is header only where
all its texts stand under such labels and name columns that have no name yet. So a row of a name and
blanks is none, whatever stands in it.
"""

import re
from collections.abc import Sequence

Cells = Sequence[str]

_MOST = 8
_MOST_LONE = 3
_SERIAL = re.compile(r"序\s*号|编\s*号")
_FIGURE = re.compile(r"(?!(?:19|20)\d\d$)\d+")  # a year may head a column
_NO_NAME = re.compile(r"\d*|[…·.]+|[合总小]\s*计")
_NUMBERS = re.compile(r"[行列栏]\s*[号次]|序\s*号")
_CODE = re.compile(r"[甲乙丙丁戊己庚辛壬癸]|[A-Z]|\(?\d{1,2}\)?|[①-⑳]")


def depth(rows: Sequence[Cells]) -> int:
    """The number of header rows, at least one; lines across the table above them are counted."""
    top = leading(rows)
    below = rows[top : top + _MOST]
    spans = _spans(below[0], 0, len(below[0]))
    named = _written(below[0])
    at = 1
    while at < len(below) and _goes_on(rows[top:], at, spans, named):
        spans = _below(below[at], spans)
        named |= _written(below[at])
        at += 1
    return top + at


def leading(rows: Sequence[Cells]) -> int:
    """How many rows before the header hold one text at their left, as a line across does."""
    lone = 0
    while lone < min(len(rows), _MOST_LONE + 1) and _written(rows[lone]) == {0}:
        lone += 1
    return lone if lone <= _MOST_LONE and lone < len(rows) else 0


def is_codes(row: Cells) -> bool:
    """Is it the row of a statistical form that names its columns: 甲 乙 1 2 3?"""
    written = [cell.strip() for cell in row if cell.strip()]
    told = bool(written) and bool(_NUMBERS.fullmatch(written[0]))
    written = written[told:]
    codes = [found for cell in written if (found := _CODE.fullmatch(cell))]
    numbers = [int(re.sub(r"\D", "", cell)) for cell in written if re.search(r"\d", cell)]
    in_order = numbers == list(range(1, len(numbers) + 1))
    is_whole = 2 <= len(codes) == len(written) >= len(row) - 1 - 2 * told
    return is_whole and in_order and len(set(written)) == len(written)


def _goes_on(rows: Sequence[Cells], at: int, spans: list[tuple[int, int]], named: set[int]) -> bool:
    """Is the row at this place header too?"""
    row = rows[at]
    written = _written(row)
    below = {column for left, right in spans for column in range(left, right)}
    if not written or any(_FIGURE.fullmatch(row[c].strip()) for c in written):
        return False
    if _first(rows[0]) not in written and _fills(row, spans, named):
        return True  # then labels of one column may have a label below them too
    if not written <= below:
        return False
    if not written - named:  # 其中 over 标注 over 合格, 不合格: a label as wide as the one above
        following = _below(row, spans)
        return at + 1 < len(rows) and _goes_on(rows, at + 1, following, named)
    return not _names_rows(rows, at, spans, written)


def _fills(row: Cells, spans: list[tuple[int, int]], named: set[int]) -> bool:
    """Does the row name columns of a group, from its first on, that have no name yet?"""
    written = _written(row)
    return any(
        left in written and written & set(range(left, right)) - named for left, right in spans
    )


def _first(row: Cells) -> int:
    """The column of its first text."""
    return min(_written(row), default=0)


def _names_rows(
    rows: Sequence[Cells], at: int, spans: list[tuple[int, int]], written: set[int]
) -> bool:
    """Do the texts stand under the first label alone, and in further rows where nothing is open any
    more? So stand names of rows with their parts, while the columns that are filled in are blank.
    """
    left, right = spans[0]
    before = [column for column in range(left) if not _SERIAL.search(rows[0][column])]
    if before or right == len(rows[at]) or not written <= set(range(left, right)):
        return False
    still_open = {column for a, b in _below(rows[at], spans) for column in range(a, b)}
    return any(
        not _NO_NAME.fullmatch(row[column].strip())
        for row in rows[at + 1 :]
        for column in set(range(left, right)) - still_open
    )


def _written(row: Cells) -> set[int]:
    return {column for column, cell in enumerate(row) if cell.strip()}


def _spans(row: Cells, left: int, right: int) -> list[tuple[int, int]]:
    """The places of each label with blanks at its right, between two columns."""
    starts = sorted(column for column in _written(row) if left <= column < right)
    ends = [*starts[1:], right]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if b - a > 1]


def _below(row: Cells, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans that are still open below this row."""
    out: list[tuple[int, int]] = []
    for left, right in spans:
        inside = [column for column in range(left, right) if row[column].strip()]
        out += _spans(row, left, right) if inside else [(left, right)]
    return out
