from datetime import timedelta

import pytest
from django.core import mail

from audit.models import AuditEvent
from bureaus.roles import Role
from tasks.actions import handlers
from tasks.errors import NotYourPost, SomebodyWasFaster, TransitionDenied
from tasks.models import Assignment
from tasks.reminders.actions import ticking
from tests import factories
from tests.factories import NOW, RUNGS, fresh, walk

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def task():
    return factories.assignment()


def coordinator(task):
    return factories.staff(Role.COORDINATOR, task.bureau)


def filler(task, username="one"):
    return factories.staff(Role.FILLER, task.bureau, username=username)


def assign(task, to, *, by=None):
    return handlers.assign(task, to, now=LATER, by=by or coordinator(task))


def test_handler_is_kept_and_told(task):
    assign(task, filler(task))

    assert fresh(task).handler == filler(task)
    event = AuditEvent.objects.about(task).get()
    assert (event.verb, event.chain) == ("分派承办人", "330000")
    assert event.detail == {"handler": ["", "测试填报人"]}


def test_reminders_go_to_the_handler_alone_while_it_is_written(task):
    walk(task, "accept")
    filler(task, "two")

    assign(task, filler(task))
    factories.forget_news()
    ticking.tick(RUNGS["T-10"])

    assert [message.to for message in mail.outbox] == [["one@example.test"]]


def test_handler_can_be_taken_from_it_again(task):
    assign(task, filler(task))

    assign(task, None)

    assert fresh(task).handler is None
    assert AuditEvent.objects.about(task).first().detail == {"handler": ["测试填报人", ""]}


def test_one_without_the_post_of_a_filler_there_is_refused(task):
    reviewer = factories.staff(Role.REVIEWER, task.bureau)
    elsewhere = factories.staff(Role.FILLER, factories.province("320000", "江苏省"))

    for other in (reviewer, elsewhere):
        with pytest.raises(TransitionDenied, match="没有“填报”岗位，不能承办"):
            assign(task, other)
    assert fresh(task).handler is None


def test_assigning_the_same_again_is_refused_and_not_recorded(task):
    assign(task, filler(task))

    with pytest.raises(TransitionDenied, match="承办人已是测试填报人"):
        assign(task, filler(task))
    assert AuditEvent.objects.about(task).count() == 1


def test_assigning_needs_a_post_at_the_bureau(task):
    for other in (factories.coordinator(), factories.staff(Role.REVIEWER, task.bureau)):
        with pytest.raises(NotYourPost, match="没有“签收”权限，不能分派承办人"):
            assign(task, filler(task), by=other)


def test_assigning_what_is_handed_in_is_refused(task):
    walk(task, "accept", "hand_in", "pass_review", "submit")

    with pytest.raises(TransitionDenied, match="任务当前为“已报送”，不需要分派承办人"):
        assign(task, None)


def test_second_of_two_who_assign_is_told_that_another_was_faster(task):
    seen_before = Assignment.objects.for_detail().get()
    assign(task, filler(task))

    with pytest.raises(SomebodyWasFaster):
        assign(seen_before, filler(task, "two"))
    assert fresh(task).handler == filler(task)
