from django.utils import timezone

from reports.exports import files as exports
from reports.management import lookup
from reports.management.exporting import ExportCommand


class Command(ExportCommand):
    help = "导出一个附件表的汇总表（.xlsx），未报单位列在表下"

    def handle(self, *args, doc_number, attachment, out, **options):
        def workbook():
            found = lookup.obligation(doc_number, attachment)
            return exports.roll_up_workbook(found, attachment, as_of=timezone.localdate())

        self.export(out, workbook)
