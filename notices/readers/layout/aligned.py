"""Tables without ruled lines: rows of texts that keep clear of the same strips."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from notices.readers.flat_tables import MAX_COLUMNS, Cell
from notices.readers.layout.lines import Glyph, lines, rows
from notices.readers.layout.tables import Table
from notices.readers.rows_of_tables import are_table

_APART = 0.95
"""Ems that columns are apart."""
_NEXT = 3.2
"""Ems from one row to the next at most."""
_MOST_ROWS = 1_000
_MOST_GLYPHS = 20_000
"""Characters of a page; the densest table has half of it."""
_TRIES = 5
"""Rows of a block at which its table may begin."""

_Span = tuple[float, float]


@dataclass
class _Block:
    """Rows that follow each other, and what of the page's width they cover together."""

    rows: list[list[Glyph]] = field(default_factory=list)
    spans: list[_Span] = field(default_factory=list)


def find(glyphs: Sequence[Glyph]) -> tuple[list[Table], list[Glyph]]:
    """The tables, and the characters that stand in none of them."""
    every = rows(g for g in glyphs if g.text.strip())
    spans = [_spans(row) for row in every]
    if len(every) > _MOST_ROWS or len(glyphs) > _MOST_GLYPHS or max(map(len, spans), default=0) < 2:
        return [], list(glyphs)
    tables: list[Table] = []
    taken: list[_Span] = []
    at = tries = 0
    while at < len(every):
        block = _block(every, spans, at)
        table = _table(block) if block else None
        if block and table is not None:
            tables.append(table)
            taken.append((table.top, table.bottom))
            at, tries = at + len(block.rows), 0
        elif block and tries >= _TRIES:
            at, tries = at + len(block.rows), 0
        else:
            at, tries = at + 1, tries + 1 if block else 0
    if not taken:
        return [], list(glyphs)
    return tables, [g for g in glyphs if not _is_in(g, taken)]


def _is_in(glyph: Glyph, taken: list[_Span]) -> bool:
    middle = (glyph.top + glyph.bottom) / 2
    return any(top <= middle <= bottom for top, bottom in taken)


def _block(every: list[list[Glyph]], spans: list[list[_Span]], at: int) -> _Block | None:
    """The rows from here on that leave the same strips clear; None where there are no two."""
    if len(spans[at]) < 2:
        return None
    block = _Block([every[at]], spans[at])
    for row, own in zip(every[at + 1 :], spans[at + 1 :], strict=True):
        last = block.rows[-1]
        size = max(last[0].size, row[0].size)
        if row[0].top - last[0].top > _NEXT * size or row[0].size > 1.3 * last[0].size:
            break
        joined = _joined([*block.spans, *own], _APART * size)
        # Letters of a head may be set apart (序 号): only what the first rows agree on is a column.
        if len(joined) < len(block.spans) and (len(block.rows) > 2 or len(joined) < 2):
            break
        if len(joined) < 2 or len(joined) > MAX_COLUMNS:
            break
        block.rows.append(row)
        block.spans = joined
    return block if len(block.rows) > 1 else None


def _spans(row: list[Glyph]) -> list[_Span]:
    """The pieces of a row that a column's distance parts."""
    return _joined([(g.x0, g.x1) for g in row], _APART * row[0].size)


def _joined(spans: list[_Span], apart: float) -> list[_Span]:
    out: list[_Span] = []
    for x0, x1 in sorted(spans):
        if out and x0 - out[-1][1] < apart:
            out[-1] = out[-1][0], max(out[-1][1], x1)
        else:
            out.append((x0, x1))
    return out


def _table(block: _Block) -> Table | None:
    """The block as a table, or the longest head of it that is one."""
    texts = [_cells(row, block.spans) for row in block.rows]
    merged, spans = _whole_heads(_merged(texts, block.rows), block.spans)
    if not are_table(merged):
        return None
    edges = [(a[1] + b[0]) / 2 for a, b in pairwise(spans)]
    xs = (spans[0][0], *edges, spans[-1][1])
    every = [g for row in block.rows for g in row]
    return Table(
        xs,
        min(g.top for g in every),
        max(g.bottom for g in every),
        tuple(tuple(Cell(text) for text in row) for row in merged),
    )


def _cells(row: list[Glyph], spans: list[_Span]) -> list[str]:
    starts = [x0 for x0, _ in spans]
    inside: list[list[Glyph]] = [[] for _ in spans]
    for glyph in row:
        inside[max(bisect_right(starts, (glyph.x0 + glyph.x1) / 2) - 1, 0)].append(glyph)
    return [" ".join(line.text for line in lines(cell)) for cell in inside]


def _whole_heads(rows: list[list[str]], spans: list[_Span]) -> tuple[list[list[str]], list[_Span]]:
    """Heads whose two letters were set apart (数　量) and came into columns of their own."""
    at = 1
    while at < len(spans):
        pair = rows[0][at - 1], rows[0][at]
        is_alone = any(not any(row[c] for row in rows[1:]) for c in (at - 1, at))
        if is_alone and all(len(head) == 1 and not head.isascii() for head in pair):
            rows = [[*row[: at - 1], row[at - 1] + row[at], *row[at + 1 :]] for row in rows]
            spans = [*spans[: at - 1], (spans[at - 1][0], spans[at][1]), *spans[at + 1 :]]
        else:
            at += 1
    return rows, spans


def _merged(texts: list[list[str]], placed: list[list[Glyph]]) -> list[list[str]]:
    """The rows of the table; lines of one cell, which stand closer, are put together."""
    groups = _by_distance(texts, [row[0].top for row in placed])
    if groups is None:
        groups = _by_blanks(texts)
    return [["\n".join(filter(None, column)) for column in zip(*g, strict=True)] for g in groups]


def _by_distance(texts: list[list[str]], tops: list[float]) -> list[list[list[str]]] | None:
    """Lines that stand closer than others do; None where distances do not tell."""
    distances = [b - a for a, b in pairwise(tops)]
    least = min(distances)
    if max(distances) < 1.3 * least:
        return None
    groups = [[texts[0]]]
    for row, distance in zip(texts[1:], distances, strict=True):
        if distance <= 1.15 * least:
            groups[-1].append(row)
        else:
            groups.append([row])
    alone = all(sum(bool(row[0]) for row in group) <= 1 for group in groups)
    return groups if alone and any(len(group) > 1 for group in groups) else None


def _by_blanks(texts: list[list[str]]) -> list[list[list[str]]]:
    """A row that only goes on with cells of the row above and has no first cell of its own."""
    groups: list[list[list[str]]] = []
    for row in texts:
        above = [any(column) for column in zip(*groups[-1], strict=True)] if groups else []
        filled = [i for i, cell in enumerate(row) if cell]
        if groups and len(groups) > 1 and filled and not row[0] and all(above[i] for i in filled):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups
