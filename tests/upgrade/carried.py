"""A database of its own that holds what a fixture says, under the migrations of its day."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field, Model

Key = tuple[str, str]


@contextmanager
def empty_database(folder: Path) -> Iterator[None]:
    """The default connection leads to a database without a table, on the same kind of server."""
    usual = connection.settings_dict["NAME"]
    is_file = connection.vendor == "sqlite"
    own = folder / "upgrade.sqlite3" if is_file else f"{usual}_upgrade"
    if not is_file:
        _say(f'DROP DATABASE IF EXISTS "{own}"')
        _say(f'CREATE DATABASE "{own}"')
    _go_to(own)
    try:
        yield
    finally:
        _go_to(usual)
        if not is_file:
            _say(f'DROP DATABASE "{own}"')


def _say(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _go_to(name: Any) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def restore(dumped: dict[str, Any]) -> None:
    """Bring the empty database to the recorded migrations, no further, and put the rows in."""
    recorded = {(app, name) for app, name in dumped["migrations"]}
    executor = MigrationExecutor(connection)
    targets = _last(recorded, executor)
    executor.migrate(targets)
    assert set(MigrationRecorder(connection).applied_migrations()) == recorded
    apps = executor.loader.project_state(targets).apps
    models = {model._meta.label_lower: model for model in apps.get_models(True)}
    with transaction.atomic():  # foreign keys are looked at when it ends
        for label, table in dumped["tables"].items():
            for row in values(models[label], table):
                # raw: as it was, whatever a field would do by itself when it is saved
                models[label](**row).save_base(raw=True, force_insert=True)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models.values())):
            cursor.execute(statement)


def values(model: type[Model], table: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    """The rows as this model has them, by attribute; columns it does not know are left out."""
    fields = {field.column: field for field in model._meta.local_concrete_fields}
    known = [(place, fields[name]) for place, name in enumerate(table["columns"]) if name in fields]
    for row in table["rows"]:
        yield {field.attname: _value(field, row[place]) for place, field in known}


def _value(field: Field, plain: Any) -> Any:
    return None if plain is None else field.to_python(plain)


def _last(recorded: set[Key], executor: MigrationExecutor) -> list[Key]:
    """The recorded migrations that no other recorded one of their app builds on."""
    nodes = executor.loader.graph.node_map
    built_on = {
        parent.key for key in recorded for parent in nodes[key].parents if parent.key[0] == key[0]
    }
    return sorted(recorded - built_on)
