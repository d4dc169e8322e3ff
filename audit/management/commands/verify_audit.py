from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit import verification
from audit.models import AuditEvent, Chain


class Command(BaseCommand):
    help = "校验审计链：逐条核对哈希，指出被改动、删除或调换的记录"

    def add_arguments(self, parser):
        said = "同时打印各条审计链到此为止的校验码，供另处留存比对"
        parser.add_argument("--heads", action="store_true", help=said)

    def handle(self, *args, **options):
        if options["heads"]:
            for head in Chain.objects.order_by("name"):
                self.stdout.write(f"{head.name} {head.length} {head.tip}")
        found = verification.verify(timezone.now())
        for fault in found:
            self.stdout.write(str(fault))
        total, chains = AuditEvent.objects.count(), Chain.objects.count()
        if found:
            raise CommandError(f"审计链不完整：{len(found)}处异常（共{chains}条链、{total}条记录）")
        self.stdout.write(f"审计链完整：{chains}条链、{total}条记录")
