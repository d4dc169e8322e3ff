"""The search box in a browser: reached by a key, read while one types, walked through by keys."""

import os

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.reports.search.offices import LIFTS_NUMBER, furnished

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return furnished()


def test_slash_leads_to_the_box_and_keys_open_a_hit(page, enter, office):
    enter(factories.coordinator(), "/ledger/")
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="查找文件")
    expect(box).to_be_focused()
    box.press_sequentially("电梯")
    options = page.locator("#search-typed [role=option]")
    expect(options).to_have_count(2)
    expect(options.first.locator("mark")).to_have_text("电梯")
    expect(box).to_have_attribute("aria-expanded", "true")
    _shot(page, "search-typed")

    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "search-option-1")
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(box).to_have_value("电梯")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("Escape")
    box.press_sequentially("安")
    expect(options.first.locator("mark")).to_have_text("电梯安")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("电梯安全筑底行动")


def test_enter_shows_everything_and_a_number_opens_its_notice(page, enter, office):
    enter(factories.coordinator(), "/")
    box = page.locator("#topbar-search")
    box.fill("质量")
    box.press("Enter")
    expect(page.get_by_role("heading", name="任务事项")).to_be_visible()
    expect(page.locator(".hits mark").first).to_have_text("质量")
    _shot(page, "search")

    page.locator("#topbar-search").fill(LIFTS_NUMBER)
    page.locator("#topbar-search").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("电梯安全筑底行动")


def test_slash_is_a_letter_where_one_writes(page, enter, office):
    enter(factories.coordinator(), "/ledger/")
    words = page.get_by_label("事项、文号、单位")
    words.click()
    page.keyboard.type("a/b")

    expect(words).to_have_value("a/b")


def _shot(page, name):
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")
