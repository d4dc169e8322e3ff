"""A sentence drafted for a summary, and the cells it was made from."""

from dataclasses import dataclass
from enum import StrEnum

from reports.schemas.content.content import TableContent
from reports.schemas.definition.definition import FormDefinition


class Made(StrEnum):
    """How the sentence came about: nobody is to take what was only quoted for a figure counted."""

    COUNT = "count"  # rows counted, or figures of rows added up
    CELLS = "cells"  # put together from cells as they are
    QUOTE = "quote"  # a text as it was written


@dataclass(frozen=True, slots=True)
class Given:
    """One filled-in table; ``name`` tells it from others: 附件1.

    ``period``: what it reports on, where several of a series are drafted from, which ``order`` puts
    in the order of time.
    """

    name: str
    definition: FormDefinition
    content: TableContent
    period: str = ""
    order: int = 0


Part = tuple[Given, str]  # a cell by its path


@dataclass(frozen=True, slots=True)
class Sentence:
    """``section``: the id of the section it is meant for, empty where that is not known.

    ``paths`` are the cells it was made from, in order. ``lacks``: what the directive asks for and
    those cells do not say. ``mentions``: figures in a quoted text, which nobody has counted.
    ``parts``: where it was made from several periods, each cell with its table.
    """

    given: Given
    section: str
    text: str
    paths: tuple[str, ...]
    made: Made
    lacks: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
