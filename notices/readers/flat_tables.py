"""Tables as text, the way `notices.text.attachments.bodies` reads them back.

A row is a line, its cells separated by tabs, empty cells kept. A cell merged across columns is its
text followed by empty cells; below a cell merged across rows stand empty cells. Forms often hold
their title, 填报单位 and 联系人 inside the grid: such rows become plain lines without a tab.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from notices.readers.base import UnreadableDocument
from notices.text.characters.normalize import indent_of

MAX_COLUMNS = 300
"""Columns kept of a table; what stands further right is cut off."""
MAX_CELLS = 200_000
"""Cells, empty ones counted, beyond which a table is refused."""

_ITEM = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|[(（]|\d{1,2}[.、]\D|[①-⑳])")


_BLANK = re.compile(r"[:：][\s_＿年月日]*$|盖章")
_LABEL = re.compile("^(?!其中).*[:：]$")
_NAME = re.compile(r"[^。；：，;:,]{1,30}")
_SPEAKS = re.compile(
    r"。|^(?:备\s*注|注|(?:填[表报])?说明)\s*\d*\s*[:：]|^(?!.*其中).*[:：][\s_＿年月日]*$"
    r"|(?:表|表格|台账|清单|名册|名单|一览|回执|附件[\d一二三四五六七八九十]*)\s*(?:[(（][^()（）]*[)）])?$"
)
"""Words about the table, in a row of their own above or below it, rather than a label in it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell where its merged area begins; `columns` and `rows` are the size of that area."""

    text: str
    columns: int = 1
    rows: int = 1


def flatten(rows: Sequence[Sequence[Cell]]) -> str:
    """The table as lines without a final line feed. Rows without any text are left out, but for one
    where some stand between others: what follows comes below the rows to be filled in.

    Rows are given as in HTML: places covered by a cell merged from above or from the left are not
    listed; empty cells in their stead (as PDF and docx have them) come to the same. Raises
    UnreadableDocument above MAX_CELLS.
    """
    table = grid(rows)
    width = len(table[0]) if table else 0
    whole = [any(c.columns >= width for c in row if c.text) and width > 1 for row in rows]
    several = [i for i, row in enumerate(table) if sum(map(bool, row)) > 1 and not _is_blank(row)]
    first, last = (several[0], several[-1]) if several else (0, len(table))
    if any(_LABEL.search(text) for i in several for text in table[i]):
        first, last = 0, len(table)  # a form of such labels: 姓名： beside 照片
    out: list[str] = []
    was_row = is_after_blank = False
    for i, row in enumerate(table):
        texts = [text for text in row if text]
        if not texts:
            is_after_blank = was_row and width > 1
            continue
        if len(texts) > 1:
            is_line = not first <= i <= last and _is_blank(row)
        elif first <= i <= last:
            is_line = whole[i] and bool(_NAME.fullmatch(texts[0]))
        else:
            is_line = whole[i] or bool(_SPEAKS.search(texts[0]))
        if is_after_blank and not is_line:
            out.append("\t" * (width - 1))
        out.append("  ".join(texts) if is_line else "\t".join(row))
        was_row, is_after_blank = not is_line, False
    return "\n".join(out)


def _is_blank(row: Sequence[str]) -> bool:
    """Whether all texts are blanks to fill in, like `填报单位：____` `填报日期：`."""
    return all(_BLANK.search(text) for text in row if text)


def grid(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """All places of the table, rows of equal length, merged areas opened up."""
    out: list[list[str]] = []
    covered: dict[int, int] = {}  # column -> rows still covered from above
    width = 0
    for row in rows:
        places, covered = _places(row, covered)
        out.append(places)
        width = max(width, len(places))
        refuse_too_large(width * len(out))
    return [places + [""] * (width - len(places)) for places in out]


def refuse_too_large(places: int) -> None:
    """Raises UnreadableDocument for a table of more than MAX_CELLS places."""
    if places > MAX_CELLS:
        raise UnreadableDocument(
            f"表格过大（超过 {MAX_CELLS} 个单元格）。请删去多余的行列后重新上传。"
        )


def _places(row: Sequence[Cell], covered: dict[int, int]) -> tuple[list[str], dict[int, int]]:
    """One row's texts, and what it and the rows above cover in the next row."""
    places: list[str] = []
    below = {column: left - 1 for column, left in covered.items() if left > 1}
    for cell in row:
        while len(places) in covered:
            places.append("")
        for i in range(min(max(cell.columns, 1), MAX_COLUMNS - len(places))):
            if cell.rows > 1:
                below[len(places)] = cell.rows - 1
            places.append("" if i else one_line(cell.text))
    while len(places) in covered:
        places.append("")
    return places, below


def one_line(text: str) -> str:
    """A cell's text on one line: its lines were broken by the narrow column and are joined. Blanks
    of a full sign's width before it stay, as parts of a whole stand in."""
    joined = ""
    for part in re.split(r"[\r\n\v\f\x85\u2028\u2029]+", text):
        line = re.sub(r"[\t ]+", " ", part).strip()
        if joined and line and _apart(joined, line):
            joined += " "
        joined += line
    return indent_of(text) + joined if joined else ""


def _apart(before: str, after: str) -> bool:
    latin = before[-1].isascii() and before[-1].isalnum() and after[0].isascii()
    return bool(_ITEM.match(after)) or (latin and after[0].isalnum())
