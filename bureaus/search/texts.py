"""The table of texts that stands beside a kind of thing, and how words are looked for in it."""

from collections.abc import Sequence

from django.contrib.postgres.indexes import GinIndex
from django.db import connections, models

from bureaus.search.pairs import is_exact, pairs


class PairsField(models.Field):
    """The pairs of a text, an array of numbers under a GIN index.

    SQLite has neither and keeps nothing: at its size the texts themselves are read.
    """

    description = "pairs of characters"

    def __init__(self, *args, **kwargs):
        kwargs["null"], kwargs["editable"] = True, False
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["null"], kwargs["editable"]
        return name, path, args, kwargs

    def db_type(self, connection):
        return "integer[]" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(self, value, connection, prepared=False):
        return value if connection.vendor == "postgresql" else None


@PairsField.register_lookup
class Holds(models.Lookup):
    """All of these pairs are there. PostgreSQL only."""

    lookup_name = "holds"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s::integer[]", [value]

    def as_sql(self, compiler, connection):
        lhs, lhs_params = self.process_lhs(compiler, connection)
        rhs, rhs_params = self.process_rhs(compiler, connection)
        return f"{lhs} @> {rhs}", [*lhs_params, *rhs_params]


def index(*columns: str, name: str) -> GinIndex:
    """On SQLite, which has no GIN, an ordinary index of a column without a value."""
    return GinIndex(fields=columns, name=name)


class TextQuerySet(models.QuerySet):
    """``column`` names a text; its pairs are in the column of that name with ``_pairs``."""

    def holding(self, words: Sequence[str], column: str = "words") -> "TextQuerySet":
        """Those that hold every one of the words, in their one spelling."""
        rows = self
        if connections[self.db].vendor == "postgresql":
            rows = rows.near(words, column)
            words = [word for word in words if not is_exact(word)]
        for word in words:
            rows = rows.filter(**{f"{column}__contains": word})
        return rows

    def near(self, words: Sequence[str], column: str = "words") -> "TextQuerySet":
        """Those that hold all pairs of the words, anywhere: read from an index of PostgreSQL."""
        wanted = sorted({pair for word in words for pair in pairs(word)})
        is_indexed = connections[self.db].vendor == "postgresql" and wanted
        return self.filter(**{f"{column}_pairs__holds": wanted}) if is_indexed else self


class SearchText(models.Model):
    """One row beside each thing that can be found, under its key. Written by its actions only."""

    objects = TextQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.pk}"
