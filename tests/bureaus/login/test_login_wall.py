"""The session has ended and a button is pressed; or its address is opened."""

import pytest
from django.test import Client
from django.urls import reverse

from bureaus.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db

LOGIN = "/login/"


@pytest.fixture
def filler():
    return factories.staff(Role.FILLER, factories.province())


def press(came_from: str):
    return Client().post(reverse("tasks:inbox_read"), headers={"referer": came_from})


def test_page_leads_to_the_login_and_back_to_itself():
    answer = Client().get("/inbox/?show=unread")

    assert (answer.status_code, answer["location"]) == (
        302,
        f"{LOGIN}?next=/inbox/%3Fshow%3Dunread",
    )


def test_button_leads_to_the_login_and_back_to_the_page_it_stood_on(filler):
    answer = press("http://testserver/inbox/?show=unread")

    assert answer.status_code == 302
    back = Client().post(
        answer["location"], {"username": filler.username, "password": factories.PASSWORD}
    )
    assert back["location"] == "http://testserver/inbox/?show=unread"


@pytest.mark.parametrize("came_from", ["", "https://elsewhere.test/inbox/", "javascript:alert(1)"])
def test_button_of_no_page_of_ours_leads_to_the_desk(came_from):
    assert press(came_from)["location"] == f"{LOGIN}?next=/"


def test_login_says_that_nothing_was_done(client):
    page = client.post(reverse("tasks:inbox_read"), follow=True).content.decode()

    assert "登录已过期，刚才的操作没有办理；登录后请重新操作" in page


def test_address_of_a_button_opened_by_hand_says_what_it_is(client, filler):
    client.force_login(filler)

    answer = client.get(reverse("tasks:inbox_read"))

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "这个地址不能直接打开" in answer.content.decode()


def test_page_opened_before_another_login_says_that_it_is_out_of_date(filler):
    client = Client(enforce_csrf_checks=True)
    client.force_login(filler)

    answer = client.post(reverse("tasks:inbox_read"))

    assert answer.status_code == 403
    assert "页面已过期，没有办理" in answer.content.decode()
