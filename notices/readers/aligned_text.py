"""Tables in plain text: columns kept apart by blanks or tabs become tab-separated rows.

So does text copied from a page, and a document whose columns are set with the tab key. A line with
a tab is a row of a table to whoever reads the text, so tabs of other lines become blanks.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from notices.readers.layout import aligned
from notices.readers.layout.lines import Glyph
from notices.readers.rows_of_tables import are_table

STOP = "\x1f"
_GAP = re.compile(r"\t[\t \u3000]*|[ \u3000]*\t|(?: {2}|\u3000)[ \u3000]*")
_SET_APART = re.compile(r"(?<!\S)([\u4e00-\u9fff])[ \u3000]{1,4}([\u4e00-\u9fff])(?!\S)")
_NUMBER = re.compile(r"\s*\d{1,3}\s*")
"""A row of which only the number stands there so far."""
_TABS = re.compile(r"\t")
_MOST_CELLS = 40
_PITCH = 1.5
"""Ems from line to line of a text seen as print."""
_TRIES = 5
"""Lines of a run at which its table may begin."""
_LONGEST = 300
"""Characters of a line that may be a row of such a table."""


def with_tabs(text: str) -> str:
    """The text with the rows of such tables tab-separated; all else as it is."""
    if not _GAP.search(text):
        return text
    out: list[str] = []
    for lines in _runs(text.split("\n")):
        out += _tabled(lines) or lines
    return "\n".join(out)


def of_stops(text: str) -> str:
    """The text of a document in which STOP is where the tab key was used: between columns a tab,
    elsewhere a blank. Rows that are a table already stay as they are."""
    if STOP not in text:
        return text
    out: list[str] = []
    for is_table, lines in groupby(text.split("\n"), key=lambda line: "\t" in line):
        if is_table:
            out += lines
            continue
        for run in _runs([line.replace(STOP, "\t") for line in lines]):
            has_stops = any("\t" in line for line in run)
            rows = (_by_tabs(run) or _by_gaps(run)) if has_stops else None
            out += rows or [line.replace("\t", " ") for line in run]
    return "\n".join(out)


def _runs(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lines that follow each other and all have gaps, and single other lines."""
    run: list[str] = []
    for line in lines:
        has_gap = len(line) <= _LONGEST and _GAP.search(line.strip(" \t\u3000"))
        if has_gap or (run and _NUMBER.fullmatch(line)):
            run.append(line)
            continue
        if run:
            yield run
            run = []
        yield [line]
    if run:
        yield run


def _tabled(lines: list[str]) -> list[str] | None:
    if len(lines) < 3 or _are_rows(lines):
        return None
    return _by_tabs(lines) or _by_gaps(lines) or _by_place(lines)


def _are_rows(lines: list[str]) -> bool:
    """Rows of one table already: as many tabs in each."""
    counts = {line.count("\t") for line in lines}
    return len(counts) == 1 and 0 not in counts


def _by_tabs(lines: list[str]) -> list[str] | None:
    """Each tab begins a cell, empty ones too."""
    return _table([[cell.strip() for cell in _TABS.split(line)] for line in lines])


def _by_gaps(lines: list[str]) -> list[str] | None:
    """Each gap begins a cell, however wide it is; but 名　称 is one word set apart."""
    return _table([_GAP.split(line.strip()) for line in lines]) or _table(
        [_GAP.split(_SET_APART.sub(r"\1\2", line.strip())) for line in lines]
    )


def _table(rows: list[list[str]]) -> list[str] | None:
    """The lines with those of rows of equal length that are tables tab-separated; None for none."""
    out: list[str] = []
    at = tries = 0
    is_found = False
    while at < len(rows):
        end = at
        while end < len(rows) and len(rows[end]) == len(rows[at]):
            end += 1
        if end - at >= 3 and len(rows[at]) <= _MOST_CELLS and are_table(rows[at:end]):
            out += ["\t".join(row) for row in rows[at:end]]
            at, tries, is_found = end, 0, True
            continue
        tries += 1
        end = end if tries > _TRIES else at + 1
        out += ["  ".join(filter(None, row)) for row in rows[at:end]]
        at, tries = end, 0 if tries > _TRIES else tries
    return out if is_found else None


def _by_place(lines: list[str]) -> list[str] | None:
    """Cells by where they stand in a font of equal widths, as in text that a program lined up."""
    if any("\t" in line for line in lines):
        return None
    glyphs = [glyph for row, line in enumerate(lines) for glyph in _glyphs(line, row)]
    tables, _ = aligned.find(glyphs)
    out: list[str] = []
    at = 0
    for table in tables:
        first, last = round(table.top / _PITCH), round((table.bottom - 1.0) / _PITCH)
        out += [*lines[at:first], *table.text().split("\n")]
        at = last + 1
    return [*out, *lines[at:]] if tables else None


def _glyphs(line: str, row: int) -> Iterator[Glyph]:
    x = 0.0
    for char in line:
        wide = 1.0 if unicodedata.east_asian_width(char) in "FWA" else 0.5
        if char.strip():
            yield Glyph(char, x, _PITCH * row, x + wide, _PITCH * row + 1.0, 1.0)
        x += wide
