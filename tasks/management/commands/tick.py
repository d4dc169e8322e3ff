from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bureaus.calendar import YEARS
from tasks.channels.registry import INBOX
from tasks.ladder.rungs import label
from tasks.reminders.actions import ticking


class Command(BaseCommand):
    help = "发送到期的提醒；--now 指定时刻，--dry-run 只列出将发送的，不发送"

    def add_arguments(self, parser):
        parser.add_argument("--now", metavar="YYYY-MM-DDTHH:MM", help="北京时间，缺省为当前时刻")
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args, **options):
        now = self._moment(options["now"])
        if options["dry_run"]:
            self._foresee(now)
        elif options["now"]:
            self.stdout.write(str(ticking.tick(now)))
        else:
            self.stdout.write(str(ticking.tick(now, clock=timezone.now)))

    def _foresee(self, now: datetime) -> None:
        """A line for each: when due, the unit, the person, by what, which milestone, what."""
        count = 0
        for delivery in ticking.expected(now):
            milestone = delivery.milestone
            count += delivery.channel != INBOX  # that is there once written
            fields = (
                f"{timezone.localtime(milestone.at):%Y-%m-%d %H:%M}",
                str(milestone.assignment.bureau),
                str(delivery.recipient),
                delivery.get_channel_display(),
                label(milestone.kind),
                str(milestone.assignment.obligation),
            )
            self.stdout.write("\t".join(fields))
        self.stdout.write(f"due={count}")

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
