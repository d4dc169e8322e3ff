"""A table with a header of two rows is built by hand, and seen as it grows."""

import pytest
from playwright.sync_api import Page, expect

from reports.filling.asked_forms import definition_of
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def notice():
    return factories.filed_notice(factories.TEXT_APART)


@pytest.fixture
def editing(live_server, page, notice) -> Page:
    person = factories.coordinator()
    page.goto(live_server.url)
    page.get_by_label("账号").fill(person.username)
    page.get_by_label("密码").fill(factories.PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("工作台")
    page.goto(f"{live_server.url}/notices/{notice.pk}/attachments/0/form/")
    return page


def test_two_level_table_is_built_by_hand_with_the_sheet_beside_it(editing, notice):
    page = editing
    sheet = page.locator("#specimen table")
    page.get_by_role("button", name="改为表格").click()
    expect(sheet.locator("th", has_text="项目")).to_be_visible()

    page.get_by_label("c2 栏目名称").fill("检查单位")
    expect(sheet.locator("th", has_text="检查单位")).to_be_visible()  # without a button

    page.get_by_role("button", name="在其后加一个 c2").click()
    name = page.get_by_label("c3 栏目名称")
    expect(name).to_be_focused()
    name.fill("发现问题")
    page.get_by_role("button", name="在其后加一个 c3").click()
    page.get_by_label("c4 栏目名称").fill("问题数")
    page.get_by_role("button", name="归为下级 c4").click()
    expect(sheet.locator("th[colspan]", has_text="发现问题")).to_have_count(0)  # of one column
    page.get_by_role("button", name="在其后加一个 c4").click()
    page.get_by_label("c5 栏目名称").fill("已整改")
    page.get_by_label("c4 内容").select_option("integer")
    page.get_by_label("c5 内容").select_option("integer")
    expect(sheet.locator("th[colspan='2']", has_text="发现问题")).to_be_visible()

    page.get_by_role("button", name="加一条").click()
    page.get_by_label("第1条 关系").fill("c5 <= c9")
    expect(page.locator("#specimen-faults")).to_contain_text("没有这样的数字栏目或行：c9")
    expect(page.get_by_role("heading", name="表样", exact=True)).to_have_count(1)
    expect(sheet.locator("th[colspan='2']", has_text="发现问题")).to_be_visible()  # still there
    page.get_by_label("第1条 关系").fill("c5 <= c4")
    expect(page.locator("#specimen-faults")).to_have_text("")

    page.get_by_role("button", name="确认报表").click()
    expect(page.locator("main")).to_contain_text("已确认报送材料的报表（第1版）")
    stored = definition_of(notice, 0)
    assert [(one.id, one.label) for one in stored.columns] == [
        ("c1", "序号"),
        ("c2", "检查单位"),
        ("c3", "发现问题"),
    ]
    assert [(one.label, one.kind) for one in stored.columns[2].children] == [
        ("问题数", "integer"),
        ("已整改", "integer"),
    ]
    assert [check.expression for check in stored.checks] == ["c5 <= c4"]
