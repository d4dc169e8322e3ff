"""Files made in the background, once they are in a worker's hand, and until they are deleted."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from audit.models import AuditEvent
from bureaus.models import Post
from bureaus.roles import Role
from notices.files import store
from reports.actions import productions
from reports.errors import ReportError
from reports.makers import originals
from reports.makers.maker import SubjectClosed
from reports.states import ProductionState
from tests import factories
from tests.factories import owed_by
from tests.reports.made import NOW, ask_originals, ask_package, data_of, make
from tests.reports.written import reported, save, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]

MINUTE = timedelta(minutes=1)


@pytest.fixture
def issued(issued):
    """Asked of three provinces, reported by one."""
    reported(owed_by(issued, "330000"), table())
    return issued


def files_in(folder: Path) -> int:
    return sum(1 for path in folder.rglob("*") if not path.is_dir())


# --- progress, and workers that die ---


def test_progress_says_how_far_and_renews_the_lease(issued):
    claimed = productions.claim(ask_originals(issued).pk, now=NOW)

    productions.progress(claimed, 2, 3, now=NOW + MINUTE)

    row = factories.fresh(claimed)
    assert (row.done, row.total) == (2, 3)
    assert row.not_before == NOW + MINUTE + productions.LEASE


def test_progress_is_told_once_a_second(issued, django_assert_num_queries):
    claimed = productions.claim(ask_originals(issued).pk, now=NOW)
    moments = iter([NOW + timedelta(milliseconds=250 * step) for step in range(9)])
    tell = productions._Teller(claimed, began=NOW, clock=lambda: next(moments))

    with django_assert_num_queries(3):
        for step in range(9):
            tell(step, 9)

    assert factories.fresh(claimed).done == 8


def test_dead_workers_file_is_made_anew_by_the_next(issued, folder):
    production = ask_originals(issued)
    dead = productions.claim(production.pk, now=NOW)
    with store.writing(dead.stored_name) as out:
        out.write(b"not told to anybody")

    assert productions.sweep(NOW + productions.LEASE - MINUTE) == []
    assert productions.sweep(NOW + productions.LEASE) == [production.pk]
    made = make(production, now=NOW + productions.LEASE)

    assert (made.state, made.attempts) == (ProductionState.DONE, 2)
    assert files_in(folder) == 1


def test_worker_believed_dead_changes_nothing_any_more(issued, folder):
    slow = productions.claim(ask_originals(issued).pk, now=NOW)
    fast = productions.claim(slow.pk, now=NOW + productions.LEASE)

    with pytest.raises(productions.Stopped):
        productions.progress(slow, 1, 3, now=NOW)
    productions.finish(slow, store.put([b"late"]), now=NOW)
    productions.fail(slow, "太迟", now=NOW)

    row = factories.fresh(slow)
    assert (row.state, row.stored_name) == (ProductionState.RUNNING, fast.stored_name)
    assert files_in(folder) == 0


def test_one_that_kills_every_worker_is_given_up(issued, folder):
    production, at = ask_originals(issued), NOW
    for _ in range(productions.MAX_ATTEMPTS):
        dead = productions.claim(production.pk, now=at)
        at += productions.LEASE
    with store.writing(dead.stored_name) as out:
        out.write(b"not told to anybody")

    assert productions.claim(production.pk, now=at) is None

    row = factories.fresh(production)
    assert (row.state, row.finished_at) == (ProductionState.FAILED, at)
    assert row.problem == "生成多次中断，已停止。请缩小范围后重试，或联系系统管理员"
    assert files_in(folder) == 0
    assert productions.sweep(at) == []


def test_sweep_finds_what_waits_oldest_first(issued):
    task = owed_by(issued, "330000")
    later = ask_package(task, by=factories.staff(Role.FILLER, task.bureau), now=NOW)
    sooner = ask_originals(issued, now=NOW - MINUTE)
    make(ask_package(task, by=factories.staff(Role.APPROVER, task.bureau)))

    assert productions.sweep(NOW) == [sooner.pk, later.pk]


# --- cancelling ---


def test_cancelled_one_is_stopped_between_pieces(issued, folder, monkeypatch):
    production = ask_originals(issued)
    whole = originals.make

    def make_and_be_cancelled(order, out, progress):
        productions.cancel(production, now=NOW, by=factories.coordinator())
        whole(order, out, progress)

    monkeypatch.setattr(originals, "make", make_and_be_cancelled)

    made = make(production)

    assert (made.state, made.finished_at) == (ProductionState.CANCELLED, NOW)
    assert files_in(folder) == 0
    assert AuditEvent.objects.filter(verb="取消生成文件").count() == 1


def test_cancelled_at_the_last_moment_is_not_offered(issued, folder):
    claimed = productions.claim(ask_originals(issued).pk, now=NOW)
    stored = store.put([b"whole"])
    productions.cancel(claimed, now=NOW, by=factories.coordinator())

    productions.finish(claimed, stored, now=NOW)

    assert factories.fresh(claimed).state == ProductionState.CANCELLED
    assert files_in(folder) == 0


def test_cancelled_before_it_began_is_never_made(issued):
    production = ask_originals(issued)

    productions.cancel(production, now=NOW, by=factories.coordinator())

    assert make(production).attempts == 0


def test_what_is_made_cannot_be_cancelled(issued):
    made = make(ask_originals(issued))

    with pytest.raises(ReportError, match="该文件已不在生成中"):
        productions.cancel(made, now=NOW, by=factories.coordinator())

    assert factories.fresh(made).state == ProductionState.DONE


def test_nobody_cancels_or_takes_what_others_asked_for(issued):
    production = make(ask_originals(issued))
    other = factories.staff(Role.COORDINATOR, factories.central(), username="zweite")

    with pytest.raises(PermissionDenied):
        productions.cancel(production, now=NOW, by=other)
    with pytest.raises(PermissionDenied):
        productions.take(production, now=NOW, by=other)


# --- taking, and the end of its days ---


def test_taking_is_told_to_the_audit(issued):
    made = make(ask_originals(issued))

    with productions.take(made, now=NOW, by=factories.coordinator()) as file:
        assert file.read() == data_of(made)

    event = AuditEvent.objects.filter(verb="下载文件").get()
    assert (event.subject_name, event.detail["kind"]) == ("示例文件", "originals")


def test_taking_asks_again_whether_one_may(issued):
    made = make(ask_originals(issued))
    Post.objects.filter(staff=factories.coordinator()).delete()

    with pytest.raises(SubjectClosed, match="您没有该事项的“汇总”权限"):
        productions.take(made, now=NOW, by=type(made.asked_by).objects.get(pk=made.asked_by_id))

    assert not AuditEvent.objects.filter(verb="下载文件").exists()


def test_unfinished_one_cannot_be_taken(issued):
    production = ask_originals(issued)

    with pytest.raises(ReportError, match="还没有生成"):
        productions.take(production, now=NOW, by=factories.coordinator())


def test_file_goes_after_its_last_day_and_the_row_stays(issued, folder):
    made = make(ask_originals(issued))
    last_day, after = NOW + timedelta(days=7), NOW + timedelta(days=8)

    productions.sweep(last_day)
    assert files_in(folder) == 1
    productions.take(factories.fresh(made), now=last_day, by=factories.coordinator()).close()
    with pytest.raises(ReportError, match="已过保留期"):
        productions.take(made, now=after, by=factories.coordinator())
    productions.sweep(after)

    row = factories.fresh(made)
    assert (row.state, row.stored_name, row.digest) == (ProductionState.DONE, "", made.digest)
    assert files_in(folder) == 0


def test_file_that_somebody_deleted_is_told(issued):
    made = make(ask_originals(issued))
    store.remove(made.stored_name)

    with pytest.raises(ReportError, match="已不在服务器上，请重新生成"):
        productions.take(made, now=NOW, by=factories.coordinator())

    assert not AuditEvent.objects.filter(verb="下载文件").exists()


def test_draft_of_another_bureau_is_not_there_to_pack(issued):
    task = owed_by(issued, "320000")
    save(factories.accept(task), table())

    with pytest.raises(ReportError, match="还没有可以打包的内容"):
        ask_package(task, by=factories.coordinator())
