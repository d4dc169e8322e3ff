from datetime import date, timedelta

import pytest

from audit.models import AuditEvent
from bureaus.roles import Role
from tasks.actions import amending, extensions
from tasks.errors import NotYourPost, SomebodyWasFaster, TransitionDenied
from tasks.models import DeadlineChange, Extension, Milestone
from tasks.scheduling.dates import last_moment
from tasks.states import ExtensionState
from tests import factories
from tests.factories import DUE_ON, NOW, fresh, walk
from tests.threads import at_once

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)
ASKED = date(2026, 4, 10)


@pytest.fixture
def task():
    return factories.assignment()


def filler(task):
    return factories.staff(Role.FILLER, task.bureau)


def ask(task, *, until=ASKED, reason="示例理由", now=LATER, by=None):
    return extensions.request(task, until=until, reason=reason, now=now, by=by or filler(task))


def decide(extension, *, now=LATER, by=None, **given):
    return extensions.decide(
        extension, now=now, by=by or factories.coordinator(), **{"is_granted": True} | given
    )


def refused(deed) -> str:
    with pytest.raises((NotYourPost, TransitionDenied)) as denied:
        deed()
    return str(denied.value)


def test_request_waits_and_leaves_the_deadline(task):
    extension = ask(task, reason=" 示例理由 ")

    assert (extension.state, extension.reason) == (ExtensionState.ASKED, "示例理由")
    assert extension.asked_until == last_moment(ASKED)
    assert fresh(task).due_at == last_moment(DUE_ON)
    assert fresh(task).deadline_version == 1


def test_request_until_the_last_second_is_in_time_and_later_is_not(task):
    end = last_moment(DUE_ON)

    said = refused(lambda: ask(task, now=end + timedelta(seconds=1)))

    assert said == "延期应在截止时间前申请；现已逾期，请尽快报送并说明情况"
    assert ask(task, now=end).pk


@pytest.mark.parametrize("until", [DUE_ON, DUE_ON - timedelta(days=1)])
def test_request_for_no_later_day_is_refused(task, until):
    assert refused(lambda: ask(task, until=until)) == "延期后的日期应晚于现在的截止时间"


@pytest.mark.parametrize("reason", ["", " \n"])
def test_request_without_a_reason_is_refused(task, reason):
    assert refused(lambda: ask(task, reason=reason)) == "请填写申请延期的理由"


def test_second_request_while_one_waits_is_refused(task):
    ask(task)

    assert refused(lambda: ask(task)) == "已有一份延期申请等待答复，不能重复申请"
    assert Extension.objects.count() == 1


def test_request_by_another_post_is_refused(task):
    reviewer = factories.staff(Role.REVIEWER, task.bureau)

    assert "没有“填报”权限，不能申请延期" in refused(lambda: ask(task, by=reviewer))


def test_request_for_what_is_handed_in_or_undated_is_refused(task):
    walk(task, "accept", "hand_in", "pass_review", "submit")
    undated = factories.assignment(number="")

    assert refused(lambda: ask(task)) == "任务当前为“已报送”，不需要申请延期"
    assert refused(lambda: ask(undated)) == "该任务没有截止时间，不需要申请延期"


def test_grant_gives_a_new_version_and_keeps_the_old_date(task):
    extension = decide(ask(task), opinion="同意")

    row, change = fresh(task), DeadlineChange.objects.get()
    assert (row.due_at, row.deadline_version) == (last_moment(ASKED), 2)
    assert (change.version, change.cause, change.reason) == (2, "extended", "示例理由")
    assert (change.old_due_at, change.new_due_at) == (last_moment(DUE_ON), last_moment(ASKED))
    assert (extension.state, extension.granted_until) == ("granted", last_moment(ASKED))
    armed = Milestone.objects.armed().filter(assignment=task)
    assert set(armed.values_list("deadline_version", flat=True)) == {2}


def test_grant_of_another_day(task):
    decide(ask(task), until_day=date(2026, 4, 3))

    assert fresh(task).due_at == last_moment(date(2026, 4, 3))
    assert Extension.objects.get().granted_until == last_moment(date(2026, 4, 3))


def test_grant_after_the_deadline_makes_it_overdue_no_more(task):
    extension = ask(task)
    overdue = last_moment(DUE_ON) + timedelta(days=2)
    assert task.is_past(overdue)

    decide(extension, now=overdue)

    assert not fresh(task).is_past(overdue)


def test_grant_of_a_day_gone_by_asks_for_another(task):
    extension, late = ask(task), last_moment(ASKED) + timedelta(days=3)

    assert (
        refused(lambda: decide(extension, now=late)) == "申请延至的日期已过，同意时请另定一个日期"
    )
    assert fresh(task).deadline_version == 1
    assert decide(extension, now=late, until_day=date(2026, 4, 20)).state == "granted"


def test_grant_of_a_day_that_an_amendment_has_reached_is_refused(task):
    extension = ask(task)
    amending.amend(
        task.obligation, date(2026, 4, 15), reason="示例", now=LATER, by=factories.coordinator()
    )

    assert refused(lambda: decide(extension)) == "延期后的日期应晚于现在的截止时间"


def test_refusal_needs_an_opinion_and_leaves_the_deadline(task):
    extension = ask(task)

    assert refused(lambda: decide(extension, is_granted=False, opinion=" ")) == (
        "请填写不同意的理由"
    )
    decide(extension, is_granted=False, opinion="时间充裕")

    assert fresh(extension).state == ExtensionState.REFUSED
    assert fresh(task).due_at == last_moment(DUE_ON)
    assert ask(task).pk  # and one may ask again


def test_decision_by_another_bureau_or_post_is_refused(task):
    extension = ask(task)

    for other in (filler(task), factories.staff(Role.APPROVER, factories.central())):
        said = refused(lambda other=other: decide(extension, by=other))
        assert said == "您在市场监管总局没有“核收、退回补正”权限，不能答复延期申请"


def test_second_decision_is_told_that_another_was_faster(task):
    extension = ask(task)
    seen_before = Extension.objects.get()
    decide(extension)

    with pytest.raises(SomebodyWasFaster):
        decide(seen_before, is_granted=False, opinion="不同意")
    assert fresh(extension).state == ExtensionState.GRANTED


def test_request_is_taken_back_by_the_bureau_alone(task):
    extension = ask(task)

    said = refused(lambda: extensions.take_back(extension, now=LATER, by=factories.coordinator()))
    assert said == "您在浙江省市场监管局没有“填报”权限，不能收回延期申请"

    extensions.take_back(extension, now=LATER, by=filler(task))
    assert fresh(extension).state == ExtensionState.TAKEN_BACK


def test_handing_in_takes_the_request_back_and_it_is_answered_no_more(task):
    extension = ask(task)

    walk(task, "accept", "hand_in", "pass_review", "submit")

    assert fresh(extension).state == ExtensionState.TAKEN_BACK
    assert refused(lambda: decide(extension)) == "任务当前为“已报送”，延期申请不需要再答复"


def test_each_step_is_one_event_in_the_chain_of_who_acts(task):
    decide(ask(task), opinion="可以")

    events = AuditEvent.objects.about(task).order_by("pk")
    assert [(event.verb, event.chain) for event in events] == [
        ("申请延期", "330000"),
        ("同意延期", "100000"),
    ]
    assert events[1].detail["reason"] == "可以"
    assert events[1].detail["deadline_version"] == 2


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_make_one():
    task = factories.assignment()
    ask(task)
    people = [
        factories.coordinator(),
        factories.staff(Role.COORDINATOR, factories.central(), username="second"),
    ]
    rows = [Extension.objects.select_related("assignment").get() for _ in people]

    results = at_once(
        [
            lambda row=row, person=person: decide(row, by=person)
            for row, person in zip(rows, people, strict=True)
        ]
    )

    kinds = sorted(type(result).__name__ for result in results)
    assert kinds == ["Extension", "SomebodyWasFaster"]
    assert DeadlineChange.objects.count() == 1
