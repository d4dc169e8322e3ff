"""Rows of a table that are neither header nor body: lines across it, numbers of its columns, an
example of how it is filled in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from notices.text.attachments import headers
from reports.schemas.proposing.header_tree import clean_label

Rows = Sequence[Sequence[str]]

_EXAMPLE = re.compile(r"[(（]?(?:填写)?(?:举?例|示例|样例|范例|例如)\d{0,2}[)）]?(?:$|[:：].*)")


@dataclass(frozen=True, slots=True)
class TableRows:
    """Header and body without such rows, and in Chinese what was left out."""

    header: tuple[tuple[str, ...], ...]
    body: tuple[tuple[str, ...], ...]
    doubts: tuple[str, ...] = ()


def table_rows(header: Rows, body: Rows) -> TableRows:
    """What remains to be made a form of."""
    whole = [tuple(row) for row in (*header, *body)]
    lines = headers.leading(whole) if len(header) > headers.leading(whole) else 0
    top = tuple(tuple(row) for row in header[lines:])
    below = [tuple(row) for row in body]
    codes = [row for row in (*top[1:], *below[:1]) if headers.is_codes(row)]
    top = tuple(row for row in top if row not in codes)
    below = [row for i, row in enumerate(below) if i or row not in codes]
    examples = [row for row in below if _is_example(row)]
    doubts = [
        *(f"原表表头上方的“{_text(row)}”没有带入，请核对。" for row in whole[:lines]),
        *([f"原表有{len(examples)}行填写示例，没有带入报表。"] if examples else []),
    ]
    return TableRows(top, tuple(row for row in below if row not in examples), tuple(doubts))


def _is_example(row: Sequence[str]) -> bool:
    """例, 示例：… in its first place, and more beside it."""
    texts = [clean_label(cell) for cell in row if cell.strip()]
    return len(texts) > 1 and bool(_EXAMPLE.match(texts[0]))


def _text(row: Sequence[str]) -> str:
    return clean_label(" ".join(cell for cell in row if cell.strip()))
