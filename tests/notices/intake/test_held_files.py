"""A title is asked for: the file that was handed in is held, and need not be sent again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notices.actions import originals
from notices.intake import held
from notices.models import Notice, Original
from tests import factories
from tests.notices import uploads
from tests.notices.intake.test_originals import UNTITLED, URL, bytes_of, left

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]


def asked(office, data: bytes = UNTITLED.encode()) -> dict:
    """The page that asks for the title, as a browser would post it."""
    form = uploads.send(office, data).context["form"]
    return {name: form[name].value() for name in ("pasted", "named", "held")}


def test_file_whose_title_was_asked_for_is_kept_with_the_notice(office, tmp_path):
    box = asked(office)

    office.post(URL, box | {"title": "关于报送统计表的通知"})

    notice = Notice.objects.get()
    assert [(one.file_name, bytes_of(one)) for one in notice.originals.all()] == [
        ("通知.txt", UNTITLED.encode())
    ]
    assert list((tmp_path / "spool").iterdir()) == []


def test_title_left_blank_again_keeps_the_file(office):
    box = asked(office)
    again = office.post(URL, box | {"title": " "}).context["form"]

    office.post(URL, box | {"held": again["held"].value(), "title": "关于报送统计表的通知"})

    assert bytes_of(Original.objects.get()) == UNTITLED.encode()


def test_title_that_is_too_long_is_told_in_its_box(office):
    box = asked(office)

    answer = office.post(URL, box | {"title": "长" * 301})

    assert answer.context["form"].errors == {"title": ["标题超过300字，请只填标题"]}
    assert answer.context["form"].asks_title
    page = answer.content.decode()
    assert box["held"] in page
    assert "原件 通知.txt 已收下" in page


def test_marked_title_leaves_neither_notice_nor_file(office, tmp_path):
    box = asked(office)

    answer = office.post(URL, box | {"title": "机密★3年"})

    assert answer.status_code == 422
    assert left(tmp_path) == []
    assert not Notice.objects.exists()


def test_held_file_is_of_nobody_else(office, client, tmp_path):
    box = asked(office)
    client.force_login(factories.staff(factories.Role.COORDINATOR, factories.province()))

    client.post(URL, box | {"title": "关于报送统计表的通知"})

    assert not Notice.objects.get().originals.exists()
    assert len(left(tmp_path)) == 1


def test_file_that_was_swept_meanwhile_is_told_to_be_missing(office):
    box = asked(office)
    originals.sweep(timezone.now() + timedelta(days=2))

    answer = office.post(URL, box | {"title": "关于报送统计表的通知"}, follow=True)

    assert not Notice.objects.get().originals.exists()
    assert "没有随本件保存原件" in answer.content.decode()


@pytest.mark.parametrize("token", ["x", "x:y:z", ""])
def test_invented_token_brings_nothing(token):
    assert held.files(token, by=factories.coordinator()) == []
