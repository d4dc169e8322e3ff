"""系统状况: every part tells how it is and what to do, and a page comes however much is down."""

import os
import socket
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import reverse

from audit import job_runs, trail, verification
from audit.models import JobRun, Verification
from bureaus.roles import Role
from config.health import database, machine, report, services, work
from config.health.lines import State, span
from notices import jobs as notice_jobs
from reports import jobs as report_jobs
from tasks import jobs
from tasks.models import Delivery, Milestone
from tests import factories
from tests.audit import tamper
from tests.factories import NOW, RUNGS

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
SECRET = "not-to-be-shown"


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def closed_port():
    """Nobody listens there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def silent_port():
    """Takes a connection and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def smtp(settings, port):
    settings.EMAIL_BACKEND = services.SMTP
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "someone", SECRET


def state_of(lines):
    return {line.name: line.state for line in lines}


def open_page(client, role=Role.SYSTEM_ADMIN):
    client.force_login(factories.staff(role, factories.central()))
    return client.get(reverse("health:page"))


@pytest.mark.parametrize("role", Role)
def test_page_is_the_system_administrators_alone(client, role):
    assert open_page(client, role).status_code == (200 if role == Role.SYSTEM_ADMIN else 403)


def test_broker_says_its_version_and_what_waits(broker_url):
    line = services.broker(broker_url)

    assert line.state is State.FINE
    assert line.figure.startswith("Valkey ")
    assert line.figure.endswith("排队 0 条")


def test_broker_that_does_not_answer_is_told_without_the_account(closed_port):
    line = services.broker(f"redis://user:{SECRET}@127.0.0.1:{closed_port}/0")

    assert (line.state, line.figure) == (State.WRONG, f"127.0.0.1:{closed_port} 没有应答")
    assert SECRET not in repr(line)
    assert "user" not in repr(line)


def test_broker_whose_address_makes_no_sense_is_a_line(closed_port):
    assert services.broker("nonsense").state is State.WRONG
    assert services.broker("redis+socket:///nowhere/valkey.sock").figure == "本机套接字 没有应答"


def test_mail_server_is_greeted_and_nothing_is_sent(settings, mail_server):
    smtp(settings, int(mail_server.url.rpartition(":")[2]))

    assert services.mail().state is State.FINE
    assert mail_server.messages == []


def test_mail_server_that_is_away_is_told_for_a_minute(settings, closed_port):
    smtp(settings, closed_port)

    line = services.mail()

    assert line.state is State.WRONG
    assert "拒绝连接" in line.todo
    assert SECRET not in repr(line)


def test_mailbox_on_disk_is_something_to_note(settings):
    settings.EMAIL_BACKEND = "tasks.reminders.mail.mailbox.MailboxBackend"

    assert services.mail().state is State.NOTE


def test_report_does_not_wait_for_servers_that_say_nothing(settings, silent_port, monkeypatch):
    monkeypatch.setattr(report, "WAIT", 0.2)
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{silent_port}/0"
    smtp(settings, silent_port)

    lines = report.report(NOW)

    silent = {line.name: line.figure for line in lines if line.figure == "没有应答"}
    assert set(silent) == {"消息队列", "邮件服务器"}


def test_page_comes_where_everything_around_is_down(client, settings, closed_port):
    settings.CELERY_BROKER_URL = f"redis://:{SECRET}@127.0.0.1:{closed_port}/0"
    smtp(settings, closed_port)

    answer = open_page(client)

    assert answer.status_code == 200
    assert SECRET not in answer.content.decode()
    states = state_of(answer.context["lines"])
    assert states["消息队列"] == states["邮件服务器"] == states["定时任务"] == State.WRONG
    assert states["数据库"] == states["数据库结构"] == State.FINE


def test_check_that_fails_is_a_line_among_the_others(monkeypatch):
    def broken():
        raise RuntimeError(SECRET)

    monkeypatch.setattr(database, "tables", broken)

    lines = report.report(NOW)

    (line,) = (line for line in lines if line.name == "数据库结构")
    assert (line.state, line.figure) == (State.WRONG, "检查没有完成")
    assert SECRET not in repr(lines)
    assert state_of(lines)["审计链"] == State.NOTE


def test_jobs_of_every_minute_write_down_when_they_ended(time_machine):
    time_machine.move_to(NOW, tick=False)

    jobs.tick()
    report_jobs.produce_waiting()
    notice_jobs.recognise()
    time_machine.move_to(NOW + MINUTE, tick=False)
    jobs.tick()

    assert dict(JobRun.objects.values_list("name", "ended_at")) == {
        "tick": NOW + MINUTE,
        "produce": NOW,
        "recognise": NOW,
    }


@pytest.mark.parametrize(
    ("minutes", "tick", "produce"),
    [
        (3, State.FINE, State.FINE),
        (10, State.NOTE, State.FINE),
        (11, State.WRONG, State.FINE),
        (41, State.WRONG, State.NOTE),
        (121, State.WRONG, State.WRONG),
    ],
)
def test_worker_that_is_silent_is_told_by_how_long(minutes, tick, produce):
    for name in (job_runs.TICK, job_runs.PRODUCE, job_runs.RECOGNISE):
        job_runs.ended(name, NOW)

    states = state_of(work.pulses(NOW + minutes * MINUTE))

    assert (states["后台进程（提醒）"], states["后台进程（生成文件）"]) == (tick, produce)
    assert states["定时任务"] == tick


def test_one_silent_worker_is_not_the_timetables_fault():
    job_runs.ended(job_runs.TICK, NOW - 60 * MINUTE)
    job_runs.ended(job_runs.PRODUCE, NOW)

    states = state_of(work.pulses(NOW))

    assert states["定时任务"] == State.FINE
    assert states["后台进程（提醒）"] == states["后台进程（扫描识别）"] == State.WRONG


def test_reminders_that_could_have_gone_out_are_told_with_the_oldest():
    factories.obligation()
    assert work.reminders(RUNGS["T-10"] - MINUTE).state is State.FINE

    line = work.reminders(RUNGS["T-10"] + 11 * MINUTE)

    assert (line.state, line.since) == (State.NOTE, Milestone.objects.armed().earliest("at").at)
    assert line.figure == "待处理的提醒 1 次，待发送 0 条，最早的已等 11分钟"
    assert work.reminders(RUNGS["T-10"] + 61 * MINUTE).state is State.WRONG


def test_reminders_held_back_by_the_quiet_hours_are_no_fault(settings):
    factories.obligation()

    late = (RUNGS["T-10"]).replace(hour=23)

    assert work.reminders(late).state is State.FINE


def test_undelivered_reminders_lead_to_their_list():
    assert work.undelivered().state is State.FINE
    task = factories.assignment()
    Delivery.objects.create(
        milestone=Milestone.objects.filter(assignment=task)[0],
        recipient=factories.staff(Role.FILLER, task.bureau),
        not_before=NOW,
        state=Delivery.State.FAILED,
    )

    line = work.undelivered()

    assert (line.state, line.figure, line.url_name) == (State.NOTE, "1 条", "tasks:undelivered")


def test_chains_are_as_they_were_when_last_walked():
    assert work.audit_chain(NOW).figure == "从未校验"
    factories.obligation()

    assert verification.verify(NOW) == []
    fine = work.audit_chain(NOW + timedelta(days=31))
    old = work.audit_chain(NOW + timedelta(days=32))
    tamper.rows("100000").filter(position=1).update(verb="改")
    assert len(verification.verify(NOW + timedelta(days=33))) == 1

    last = work.audit_chain(NOW + timedelta(days=33))
    assert (fine.state, old.state, last.state) == (State.FINE, State.NOTE, State.WRONG)
    assert last.figure.startswith("有 1 处异常")


def test_verification_keeps_how_much_there_was():
    with trail.transaction.atomic():
        trail.record("示例", by=None)
        trail.record("示例", by=None)

    verification.verify(NOW)

    row = Verification.objects.get()
    assert (row.made_at, row.chain_count, row.event_count, row.fault_count) == (NOW, 1, 2, 0)


def test_clock_of_the_database_is_compared(time_machine):
    factories.central()

    assert database.clock(NOW).state is State.WRONG  # years ago, by the clock of the database


def test_disks_tell_what_is_left(settings, tmp_path, monkeypatch):
    settings.FILES_DIR = settings.VAR_DIR = tmp_path / "not" / "there" / "yet"
    usage = machine.shutil.disk_usage(tmp_path)

    def left(free):
        monkeypatch.setattr(machine.shutil, "disk_usage", lambda path: usage._replace(free=free))
        return {line.state for line in machine.disks() if "文件" in line.name}

    assert left(10 * machine.GIB) == {State.FINE}
    assert left(10 * machine.GIB - 1) == {State.NOTE}
    assert left(2 * machine.GIB - 1) == {State.WRONG}


def test_backup_is_known_by_its_mark(settings, tmp_path):
    settings.BACKUP_MARK = tmp_path / "done"
    assert machine.backup(NOW).figure == "未配置备份"

    settings.BACKUP_MARK.touch()
    os.utime(settings.BACKUP_MARK, (NOW.timestamp(), NOW.timestamp()))

    ages = (timedelta(hours=26), timedelta(hours=27), timedelta(days=4))
    assert [machine.backup(NOW + age).state for age in ages] == [
        State.FINE,
        State.NOTE,
        State.WRONG,
    ]
    assert machine.backup(NOW).since == NOW


def test_missing_programs_say_what_cannot_be_done_without(monkeypatch):
    monkeypatch.setattr(machine.shutil, "which", lambda name: None)

    office, _ = machine.programs()

    assert (office.state, office.figure) == (State.NOTE, "没有安装")
    assert "旧版 Word" in office.todo


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=-1), "0秒"),
        (timedelta(seconds=59), "59秒"),
        (timedelta(minutes=59), "59分钟"),
        (timedelta(hours=25), "1天"),
    ],
)
def test_span_is_said_in_its_largest_unit(age, words):
    assert span(age) == words


@pytest.mark.parametrize("count", [1, 50])
def test_page_asks_as_often_for_many_rows(client, django_assert_num_queries, time_machine, count):
    time_machine.move_to(RUNGS["T-10"] + 11 * MINUTE, tick=False)
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 11 + count)]
    factories.obligation(*bureaus)
    client.force_login(factories.staff(Role.SYSTEM_ADMIN, factories.central()))

    with django_assert_num_queries(18):
        answer = client.get(reverse("health:page"))

    (line,) = (line for line in answer.context["lines"] if line.name == "提醒发送")
    assert line.figure.startswith(f"待处理的提醒 {count} 次")


def test_mark_of_the_backup_lies_where_the_system_writes(settings):
    assert settings.BACKUP_MARK.parent == Path(settings.VAR_DIR)
