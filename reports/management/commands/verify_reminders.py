"""Is a 提醒送达证明 as it was exported? Its rows against its digest, and that against the audit."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.models import AuditEvent
from reports.errors import ReportError
from reports.exports import proof_sheet


class Command(BaseCommand):
    help = "校验一份导出的提醒送达证明：内容与摘要是否一致，摘要是否在审计中"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="导出的 .xlsx 文件")

    def handle(self, *, file, **options):
        try:
            named, rows = proof_sheet.read_back(file.read_bytes())
        except FileNotFoundError:
            raise CommandError(f"没有这个文件：{file}") from None
        except OSError as fault:
            raise CommandError(f"文件打不开：{fault}") from fault
        except ReportError as refused:
            raise CommandError(str(refused)) from refused
        if proof_sheet.digest(rows) != named:
            raise CommandError("内容与摘要不一致：文件导出后被改动过")
        taken = AuditEvent.objects.filter(verb="导出提醒送达证明", detail_json__contains=named)
        event = taken.order_by("at").first()
        if event is None:
            raise CommandError("内容与摘要一致，但审计中没有这次导出：不是本系统导出的文件")
        when = f"{timezone.localtime(event.at):%Y-%m-%d %H:%M}"
        self.stdout.write(
            f"内容与摘要一致。{when}由{event.actor_name}导出，"
            f"审计链{event.chain}第{event.position}条；审计链本身请用 verify_audit 校验"
        )
