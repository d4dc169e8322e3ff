"""Filters of a list apply as they are chosen and keep the focus; without scripts by a button."""

import re

import pytest
from playwright.sync_api import expect

from bureaus.roles import Role
from tests import factories
from tests.browser.test_narrow import session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = "#ledger_rows a.cell-title"
FOCUSED = "() => document.activeElement.id || document.activeElement.name"


@pytest.fixture
def issued():
    return factories.obligation(
        *(factories.province(f"{n}0000", f"示例{n}省") for n in (11, 12, 13))
    )


@pytest.fixture
def opened(page, live_server, issued):
    def go(path: str, person=None):
        page.context.add_cookies([session(person or factories.coordinator(), live_server.url)])
        page.goto(live_server.url + path)
        return page

    return go


def test_an_option_applies_at_once_keeps_the_focus_and_back_undoes_it(opened):
    page = opened("/ledger/")
    expect(page.locator(ROWS)).to_have_count(3)
    light = page.locator("#id_light")
    light.focus()

    light.select_option("done")

    expect(page.get_by_text("没有符合筛选条件的任务。").first).to_be_visible()
    expect(page).to_have_url(re.compile("light=done"))
    assert page.evaluate(FOCUSED) == "id_light"
    expect(page.locator("form.filters [role=status]")).to_have_text("共 0 条")
    expect(page.locator(".chip")).to_have_text("进度✓ 已办结")

    page.go_back()

    expect(page.locator(ROWS)).to_have_count(3)
    expect(page.locator("#id_light")).to_have_value("open")
    expect(page.locator("form.filters [role=status]")).to_have_text("共 3 条，本页 1–3")
    page.locator("#id_light").select_option("done")
    expect(page.locator(ROWS)).to_have_count(0)


def test_words_apply_after_a_pause_and_their_addresses_are_one_step(opened):
    page = opened("/ledger/")
    words = page.locator("#id_q")

    words.press_sequentially("示例1")
    expect(page).to_have_url(re.compile("q=%E7%A4%BA%E4%BE%8B1&"))
    words.press_sequentially("2")

    expect(page.locator(ROWS)).to_have_count(1)
    expect(words).to_have_value("示例12")
    expect(words).to_be_focused()
    page.go_back()
    expect(words).to_have_value("")
    expect(page.locator(ROWS)).to_have_count(3)


def test_enter_does_not_wait_and_leaves_the_page_where_it_is(opened):
    page = opened("/ledger/")
    page.evaluate("window.isTheSame = true")

    page.locator("#id_q").fill("示例13")
    page.locator("#id_q").press("Enter")

    expect(page.locator(ROWS)).to_have_count(1)
    assert page.evaluate("window.isTheSame")


def test_half_a_day_is_no_question_and_a_whole_one_is(opened):
    page = opened("/ledger/")
    asked = []
    page.on("request", lambda one: "/ledger/" in one.url and asked.append(one.url))
    page.locator("summary", has_text="更多条件").click()
    day = page.locator("#id_due_from")
    day.focus()

    for part in ("0101", "20"):  # month and day; then the year 0020 for a while
        page.keyboard.type(part, delay=50)
        page.wait_for_timeout(900)  # longer than the pause of who types
        assert asked == []
    page.keyboard.type("99", delay=50)

    expect(page).to_have_url(re.compile("due_from=2099-01-01"))
    expect(page.locator(ROWS)).to_have_count(0)
    expect(page.locator(".form-errors")).to_have_count(0)
    assert all("due_from=2099-01-01" in url for url in asked)
    expect(day).to_be_visible()  # the menu stays open for the next condition
    assert page.evaluate(FOCUSED) == "id_due_from"


def test_half_the_name_of_a_unit_waits_until_the_field_is_left(opened):
    page = opened("/ledger/")
    asked = []
    page.on("request", lambda one: "/ledger/?" in one.url and asked.append(one.url))
    unit = page.locator("#id_bureau")

    unit.press_sequentially("没有这个单位")
    page.wait_for_timeout(900)
    assert asked == []
    unit.press("Tab")

    expect(page.locator(".form-errors")).to_be_visible()
    expect(page.locator(".filter.is-wrong")).to_have_count(1)
    unit.fill("120000")
    unit.press("Enter")
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.locator(".filter.is-wrong")).to_have_count(0)


def test_a_box_that_is_ticked_applies_and_rows_can_be_picked_afterwards(opened):
    page = opened("/ledger/")
    page.locator("summary", has_text="状态").first.click()

    page.get_by_label("待签收").check()

    expect(page).to_have_url(re.compile("status=pending"))
    page.locator("[data-bulk-all]").check()
    expect(page.locator("[data-bulk-count]")).to_have_text("3")


def test_a_line_that_broke_is_told_and_the_list_stays(opened):
    page = opened("/ledger/")
    page.route("**/ledger/?**", lambda route: route.abort())

    page.locator("#id_light").select_option("done")

    expect(page.get_by_text("没有连上服务器，列表还是原来的。")).to_be_visible()
    expect(page.locator(ROWS)).to_have_count(3)
    page.unroute("**/ledger/?**")
    page.locator("#id_q").fill("示例11")
    expect(page).to_have_url(re.compile("light=done"))


LISTS = [
    ("/ledger/", "#id_light", "overdue", None),
    ("/notices/", ".filters select", None, None),
    ("/statistics/?by=unit", "#id_since", "2026-02-01", None),
    ("/calendar/", "#id_month", "2026-05", None),
    ("/administration/units/", "#show", "no_filler", Role.UNIT_ADMIN),
    ("/administration/staff/", "#show", "no_post", Role.UNIT_ADMIN),
    ("/administration/audit/", "#id_since", "2026-02-01", Role.AUDITOR),
]


@pytest.mark.parametrize(("path", "field", "value", "role"), LISTS)
def test_every_list_asks_by_itself(opened, path, field, value, role):
    person = factories.staff(role, factories.central()) if role else None
    page = opened(path, person)
    page.evaluate("window.isTheSame = true")
    control = page.locator(field).first
    control.focus()
    name = control.get_attribute("name")

    if control.evaluate("one => one.tagName") == "SELECT":
        value = value or control.locator("option").nth(1).get_attribute("value")
        control.select_option(value)
    else:
        control.fill(value)

    expect(page).to_have_url(re.compile(f"[?&]{name}={value}"))
    expect(page.locator(".filters [role=status]")).not_to_be_empty()
    expect(control).to_be_focused()
    assert page.evaluate("window.isTheSame")
    assert page.locator(".filters button:visible", has_text="查询").count() == 0


def test_without_scripts_a_button_asks(live_server, browser, issued):
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    context.add_cookies([session(factories.coordinator(), live_server.url)])
    page = context.new_page()
    page.goto(f"{live_server.url}/ledger/")

    page.locator("#id_q").fill("示例12")
    page.locator("#id_light").select_option("owed")
    page.locator(".filters > button", has_text="查询").click()

    expect(page.locator(ROWS)).to_have_count(1)
    expect(page).to_have_url(re.compile("light=owed"))
    context.close()
