"""Texts to be searched are written beside their things: one, several, or all that there are."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db import models, transaction

from bureaus.search.pairs import pairs

BATCH = 500
Columns = Mapping[str, str]
Composed = Callable[[Any], Columns]


def keep(texts: type[models.Model], things: Iterable[models.Model], compose: Composed) -> None:
    """Write the row of each, over the one that is there; part of the action that wrote the thing.

    ``compose`` gives the columns of a thing's text; their pairs go with them.
    """
    key = texts._meta.pk.attname
    rows = [texts(**{key: thing.pk}, **_with_pairs(compose(thing))) for thing in things]
    columns = [f.name for f in texts._meta.concrete_fields if not f.primary_key]
    texts._base_manager.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        update_fields=columns,
        unique_fields=[texts._meta.pk.name],
    )


def _with_pairs(columns: Columns) -> dict[str, Any]:
    return {**columns, **{f"{name}_pairs": pairs(text) for name, text in columns.items()}}


def rebuild(texts: type[models.Model], things: models.QuerySet, compose: Composed) -> int:
    """Write the rows of all things, some hundred at a time; returns how many.

    Each batch is a transaction that locks its things, so that no action is overtaken.
    """
    count, last = 0, 0
    while True:
        with transaction.atomic():
            rows = things.order_by("pk").select_for_update(of=("self",))
            batch = list(rows.filter(pk__gt=last)[:BATCH])
            if not batch:
                return count
            keep(texts, batch, compose)
        count, last = count + len(batch), batch[-1].pk


def wrong(texts: type[models.Model], things: models.QuerySet, compose: Composed) -> Iterator[int]:
    """The keys of the things whose text is missing or another than it would be written now."""
    last = 0
    while batch := list(things.order_by("pk").filter(pk__gt=last)[:BATCH]):
        stand = texts._base_manager.in_bulk([thing.pk for thing in batch])
        for thing in batch:
            if thing.pk not in stand or not _agrees(stand[thing.pk], compose(thing)):
                yield thing.pk
        last = batch[-1].pk


def _agrees(row: models.Model, columns: Columns) -> bool:
    for name, text in columns.items():
        kept = getattr(row, f"{name}_pairs")  # None on SQLite
        if getattr(row, name) != text or (kept is not None and sorted(kept) != pairs(text)):
            return False
    return True
