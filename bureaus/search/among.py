"""A column whose value is one of many keys, given to the database as one value."""

import json
from collections.abc import Collection

from django.db import models


class Among(models.Func):
    """``column`` is among ``keys``: an array on PostgreSQL, which hashes it; JSON on SQLite.

    IN with thousands of values is planned and sent value by value, and a subquery is run again
    for each of the queries of a page.
    """

    output_field = models.BooleanField()
    conditional = True

    def __init__(self, column: str, keys: Collection[int] | Collection[str]):
        self.keys = list(keys)
        super().__init__(models.F(column))

    def as_sql(self, compiler, connection, **extra):
        column, params = compiler.compile(self.source_expressions[0])
        found = "SELECT value FROM json_each(%s)"
        return f"{column} IN ({found})", [*params, json.dumps(self.keys)]

    def as_postgresql(self, compiler, connection, **extra):
        column, params = compiler.compile(self.source_expressions[0])
        kind = "text" if self.keys and isinstance(self.keys[0], str) else "bigint"
        return f"{column} = ANY (%s::{kind}[])", [*params, self.keys]
