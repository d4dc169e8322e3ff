"""主送 that names nobody for sure: seen part by part, settled before it goes out."""

import os

import pytest
from playwright.sync_api import expect

from bureaus.actions import registry
from bureaus.models import Bureau
from bureaus.roles import Role
from tasks.models import Assignment
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAID = "杭州、宁波、温州市市场监管局，各有关单位，省财政厅，机关各处室"
SHOTS = os.environ.get("SHOTS")


def shot(page, name):
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


@pytest.fixture
def zhejiang():
    registry.load_tree()
    registry.load_workdays()
    return Bureau.objects.get(code="330000")


def test_unsettled_words_are_seen_and_settled(enter, zhejiang):
    coordinator = factories.staff(Role.COORDINATOR, zhejiang)
    text = factories.TEXT_APART.replace(factories.RECIPIENTS, SAID)
    notice = factories.notice(text, bureau=zhejiang)
    notice.recipients_text = SAID
    notice.save()

    page = enter(coordinator, f"/notices/{notice.pk}/check/")
    units = page.locator("#expansion")
    expect(units.locator(".part").first).to_contain_text("未确定")
    expect(units).to_contain_text("杭州市市场监管局、宁波市市场监管局、温州市市场监管局")
    shot(page, "check")
    if not page.get_by_role("textbox", name="主送").is_visible():
        page.get_by_text("修改文件信息").click()
    page.get_by_role("textbox", name="主送").fill(
        "杭州、燕京、温州市市场监管局，各市、县（市、区）市场监管局，各有关单位，省财政厅"
    )
    page.get_by_role("textbox", name="标题").click()
    expect(units).to_contain_text("燕京")
    shot(page, "check-typed")


def test_issue_waits_for_what_becomes_of_each_word(enter, zhejiang):
    coordinator = factories.staff(Role.COORDINATOR, zhejiang)
    text = factories.TEXT_APART.replace(factories.RECIPIENTS, SAID)
    notice = factories.filed_notice(text, bureau=zhejiang)

    page = enter(coordinator, f"/notices/{notice.pk}/issue/")
    shot(page, "issue")
    page.get_by_label("已核对：现有数据不能满足，确需下级报送").check()
    page.get_by_label("确需报送的理由").fill("本级没有分市数据")
    page.get_by_role("button", name="下发", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("“各有关单位”怎样处理")
    shot(page, "issue-refused")
    page.get_by_label("已在下面加选").check()
    page.get_by_label("加选其他下级单位").fill("义乌市、慈溪市、燕京市")
    page.get_by_role("button", name="加入名单").click()
    expect(page.get_by_role("status").filter(has_text="已加入名单")).to_contain_text(
        "义乌市市场监管局"
    )
    expect(page.get_by_label("加选其他下级单位")).to_have_value("燕京市")
    expect(page.get_by_label("已在下面加选")).to_be_checked()
    shot(page, "issue-added")
    page.get_by_label("加选其他下级单位").fill("")
    page.get_by_role("button", name="下发", exact=True).click()

    expect(page.get_by_role("status").first).to_be_visible()
    owed = Assignment.objects.values_list("bureau__code", flat=True).distinct()
    assert set(owed) == {"330100", "330200", "330300", "330782", "330282"}
