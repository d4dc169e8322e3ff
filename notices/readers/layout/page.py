"""A page of print: its size, its lines, its tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from notices.readers.layout import tables as page_tables
from notices.readers.layout.lines import Glyph, TextLine, lines
from notices.readers.layout.tables import Rule, Table


@dataclass(frozen=True, slots=True)
class Page:
    """Width and height in points; lines and tables in no particular order."""

    width: float
    height: float
    lines: tuple[TextLine, ...]
    tables: tuple[Table, ...] = ()


def page_of(width: float, height: float, glyphs: Iterable[Glyph], rules: Sequence[Rule]) -> Page:
    """The page with its ruled tables found; text inside a table is not among its lines."""
    tables, rest = page_tables.find(list(glyphs), rules)
    return Page(width, height, tuple(lines(rest)), tuple(tables))
