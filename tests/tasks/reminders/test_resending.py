"""重新发送: another try of what did not arrive, once a person has mended what was wrong."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from audit.models import AuditEvent
from bureaus.roles import Role
from tasks.errors import NotYourPost, TransitionDenied
from tasks.models import Delivery, Milestone
from tasks.reminders.actions import resending, ticking
from tests import factories
from tests.factories import SHANGHAI, TEXT_APART, walk
from tests.tasks.missed import AT, register, without_address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

DAY = timedelta(days=1)


@pytest.fixture
def task():
    made = factories.assignment()
    factories.staff(Role.FILLER, made.bureau)
    return made


def resend(delivery, *, by=None, now=AT + DAY):
    resending.resend(delivery, now=now, by=by or factories.coordinator())


def test_resending_uses_the_new_address_and_is_in_the_trail(task):
    delivery = without_address(task)
    register()

    resend(delivery)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.address) == ("waiting", "new@example.test")
    event = AuditEvent.objects.about(task).get(verb="重新发送提醒")
    assert event.detail == {"rung": "提前10个工作日", "to": "测试填报人"}


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 3, 2, 12, tzinfo=SHANGHAI), "一分钟内发出"),
        (
            datetime(2026, 3, 6, 21, tzinfo=SHANGHAI),
            "现在是静默时段（夜间和节假日不发提醒），3月9日8:00发出",
        ),
    ],
)
def test_resending_says_when_it_goes_out(enter, clock, task, at, said):
    delivery = without_address(task)
    register()
    clock.move_to(at, tick=False)
    office = enter(factories.coordinator())

    told = office.post(f"/deliveries/{delivery.pk}/resend/", follow=True).content.decode()

    assert f"已安排重新发送给测试填报人，{said}" in told


def test_resending_keeps_the_message_id(task):
    delivery = without_address(task)
    register()
    resend(delivery)
    ticking.tick(AT + DAY)

    assert mail.outbox[0].extra_headers["Message-ID"] == delivery.message_key


def test_without_an_address_there_is_nothing_to_resend_to(office, task):
    delivery = without_address(task)

    told = office.post(f"/deliveries/{delivery.pk}/resend/", follow=True).content.decode()

    assert "还没有登记邮箱，请先在人员资料中登记" in told
    assert not AuditEvent.objects.filter(verb="重新发送提醒").exists()


def test_what_went_out_is_not_sent_again(task):
    ticking.tick(AT)

    with pytest.raises(TransitionDenied, match="现在是“已发送”，不需要重新发送"):
        resend(Delivery.objects.by_mail().get())


def test_what_is_handed_in_is_not_reminded_of_again(task):
    delivery = without_address(task)
    register()
    walk(task, "accept", "hand_in", "pass_review", "submit")

    with pytest.raises(TransitionDenied):
        resend(delivery)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.FILLER])
def test_resending_is_for_who_asked(task, role):
    delivery = without_address(task)
    register()

    with pytest.raises(NotYourPost):
        resend(delivery, by=factories.staff(role, task.bureau))


# --- all that one person missed -----------------------------------------------------------------


@pytest.fixture
def missed():
    """Two people without an address, each owing two reports: four reminders given up at once."""
    bureaus = [factories.province(), factories.province("440000", "广东省")]
    for number in ("1", "2"):
        factories.obligation(*bureaus, number=number, text=TEXT_APART)
    for bureau in bureaus:
        factories.staff(Role.FILLER, bureau, email="")
    Milestone.objects.filter(kind="T-10").update(at=AT)
    ticking.tick(AT)
    register()
    rows = Delivery.objects.by_mail().filter(state="failed")
    return rows.filter(recipient__username="330000.filler").order_by("pk")


def waiting() -> list[tuple[str, int]]:
    found = Delivery.objects.by_mail().filter(state="waiting").order_by("pk")
    return list(found.values_list("recipient__username", "milestone__assignment"))


def test_one_click_sends_again_all_that_a_person_missed_and_nothing_of_others(enter, missed):
    first, second = missed
    tasks = [first.milestone.assignment_id, second.milestone.assignment_id]
    office = enter(factories.coordinator())

    told = office.post(f"/deliveries/{second.pk}/resend/", follow=True).content.decode()

    assert "已安排重新发送测试填报人的2条提醒" in told
    assert waiting() == [("330000.filler", task) for task in tasks]


def test_what_is_handed_in_stays_as_it_is_when_the_others_are_sent_again(enter, missed):
    first, second = missed
    done = first.milestone.assignment
    walk(done, "accept", "hand_in", "pass_review", "submit")
    office = enter(factories.coordinator())

    told = office.post(f"/deliveries/{second.pk}/resend/", follow=True).content.decode()

    assert "已安排重新发送给测试填报人" in told
    assert waiting() == [("330000.filler", second.milestone.assignment_id)]


def test_all_goes_out_in_one_mail(missed):
    chosen = missed.first()
    now = AT + timedelta(hours=1)

    resending.resend_all(chosen, Delivery.objects.going_out(), now=now, by=factories.coordinator())
    ticking.tick(now)

    (message,) = [one for one in mail.outbox if one.to == ["new@example.test"]]
    assert "2项报送任务需要办理" in message.subject
