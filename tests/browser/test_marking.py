"""A cell is marked, the report goes back, the cell is mended, and the change is seen."""

import pytest
from playwright.sync_api import expect

from bureaus.roles import Role
from reports.models import ReturnMark
from tests import factories
from tests.factories import fresh
from tests.reports.written import filler, reported, table

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def task():
    return reported(factories.assignment(), table(documents=2))


def test_marked_cell_is_mended_and_the_change_is_seen(enter, task):
    review, form = f"/assignments/{task.pk}/review/", f"/assignments/{task.pk}/forms/1/"

    page = enter(factories.coordinator(), review)
    page.locator("[data-place='1:rows.1.c4']").click()
    page.get_by_role("dialog", name="标注").get_by_label("要求").fill("请写明文号")
    page.keyboard.press("Enter")
    expect(page.locator("[data-mark-count]")).to_have_text("1")
    expect(page.locator("#form-1-rows-1-c4")).to_contain_text("标注：请写明文号")
    page.locator("summary", has_text="退回补正").click()
    page.get_by_role("button", name="确认退回补正").click()
    expect(page.locator("main")).to_contain_text("已退回补正")
    assert fresh(task).return_reason == "附件1 第2行“文件名称”：请写明文号"

    page = enter(filler(task.bureau), form)
    expect(page.locator("main")).to_contain_text("要求补正 1 处")
    page.get_by_role("link", name="附件1 第2行 文件名称").click()
    page.get_by_role("button", name="加一行").click()  # rows may come meanwhile
    cell = page.locator("#rows-1-c4")
    expect(cell.locator("xpath=..")).to_have_class("cell-mid is-returned")
    cell.fill("示例文件2（示例〔2026〕2号）")
    page.get_by_role("button", name="提交审核").click()
    expect(page.locator("main")).to_contain_text("已提交审核")
    assert ReturnMark.objects.get().settled_at is not None

    page = enter(factories.staff(Role.REVIEWER, task.bureau), review)
    expect(page.locator("#form-1-rows-1-c4 ins")).to_have_text("（示例〔2026〕2号）")
    expect(page.locator("main")).to_contain_text("补正要求：请写明文号（已修改）")
    page.get_by_role("button", name="审核通过").click()
    expect(page.locator("main")).to_contain_text("已审核通过")


def test_marks_are_written_without_a_mouse(enter, task):
    page = enter(factories.coordinator(), f"/assignments/{task.pk}/review/")

    page.locator("#form-1-unit-c2").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    box = page.get_by_role("dialog", name="标注")
    expect(box).to_contain_text("第2行 文件名称")
    page.keyboard.type("请核实")
    box.get_by_label("标注整行").check()
    box.get_by_role("button", name="标注").click()

    line = page.locator("[data-mark-line]")
    expect(line).to_contain_text("附件1 第2行")
    expect(page.locator(".is-marked")).to_have_count(3)

    page.locator("#form-1-rows-1-c5").click()
    expect(box.get_by_label("要求")).to_have_value("请核实")
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)

    line.get_by_role("button", name="去掉").click()
    expect(page.locator(".is-marked")).to_have_count(0)
    expect(page.locator("[data-mark-count]")).to_have_text("0")
    assert not ReturnMark.objects.exists()
