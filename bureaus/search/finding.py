"""The first things, in an order, whose text holds the words: no more are read than are shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connections
from django.db.models import QuerySet

from bureaus.search.pairs import is_exact
from bureaus.search.texts import SearchText

MOST = 1000  # hits of a kind that are listed; whoever wants more says more words
READ = 1000  # long texts that are read for words of three characters and more


@dataclass(frozen=True)
class Found:
    """The keys of the hits in order; ``is_more``: there are, or may be, others behind them."""

    keys: list[int]
    is_more: bool = False

    def __str__(self) -> str:
        return f"{len(self.keys)}+" if self.is_more else str(len(self.keys))

    def __bool__(self) -> bool:
        return bool(self.keys)


def first(rows: QuerySet, most: int = MOST) -> Found:
    """Of rows that are known to be hits."""
    keys = list(rows.values_list("pk", flat=True)[: most + 1])
    return Found(keys[:most], is_more=len(keys) > most)


def in_short(
    rows: QuerySet,
    texts: type[SearchText],
    words: Sequence[str],
    *,
    column: str = "words",
    most: int = MOST,
) -> Found:
    """Texts of a line or two: each that has the pairs is read by the database at once."""
    return first(rows.filter(pk__in=texts.objects.holding(words, column).values("pk")), most)


def in_long(
    rows: QuerySet,
    texts: type[SearchText],
    words: Sequence[str],
    *,
    column: str = "words",
    most: int = MOST,
) -> Found:
    """Whole documents: where pairs prove nothing, only the first READ that have them are read.

    ``rows`` must not be ordered by their key alone: the database would walk all keys for a pair
    that it takes for common and that no text has.
    """
    unsure = [word for word in words if not is_exact(word)]
    if connections[texts.objects.db].vendor != "postgresql" or not unsure:
        return in_short(rows, texts, words, column=column, most=most)
    near = texts.objects.near(words, column).values("pk")
    maybe = first(rows.filter(pk__in=near), READ)
    read = texts.objects.filter(pk__in=maybe.keys)
    for word in unsure:
        read = read.filter(**{f"{column}__contains": word})
    hits = set(read.values_list("pk", flat=True))
    keys = [key for key in maybe.keys if key in hits]
    return Found(keys[:most], is_more=maybe.is_more or len(keys) > most)
