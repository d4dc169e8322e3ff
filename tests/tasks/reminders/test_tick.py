"""manage.py tick, as a person or a cron line calls it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from bureaus.roles import Role
from tasks.models import Delivery, Milestone
from tests import factories
from tests.factories import RUNGS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def person():
    return factories.staff(Role.FILLER, factories.assignment().bureau)


@pytest.fixture
def last_line(capsys):
    def run(*arguments: str) -> str:
        call_command("tick", *arguments)
        return capsys.readouterr().out.splitlines()[-1]

    return run


def test_last_line_counts_what_was_done(last_line):
    assert last_line("--now", "2026-03-25T08:59") == "sent=1 superseded=1 failed=0"
    assert last_line("--now", "2026-03-25T09:00") == "sent=1 superseded=0 failed=0"
    assert last_line("--now", "2026-03-25T09:00") == "sent=0 superseded=0 failed=0"


def test_now_is_beijing_time_unless_it_says_otherwise(last_line):
    assert last_line("--now", "2026-03-16T08:59:59") == "sent=0 superseded=0 failed=0"
    assert last_line("--now", "2026-03-16T00:59:59+00:00") == "sent=0 superseded=0 failed=0"
    assert last_line("--now", "2026-03-16T01:00:00+00:00") == "sent=1 superseded=0 failed=0"


def test_dry_run_counts_and_writes_nothing(last_line):
    assert last_line("--now", "2026-03-25T09:00", "--dry-run") == "due=1"
    assert last_line("--now", "2026-03-16T08:59", "--dry-run") == "due=0"

    assert mail.outbox == []
    assert Delivery.objects.count() == 0
    assert Milestone.objects.armed().count() == 10


def test_without_now_the_clock_counts(last_line, time_machine):
    time_machine.move_to(RUNGS["T-10"] - timedelta(seconds=1), tick=False)
    assert last_line() == "sent=0 superseded=0 failed=0"

    time_machine.move_to(RUNGS["T-10"], tick=False)
    assert last_line("--dry-run") == "due=1"
    assert last_line() == "sent=1 superseded=0 failed=0"


@pytest.mark.parametrize(
    "given",
    ["明天", "2026-02-30T09:00", "2026-03-25T25:00", "25/03/2026", "", "0001-01-01T00:00"],
)
def test_bad_now_is_refused_with_an_example(given):
    with pytest.raises(CommandError) as refused:
        call_command("tick", f"--now={given}")

    assert str(refused.value) == f"时刻“{given}”不合规，应形如 2026-12-01T09:00"
    assert mail.outbox == []


def test_dry_run_says_who_is_told_what_of_which_milestone_by_what(capsys):
    call_command("tick", "--now", "2026-03-25T09:00", "--dry-run")

    message, line, total = capsys.readouterr().out.splitlines()
    assert message.split("\t")[2:4] == ["测试填报人", "站内消息"]
    assert line.split("\t") == [
        "2026-03-25 09:00",
        "浙江省市场监管局",
        "测试填报人",
        "电子邮件",
        "提前3个工作日",
        "质量工作进展情况",
    ]
    assert total == "due=1"
