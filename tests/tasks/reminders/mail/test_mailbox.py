from pathlib import Path

import pytest

from bureaus.roles import Role
from tasks.models import Delivery
from tasks.reminders.actions import ticking
from tasks.reminders.mail import mailbox
from tests import factories
from tests.factories import RUNGS

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.EMAIL_BACKEND = "tasks.reminders.mail.mailbox.MailboxBackend"
    settings.MAILBOX_DIR = tmp_path / "deep" / "mailbox"
    return settings.MAILBOX_DIR


@pytest.fixture
def person():
    return factories.staff(Role.FILLER, factories.assignment().bureau)


def test_mail_becomes_a_file_that_can_be_found_and_read(folder, person, time_machine):
    time_machine.move_to(RUNGS["T-3"], tick=False)

    assert str(ticking.tick(RUNGS["T-3"])) == "sent=1 superseded=2 failed=0"

    delivery = Delivery.objects.by_mail().get()
    letter = mailbox.find(delivery.message_key)
    assert (letter.key, letter.to) == (delivery.message_key, person.email)
    assert letter.subject == "【报送提醒】3月31日前报送质量工作进展情况"
    assert "办理链接：" in letter.text
    assert letter.at == RUNGS["T-3"]
    assert [path.suffix for path in folder.iterdir()] == [".eml"]


def test_repeat_of_a_mail_is_the_same_file(folder, person):
    ticking.tick(RUNGS["T-3"])
    # sent, but the worker died before it could say so
    Delivery.objects.by_mail().update(state="sending", sent_at=None)

    assert ticking.tick(RUNGS["T-1"].replace(hour=8)).sent == 1
    assert len(list(folder.iterdir())) == 1


def test_unknown_mail_is_not_found(folder):
    assert mailbox.find("<reminder-9-1-T0-9-email@localhost>") is None


def test_message_key_cannot_point_out_of_the_folder(folder):
    name = mailbox.file_name("../../etc/passwd")

    assert (Path(name).name, Path(name).suffix, len(name)) == (name, ".eml", 36)
