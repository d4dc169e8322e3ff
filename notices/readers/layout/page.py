"""A page of print: its size, its lines, its tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from notices.readers.layout import aligned, columns
from notices.readers.layout import tables as page_tables
from notices.readers.layout.lines import Glyph, TextLine, lines
from notices.readers.layout.tables import Rule, Table


@dataclass(frozen=True, slots=True)
class Page:
    """Width and height in points; lines and tables say themselves where they belong."""

    width: float
    height: float
    lines: tuple[TextLine, ...]
    tables: tuple[Table, ...] = ()


def page_of(
    width: float,
    height: float,
    glyphs: Iterable[Glyph],
    rules: Sequence[Rule],
    known: list[float] | None = None,
) -> Page:
    """The page with its columns and tables found; text in a table is not among its lines.

    `known` goes from page to page of a document: see `columns.regions`.
    """
    ruled, rest = page_tables.find(list(glyphs), rules)
    unruled, rest = aligned.find(rest)
    parts = columns.regions(rest, [*ruled, *unruled], [] if known is None else known)
    found_lines: list[TextLine] = []
    found_tables: list[Table] = []
    for number, part in enumerate(parts):
        # A table inside a column has lines of the other columns beside it.
        inner, outside = aligned.find(part.glyphs) if len(parts) > 1 else ([], part.glyphs)
        found_tables += [replace(table, region=number) for table in (*part.tables, *inner)]
        found_lines += [replace(line, region=number, column=part.column) for line in lines(outside)]
    return Page(width, height, tuple(found_lines), tuple(found_tables))
