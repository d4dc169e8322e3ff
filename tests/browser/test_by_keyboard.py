"""The same story with the keyboard alone: no mouse, and nothing is given the focus but by keys.

At every step what has the focus is seen on the page, and no answer of the server, no dialog that
closes leaves one at the page's beginning.
"""

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect

from tests.browser import story
from tests.browser.keys import Keys
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sits_down(page, live_server):
    page.set_default_timeout(60_000)

    def enter(staff, path: str) -> Keys:
        page.context.clear_cookies()
        page.on("filechooser", lambda _: None)  # from now on they are caught, not shown
        page.goto(live_server.url + path)
        keys = Keys(page)
        keys.type(staff.username)
        keys.press("Tab")
        keys.type(PASSWORD)
        keys.press("Enter")
        expect(page.locator("#content")).to_be_visible()
        return keys

    return enter


def test_the_story_is_told_by_keys_alone(sits_down, page, tmp_path):
    people = story.cast()

    with time_machine.travel(story.MORNING) as clock:
        _issues(sits_down(people.office, "/"), story.directive(tmp_path))
        story.later(clock, 16)
        _fills(sits_down(people.filler, story.link_in_mail_to(people.filler)))
        _passes(sits_down(people.reviewer, f"/assignments/{people.task.pk}/review/"))
        _signs(sits_down(people.approver, f"/assignments/{people.task.pk}/review/"))
        _receives(sits_down(people.office, "/"))

    assert people.task.status == "closed"


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def _issues(keys: Keys, directive) -> None:
    page = keys.page
    keys.skip_to_content()
    keys.tab_to(page.locator("#desk-file"))
    with page.expect_file_chooser() as chooser:
        keys.press("Enter")
    chooser.value.set_files(directive)

    expect(page.get_by_role("heading", level=1)).to_contain_text("核对")
    keys.press("j")
    expect(page.locator("[data-card]").first).to_be_focused()
    keys.press("y")
    expect(page.locator("[data-review-decided]")).to_have_text("1")
    keys.press_at(button(page, "确认入库并下发"))

    expect(page.get_by_role("heading", level=1)).to_contain_text("下发")
    expect(page.locator(".notice-form table")).to_be_visible()
    keys.skip_to_content()
    keys.press_at(button(page, "确认此表"))
    expect(page.locator(".notice-form")).to_contain_text("已确认")
    keys.is_somewhere()
    keys.press_at(button(page, "下发"))
    expect(page.locator("#messages")).to_contain_text("已下发")


def _fills(keys: Keys) -> None:
    page = keys.page
    keys.skip_to_content()
    keys.press_at(button(page, "签收并填报"))
    cells = page.locator("tbody[data-body] textarea, tbody[data-body] input:not([type=hidden])")
    expect(cells.first).to_be_visible()
    keys.skip_to_content()
    keys.tab_to(cells.first)
    for place in range(cells.count()):  # from cell to cell with nothing between
        expect(cells.nth(place)).to_be_focused()
        keys.type("示例文件1")
        keys.press("Tab")
    _tries_the_tools_of_a_row(keys)
    _tries_the_list_of_keys(keys)
    keys.tab_to(page.locator(".sheet-foot input").last)
    keys.type("示例联系人 000-00000000")
    keys.press("Control+s")
    expect(page.locator("[data-save-state]")).to_contain_text("已保存")
    keys.press_at(button(page, "提交审核"))
    expect(page.locator("main")).to_contain_text("已提交审核")


def _tries_the_tools_of_a_row(keys: Keys) -> None:
    """A row comes, goes up and goes; each time one goes on beside it."""
    page = keys.page
    rows = page.locator("tbody[data-body] > tr")
    keys.press_at(button(page, "加一行"))
    expect(rows).to_have_count(2)
    expect(page.locator("[name='rows.1.c4']")).to_be_focused()
    keys.press_at(button(page, "第2行上移"))
    keys.is_somewhere()
    expect(page.locator("[name='rows.1.c4']")).to_have_value("示例文件1")
    expect(button(page, "第1行上移")).to_be_focused()
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")  # 删行
    expect(rows).to_have_count(1)
    expect(page.locator("[name='rows.0.c4']")).to_have_value("示例文件1")
    expect(button(page, "加一行")).to_be_focused()


def _tries_the_list_of_keys(keys: Keys) -> None:
    listed = keys.page.locator("#keys")
    keys.press("Shift+Slash")  # which is "?"
    expect(listed).to_have_attribute("open", "")
    expect(listed.locator("summary")).to_be_focused()
    keys.press("Escape")
    expect(listed).not_to_have_attribute("open", "")
    expect(listed.locator("summary")).to_be_focused()


def _passes(keys: Keys) -> None:
    """Marks a cell, takes the mark back, and lets pass."""
    page = keys.page
    keys.skip_to_content()
    places = page.locator("[data-place]")
    keys.tab_to(places.first)
    keys.press("ArrowRight")
    expect(places.nth(1)).to_be_focused()
    keys.press("Enter")
    box = page.get_by_role("dialog", name="标注")
    expect(box.get_by_label("要求")).to_be_focused()
    keys.press("Shift+Tab")
    expect(box.get_by_role("button", name="取消")).to_be_focused()
    keys.press("Tab")
    expect(box.get_by_label("要求")).to_be_focused()
    keys.press("Escape")
    expect(box).to_have_count(0)
    expect(places.nth(1)).to_be_focused()
    keys.press("Enter")
    keys.type("请核实")
    keys.press("Enter")
    expect(page.locator("[data-mark-count]")).to_have_text("1")
    expect(places.nth(1)).to_be_focused()
    keys.press_at(button(page, "去掉"))
    expect(page.locator("[data-mark-count]")).to_have_text("0")
    keys.is_somewhere()
    keys.press_at(button(page, "审核通过"))
    expect(page.locator("#messages")).to_contain_text("已审核通过")


def _signs(keys: Keys) -> None:
    """The question closes with Escape, and one is back at the button that asked it."""
    page = keys.page
    asks = page.locator("#pass > summary")
    keys.skip_to_content()
    keys.press_at(asks)
    keys.press("Tab")
    expect(button(page, "确认签发报送")).to_be_focused()
    keys.press("Escape")
    expect(button(page, "确认签发报送")).to_be_hidden()
    expect(asks).to_be_focused()
    keys.press("Enter")
    keys.press("Tab")
    keys.press("Enter")
    expect(page.locator("#messages")).to_contain_text("已签发报送")


def _receives(keys: Keys) -> None:
    page = keys.page
    keys.skip_to_content()
    keys.press_at(page.locator(".todo-act").get_by_role("link", name="核收"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("核收")
    keys.skip_to_content()
    keys.press_at(button(page, "核收"))
    expect(page.locator("#messages")).to_contain_text("已核收")
