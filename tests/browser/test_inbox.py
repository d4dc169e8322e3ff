"""A person reads the messages and chooses how to be told, in a browser."""

import os

import pytest
from playwright.sync_api import expect

from bureaus.roles import Role
from tasks.models import Delivery, Preference
from tasks.reminders.actions import ticking
from tests import factories
from tests.factories import PASSWORD, RUNGS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_message_is_opened_read_and_counted_and_the_choice_is_kept(page, live_server):
    task = factories.assignment()
    person = factories.staff(Role.FILLER, task.bureau)
    for rung in ("T-10", "T-5"):
        ticking.tick(RUNGS[rung])
    page.goto(live_server.url)
    page.get_by_label("账号").fill(person.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()

    page.get_by_role("link", name="消息").click()
    expect(page.get_by_text("未读 2 条")).to_be_visible()
    _shot(page, "inbox")
    page.get_by_role("button", name="打开任务").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("质量工作进展情况")
    assert Delivery.objects.unread().count() == 1

    page.get_by_role("link", name="消息").click()
    page.get_by_role("link", name="提醒方式").click()
    page.get_by_label("每项一封邮件").check()
    _shot(page, "preferences")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存，从下一次提醒起按此发送")).to_be_visible()
    assert Preference.objects.get(person=person).in_digest is False


def _shot(page, name):
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
