"""Rows on their way into PostgreSQL by COPY."""

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max

BATCH = 20_000  # rows of one table held in memory


class Table:
    """Collects rows of one model. Columns nobody names get the model's default."""

    def __init__(self, model: type[models.Model]):
        self.model = model
        self.blank = {field.attname: _default(field) for field in model._meta.concrete_fields}
        self.last_key = model._default_manager.aggregate(last=Max("pk"))["last"] or 0
        self.rows: list[tuple] = []
        self.count = 0

    def add(self, **values) -> int:
        """One row, by the names of the columns (``bureau_id``). Returns its key."""
        self.last_key += 1
        row = {**self.blank, "id": self.last_key, **values}
        if len(row) != len(self.blank):
            raise TypeError(f"{self.model.__name__} has no {set(row) - set(self.blank)}")
        self.rows.append(tuple(row.values()))
        return self.last_key

    def write(self) -> None:
        """Send what was collected."""
        quote = connection.ops.quote_name
        columns = ", ".join(quote(field.column) for field in self.model._meta.concrete_fields)
        into = f"COPY {quote(self.model._meta.db_table)} ({columns}) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(into) as copy:
            for row in self.rows:
                copy.write_row(row)
        self.count += len(self.rows)
        self.rows.clear()


def _default(field: models.Field):
    return None if field.null and not field.has_default() else field.get_default()


class Tables:
    """Several tables that are written together."""

    def __init__(self, *found: type[models.Model]):
        self.by_model = {model: Table(model) for model in found}

    def __getitem__(self, model: type[models.Model]) -> Table:
        return self.by_model[model]

    def write_when_full(self) -> None:
        if any(len(table.rows) >= BATCH for table in self.by_model.values()):
            self.write()

    def write(self) -> None:
        for table in self.by_model.values():
            table.write()

    def finish(self) -> None:
        """Write the rest; the sequences go on behind the last keys."""
        self.write()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self.by_model)):
                cursor.execute(statement)
