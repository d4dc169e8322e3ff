"""`manage.py export_readings FOLDER`: checked notices with what people made of them."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from notices.checking.exported import answer_of
from notices.models import Notice
from notices.states import NoticeState


class Command(BaseCommand):
    """Writes a text and an answer a notice, for `train_reader`; only this account may read them."""

    help = (
        "导出已核对入库的通知和核对结果，供 train_reader 训练（文件留在本机，含原文，请妥善保管）"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="写到这个文件夹，不存在时新建")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as problem:
            raise CommandError(f"不能写入文件夹 {folder}（{problem.strerror}）") from None
        checked = Notice.objects.filter(state=NoticeState.FILED, twin_of=None, is_example=False)
        count = 0
        for notice in checked.order_by("pk").iterator(chunk_size=200):
            answer = json.dumps(answer_of(notice), ensure_ascii=False, indent=1)
            for ending, text in ((".txt", notice.body), (".json", answer)):
                path = folder / f"{notice.pk:07}{ending}"
                path.touch(mode=0o600)
                path.write_text(text, encoding="utf-8", newline="")
            count += 1
        self.stdout.write(f"已导出{count}份已核对的通知到 {folder}。")
