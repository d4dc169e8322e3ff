from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports import exports, find
from reports.errors import ReportError


class Command(BaseCommand):
    help = "导出一个附件表的汇总表（.xlsx），未报单位列在表下"

    def add_arguments(self, parser):
        parser.add_argument("--doc-number", required=True, help="文号，如 国市监质发〔2023〕9号")
        parser.add_argument("--attachment", required=True, type=int, help="附件序号")
        parser.add_argument("out", type=Path, metavar="OUT.xlsx")

    def handle(self, *args, **options):
        try:
            found = find.obligation(options["doc_number"], options["attachment"])
            data = exports.roll_up_workbook(
                found, options["attachment"], as_of=timezone.localdate()
            )
            options["out"].write_bytes(data)
        except ReportError as problem:
            raise CommandError(str(problem)) from None
        except OSError as problem:
            raise CommandError(
                f"不能写入{options['out']}（{problem.strerror}），请检查文件夹是否存在、能否写入"
            ) from None
        self.stdout.write(f"已导出：{options['out']}")
