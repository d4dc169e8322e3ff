"""What is doubtful is asked about above the form, leads to its cell, and is handed in confirmed."""

import pytest
from playwright.sync_api import expect

from bureaus.roles import Role
from reports.models import Confirmation
from tasks.models import Obligation
from tasks.states import Status
from tests import factories
from tests.factories import fresh
from tests.reports.filling.test_confirming import FORM
from tests.reports.importing import asked
from tests.reports.written import filler

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_doubt_is_seen_led_to_and_confirmed(enter):
    task = asked(FORM)
    page = enter(filler(task.bureau), f"/assignments/{task.pk}/forms/1/")
    page.locator("#rows-0-name").fill("示例企业")
    page.locator("#rows-0-a").fill("-3")
    page.locator("#rows-0-b").fill("8")

    page.get_by_role("button", name="提交审核", exact=True).click()

    asking = page.locator("#doubts")
    expect(asking).to_be_focused()
    expect(asking.get_by_role("listitem")).to_have_count(2)
    asking.get_by_role("link", name="附件1 第1行“检查数”").click()
    expect(page.locator("#rows-0-a")).to_be_in_viewport()
    asking.get_by_role("button", name="确认无误，继续提交").click()
    expect(page.get_by_text("已提交审核")).to_be_visible()
    assert fresh(task).status == Status.REVIEW
    assert Confirmation.objects.count() == 2

    page = enter(factories.staff(Role.REVIEWER, task.bureau), f"/assignments/{task.pk}/review/")
    expect(page.get_by_role("heading", name="填报人已确认 2 处")).to_be_visible()


@pytest.mark.parametrize("way", ["form", "task"])
def test_nil_report_of_a_period_that_is_not_over_is_asked_about_once(enter, way):
    task = asked(FORM)
    Obligation.objects.filter(pk=task.obligation_id).update(period="2099年12月")
    where = "forms/1/" if way == "form" else ""
    page = enter(filler(task.bureau), f"/assignments/{task.pk}/{where}")

    page.locator("#nil summary").click()
    page.locator("#nil button[type=submit]").click()

    asking = page.locator("#doubts")
    expect(asking).to_contain_text("2099年12月到2099年12月31日才结束，现在报零报告")
    assert not fresh(task).is_nil
    asking.get_by_role("button", name="确认无误，继续提交").click()
    expect(page.get_by_text("已按零报告（无此情况）提交审核")).to_be_visible()
    assert fresh(task).is_nil


def test_one_line_says_how_it_stands_whatever_happens(enter):
    task = asked(FORM)
    page = enter(filler(task.bureau), f"/assignments/{task.pk}/forms/1/")
    state, saved = page.locator("[data-save-state]"), page.get_by_text("已保存")
    page.locator("#rows-0-name").fill("示例企业")
    page.locator("#rows-0-a").fill("-3")
    page.get_by_role("button", name="保存", exact=True).last.click()
    expect(page.locator("#messages")).to_contain_text("已保存")

    page.context.set_offline(True)
    page.locator("#rows-0-a").fill("-4")

    expect(state).to_have_text("有未保存的修改")
    expect(saved).to_have_count(0)
    expect(state).to_have_text("未保存：没有连上服务器，稍后自动重试")
    expect(saved).to_have_count(0)

    page.context.set_offline(False)
    page.locator("#rows-0-a").fill("-5")
    expect(state).to_contain_text("已保存")
    page.get_by_role("button", name="提交审核", exact=True).click()
    expect(page.locator("#doubts")).to_be_focused()
    expect(saved).to_have_count(1)

    page.context.set_offline(True)
    page.locator("#rows-0-a").fill("-6")
    expect(state).to_have_text("未保存：没有连上服务器，稍后自动重试")
    expect(saved).to_have_count(0)
    page.context.set_offline(False)
