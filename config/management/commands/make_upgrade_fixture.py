import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.test.utils import override_settings

from config.upgrading import office, rows, year


class Command(BaseCommand):
    help = (
        "Write the rows of a small invented office, as of the migrations of today, to FILE "
        "(.json.xz), for tests/upgrade. Uses a database of its own that it removes again."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, **options):
        if settings.PRODUCTION:
            raise CommandError("not where real work is done: it makes a database of its own")
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            # Never committed: no message asks a worker to make anything.
            with tempfile.TemporaryDirectory() as folder, _kept_in(folder), transaction.atomic():
                office.found()
                year.tell()
                dumped = rows.dump()
                transaction.set_rollback(True)
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)
        size = rows.write(dumped, options["file"])
        count = sum(len(table["rows"]) for table in dumped["tables"].values())
        self.stdout.write(f"{options['file']}: {count} rows of {len(dumped['tables'])} tables")
        self.stdout.write(f"{size} bytes")


def _kept_in(folder: str) -> override_settings:
    """Files go there, mails nowhere."""
    return override_settings(
        VAR_DIR=Path(folder),
        FILES_DIR=Path(folder) / "files",
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    )
