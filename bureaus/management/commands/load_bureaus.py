from django.core.management.base import BaseCommand

from bureaus.actions import registry


class Command(BaseCommand):
    help = "载入机构树与工作日历（可重复执行，已有的不改动）"

    def handle(self, *args, **options):
        bureaus = registry.load_tree()
        days = registry.load_workdays()
        self.stdout.write(f"新增机构{bureaus}个，新增放假与调休日{days}天")
