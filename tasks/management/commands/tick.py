from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tasks.actions import reminders
from tasks.dates import YEARS


class Command(BaseCommand):
    help = "发送到期的提醒；--now 指定时刻，--dry-run 只统计不发送"

    def add_arguments(self, parser):
        parser.add_argument("--now", metavar="YYYY-MM-DDTHH:MM", help="北京时间，缺省为当前时刻")
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args, **options):
        now = self._moment(options["now"])
        if options["dry_run"]:
            self.stdout.write(f"due={reminders.count_due(now)}")
        else:
            self.stdout.write(str(reminders.tick(now)))

    def _moment(self, given: str | None) -> datetime:
        if given is None:
            return timezone.now()
        try:
            moment = datetime.fromisoformat(given)
            if moment.year not in YEARS:
                raise ValueError(given)
        except ValueError:
            raise CommandError(f"时刻“{given}”不合规，应形如 2026-12-01T09:00") from None
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
