from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from config.demo import directives, people, stories
from notices.models import Notice


class Command(BaseCommand):
    help = "建立演示数据：虚构的人员、摘编的文件、各种状态的任务（可重复执行，已有的不改动）"

    def add_arguments(self, parser):
        parser.add_argument("--accounts", action="store_true", help="只列出演示账号")

    def handle(self, *args, **options):
        if not options["accounts"]:
            self._make()
        self._show_accounts()

    def _make(self):
        with transaction.atomic():
            people.hire(people.password())
            if Notice.objects.exists():
                self.stdout.write("演示数据已存在，未作改动")
                return
            now, office = timezone.now(), stories.Office()
            people.send_away(now)
            for directive in [*directives.founding(), *directives.current(timezone.localdate())]:
                stories.tell(directive, office, now=now)
        self.stdout.write(f"已建立演示文件{Notice.objects.count()}份")

    def _show_accounts(self):
        found = people.accounts()
        if not found:
            self.stdout.write("还没有演示账号，请先执行 manage.py demo")
            return
        self.stdout.write(
            "演示账号（其他省的账号形如 jiangsu.tianbao，浙江其他市的形如 ningbo.tianbao）："
        )
        longest_post, longest_unit = (max(len(row[column]) for row in found) for column in (0, 1))
        for post, unit, username in found:
            # Filled up with full-width spaces, which are as wide as a character.
            post, unit = post.ljust(longest_post, "\u3000"), unit.ljust(longest_unit, "\u3000")
            self.stdout.write(f"  {post}  {unit}  {username}")
        self.stdout.write(f"  密码（各账号相同，本次安装随机生成）：{people.password()}")
