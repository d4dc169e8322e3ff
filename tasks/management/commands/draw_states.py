from django.conf import settings
from django.core.management.base import BaseCommand

from tasks.management import state_diagram

FILE = settings.BASE_DIR / "docs" / "states.md"


class Command(BaseCommand):
    help = "Write docs/states.md from the table of moves."

    def handle(self, **options) -> None:
        FILE.write_text(state_diagram.document(), encoding="utf-8")
        self.stdout.write(f"{FILE.relative_to(settings.BASE_DIR)}")
