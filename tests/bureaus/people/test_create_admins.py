from getpass import getpass

import pytest
from django.core.management import CommandError, call_command

from audit.models import AuditEvent
from bureaus.management.commands import create_admins
from bureaus.models import Post, Staff
from bureaus.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
THREE = ["xitong", "系统员", "anquan", "安全员", "shenji", "审计员"]
SECRETS = [f"Quiet-River-5{number}" for number in (1, 1, 2, 2, 3, 3)]


@pytest.fixture
def keyboard(monkeypatch):
    """What is typed, line by line, and without echo; typed out, the keyboard is silent (EOF)."""

    def types(lines, secrets=()):
        given, hidden = iter(lines), iter(secrets)
        monkeypatch.setattr("builtins.input", lambda prompt: _next(given))
        monkeypatch.setattr(create_admins, "getpass", lambda prompt: _next(hidden))

    return types


def _next(typed):
    try:
        return next(typed)
    except StopIteration:
        raise EOFError from None


def run(capsys):
    call_command("create_admins")
    return capsys.readouterr().out


def test_first_three_are_made_with_their_posts_in_force(keyboard, capsys):
    root = factories.central()
    keyboard(THREE, SECRETS)

    said = run(capsys)

    made = Post.objects.order_by("pk").values_list("staff__username", "role", "is_effective")
    assert list(made) == [
        ("xitong", "system_admin", True),
        ("anquan", "security_admin", True),
        ("shenji", "auditor", True),
    ]
    person = Staff.objects.get(username="anquan")
    assert (person.name, person.bureau, person.must_change_password) == ("安全员", root, True)
    assert person.check_password("Quiet-River-52")
    assert not person.is_superuser
    assert AuditEvent.objects.filter(verb="建立首任管理员").count() == 3
    assert not [secret for secret in SECRETS if secret in said]


def test_nothing_is_made_where_the_keyboard_stops(keyboard):
    factories.central()
    keyboard(THREE[:4], SECRETS[:4])

    with pytest.raises(CommandError, match="已中止，没有建立任何账号"):
        call_command("create_admins")

    assert not Staff.objects.exists()


def test_what_is_wrong_is_asked_again(keyboard, capsys):
    factories.central()
    Staff.objects.create_user("taken", name="在用")
    lines = ["系统", "taken", "xitong", "", "系统员", "xitong", *THREE[2:]]
    keyboard(lines, ["short", "Quiet-River-51", "Quiet-River-59", *SECRETS])

    said = run(capsys)

    for told in (
        "账号须为3至40位",
        "账号taken已被使用",
        "须用三个账号",
        "密码太短",
        "两次输入不一致",
    ):
        assert told in said
    assert Post.objects.count() == 3


def test_where_one_stands_administrators_are_made_by_administrators(keyboard):
    factories.staff(Role.SECURITY_ADMIN, factories.central())
    keyboard([])

    with pytest.raises(CommandError, match="已有管理员（安全管理员100000"):
        call_command("create_admins")


def test_without_the_tree_the_first_step_is_told(keyboard):
    keyboard([])

    with pytest.raises(CommandError, match="load_bureaus"):
        call_command("create_admins")


def test_passwords_are_asked_without_echo():
    assert create_admins.getpass is getpass
