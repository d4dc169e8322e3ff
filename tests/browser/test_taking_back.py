"""下发 in a browser: the consequence follows what is ticked, and one click takes it back."""

import os

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from bureaus.roles import Role
from tasks.models import Obligation
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("SHOTS")


def shot(page, name):
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def test_consequence_is_said_before_and_after_and_taken_back_by_one_click(enter):
    year = timezone.localdate().year + 1
    text = factories.TEXT_APART.replace("2026年3月31日", f"{year}年3月31日")
    notice = factories.filed_notice(text.replace("2026年12月31日", f"{year}年12月31日"))
    for code, region in (("330000", "浙江省"), ("320000", "江苏省")):
        factories.staff(Role.FILLER, factories.province(code, region))

    page = enter(factories.coordinator(), f"/notices/{notice.pk}/issue/")
    said = page.locator(".actbar-state")
    expect(said).to_contain_text("将产生 6 项任务。首次提醒")
    expect(said).to_contain_text(f"首次提醒 {year}年3月")
    expect(said).to_contain_text("邮件 15 分钟后发出，其间没有单位签收的可以撤回")
    shot(page, "issue")
    page.locator("[data-clause]").first.uncheck()
    expect(said).to_contain_text(f"首次提醒 {year}年12月")
    page.locator("[data-clause]").nth(1).uncheck()
    expect(said).to_contain_text("不发临期提醒")
    page.locator("[data-clause]").first.check()
    page.get_by_label("浙江省市场监管局").uncheck()
    expect(said).to_contain_text("将产生 2 项任务")
    page.get_by_role("button", name="下发", exact=True).click()

    box = page.locator(".just-issued")
    expect(box).to_contain_text("2 项 × 1 个单位，共 2 项任务")
    expect(box).to_contain_text("前没有单位签收的可以撤回")
    shot(page, "issued")
    box.get_by_role("button", name="撤回下发").click()

    expect(page.locator("body")).to_contain_text("已撤回下发2项任务，可以修改后重新下发")
    expect(page.get_by_text("3 个事项待下发")).to_be_visible()
    shot(page, "taken-back")
    assert set(Obligation.objects.values_list("state", flat=True)) == {"taken_back"}
