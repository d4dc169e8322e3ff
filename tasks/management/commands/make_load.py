import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from notices.models import Notice
from tasks.management.load import filling


class Command(BaseCommand):
    help = "压力测试：向空的 PostgreSQL 数据库写入虚构的人员、文件和任务（只用于测试环境）"

    def add_arguments(self, parser):
        parser.add_argument("--bureaus", type=int, default=3200, help="参加的市场监管部门数")
        parser.add_argument("--assignments", type=int, required=True, help="任务数")
        parser.add_argument("--notices", type=int, default=0, help="另加多少件不要求报送的文件")
        parser.add_argument("--seed", type=int, default=1, help="同一个数得到同样的数据")
        parser.add_argument("--yes", action="store_true", help="DEBUG 关闭时也写入")

    def handle(self, *args, **options):
        self._check(options)
        begin = time.perf_counter()
        try:
            made = filling.fill(
                options["bureaus"],
                options["assignments"],
                notices=options["notices"],
                seed=options["seed"],
                now=timezone.now(),
            )
        except filling.Shortage as shortage:
            raise CommandError(str(shortage)) from None
        filling.gather_statistics()
        for name, count in made.items():
            self.stdout.write(f"{name:16}{count:>12,}")
        self.stdout.write(f"用时{time.perf_counter() - begin:.0f}秒")

    def _check(self, options):
        """Never a real site, and never a second time."""
        if options["bureaus"] < 1 or options["assignments"] < 1:
            raise CommandError("--bureaus 和 --assignments 应是正整数")
        if settings.APP_ENV == "production":
            raise CommandError("正式环境（APP_ENV=production）不写入测试数据")
        if not settings.DEBUG and not options["yes"]:
            raise CommandError("DEBUG 未开启，可能是正式环境；确认是测试环境的，请加 --yes")
        if connection.vendor != "postgresql":
            raise CommandError("本命令只用于 PostgreSQL，请用 DATABASE_URL 指向一个空的测试数据库")
        if Notice.objects.exists():
            raise CommandError("数据库中已有文件，未作改动；请换一个空的测试数据库")
