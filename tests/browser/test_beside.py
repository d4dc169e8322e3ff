"""The ledger on a wide screen: a row opens beside the list, by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.test_narrow import session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE = {"width": 1680, "height": 900}
TITLES = "#ledger_rows a.cell-title"
UNIT = "#beside .panel-body p >> nth=0"


@pytest.fixture
def ledger(page, live_server):
    factories.obligation(*(factories.province(f"{n}0000", f"示例{n}省") for n in (11, 12, 13)))
    page.context.add_cookies([session(factories.coordinator(), live_server.url)])
    page.set_viewport_size(WIDE)
    page.goto(f"{live_server.url}/ledger/?light=&sort=bureau")
    return page


def test_a_row_opens_beside_the_list_and_its_address_opens_it_again(ledger):
    ledger.locator(TITLES).nth(1).click()

    expect(ledger.locator(UNIT)).to_contain_text("示例12省市场监管局")
    expect(ledger.locator("#beside")).to_contain_text("截止时间 2026年3月31日")
    expect(ledger.locator("#beside .trail")).to_contain_text("下发")
    expect(ledger.locator(".filters [role=status]")).to_have_text("右侧已打开：质量工作进展情况")
    expect(ledger).to_have_url(re.compile(r"/ledger/\?light=&sort=bureau&open=\d+$"))
    ledger.reload()
    expect(ledger.locator(UNIT)).to_contain_text("示例12省市场监管局")
    expect(ledger.locator("tr.is-open")).to_have_count(1)

    ledger.locator("#id_q").fill("示例13")
    expect(ledger.locator(TITLES)).to_have_count(1)
    expect(ledger.locator("#beside-head")).to_have_count(0)


def test_keys_go_from_row_to_row_open_and_close(ledger):
    for key in ("j", "j", "ArrowDown", "k"):
        ledger.keyboard.press(key)
    expect(ledger.locator(TITLES).nth(1)).to_be_focused()

    ledger.keyboard.press("Enter")
    expect(ledger.locator(UNIT)).to_contain_text("示例12省市场监管局")
    ledger.keyboard.press("ArrowUp")
    ledger.keyboard.press("Enter")
    expect(ledger.locator(UNIT)).to_contain_text("示例11省市场监管局")
    ledger.keyboard.press("Escape")

    expect(ledger.locator("#beside-head")).to_have_count(0)
    expect(ledger.locator(TITLES).first).to_be_focused()
    assert "open=" not in ledger.url
    ledger.locator("#id_q").fill("j")
    expect(ledger.locator("#id_q")).to_be_focused()


def test_the_list_keeps_clear_of_what_is_beside(ledger):
    ledger.locator(TITLES).first.click()
    ledger.locator("#beside-head").wait_for()

    table = ledger.locator("table.ledger").bounding_box()
    beside = ledger.locator("#beside").bounding_box()
    assert table["x"] + table["width"] <= beside["x"]
    assert beside["x"] + beside["width"] <= WIDE["width"]


@pytest.mark.parametrize("width", [1599, 1366, 390])
def test_a_narrower_screen_opens_the_task(ledger, width):
    ledger.set_viewport_size({"width": width, "height": 800})

    ledger.locator(TITLES).first.click()

    expect(ledger).to_have_url(re.compile(r"/assignments/\d+/$"))


def test_an_address_with_an_open_task_shows_the_list_alone_where_it_is_narrow(ledger):
    ledger.locator(TITLES).first.click()
    expect(ledger.locator("#beside-head")).to_be_visible()

    ledger.set_viewport_size({"width": 1366, "height": 768})

    expect(ledger.locator("#beside-head")).not_to_be_visible()
