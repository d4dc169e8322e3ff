"""`manage.py train_reader FOLDER…`: the weights of the reader from labelled notices."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from notices.text.clauses import model
from notices.text.learning import weights
from notices.text.learning.examples import BadExample, of_folder


class Command(BaseCommand):
    """Prints what was learnt from and how well texts are read that were left out."""

    help = "用已核对的通知训练识别模型（数据只在本机使用）"
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
        parser.add_argument(
            "--output", type=Path, help="写到哪里；不写时替换本系统正在使用的权重文件"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in options["folders"]:
            if not folder.is_dir():
                raise CommandError(f"找不到文件夹：{folder}")
        try:
            texts = [text for folder in options["folders"] for text in of_folder(folder)]
        except BadExample as problem:
            raise CommandError(str(problem)) from None
        made = weights.made(texts)
        if made is None:
            raise CommandError(
                "这些文件夹里的报送事项太少，不足以训练。至少需要30个已确认的报送事项；"
                "请把系统自带的样例文件夹一并写上。"
            )
        target = options["output"] or settings.READER_WEIGHTS or model.FILE
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(made.as_json(), encoding="utf-8")
        self.stdout.write(made.report())
        self.stdout.write(f"已写入 {target}，重新启动后生效。")
