import pytest

from bureaus.models import Staff
from bureaus.roles import Role
from tasks.models import Delivery
from tasks.reminders.actions import ticking
from tests import factories
from tests.factories import RUNGS, owed_by
from tests.tasks.conftest import CODES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def sent(issued):
    for code in CODES:
        factories.staff(Role.FILLER, owed_by(issued, code).bureau)
    Staff.objects.filter(username="110000.filler").update(email="")
    ticking.tick(RUNGS["T-10"])
    return issued


@pytest.mark.parametrize(
    ("state", "count"),
    [("", 4), ("sent", 3), ("failed", 1), ("waiting", 0), ("nonsense", 4)],
)
def test_reminders_can_be_chosen_by_their_state(office, sent, state, count):
    answer = office.get(f"/reminders/?state={state}")

    assert len(answer.context["page_obj"]) == count
    assert str(answer.context["undelivered"]) == "1"
    assert str(answer.context["armed"]) == str(4 * 9)


def test_reminders_are_listed_as_they_were_written_the_latest_first(office, sent):
    keys = [one.pk for one in office.get("/reminders/").context["page_obj"]]
    assert keys == sorted(keys, reverse=True)

    Delivery.objects.filter(pk=keys[-1]).update(not_before=RUNGS["T0"])  # tried again later

    assert [one.pk for one in office.get("/reminders/").context["page_obj"]] == keys


def test_letter_in_a_workers_hand_is_listed_as_waiting(office, sent):
    Delivery.objects.filter(state=Delivery.State.FAILED).update(state=Delivery.State.HELD)

    answer = office.get("/reminders/?state=waiting")

    assert len(answer.context["page_obj"]) == 1
    assert [tab["label"] for tab in answer.context["tabs"]] == [
        "全部",
        "待发送",
        "发送中",
        "已发送",
        "发送失败",
        "已失效",
    ]


def test_reminders_of_a_province_are_its_own(enter, sent):
    person = factories.staff(Role.COORDINATOR, owed_by(sent, "330000").bureau)

    context = enter(person).get("/reminders/").context

    codes = {one.milestone.assignment.bureau.code for one in context["page_obj"]}
    assert codes == {"330000"}
    assert (str(context["undelivered"]), str(context["armed"])) == ("0", "9")


@pytest.mark.parametrize("role", [Role.FILLER, Role.REVIEWER, Role.UNIT_ADMIN, Role.AUDITOR])
@pytest.mark.parametrize("page", ["/reminders/", "/mailbox/"])
def test_reminders_are_for_those_who_urge(enter, role, page):
    assert enter(factories.staff(role, factories.central())).get(page).status_code == 403


def test_mailbox_shows_the_mails_that_lie_on_disk(office, issued, settings, tmp_path):
    settings.EMAIL_BACKEND = "tasks.reminders.mail.mailbox.MailboxBackend"
    settings.MAILBOX_DIR = tmp_path
    person = factories.staff(Role.FILLER, owed_by(issued, "330000").bureau)
    ticking.tick(RUNGS["T-10"])

    answer = office.get("/mailbox/")

    assert answer.context["on_disk"] is True
    text = answer.content.decode()
    assert person.email in text
    task = owed_by(issued, "330000")
    assert f'<a href="{settings.SITE_URL}/assignments/{task.pk}/step/"' in text


def test_mailbox_whose_files_are_gone_still_lists_what_was_sent(office, sent, settings, tmp_path):
    settings.MAILBOX_DIR = tmp_path / "nothing"

    answer = office.get("/mailbox/")

    assert [letter for _, letter in answer.context["letters"]] == [None] * 3
    assert "正文不在本机" in answer.content.decode()
