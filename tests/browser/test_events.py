"""Who has to act is led by messages from step to step, in a browser."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from bureaus.roles import Role
from tasks.models import DeskLook, Preference
from tests import factories
from tests.factories import PASSWORD
from tests.tasks import told

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REASON = "总结缺第三部分“活动成效”，请补写后重新提交。"


def test_new_tasks_are_one_message_what_came_back_stands_first_and_mails_are_chosen(
    page, live_server
):
    now = timezone.now()
    told.ministry()
    here, other = told.staffed(), factories.province("110000", "北京市")
    filler, notice = factories.staff(Role.FILLER, here), factories.filed_notice()
    DeskLook.objects.create(person=filler, looked_at=now - timedelta(hours=5))
    made = [told.issue(here, other, number=each, notice=notice, now=now) for each in ("1", "2")]
    told.move(told.owed(made[1], here), "accept", "hand_in", now=now)
    told.move(told.owed(made[1], here), "review_back", reason=REASON, now=now)
    page.goto(live_server.url)
    page.get_by_label("账号").fill(filler.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()

    first = page.locator(".todo li").first
    when = f"{now.astimezone(factories.SHANGHAI):%-m月%-d日 %-H:%M}"
    expect(first).to_contain_text(f"审核退回 测试审核人 {when}：{REASON}")
    expect(first.get_by_role("link", name="修改")).to_be_visible()
    expect(page.locator(".todo li", has_text="质量工作进展情况").get_by_text("新")).to_be_visible()
    _shot(page, "desk")

    page.get_by_role("link", name="消息").click()
    expect(page.get_by_text("2项新任务")).to_be_visible()
    page.get_by_role("row", name="退回修改").locator("summary").click()
    expect(page.get_by_text(f"原因：{REASON}")).to_be_visible()
    _shot(page, "messages")
    page.get_by_role("row", name="退回修改").get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("质量工作年度总结")

    page.get_by_role("link", name="消息").click()
    page.get_by_role("link", name="提醒方式").click()
    mails = page.get_by_role("group", name="以下动态也发邮件")
    mails.get_by_label("新任务", exact=True).uncheck()
    _shot(page, "preferences")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存，从下一次提醒起按此发送")).to_be_visible()
    assert Preference.objects.get(person=filler).events_by_mail == "turn,change,result"


def _shot(page, name):
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
