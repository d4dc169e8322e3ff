from reports.exports import files as exports
from reports.management import lookup
from reports.management.exporting import ExportCommand


class Command(ExportCommand):
    help = "导出一个单位的附件表（.xlsx，官方版式）"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--bureau", required=True, help="单位代码，如 330000")

    def handle(self, *args, doc_number, attachment, bureau, out, **options):
        def workbook():
            found = lookup.assignment(doc_number, attachment, bureau)
            return exports.assignment_workbook(found, attachment)

        self.export(out, workbook)
