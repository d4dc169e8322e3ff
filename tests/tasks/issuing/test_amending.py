"""更改时限 and 临期线: what the issuer changes of an obligation after it went out."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError

from audit.models import AuditEvent, Chain
from bureaus.roles import Role
from notices.calendar import work_calendar
from tasks.actions import amending, extensions
from tasks.errors import IssueRefused, NotYourPost
from tasks.issuing import change_effects
from tasks.models import Assignment, DeadlineChange, Milestone, Obligation
from tests import factories
from tests.factories import NOW, SHANGHAI, TO_SUBMIT, fresh, owed_by, walk
from tests.tasks.amended import EARLIER, LATER, amend, issued_to_four, split, withdraw
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("workdays")]


@pytest.fixture
def issued() -> Obligation:
    return issued_to_four()


def extend(task: Assignment, day: date) -> Assignment:
    filler = factories.staff(Role.FILLER, task.bureau)
    asked = extensions.request(task, until=day, reason="数据未齐", now=NOW, by=filler)
    extensions.decide(asked, is_granted=True, now=NOW, by=factories.coordinator())
    return fresh(task)


def day(moment: datetime | None) -> str:
    return str(moment.astimezone(SHANGHAI).date()) if moment else ""


def due_days(obligation: Obligation) -> dict[str, str]:
    rows = obligation.assignments.values_list("bureau__code", "due_at")
    return {code: day(due_at) for code, due_at in rows}


# --- 更改时限 -----------------------------------------------------------------------------------


def test_amend_moves_the_three_dates_of_all_that_is_owed(issued):
    amend(issued, LATER)

    row = fresh(issued.assignments.first())
    assert str(row.due_at.astimezone(SHANGHAI)) == "2026-04-15 23:59:59+08:00"
    assert str(row.target_at.astimezone(SHANGHAI)) == "2026-04-15 17:30:00+08:00"
    assert (row.strict_on, row.deadline_version) == (LATER, 2)
    assert set(due_days(issued).values()) == {"2026-04-15"}
    asked = fresh(issued)
    assert (asked.due_at, asked.deadline_version) == (row.due_at, 2)
    assert asked.explanation == "市场监管总局更改时限：截止时间为2026年4月15日。"


def test_amend_leaves_what_is_handed_in_and_what_is_released(issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT)
    walk(owed_by(issued, "320000"), *TO_SUBMIT, "close")
    walk(owed_by(issued, "330000"), "withdraw")

    amend(issued, LATER)

    assert due_days(issued) == {
        "110000": "2026-03-31",
        "320000": "2026-03-31",
        "330000": "2026-03-31",
        "440000": "2026-04-15",
    }


def test_amend_moves_what_was_declined_so_that_it_goes_on_with_the_new_day(issued):
    walk(owed_by(issued, "110000"), "decline")

    amend(issued, LATER)

    assert due_days(issued)["110000"] == "2026-04-15"
    assert not Milestone.objects.filter(
        assignment__bureau__code="110000", state=Milestone.State.ARMED
    ).exists()


def test_later_day_of_its_own_is_kept_and_an_earlier_one_is_not(issued):
    extend(owed_by(issued, "110000"), date(2026, 4, 30))
    extend(owed_by(issued, "320000"), date(2026, 4, 8))
    extend(owed_by(issued, "330000"), LATER)

    amend(issued, LATER)

    assert due_days(issued) == {
        "110000": "2026-04-30",
        "320000": "2026-04-15",
        "330000": "2026-04-15",
        "440000": "2026-04-15",
    }
    # the very day it has already is no change of it
    assert owed_by(issued, "330000").deadline_version == 2


def test_earlier_day_takes_all_but_those_with_a_later_one_of_their_own(issued):
    extend(owed_by(issued, "110000"), date(2026, 4, 30))

    amend(issued, EARLIER)

    assert due_days(issued) == {
        "110000": "2026-04-30",
        "320000": "2026-03-20",
        "330000": "2026-03-20",
        "440000": "2026-03-20",
    }


def test_no_deadline_at_all_is_for_everybody(issued):
    extend(owed_by(issued, "110000"), date(2026, 4, 30))

    amend(issued, None)

    assert set(due_days(issued).values()) == {""}
    assert fresh(issued).explanation == "市场监管总局更改时限：不设截止时间。"
    assert not Milestone.objects.armed().exists()


def test_undated_obligation_gets_a_day():
    issued = factories.obligation(number="")

    amend(issued, LATER)

    assert due_days(issued) == {"330000": "2026-04-15"}
    assert Milestone.objects.armed().count() == 10


def test_each_change_is_kept_with_its_cause_reason_and_person(issued):
    amend(issued, LATER)
    amend(issued, EARLIER, reason="改为提前")

    first, second = DeadlineChange.objects.filter(assignment=owed_by(issued, "110000"))
    assert [(day(each.old_due_at), day(each.new_due_at)) for each in (first, second)] == [
        ("2026-03-31", "2026-04-15"),
        ("2026-04-15", "2026-03-20"),
    ]
    assert [(each.version, each.cause, each.reason) for each in (first, second)] == [
        (2, "amended", "会议推迟"),
        (3, "amended", "改为提前"),
    ]
    assert (first.made_at, first.made_by) == (NOW, factories.coordinator())


def test_reminders_follow_the_new_day_and_the_old_ones_are_void(issued):
    task = owed_by(issued, "110000")

    amend(issued, LATER)

    ladder = task.milestones.of_ladder()
    old, new = (ladder.filter(deadline_version=version) for version in (1, 2))
    assert set(old.values_list("state", flat=True)) == {Milestone.State.VOID}
    assert str(new.get(kind="T0").at.astimezone(SHANGHAI)) == "2026-04-15 09:00:00+08:00"
    assert set(new.values_list("state", flat=True)) == {Milestone.State.ARMED}


def test_amend_is_recorded_once_with_both_days(issued):
    amend(issued, LATER)

    event = AuditEvent.objects.about(issued).get(verb="更改时限")
    assert event.chain == "100000"
    assert event.detail["reason"] == "会议推迟"
    old, new = (datetime.fromisoformat(each) for each in event.detail["due_at"])
    assert new - old == timedelta(days=15)


def test_amend_whose_audit_fails_leaves_everything(issued):
    Chain.objects.filter(name="100000").update(length=0)

    with pytest.raises(IntegrityError):
        amend(issued, LATER)

    assert set(due_days(issued).values()) == {"2026-03-31"}
    assert not DeadlineChange.objects.exists()


@pytest.mark.parametrize("reason", ["", " \n"])
def test_amend_without_a_reason_is_refused(issued, reason):
    with pytest.raises(IssueRefused, match="请填写更改时限的原因"):
        amend(issued, LATER, reason=reason)

    assert fresh(issued).deadline_version == 1


@pytest.mark.parametrize(("number", "day"), [("1", date(2026, 3, 31)), ("", None)])
def test_amend_to_the_same_day_is_refused(number, day):
    with pytest.raises(IssueRefused, match="新的截止时间与现在的相同"):
        amend(factories.obligation(number=number), day)


def test_amend_after_withdrawal_is_refused(issued):
    withdraw(issued)

    with pytest.raises(IssueRefused, match="该事项已撤销，不能再更改"):
        amend(issued, LATER)


def test_amend_by_another_bureau_is_refused(issued):
    stranger = factories.staff(Role.COORDINATOR, factories.province())

    with pytest.raises(NotYourPost, match="您在市场监管总局没有“下发”权限"):
        amend(issued, LATER, by=stranger)


@pytest.mark.parametrize("day", [date(2026, 4, 1), None])
def test_split_cannot_come_to_lie_after_the_task_above(issued, day):
    task = factories.accept(owed_by(issued, "330000"))
    below = split(task, EARLIER, "330100")

    with pytest.raises(IssueRefused, match="截止时间不能晚于上级任务的截止时间2026年3月31日"):
        amend(below, day, by=factories.staff(Role.COORDINATOR, task.bureau))

    assert due_days(below) == {"330100": "2026-03-20"}


def test_preview_of_an_amendment_counts_what_the_amendment_does(issued):
    extend(owed_by(issued, "110000"), date(2026, 4, 30))
    walk(owed_by(issued, "320000"), *TO_SUBMIT)
    below = split(factories.accept(owed_by(issued, "330000")), date(2026, 3, 27), "330100")

    found = change_effects.of_amending(issued, EARLIER, now=NOW, calendar=work_calendar())
    before = due_days(issued)
    amend(issued, EARLIER)

    moved = [code for code, day in due_days(issued).items() if day != before[code]]
    assert found.moving == len(moved) == 2
    assert (found.keeping, found.untouched, found.later_below) == (1, 1, 1)
    assert str(found.outlook.due_on) == "2026-03-20"
    assert found.outlook.ladder[0].label == "提前10个工作日"
    assert due_days(below) == {"330100": "2026-03-27"}  # theirs to change


def test_preview_counts_take_as_many_queries_however_many_units(django_assert_num_queries):
    few = factories.obligation(text=factories.TEXT_APART)
    provinces = (factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 61))
    many = factories.obligation(*provinces, number="2")
    calendar = work_calendar()
    for issued in (few, many):
        with django_assert_num_queries(5):
            change_effects.of_amending(issued, LATER, now=NOW, calendar=calendar)
        with django_assert_num_queries(3):
            change_effects.of_withdrawing(issued)


# --- 临期线 -------------------------------------------------------------------------------------


def test_threshold_is_set_for_all_that_the_notice_asks_and_not_for_splits(issued):
    below = split(factories.accept(owed_by(issued, "330000")), EARLIER, "330100")
    other = factories.obligation(number="2")

    amending.set_soon(issued.notice, 5, now=NOW, by=factories.coordinator())

    assert [fresh(each).soon_workdays for each in (issued, other, below)] == [5, 5, 3]
    event = AuditEvent.objects.about(issued.notice).get(verb="调整临期线")
    assert event.detail["soon_workdays"] == [[3], 5]


@pytest.mark.parametrize("workdays", [0, 11])
def test_threshold_out_of_range_is_refused(issued, workdays):
    with pytest.raises(IssueRefused, match="临期线应为1到10个工作日"):
        amending.set_soon(issued.notice, workdays, now=NOW, by=factories.coordinator())


def test_threshold_is_the_issuers_to_set(issued):
    stranger = factories.staff(Role.COORDINATOR, factories.province())

    with pytest.raises(NotYourPost, match="没有“下发”权限"):
        amending.set_soon(issued.notice, 5, now=NOW, by=stranger)


# --- two at once --------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_amendments_at_once_come_one_after_the_other(issued):
    people = [
        factories.coordinator(),
        factories.staff(Role.COORDINATOR, factories.central(), username="second"),
    ]
    days = (LATER, EARLIER)

    results = at_once(
        [
            lambda until_day=until_day, by=by: amend(issued, until_day, by=by)
            for until_day, by in zip(days, people, strict=True)
        ]
    )

    assert [type(result).__name__ for result in results] == ["Obligation", "Obligation"]
    asked = fresh(issued)
    rows = set(issued.assignments.values_list("due_at", "deadline_version"))
    assert rows == {(asked.due_at, 3)}
    versions = DeadlineChange.objects.filter(assignment=owed_by(issued, "110000"))
    assert [each.version for each in versions] == [2, 3]
    assert versions[1].old_due_at == versions[0].new_due_at
