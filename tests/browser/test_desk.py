"""The desk in a browser without scripts: the step is done by its one button."""

import pytest
from playwright.sync_api import expect

from bureaus.roles import Role
from tests import factories
from tests.browser.test_narrow import session
from tests.factories import TO_SUBMIT, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plain(browser, live_server):
    """A page of this person's without scripts."""
    contexts = []

    def go(person):
        context = browser.new_context(java_script_enabled=False, locale="zh-CN")
        contexts.append(context)
        context.add_cookies([session(person, live_server.url)])
        page = context.new_page()
        page.goto(live_server.url)
        return page

    yield go
    for context in contexts:
        context.close()


def test_filler_accepts_and_is_at_the_form(plain):
    task = factories.assignment(number="1")
    page = plain(factories.staff(Role.FILLER, task.bureau))

    page.locator(".todo").get_by_role("button", name="签收并填报").click()

    assert f"/assignments/{task.pk}/forms/1/" in page.url


def test_office_receives_one_unit_after_the_other(plain):
    issued = factories.obligation(
        factories.province("320000", "江苏省"), factories.province("330000", "浙江省")
    )
    for task in issued.assignments.for_detail():
        walk(task, *TO_SUBMIT)
    page = plain(factories.coordinator())

    tiles = page.get_by_role("list", name="2 家待核收")
    assert tiles.get_by_role("listitem").all_inner_texts() == ["江苏", "浙江", "全部"]
    page.get_by_role("link", name="2 家待核收").click()

    expect(page.get_by_text("江苏省市场监管局").first).to_be_visible()
    assert "/review/" in page.url


def test_view_is_kept_and_opened(plain):
    task = factories.assignment()
    page = plain(factories.staff(Role.FILLER, task.bureau))
    page.goto(f"{page.url}ledger/?whose=mine")

    page.locator("summary", has_text="视图").click()
    page.get_by_label("视图名称").fill("我的任务")
    page.get_by_role("button", name="存下现在的条件").click()
    expect(page.get_by_text("已保存视图“我的任务”")).to_be_visible()
    page.get_by_role("link", name="任务台账").first.click()
    page.locator("summary", has_text="视图").click()
    page.get_by_role("link", name="我的任务").click()

    assert page.url.endswith("/ledger/?whose=mine")
    page.locator("summary", has_text="视图").click()
    page.get_by_role("button", name="删除视图“我的任务”").click()
    expect(page.get_by_text("已删除视图“我的任务”")).to_be_visible()
