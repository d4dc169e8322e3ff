from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bureaus.actions import founding
from bureaus.errors import BureauError
from bureaus.models import Staff


class Command(BaseCommand):
    help = "建立首任系统管理员、安全管理员、审计员（逐项询问；没有默认账号和默认密码）"

    def handle(self, *args, **options):
        try:
            bureau = founding.check_none()
            self.stdout.write(f"在{bureau}建立三名管理员，须由三人分别担任。随时可按 Ctrl+C 中止。")
            accounts = {}
            for role in founding.FIRST:
                self.stdout.write(f"\n{role.label}")
                accounts[role] = self._ask({one.username for one in accounts.values()})
            founding.create(accounts, now=timezone.now())
        except (KeyboardInterrupt, EOFError):
            raise CommandError("已中止，没有建立任何账号") from None
        except BureauError as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write("\n已建立三名管理员。首次登录时须修改密码。")

    def _ask(self, taken: set[str]) -> founding.Account:
        username = self._username(taken)
        name = ""
        while not name:
            name = "".join(input("  姓名：").split())[:30]
        return founding.Account(username, name, self._password(username, name))

    def _username(self, taken: set[str]) -> str:
        while True:
            username = input("  账号：").strip().lower()
            try:
                founding.check_username(username)
            except BureauError as refused:
                self.stdout.write(f"  {refused}")
                continue
            if username not in taken:
                return username
            self.stdout.write("  三名管理员须用三个账号，请换一个")

    def _password(self, username: str, name: str) -> str:
        while True:
            password = getpass("  密码（不显示）：")
            try:
                validate_password(password, Staff(username=username, name=name))
            except ValidationError as refused:
                self.stdout.write("  " + "".join(refused.messages))
                continue
            if getpass("  再输一次：") == password:
                return password
            self.stdout.write("  两次输入不一致，请重新输入")
