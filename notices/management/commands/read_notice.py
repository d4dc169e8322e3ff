"""`manage.py read_notice [--json] FILE…`: what the reader makes of notices, without a database."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from notices.readers.base import UnreadableDocument
from notices.readers.bundle.document import extensions, read_files
from notices.text.page.secrecy import ClassifiedDocument, refuse_classified
from notices.text.reading import Reading, read
from notices.text.summary import summary


class Command(BaseCommand):
    """Prints a reading a file, in order; exit status 1 where a file could not be read."""

    help = "读取通知文件并打印识别结果（不访问数据库）"
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="+", type=Path, metavar="FILE", help="、".join(extensions())
        )
        parser.add_argument("--json", action="store_true", help="每个文件打印一行 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = False
        for path in options["files"]:
            try:
                reading = _read(path)
            except (UnreadableDocument, ClassifiedDocument) as refusal:
                failed = True
                self._refuse(path, refusal.message_zh, as_json=options["json"])
                continue
            self._show(path, reading, as_json=options["json"])
        if failed:
            sys.exit(1)

    def _show(self, path: Path, reading: Reading, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(reading.as_json(), ensure_ascii=False))
        else:
            self.stdout.write(f"{path}\n{summary(reading)}\n")

    def _refuse(self, path: Path, message: str, *, as_json: bool) -> None:
        if as_json:
            line = json.dumps({"error": message, "file": str(path)}, ensure_ascii=False)
            self.stdout.write(line)
        else:
            self.stderr.write(f"{path}：{message}")


def _read(path: Path) -> Reading:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableDocument("找不到这个文件。请检查路径。") from None
    except IsADirectoryError:
        raise UnreadableDocument("这是一个目录。请给出文件的路径。") from None
    except PermissionError:
        raise UnreadableDocument("没有读取这个文件的权限。请联系管理员。") from None
    except OSError as error:
        raise UnreadableDocument(f"读取文件失败（{error.strerror}）。请稍后重试。") from None
    text = read_files([(path.name, data)], recognise=True)
    refuse_classified(text)
    return read(text, today=timezone.localdate())
