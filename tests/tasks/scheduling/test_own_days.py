"""由各单位填写起算之日: each bureau enters its own day, and only its own tasks are dated."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from bureaus.roles import Role
from tasks.actions import happenings
from tasks.errors import IssueRefused, NotYourPost, TransitionDenied
from tasks.models import Assignment, DeadlineChange, Obligation
from tests import factories, splits
from tests.factories import SHANGHAI, fresh
from tests.tasks.scheduling.test_happenings import ENDED, NOW, ends, issued, set_day, split_of

__all__ = ["issued"]  # the fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("workdays")]

LATER = datetime(2026, 7, 2, 10, tzinfo=SHANGHAI)
OTHER = date(2026, 7, 1)


def leave_to_bureaus(obligation: Obligation, *, by=None, by_bureau: bool = True) -> int:
    by = by or factories.coordinator()
    return happenings.choose_who(fresh(obligation), by_bureau=by_bureau, now=NOW, by=by)


def task_of(obligation: Obligation, code: str = "330000") -> Assignment:
    return Assignment.objects.for_detail().get(obligation=obligation, bureau__code=code)


def enter(task: Assignment, day: date, reason: str = "", *, now=LATER, by=None) -> int:
    by = by or factories.staff(Role.FILLER, task.bureau)
    return happenings.set_own_day(task, day, reason=reason, now=now, by=by)


def due(task: Assignment) -> str:
    row = fresh(task)
    return f"{row.due_at.astimezone(SHANGHAI):%m-%d}" if row.due_at else ""


def test_own_day_dates_ones_own_tasks_of_the_same_event_and_nobody_elses(issued):
    summary, cases, inspection, _ = issued
    assert leave_to_bureaus(summary) == 2
    task = task_of(summary)

    assert enter(task, ENDED) == 2

    assert [due(task), due(task_of(cases)), due(task_of(inspection))] == ["07-14", "07-28", ""]
    assert due(task_of(summary, "320000")) == ""
    assert fresh(task).event_on == ENDED
    assert fresh(summary).due_at is None
    assert task.milestones.filter(state="armed", kind="T0").count() == 1
    assert not task_of(summary, "320000").milestones.filter(state="armed", kind="T0").exists()


def test_two_bureaus_have_two_days(issued):
    leave_to_bureaus(issued[0])

    enter(task_of(issued[0]), ENDED)
    enter(task_of(issued[0], "320000"), OTHER)

    assert ends(issued[0]) == {"07-14 23:59", "07-15 23:59"}


def test_another_day_needs_a_reason_and_both_stay(issued):
    leave_to_bureaus(issued[0])
    task = task_of(issued[0])
    enter(task, ENDED)

    with pytest.raises(IssueRefused, match="已经填过，更改请写明原因"):
        enter(fresh(task), OTHER, "  ")
    enter(fresh(task), OTHER, "闭幕式延后一天")

    changes = DeadlineChange.objects.filter(assignment=task)
    assert [one.version for one in changes] == [2, 3]
    assert changes[1].reason.endswith("更改原因：闭幕式延后一天")
    events = AuditEvent.objects.about(task).filter(verb="填写起算之日").order_by("position")
    assert [one.detail["event_on"] for one in events] == [
        [None, "2026-06-30"],
        ["2026-06-30", "2026-07-01"],
    ]
    assert due(task) == "07-15"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 5, 28), "不能早于来文的成文日期"),
        (date(2026, 8, 3), "还在31天以后"),
        (date(1026, 6, 1), "之间的日期"),
    ],
)
def test_day_that_makes_no_sense_is_refused_and_nothing_changes(issued, day, said):
    leave_to_bureaus(issued[0])

    with pytest.raises(IssueRefused, match=said):
        enter(task_of(issued[0]), day)

    assert ends(issued[0]) == {""}
    assert not DeadlineChange.objects.exists()
    assert due(task_of(issued[0])) == ""


def test_day_within_a_month_to_come_is_taken_and_one_long_past_is_overdue_at_once(issued):
    leave_to_bureaus(issued[0])

    enter(task_of(issued[0]), LATER.date() + timedelta(days=31))
    enter(task_of(issued[0], "320000"), date(2026, 6, 2))

    late = fresh(task_of(issued[0], "320000"))
    assert late.is_past(LATER)
    assert Assignment.objects.overdue(LATER).filter(pk=late.pk).exists()


def test_only_who_fills_in_at_the_bureau_may(issued):
    leave_to_bureaus(issued[0])
    task = task_of(issued[0])

    for by in (
        factories.staff(Role.REVIEWER, task.bureau),
        factories.staff(Role.FILLER, task_of(issued[0], "320000").bureau),
        factories.coordinator(),
    ):
        with pytest.raises(NotYourPost):
            enter(task, ENDED, by=by)
    assert due(task) == ""


def test_bureau_enters_none_where_the_issuer_does_and_the_other_way_round(issued):
    with pytest.raises(TransitionDenied, match="不由本单位填写"):
        enter(task_of(issued[0]), ENDED)

    leave_to_bureaus(issued[0])
    with pytest.raises(IssueRefused, match="起算之日由各单位填写"):
        set_day(fresh(issued[0]), ENDED)


def test_who_enters_is_changed_until_somebody_has(issued):
    leave_to_bureaus(issued[0])
    leave_to_bureaus(issued[0], by_bureau=False)
    leave_to_bureaus(issued[0])
    enter(task_of(issued[0]), ENDED)

    with pytest.raises(IssueRefused, match="已经有人填写"):
        leave_to_bureaus(issued[1], by_bureau=False)  # of the same event

    assert fresh(issued[1]).event_by_bureau


def test_what_is_handed_in_gets_no_day(issued):
    leave_to_bureaus(issued[0])
    task = task_of(issued[0])
    factories.walk(task, *factories.TO_SUBMIT, now=NOW)

    with pytest.raises(TransitionDenied, match="不需要填写起算之日"):
        enter(task_of(issued[0]), ENDED)


def test_province_enters_for_all_it_split_or_hands_the_choice_down(issued):
    leave_to_bureaus(issued[0])
    below = split_of(issued[0])
    task = task_of(issued[0])

    enter(task, ENDED)
    assert [due(task), ends(below)] == ["07-14", {"07-14 23:59"}]


def test_choice_that_is_handed_down_is_each_citys(issued):
    leave_to_bureaus(issued[0])
    below = split_of(issued[0])
    leave_to_bureaus(below, by=splits.coordinator(below.issuer))
    enter(task_of(issued[0]), ENDED)
    city = task_of(below, "330100")
    assert due(city) == ""

    with pytest.raises(IssueRefused, match="晚于上级任务的截止时间2026年7月14日"):
        enter(city, OTHER)
    enter(city, date(2026, 6, 29))

    assert due(city) == "07-13"


def test_day_of_the_issuer_leaves_alone_what_a_province_handed_down(issued):
    below = split_of(issued[0])
    leave_to_bureaus(below, by=splits.coordinator(below.issuer))

    set_day(issued[0], ENDED)

    assert ends(issued[0]) == {"07-14 23:59"}
    assert ends(below) == {""}


def test_on_the_pages(issued, client, time_machine):
    time_machine.move_to(LATER, tick=False)
    obligation, task = issued[0], task_of(issued[0])
    page = reverse("tasks:obligation_detail", args=[obligation.pk])
    client.force_login(factories.coordinator())
    who = reverse("tasks:obligation_who_enters", args=[obligation.pk])

    assert "没有改定：请选择" in client.post(who, {}, follow=True).content.decode()
    told = client.post(who, {"who": "bureau"}, follow=True)
    assert "已改由各单位填写，同一文件中从这一天起算的2个事项" in told.content.decode()
    assert "2 个单位尚未填写" in told.content.decode()
    dayless = client.get(f"{page}?show=dayless")
    assert [row.bureau.code for row in dayless.context["assignments"]] == ["320000", "330000"]

    client.force_login(factories.staff(Role.FILLER, task.bureau))
    own = reverse("tasks:assignment_detail", args=[task.pk])
    post = reverse("tasks:assignment_happened", args=[task.pk])
    assert "由本单位填写，填写后才有截止时间" in client.get(own).content.decode()
    assert "没有推算：" in client.post(post, {"day": "2026-06-31"}, follow=True).content.decode()
    done = client.post(post, {"day": "2026-06-30"}, follow=True).content.decode()
    assert "已按2026年6月30日推算本单位2项任务的时限" in done
    assert "活动结束之日为2026年6月30日" in done
    assert "没有推算：活动结束之日已经填过，更改请写明原因" in (
        client.post(post, {"day": "2026-07-01"}, follow=True).content.decode()
    )
    trail = client.get(reverse("tasks:assignment_trail", args=[task.pk])).content.decode()
    assert "2026年6月30日" in trail

    client.force_login(factories.coordinator())
    dayless = client.get(f"{page}?show=dayless")
    assert [row.bureau.code for row in dayless.context["assignments"]] == ["320000"]
