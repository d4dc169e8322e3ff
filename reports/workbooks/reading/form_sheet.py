"""A blank form that comes as a workbook: its title, lines, header and body, as cells of text.

Nothing is known of how it was made. What stands above the table is told from its header by merges
over the whole width and by colons; how many rows the header has, by merges down and across.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from openpyxl.utils import coordinate_to_tuple, get_column_letter

from reports.schemas.proposing.boxes import boxes_of
from reports.schemas.proposing.header_tree import clean_label
from reports.workbooks.reading.raw import RawSheet

IMPRINT = {
    "table_no": "表号",
    "issuer": "制定机关",
    "approval_no": "批准文号",
    "valid_until": "有效期至",
}
_IMPRINT = re.compile(r"^\s*(表\s*号|制定机关|批准文号|有效期至)\s*[:：]\s*(.+?)\s*$")
_ANNEX = re.compile(
    r"(附\s*[件表]\s*[0-9一二三四五六七八九十]*|表\s*[0-9一二三四五六七八九十]+)[:：]?"
)
_NOTE = re.compile(r"\s*(注|说明|备注|填表说明|填报说明)\s*[0-9]*\s*[:：、]")
_NEXT_TABLE = re.compile(r"附?表\s*(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})\s*[:：、]")
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}[、.．][^。:：]{1,30}$")
_MOST_LABEL = 16  # characters before a colon of a line that is to be filled in
_MOST_HEADER = 8


@dataclass(frozen=True, slots=True)
class FormSheet:
    """The parts of a sheet; `fields` is the line above the table, `foot` those below it."""

    title: str = ""
    annex_no: str = ""
    fields: str = ""
    header: tuple[tuple[str, ...], ...] = ()
    body: tuple[tuple[str, ...], ...] = ()
    foot: str = ""
    notes: tuple[str, ...] = ()
    imprint: Mapping[str, str] = field(default_factory=dict)
    has_formulas: bool = False
    left_out: str = ""  # what the next table on the sheet is called


def form_sheet(sheet: RawSheet) -> FormSheet:
    """The parts of the first table of the sheet; hidden rows and columns are not looked at."""
    return _Reader(sheet).read()


class _Reader:
    def __init__(self, sheet: RawSheet) -> None:
        self.texts: dict[int, dict[int, str]] = {}
        self.has_formulas = False
        for address, cell in sheet.cells.items():
            row, column = coordinate_to_tuple(address)
            if row in sheet.hidden_rows or get_column_letter(column) in sheet.hidden_columns:
                continue
            self.has_formulas = self.has_formulas or bool(cell.formula)
            shown = cell.on_screen.strip()
            if shown and not cell.formula and cell.kind != "error":
                self.texts.setdefault(row, {})[column] = shown
        self.named = sheet.title if _ANNEX.fullmatch(sheet.title) else ""
        self.rows = sorted(self.texts)
        self.merged = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merges}
        columns = {column for row in self.texts.values() for column in row}
        columns |= {right for (top, _), (_, right) in self.merged.items() if top in self.texts}
        self.left, self.right = min(columns, default=1), max(columns, default=1)

    def read(self) -> FormSheet:
        above = self._above()
        left_out = self._cut_off(above)
        below = self._below(above)
        title, annex_no, lines, imprint = self._said(above)
        table = [row for row in self.rows if row not in above and row not in below]
        boxes = self._boxes(table)
        depth = 0 if boxes else self._depth(table)
        lines_below = [text for row in below for text in self.texts[row].values()]
        notes = [text for text in lines_below if not _asks(text)]
        return FormSheet(
            title,
            annex_no or self.named,
            "　　".join(lines),
            tuple(boxes or (self._cells(row) for row in table[:depth])),
            () if boxes else self._body(table[depth - 1 :]),
            "　　".join(text for text in lines_below if _asks(text)),
            tuple(line.strip() for text in notes for line in text.split("\n") if line.strip()),
            imprint,
            self.has_formulas,
            left_out,
        )

    def _cut_off(self, above: list[int]) -> str:
        """Leaves out a second table, which a line names 表二：…, and says its name."""
        for place, row in enumerate(self.rows[len(above) + 1 :], start=len(above) + 1):
            text = next(iter(self.texts[row].values()))
            if len(self.texts[row]) == 1 and _NEXT_TABLE.match(text):
                del self.rows[place:]
                return clean_label(text)
        return ""

    def _above(self) -> list[int]:
        """The rows before the table: titles and lines to be filled in."""
        found: list[int] = []
        for row in self.rows:
            texts = self.texts[row]
            is_alone = len(texts) == 1 and (self._is_across(row) or not found)
            is_lines = all(re.search("[:：]", text) for text in texts.values())
            if not (is_alone or is_lines) or (found and _SECTION.match(next(iter(texts.values())))):
                break
            found.append(row)
        return found if len(found) < len(self.rows) else found[:-1]

    def _below(self, above: list[int]) -> list[int]:
        """The rows after the table: lines across it, or with a colon."""
        found: list[int] = []
        for row in reversed(self.rows[len(above) + 1 :]):
            texts = list(self.texts[row].values())
            is_line = len(texts) == 1 and self._is_across(row)
            if not (is_line or all(_asks(text) or _NOTE.match(text) for text in texts)):
                break
            found.insert(0, row)
        return found

    def _said(self, rows: list[int]) -> tuple[str, str, list[str], dict[str, str]]:
        title, annex_no, imprint = "", "", {}
        lines: list[str] = []
        for text in (text for row in rows for text in self.texts[row].values()):
            label = _IMPRINT.match(text)
            if label:
                word = re.sub(r"\s", "", label[1])
                imprint[next(key for key, name in IMPRINT.items() if name == word)] = label[2]
            elif _ANNEX.fullmatch(text):
                annex_no = re.sub(r"\s", "", text).rstrip(":：")
            elif _NEXT_TABLE.match(text) and title:
                continue  # 表一：…, under the title of both
            elif re.search("[:：]", text) or title:
                lines.append(text)
            else:
                title = clean_label(text)
        return title, annex_no, lines, imprint

    def _body(self, table: list[int]) -> tuple[tuple[str, ...], ...]:
        """The rows after the last of the header, blank ones too."""
        return (
            tuple(self._cells(row) for row in range(table[0] + 1, table[-1] + 1)) if table else ()
        )

    def _depth(self, table: list[int]) -> int:
        """How many rows the header has."""
        if not table:
            return 0
        end = self._bottom(table[0])
        while end - table[0] + 1 < _MOST_HEADER and self._is_open(table[0], end):
            end = max(end + 1, self._bottom(end + 1))
        return sum(1 for row in table if row <= end)

    def _bottom(self, row: int) -> int:
        cells = self.texts.get(row, {})
        return max((self.merged.get((row, column), (row, 0))[0] for column in cells), default=row)

    def _is_open(self, top: int, end: int) -> bool:
        """Does a label in this last row span several columns, with labels below it?"""
        wide = [
            (column, self.merged[row, column][1])
            for row in range(top, end + 1)
            for column in self.texts.get(row, {})
            if (row, column) in self.merged and self.merged[row, column][0] == end
        ]
        below = self.texts.get(end + 1, {})
        spans = [(left, right) for left, right in wide if right > left]
        has_labels = any(sum(left <= c <= right for c in below) > 1 for left, right in spans)
        is_full = len(below) == self.right - self.left + 1
        return has_labels and (end > top or is_full or self._starts_inside(end + 1, spans))

    def _starts_inside(self, row: int, spans: list[tuple[int, int]]) -> bool:
        """Stand labels below those alone, in this row only? Names of rows go on further down."""
        below = [self.texts.get(row, {}), self.texts.get(row + 1, {})]
        inside = [{c for c in one if any(a <= c <= z for a, z in spans)} for one in below]
        return inside[0] == set(below[0]) and not inside[1]

    def _boxes(self, table: list[int]) -> list[tuple[str, ...]]:
        """The rows of a key–value form; a label over several rows makes them one, unless further
        labels begin beside it. Else none."""
        found: list[tuple[str, ...]] = []
        end = 0
        for row in table:
            if row <= end and found:
                found[-1] = tuple(
                    "\n".join(filter(None, pair))
                    for pair in zip(found[-1], self._cells(row), strict=True)
                )
                continue
            found.append(self._cells(row))
            is_side = bool(found[-1][1:2] and found[-1][1])  # it heads the rows beside it
            end = row if is_side else self.merged.get((row, self.left), (row, 0))[0]
        return found if boxes_of(found) is not None else []

    def _cells(self, row: int) -> tuple[str, ...]:
        texts = self.texts.get(row, {})
        return tuple(texts.get(column, "") for column in range(self.left, self.right + 1))

    def _is_across(self, row: int) -> bool:
        """Does its first text reach over the whole width?"""
        column = min(self.texts[row])
        right = self.merged.get((row, column), (row, column))[1]
        return column == self.left and right == self.right and right > column


def _asks(text: str) -> bool:
    """Is it a line of labels with blanks behind colons, rather than a sentence?"""
    labels = re.split("[:：]", text)[:-1]
    short = all(len(label.split()[-1] if label.split() else "") <= _MOST_LABEL for label in labels)
    return bool(labels) and short and not _NOTE.match(text)
