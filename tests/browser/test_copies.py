"""A corrected copy, and a notice passed on with a later day, as people go through them."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from bureaus.roles import Role
from tests import factories
from tests.tasks.merging import copies, passed_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def taken_in(page, text):
    page.locator("[name=pasted]").fill(text)
    page.get_by_role("button", name="导入并核对").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("核对")


def test_corrected_copy_is_merged_and_its_day_confirmed(enter):
    obligation = copies.issued(copies.filed())
    page = enter(factories.coordinator(), reverse("notices:import"))

    taken_in(page, copies.CORRECTED)
    panel = page.locator("#twin")
    expect(panel).to_contain_text("本件与已有文件的要求不同")
    expect(panel.get_by_role("radio", name="采用本件的内容")).to_be_checked()
    panel.get_by_role("button", name="确定").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("核对变动")
    page.get_by_text("按新件改为2026年4月10日").click()
    page.get_by_role("button", name="确认变动").click()

    expect(page.locator("#sources-head")).to_be_visible()
    assert copies.day(factories.fresh(obligation).due_at) == "04-10"


def test_cut_copy_and_the_whole_one_end_as_one(enter):
    cut = copies.filed(copies.CUT)
    page = enter(factories.coordinator(), reverse("notices:import"))

    taken_in(page, copies.WHOLE)
    page.locator("#twin").get_by_role("button", name="确定").click()
    for label in page.get_by_text("确认为报送事项").all():
        label.click()
    page.get_by_role("button", name="确认变动").click()

    expect(page.get_by_text("2 份")).to_be_visible()
    assert [state for state, _, _ in copies.duties(cut)] == ["confirmed"] * 3


def test_later_day_than_the_one_from_above_is_told_before_it_goes_out(enter):
    province = factories.province()
    factories.prefecture(province)
    factories.accept(passed_on.asked_of(province).assignments.for_detail().get())
    notice = passed_on.filed(province, "2026年4月5日")

    page = enter(
        factories.staff(Role.COORDINATOR, province), reverse("tasks:issue", args=[notice.pk])
    )

    expect(page.locator("#reissue")).to_contain_text("晚于上级要求5天")
    expect(page.get_by_label("晚于上级要求的理由")).to_be_visible()
    page.locator("#reissue").get_by_role("link", name="转发分解").first.click()
    expect(page.get_by_label("下级截止时间")).to_have_value("2026-03-31")
