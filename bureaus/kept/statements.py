"""Queries that every page asks, written out once: Django takes longer to do so than they run."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

PLACE = -(2**40)  # no key


class Statement:
    """``build`` gives the query of the row with a key; all else in it stays as it is."""

    def __init__(self, model: type[Model], build: Callable[[int], QuerySet]) -> None:
        self._model, self._build = model, build
        self._written: dict[str, tuple[str, tuple[Any, ...]]] = {}  # by kind of database

    def row(self, key: int) -> Any:
        """None where there is none."""
        text, given = self._text()
        values = [key if value == PLACE else value for value in given]
        return next(iter(self._model._default_manager.raw(text, values)), None)

    def _text(self) -> tuple[str, tuple[Any, ...]]:
        if connection.vendor not in self._written:
            self._written[connection.vendor] = self._build(PLACE).query.sql_with_params()
        return self._written[connection.vendor]
