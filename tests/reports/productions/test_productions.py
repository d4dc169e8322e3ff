"""Files made in the background: asked for once, claimed once, offered whole or not at all."""

import errno
from datetime import date, timedelta
from pathlib import Path

import pytest

from audit.models import AuditEvent
from bureaus.models import Post
from bureaus.roles import Role
from notices.files import store
from reports.actions import productions
from reports.errors import ReportError
from reports.makers import originals
from reports.makers.maker import SubjectClosed
from reports.models import Production
from reports.states import ProductionState
from tests import factories
from tests.factories import owed_by
from tests.reports.made import NOW, ask_originals, ask_package, data_of, make
from tests.reports.written import reported, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]

MINUTE = timedelta(minutes=1)


@pytest.fixture
def issued(issued):
    """Asked of three provinces, reported by one."""
    reported(owed_by(issued, "330000"), table())
    return issued


def files_in(folder: Path) -> int:
    return sum(1 for path in folder.rglob("*") if not path.is_dir())


def breaking(monkeypatch, fault: BaseException) -> None:
    """The maker writes something and then meets this fault."""

    def make(order, out, progress):
        out.write(b"half")
        raise fault

    monkeypatch.setattr(originals, "make", make)


# --- asking ---


def test_asking_leaves_a_row_that_waits(issued):
    production = ask_originals(issued, title="质量工作 附件1 各单位原表")

    assert production.state == ProductionState.WAITING
    assert production.file_name == "质量工作 附件1 各单位原表.zip"
    assert production.bureau == factories.central()
    event = AuditEvent.objects.filter(verb="申请生成文件").get()
    assert (event.chain, event.subject_key) == ("100000", str(production.pk))
    assert event.detail == {
        "kind": "originals",
        "params": {"obligation": issued.pk, "number": 1},
    }


def test_asking_again_while_it_is_made_gives_the_same(issued):
    first = ask_originals(issued)
    productions.claim(first.pk, now=NOW)

    assert ask_originals(issued) == first
    assert AuditEvent.objects.filter(verb="申请生成文件").count() == 1


def test_asking_again_after_it_was_made_makes_it_anew(issued):
    first = make(ask_originals(issued))

    assert ask_originals(issued) != first


def test_another_person_gets_a_file_of_their_own(issued):
    other = factories.staff(Role.COORDINATOR, factories.central(), username="zweite")

    assert ask_originals(issued, by=other) != ask_originals(issued)


def test_asking_for_what_one_may_not_have_is_refused(issued):
    filler = factories.staff(Role.FILLER, factories.central())

    with pytest.raises(SubjectClosed, match="您没有该事项的“汇总”权限"):
        ask_originals(issued, by=filler)

    assert not Production.objects.exists()


def test_one_person_waits_for_five_at_the_most(issued):
    task = owed_by(issued, "330000")
    people = [factories.staff(role, task.bureau) for role in (Role.FILLER, Role.REVIEWER)]
    for number in range(productions.MOST_AT_ONCE):
        Production.objects.create(
            kind="package",
            title=f"示例{number}",
            params_json="{}",
            bureau=task.bureau,
            asked_at=NOW,
            asked_by=people[0],
            not_before=NOW,
        )

    with pytest.raises(ReportError, match="您已有5个文件在生成"):
        ask_package(task, by=people[0])
    assert ask_package(task, by=people[1]).state == ProductionState.WAITING


def test_asking_that_the_audit_does_not_take_asks_nothing(issued, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError("audit")

    monkeypatch.setattr("audit.trail.record", broken)

    with pytest.raises(OSError, match="audit"):
        ask_originals(issued)

    assert not Production.objects.exists()


# --- making ---


def test_made_file_is_kept_for_seven_days_with_its_hash(issued):
    made = make(ask_originals(issued))

    assert made.state == ProductionState.DONE
    assert (made.done, made.total, made.attempts) == (3, 3, 1)
    assert (made.size, made.finished_at) == (len(data_of(made)), NOW)
    assert made.expires_on == date(2026, 3, 9)
    with store.open(made.stored_name) as file:
        assert store.put([file.read()]).digest == made.digest


def test_making_twice_makes_once(issued):
    made = make(ask_originals(issued))

    again = make(made)

    assert (again.attempts, again.stored_name) == (1, made.stored_name)


def test_one_that_is_claimed_is_nobody_elses(issued):
    production = ask_originals(issued)

    assert productions.claim(production.pk, now=NOW) == production
    assert productions.claim(production.pk, now=NOW) is None
    assert productions.claim(production.pk + 1, now=NOW) is None


def test_one_not_due_yet_is_not_claimed(issued):
    production = ask_originals(issued)

    assert productions.claim(production.pk, now=NOW - MINUTE) is None


def test_person_who_lost_the_post_meanwhile_is_told(issued):
    production = ask_originals(issued)
    Post.objects.filter(staff=factories.coordinator()).delete()

    made = make(production)

    assert (made.state, made.stored_name) == (ProductionState.FAILED, "")
    assert made.problem == "您没有该事项的“汇总”权限，不能下载各单位原表"


def test_full_disk_is_told_and_leaves_no_file(issued, monkeypatch, folder):
    breaking(monkeypatch, OSError(errno.ENOSPC, "No space left on device"))
    production = ask_originals(issued)

    first = make(production)

    assert first.state == ProductionState.WAITING
    assert first.problem == "服务器存储空间不足或不能写入，请联系系统管理员"
    assert first.not_before == NOW + MINUTE
    assert files_in(folder) == 0


def test_passing_fault_is_tried_three_times_with_longer_waits(issued, monkeypatch, folder, caplog):
    breaking(monkeypatch, RuntimeError("示例"))
    production = ask_originals(issued)

    assert make(production).not_before == NOW + MINUTE
    assert make(production, now=NOW).attempts == 1
    assert make(production, now=NOW + MINUTE).not_before == NOW + 6 * MINUTE
    last = make(production, now=NOW + 6 * MINUTE)

    assert (last.state, last.attempts) == (ProductionState.FAILED, 3)
    assert last.problem == "系统出错，未能生成，请联系系统管理员"
    assert last.finished_at == NOW + 6 * MINUTE
    assert files_in(folder) == 0
    assert caplog.text.count("RuntimeError: 示例") == 3


def test_refusal_with_a_reason_is_not_tried_again(issued, monkeypatch):
    breaking(monkeypatch, ReportError("没有可以打包的内容"))

    made = make(ask_originals(issued))

    assert (made.state, made.attempts) == (ProductionState.FAILED, 1)
    assert made.problem == "没有可以打包的内容"


def test_fault_that_passed_leaves_no_trace_on_the_file(issued, monkeypatch):
    with monkeypatch.context() as patched:
        breaking(patched, OSError(errno.ENOSPC, "No space left on device"))
        production = make(ask_originals(issued))

    made = make(production, now=NOW + MINUTE)

    assert (made.state, made.problem, made.attempts) == (ProductionState.DONE, "", 2)


def test_making_that_takes_too_long_is_stopped(issued, folder):
    moments = iter([NOW, NOW, NOW, NOW + productions.LONGEST + MINUTE])
    production = ask_originals(issued)

    productions.produce(production.pk, clock=lambda: next(moments, NOW))

    stopped = factories.fresh(production)
    assert stopped.state == ProductionState.FAILED
    assert stopped.problem == "生成超过30分钟，已停止。请缩小范围后重试"
    assert files_in(folder) == 0
