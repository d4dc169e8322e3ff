"""The first things, the latest first, whose text holds the words: no more are read than are shown.

A word that half of all texts hold is found among the latest few thousand; one that hardly any text
holds costs an index nothing. So the keys are gone through from the newest down, in steps: whatever
the database takes a pair of characters for, rare or common, it can go wrong within a step only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connections
from django.db.models import QuerySet

from bureaus.search.pairs import is_exact
from bureaus.search.texts import SearchText, TextQuerySet

MOST = 1000  # hits of a kind that are listed; whoever wants more says more words
READ = 1000  # whole documents that are read for words of three characters and more
STEPS = (2_000, 6_000, 20_000)  # keys below the newest one; then all the others


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
    """Of rows that are known to be hits, in their own order."""
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
    return _stepwise(rows, texts.objects.holding(words, column), most)


def in_long(
    rows: QuerySet,
    texts: type[SearchText],
    words: Sequence[str],
    *,
    column: str = "words",
    most: int = MOST,
) -> Found:
    """Whole documents: where pairs prove nothing, only the first READ that have them are read."""
    unsure = [word for word in words if not is_exact(word)]
    if connections[texts.objects.db].vendor != "postgresql" or not unsure:
        return in_short(rows, texts, words, column=column, most=most)
    maybe = _stepwise(rows, texts.objects.near(words, column), READ)
    read = texts.objects.filter(pk__in=maybe.keys)
    for word in unsure:
        read = read.filter(**{f"{column}__contains": word})
    hits = set(read.values_list("pk", flat=True))
    keys = [key for key in maybe.keys if key in hits]
    return Found(keys[:most], is_more=maybe.is_more or len(keys) > most)


def _stepwise(rows: QuerySet, texts: TextQuerySet, most: int) -> Found:
    keys: list[int] = []
    for step in _steps(texts):
        found = rows.filter(pk__in=texts.filter(**step).values("pk"), **step)
        keys += found.values_list("pk", flat=True)[: most + 1 - len(keys)]
        if len(keys) > most:
            break
    return Found(keys[:most], is_more=len(keys) > most)


def _steps(texts: TextQuerySet) -> Iterator[dict[str, int]]:
    newest = texts.model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
    high = newest
    for step in STEPS:
        if newest - step <= 0:
            break
        yield {"pk__lte": high, "pk__gt": newest - step}
        high = newest - step
    yield {"pk__lte": high}
