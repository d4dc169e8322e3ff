"""Tables without their foreign keys and indexes while much is written into them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, models

FOREIGN_KEYS = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = %s::regclass AND contype = 'f'
"""
INDEXES = """
SELECT relname, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON oid = indexrelid
WHERE indrelid = %s::regclass AND NOT indisunique
"""


@contextmanager
def bare(found: Iterable[type[models.Model]]) -> Iterator[None]:
    """Take them off, put them back as they were; PostgreSQL only, inside a transaction.

    Putting a foreign key back checks every row, and an index built whole costs a fraction of one
    that grows row by row.
    """
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # checks that wait forbid altering a table
        later = []
        for model in found:
            table = quote(model._meta.db_table)
            cursor.execute(INDEXES, [table])
            for name, definition in cursor.fetchall():
                cursor.execute(f"DROP INDEX {quote(name)}")
                later.append(definition)
            cursor.execute(FOREIGN_KEYS, [table])
            for name, definition in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {quote(name)}")
                later.append(f"ALTER TABLE {table} ADD CONSTRAINT {quote(name)} {definition}")
        yield
        for statement in later:
            cursor.execute(statement)
