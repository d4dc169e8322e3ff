from datetime import timedelta

import pytest
from django.core import mail

from audit.models import AuditEvent
from bureaus.models import Delegation
from bureaus.roles import Role
from tasks.actions import amending
from tasks.errors import NotYourPost, TransitionDenied
from tasks.models import Delivery, Milestone, Urge
from tasks.reminders.actions import ticking, urging
from tests import factories
from tests.factories import NOW, RUNGS, walk
from tests.threads import at_once

pytestmark = pytest.mark.django_db

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
LONG_AFTER = RUNGS["O3"] + timedelta(days=60)


@pytest.fixture
def task():
    made = factories.assignment()
    factories.staff(Role.FILLER, made.bureau)
    return made


def urge(task, *, now=NOW + MINUTE, note="请抓紧", by=None):
    return urging.urge(task, note=note, now=now, by=by or factories.coordinator())


def tick(now) -> str:
    return str(ticking.tick(now))


def states(task) -> dict[str, str]:
    return dict(task.milestones.exclude(kind__startswith="T-").values_list("kind", "state"))


def test_urge_goes_out_with_the_next_tick_and_once(task):
    urge(task)

    assert tick(NOW + MINUTE) == "sent=1 superseded=0 failed=0"
    assert tick(NOW + 2 * MINUTE) == "sent=0 superseded=0 failed=0"
    assert [message.to for message in mail.outbox] == [["330000.filler@example.test"]]
    assert Delivery.objects.by_mail().get().milestone.kind == "U1"


def test_mail_of_an_urge_says_who_asks_and_keeps_the_note_to_the_page(task):
    urge(task, note="请致电 13800001234")
    tick(NOW + MINUTE)

    message = mail.outbox[0]

    assert message.subject == "【催办】3月31日前报送质量工作进展情况"
    assert "市场监管总局 测试收文管理 催办，请尽快办理" in message.body
    assert "13800001234" not in message.message().as_string() + message.body
    assert Urge.objects.get().note == "请致电 13800001234"


def test_urge_neither_supersedes_a_rung_nor_is_superseded_by_one(task):
    """Both due with the same tick: a rung of this minute, an urge of the minute before."""
    urge(task, now=RUNGS["T0"] - MINUTE)

    assert tick(RUNGS["T0"]) == "sent=2 superseded=4 failed=0"

    assert states(task) == {
        "U1": "fired",
        "T0": "fired",
        "O1": "armed",
        "O2": "armed",
        "O3": "armed",
        "S": "armed",
        "C": "armed",
    }


def test_urge_whose_mail_failed_is_tried_again_though_a_rung_has_come(task, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    urge(task, now=RUNGS["T-3"] - MINUTE)
    tick(RUNGS["T-3"] - MINUTE)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    tick(RUNGS["T-3"])

    assert sorted(message.subject[:4] for message in mail.outbox) == ["【催办】", "【报送提"]


def test_urge_on_its_way_survives_another_deadline(task):
    urge(task)

    amending.amend(
        task.obligation,
        factories.DUE_ON + DAY * 7,
        reason="示例",
        now=NOW + MINUTE,
        by=factories.coordinator(),
    )

    assert tick(NOW + 2 * MINUTE) == "sent=1 superseded=0 failed=0"


def test_urge_of_what_was_handed_in_meanwhile_is_not_sent(task):
    urge(task)
    walk(task, "accept", "hand_in", "pass_review", "submit")

    assert tick(NOW + DAY) == "sent=0 superseded=0 failed=0"
    assert Milestone.objects.get(kind="U1").state == Milestone.State.VOID


def test_undated_task_can_be_urged():
    task = factories.assignment(number="")
    factories.staff(Role.FILLER, task.bureau)

    urge(task)

    assert tick(NOW + MINUTE) == "sent=1 superseded=0 failed=0"
    assert "截止时间：无时限" in mail.outbox[0].body


def test_task_can_be_urged_after_the_last_rung(task):
    tick(RUNGS["C"])

    urge(task, now=LONG_AFTER)

    assert tick(LONG_AFTER) == "sent=1 superseded=0 failed=0"


def test_second_urge_within_a_day_is_refused_saying_who_was_before(task):
    urge(task, now=NOW)

    with pytest.raises(TransitionDenied) as denied:
        urge(task, now=NOW + DAY - MINUTE)

    assert str(denied.value) == (
        "24小时内已催办过（测试收文管理 3月2日 9:30），为减轻基层负担，3月3日 9:30以后可以再催"
    )
    assert Urge.objects.count() == 1
    urge(task, now=NOW + DAY)
    assert sorted(
        Milestone.objects.filter(kind__startswith="U").values_list("kind", flat=True)
    ) == ["U1", "U2"]


def test_gap_between_urges_is_a_setting(task, settings):
    settings.URGE_GAP_HOURS = 2
    urge(task, now=NOW)

    urge(task, now=NOW + timedelta(hours=2))

    assert Urge.objects.count() == 2


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_urge_by_another_post_is_refused(task, role):
    with pytest.raises(NotYourPost, match="您在市场监管总局没有“催办”权限，不能催办"):
        urge(task, by=factories.staff(role, factories.central()))


def test_urge_by_the_bureau_itself_is_refused(task):
    with pytest.raises(NotYourPost, match="没有“催办”权限"):
        urge(task, by=factories.staff(Role.COORDINATOR, task.bureau))


def test_urge_of_what_is_handed_in_is_refused(task):
    walk(task, "accept", "hand_in", "pass_review", "submit")

    with pytest.raises(TransitionDenied, match="任务当前为“已报送”，不需要催办"):
        urge(task)


def test_note_that_is_too_long_is_refused_and_nothing_stored(task):
    with pytest.raises(TransitionDenied, match="不能超过200个字"):
        urge(task, note="长" * 201)

    assert not Milestone.objects.filter(kind__startswith="U").exists()


def test_urge_is_in_the_trail_with_its_note(task):
    urge(task, note=" 请抓紧 ")

    event = AuditEvent.objects.about(task).get(verb="催办")
    assert (event.chain, event.actor_name, event.detail) == (
        "100000",
        "测试收文管理",
        {"reason": "请抓紧", "sheet": "催办〔2026〕1号"},
    )


def test_urge_by_a_deputy_says_for_whom(task, time_machine):
    time_machine.move_to(NOW, tick=False)
    deputy = factories.staff(Role.FILLER, factories.central(), username="deputy")
    Delegation.objects.create(
        absentee=factories.coordinator(),
        deputy=deputy,
        starts_on=NOW.date(),
        ends_on=NOW.date(),
        made_at=NOW,
        made_by=factories.coordinator(),
    )

    urge(task, note="", by=deputy)

    event = AuditEvent.objects.about(task).get(verb="催办")
    assert (event.actor_name, event.detail) == (
        "测试填报人",
        {"acting_for": "测试收文管理", "sheet": "催办〔2026〕1号"},
    )


@pytest.mark.django_db(transaction=True)
def test_two_who_urge_at_once_urge_once():
    task = factories.assignment()
    people = [
        factories.coordinator(),
        factories.staff(Role.COORDINATOR, factories.central(), username="second"),
    ]

    results = at_once([lambda person=person: urge(task, by=person) for person in people])

    assert sorted(type(result).__name__ for result in results) == ["TransitionDenied", "Urge"]


def test_dry_run_counts_urges_too(task):
    urge(task, now=RUNGS["T-3"])

    assert [each.channel for each in ticking.expected(RUNGS["T-3"])].count("email") == 2


def test_urge_goes_out_at_night_and_on_a_day_of_rest(task):
    saturday_night = NOW.replace(month=3, day=14, hour=23)
    urging.urge(task, now=saturday_night, by=factories.coordinator())

    assert ticking.tick(saturday_night).sent == 1


def test_asking_long_before_the_target_needs_a_reason(task):
    """A month of working days; on the next one nobody has to say why."""
    early = NOW - timedelta(days=3)  # a Friday, 21 working days before the target

    with pytest.raises(TransitionDenied, match="离目标日还有21个工作日，提前催办的请在附言中写明"):
        urge(task, now=early, note=" ")
    assert not Urge.objects.exists()

    urge(task, now=early, note="上级要求提前汇总")
    urge(task, now=NOW + timedelta(days=1), note="")
    assert Urge.objects.count() == 2
