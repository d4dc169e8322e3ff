from itertools import islice

from django.core.management.base import BaseCommand, CommandError

from reports.search.indexes import INDEXES

NAMED = 20  # keys that are printed of each kind


class Command(BaseCommand):
    help = "重建全局查找用的文本；--verify 只核对，不改动"

    def add_arguments(self, parser):
        parser.add_argument("--verify", action="store_true", help="只核对，指出缺少或不一致的")

    def handle(self, *args, **options):
        if options["verify"]:
            return self._verify()
        for index in INDEXES:
            self.stdout.write(f"{index.label}：已重建{index.rebuild()}条")
        return None

    def _verify(self):
        found = False
        for index in INDEXES:
            keys = list(islice(index.wrong(), NAMED))
            found = found or bool(keys)
            said = "、".join(map(str, keys)) + ("等" if len(keys) == NAMED else "")
            self.stdout.write(f"{index.label}：" + (f"不一致，编号{said}" if keys else "一致"))
        if found:
            raise CommandError("查找文本与内容不一致，请运行 manage.py rebuild_search")
