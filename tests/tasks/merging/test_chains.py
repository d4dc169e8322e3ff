"""A corrected copy of a notice that is out: confirmed once, told to the bureaus, work untouched."""

import pytest

from audit.models import AuditEvent
from bureaus.roles import Role
from notices.calendar import work_calendar
from notices.errors import NoticeError
from notices.models import ClauseChange
from tasks.actions import issuing, settling
from tasks.actions.issuing import Terms
from tasks.actions.merging import How
from tasks.issuing.clause_changes import Settlement
from tasks.models import DeadlineChange, Obligation
from tasks.pages import history
from tasks.scheduling.dates import dates_of, until
from tests import factories, splits
from tests.factories import NOW, fresh
from tests.tasks.merging import copies
from tests.tasks.merging.copies import came, day, filed, issued, merged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("workdays")]
WHY = Settlement(True, "来文更正")
AS_BEFORE = Settlement(False, "")


def settled(notice, settlement=WHY, *, by=None):
    changes = ClauseChange.objects.filter(clause__notice=notice, decision="")
    return settling.settle(
        notice,
        decisions={},
        changes={change.pk: settlement for change in changes},
        now=NOW,
        by=by or factories.coordinator(),
    )


def verbs(task):
    user = factories.staff(Role.FILLER, task.bureau)
    return [line.what for line in history.lines(history.events(task), task, user=user)]


def test_corrected_day_is_confirmed_amended_and_told():
    notice = filed()
    provinces = [factories.province(), factories.province("320000", "江苏省")]
    obligation = issued(notice, bureaus=provinces)
    handed_in, open_task = (factories.owed_by(obligation, code) for code in ("330000", "320000"))
    factories.walk(handed_in, *factories.TO_SUBMIT)

    told = merged(came(copies.CORRECTED))
    assert day(fresh(obligation).due_at) == "03-31"  # until somebody has said so
    (changed,) = settled(notice)

    assert told.obligations == [obligation]
    assert (changed, day(changed.due_at)) == (obligation, "04-10")
    assert day(fresh(open_task).due_at) == "04-10"
    assert (day(fresh(handed_in).due_at), fresh(handed_in).status) == ("03-31", "submitted")
    assert DeadlineChange.objects.get().assignment == open_task
    assert verbs(open_task) == ["更改时限", "来文更新", "下发"]
    assert copies.duties(notice)[0] == ("confirmed", "质量工作进展情况", "04-10")
    assert ClauseChange.objects.get().decision == "adopted"


def test_bureaus_read_what_changed():
    notice = filed()
    task = issued(notice).assignments.for_detail().get()

    merged(came(copies.WIDER.replace("2026年3月31日前", "2026年4月10日前")))

    user = factories.staff(Role.FILLER, task.bureau)
    line = history.lines(history.events(task), task, user=user)[0]
    assert line.notes == [
        "依据文件已收到更全或更正的文本，请以文件页的正文为准；"
        "附件1《质量工作进展情况表》：增加1栏（投入金额）；"
        "1个事项的要求有变，待下发单位确认，确认前按原要求办理"
    ]


def test_reminders_are_armed_for_the_new_day():
    notice = filed()
    task = issued(notice).assignments.get()
    merged(came(copies.LATER))

    settled(notice)

    armed = task.milestones.filter(state="armed")
    assert set(armed.values_list("deadline_version", flat=True)) == {2}


def test_clock_of_the_corrected_day_is_kept():
    notice = filed()
    obligation = issued(notice)

    merged(came(copies.AT_FIVE))
    settled(notice)

    assert f"{fresh(obligation).due_at.astimezone(factories.SHANGHAI):%m-%d %H:%M}" == "04-10 17:00"


def test_day_may_stay_as_it_was():
    notice = filed()
    obligation = issued(notice)
    merged(came(copies.LATER))

    assert settled(notice, AS_BEFORE) == []

    assert (day(fresh(obligation).due_at), copies.duties(notice)[0][2]) == ("03-31", "03-31")
    assert ClauseChange.objects.get().decision == "kept"


def test_day_that_the_issuer_has_set_since_is_his():
    notice = filed()
    clause = notice.clauses.reports().first()
    dates = until(NOW.date().replace(day=20), calendar=work_calendar(), said="下发")
    by, bureaus = factories.coordinator(), [factories.province()]
    obligation = issuing.issue(clause, bureaus=bureaus, terms=Terms(dates), now=NOW, by=by)
    merged(came(copies.LATER))

    assert settled(notice) == []

    assert day(fresh(obligation).due_at) == "03-20"


def test_extension_beyond_the_new_day_is_kept():
    notice = filed()
    task = issued(notice).assignments.get()
    type(task).objects.filter(pk=task.pk).update(due_at=NOW.replace(month=5))
    merged(came(copies.LATER))

    settled(notice)

    assert fresh(task).due_at == NOW.replace(month=5)


def test_duty_that_is_gone_is_withdrawn_with_its_reason():
    notice = filed()
    kept, gone = issued(notice, 1), issued(notice, 2)
    merged(came(copies.WITHOUT_SECOND))

    settled(notice)

    assert (fresh(kept).state, fresh(gone).state) == ("issued", "withdrawn")
    assert [state for state, _, _ in copies.duties(notice)] == [
        "confirmed",
        "rejected",
        "confirmed",
    ]


def test_copy_cut_off_changes_nothing_that_is_out():
    notice = filed()
    task = issued(notice).assignments.for_detail().get()

    told = merged(came(copies.CUT_EARLY), How.KEEP)

    assert told.obligations == []
    assert verbs(task) == ["下发"]


def test_work_begun_on_the_cut_copy_goes_on():
    notice = filed(copies.CUT)
    task = issued(notice).assignments.for_detail().get()
    factories.walk(task, *factories.TO_SUBMIT)

    merged(came(copies.WHOLE))

    assert fresh(task).status == "submitted"
    assert Obligation.objects.get().notice == notice


def test_splits_below_are_told_too():
    notice = filed()
    mine = factories.accept(issued(notice).assignments.for_detail().get())
    below = splits.split(mine, factories.prefecture(mine.bureau))

    told = merged(came(copies.LATER))

    assert told.obligations == [mine.obligation, below]


def test_changes_are_settled_all_together_or_not_at_all():
    notice = filed()
    obligation = issued(notice)
    merged(came(copies.LATER))

    with pytest.raises(NoticeError, match="刷新页面"):
        settling.settle(notice, decisions={}, changes={}, now=NOW, by=factories.coordinator())
    with pytest.raises(NoticeError, match="没有“核对入库”权限"):
        settled(notice, by=factories.staff(Role.FILLER, factories.province()))

    assert day(fresh(obligation).due_at) == "03-31"
    assert not AuditEvent.objects.filter(verb="确认变动").exists()


def test_other_periods_of_a_series_are_left_alone():
    notice = filed()
    clause = notice.clauses.reports().first()
    by = factories.coordinator()
    first = issued(notice)
    later = until(NOW.date().replace(month=6, day=30), calendar=work_calendar(), said="下发")
    other = issuing.issue(
        clause, bureaus=[factories.province()], terms=Terms(later, period="二季度"), now=NOW, by=by
    )
    merged(came(copies.LATER))

    assert settled(notice) == [first]
    assert day(fresh(other).due_at) == "06-30"


def test_dates_of_an_issued_clause_follow_for_what_is_issued_later():
    notice = filed()
    merged(came(copies.LATER))
    settled(notice)

    clause = notice.clauses.reports().first()

    assert day(dates_of(clause).due_at) == "04-10"
    assert "4月10日" in clause.explanation
