"""What the two export commands share: their options, and how a refusal is told."""

from collections.abc import Callable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.errors import ReportError


class ExportCommand(BaseCommand):
    """A command that writes one workbook for an attachment of a notice."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--doc-number", required=True, help="文号，如 国市监质发〔2023〕9号")
        parser.add_argument("--attachment", required=True, type=int, help="附件序号")
        parser.add_argument("out", type=Path, metavar="OUT.xlsx")

    def export(self, out: Path, workbook: Callable[[], bytes]) -> None:
        """Write the workbook; what cannot be found or written is one line in Chinese."""
        try:
            out.write_bytes(workbook())
        except ReportError as problem:
            raise CommandError(str(problem)) from None
        except OSError as problem:
            raise CommandError(
                f"不能写入{out}（{problem.strerror}），请检查文件夹是否存在、能否写入"
            ) from None
        self.stdout.write(f"已导出：{out}")
