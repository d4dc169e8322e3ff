"""`manage.py prepare`: what `make run` needs done before anybody can log in."""

import hashlib
import io

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Bring database, static files and demonstration data up to the code, where they are not."

    def add_arguments(self, parser):
        parser.add_argument(
            "--no-demo", action="store_true", help="no demonstration people and notices"
        )

    def handle(self, *args, **options):
        call_command("migrate", interactive=False, verbosity=0, stdout=self.stdout)
        if not settings.FROM_SOURCE:
            self._collect_static()
        call_command("load_bureaus", stdout=self.stdout)
        if not options["no_demo"]:
            told = io.StringIO()
            call_command("demo", stdout=told)
            done, _, accounts = told.getvalue().partition("\n")
            # `make run` shows what comes after the empty line last of all.
            self.stdout.write(f"{done}\n\n{accounts}")

    def _collect_static(self):
        stamp = settings.STATIC_ROOT / ".collected"
        now = _digest_of_sources()
        if stamp.is_file() and stamp.read_text(encoding="ascii") == now:
            return
        stamp.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(now, encoding="ascii")
        self.stdout.write("static files collected")


def _digest_of_sources() -> str:
    """Changes whenever a static file appears, disappears or is written."""
    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(["CVS", ".*", "*~"]):
            found.update(
                f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode()
            )
    return found.hexdigest()
