"""What is clicked around reminders: an address mended, an urge, a hand-over, a bureau left out."""

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from bureaus.roles import Role
from tasks.models import Delivery
from tasks.reminders.actions import ticking
from tests import factories
from tests.factories import RUNGS, fresh

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_address_is_mended_and_the_reminder_sent_again(enter):
    task = factories.assignment()
    filler = factories.staff(Role.FILLER, task.bureau, email="wrong#example.test")
    admin = factories.staff(Role.UNIT_ADMIN, task.bureau)
    ticking.tick(RUNGS["T-10"])
    failed = Delivery.objects.get(state="failed")

    page = enter(admin, f"/administration/staff/{filler.pk}/edit/")
    page.get_by_label("电子邮箱").fill("right@example.test")
    page.get_by_role("button", name="保存").click()
    page = enter(factories.coordinator(), "/reminders/undelivered/")
    expect(page.get_by_role("row", name="测试填报人")).to_contain_text("请单位管理员登记或更正邮箱")
    page.get_by_role("button", name="重新发送").click()
    expect(page.locator("main")).to_contain_text("已安排重新发送给测试填报人")
    expect(page.locator("main")).to_contain_text("没有未送达的提醒")

    ticking.tick(ticking.goes_at(failed, timezone.now()))
    assert "right@example.test" in [message.to[0] for message in mail.outbox]


def test_task_is_urged_once_a_day_and_the_bureau_confirms(enter):
    task = factories.assignment()

    page = enter(factories.coordinator(), f"/assignments/{task.pk}/")
    page.locator("summary", has_text="催办").click()
    page.get_by_label("附言").fill("长" * 201)
    page.get_by_role("button", name="确认催办").click()
    expect(page.get_by_role("alert")).to_contain_text("附言不能超过200个字")
    expect(page.get_by_label("附言")).to_have_value("长" * 201)
    page.get_by_label("附言").fill("请本周内报送")
    page.get_by_role("button", name="确认催办").click()
    expect(page.locator("main")).to_contain_text("已催办（催办〔")
    page.locator("summary", has_text="催办").click()
    expect(page.locator("main")).to_contain_text("为减轻基层负担，")
    expect(page.locator("main")).to_contain_text("以后可以再催")

    page = enter(factories.staff(Role.FILLER, task.bureau), f"/assignments/{task.pk}/")
    page.get_by_role("button", name="确认收到").click()
    expect(page.locator("main")).to_contain_text("已确认收到催办〔")


def test_person_who_leaves_hands_over_and_is_switched_off(enter):
    task = factories.assignment()
    filler = factories.staff(Role.FILLER, task.bureau)
    other = factories.staff(Role.FILLER, task.bureau, username="other")
    type(task).objects.filter(pk=task.pk).update(handler=filler)

    page = enter(
        factories.staff(Role.UNIT_ADMIN, task.bureau), f"/administration/staff/{filler.pk}/"
    )
    page.get_by_role("link", name="交接与停用").click()
    page.get_by_label("已核对，停用该账号").check()
    page.get_by_role("button", name="转交并停用账号").click()
    expect(page.get_by_role("alert")).to_contain_text("请先选择接办人")
    page.get_by_label("接办人").select_option(str(other.pk))
    page.get_by_role("button", name="转交并停用账号").click()
    expect(page.locator("main")).to_contain_text("承办任务1件由测试填报人接办")

    assert fresh(task).handler == other
    assert not fresh(filler).is_active


def test_bureau_that_was_left_out_is_issued_the_task_too(enter):
    issued = factories.obligation(factories.province())
    factories.province("320000", "江苏省")

    page = enter(factories.coordinator(), f"/obligations/{issued.pk}/add/")
    page.get_by_label("江苏省市场监管局").check()
    page.get_by_role("button", name="补发", exact=True).click()
    expect(page.locator("main")).to_contain_text("已补发给1个单位，共1项任务")

    assert issued.assignments.filter(bureau__code="320000").exists()
