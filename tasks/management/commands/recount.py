from itertools import islice

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tasks.actions.counts import mending

NAMED = 20  # differences that are printed


class Command(BaseCommand):
    help = "核对各单位的计数（汇总统计由此得出），有差异的更正；--verify 只核对，不改动"

    def add_arguments(self, parser):
        parser.add_argument("--verify", action="store_true", help="只核对，指出不一致的")

    def handle(self, *args, **options):
        if options["verify"]:
            found = list(islice(mending.differences(), NAMED + 1))
        else:
            found = mending.mend(now=timezone.now())
        for one in found[:NAMED]:
            self.stdout.write(str(one))
        if not found:
            self.stdout.write("计数与任务一致")
        elif options["verify"]:
            count = f"{NAMED}处以上" if len(found) > NAMED else f"{len(found)}处"
            raise CommandError(f"计数与任务不一致，共{count}，请运行 manage.py recount 更正")
        else:
            self.stdout.write(f"已更正{len(found)}处")
