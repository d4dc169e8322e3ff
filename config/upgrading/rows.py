"""All rows of a database as plain values that any database can take back.

``{"migrations": [[app, name], …], "tables": {"app.model": {"columns": […], "rows": [[…], …]}}}``:
moments in ISO 8601 and UTC, decimals as text, everything else as JSON has it. Models are named as
the migrations of that day know them.
"""

import json
import lzma
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

Dump = dict[str, Any]


def dump() -> Dump:
    """What stands in the database, under the migrations it was brought to."""
    models = apps.get_models(include_auto_created=True)
    tables = {model._meta.label_lower: _table(model) for model in models if model._meta.managed}
    return {
        "migrations": sorted(MigrationRecorder(connection).applied_migrations()),
        "tables": {label: table for label, table in sorted(tables.items()) if table["rows"]},
    }


def write(dumped: Dump, path: Path) -> int:
    """Compressed; returns how many bytes."""
    text = json.dumps(dumped, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return path.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))


def read(path: Path) -> Dump:
    found: Dump = json.loads(lzma.decompress(path.read_bytes()))
    return found


def _table(model: type[Model]) -> dict[str, list[Any]]:
    fields = model._meta.local_concrete_fields
    rows = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
    return {"columns": [field.column for field in fields], "rows": [list(row) for row in rows]}


def _plain(value: object) -> str:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case Decimal():
            return str(value)
    raise TypeError(f"no plain form of {value!r}")
