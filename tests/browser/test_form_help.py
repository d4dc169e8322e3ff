"""A form while it is written: how far it is, what is stored, the tools of a row, the keys."""

import pytest
from playwright.sync_api import expect

from reports.models import Submission
from tests.browser.test_filling import opened
from tests.reports.importing import asked, stored
from tests.reports.tables import BY_NUMBER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def task():
    return asked(BY_NUMBER[16].definition)


@pytest.fixture
def form(page, live_server, task):
    return opened(page, live_server, task)


def cell(form, name):
    return form.locator("td", has=form.locator(f"#{name}"))


def test_progress_is_counted_while_one_writes(form):
    told = form.locator("[data-progress]")
    expect(told).to_have_text("已填 0/4 栏")

    form.locator("#rows-0-field").fill("农业")
    form.locator("#rows-0-n").fill("5")
    expect(told).to_have_text("已填 2/4 栏")
    form.get_by_role("button", name="加一行").click()
    expect(told).to_have_text("已填 2/4 栏")  # a blank row is none

    form.locator("#rows-1-n").fill("7")
    expect(told).to_have_text("已填 1/4 栏")


def test_a_cell_is_marked_once_it_is_stored(form):
    form.locator("#rows-0-n").fill("5")

    expect(cell(form, "rows-0-n")).to_have_class("cell-short cell-num is-stored")
    form.locator("#rows-0-n").press("End")
    form.locator("#rows-0-n").type("6")
    expect(cell(form, "rows-0-n")).to_have_class("cell-short cell-num is-edited")
    expect(cell(form, "rows-0-field")).not_to_have_class("is-stored")


def test_ctrl_s_saves_at_once_and_asks_the_browser_for_nothing(form, task):
    form.clock.install()  # the pause of the automatic saving does not pass
    form.locator("#rows-0-n").fill("5")
    assert not Submission.objects.exists()

    with form.expect_response("**/autosave/**"):
        form.keyboard.press("Control+s")

    assert stored(task)["rows"][0]["n"] == "5"


def test_tools_of_a_row_show_where_one_is(form):
    tools = form.locator("[data-row-remove]").first
    form.mouse.move(0, 0)
    expect(tools).to_have_css("opacity", "0")

    form.locator("#rows-0-n").focus()

    expect(tools).to_have_css("opacity", "1")


def test_question_mark_opens_the_list_of_keys_but_not_within_a_cell(form):
    keys = form.locator("[data-keys] .menu-body")
    form.locator("#rows-0-field").press("Shift+?")
    expect(keys).to_be_hidden()

    form.locator("h1").click()
    form.keyboard.press("Shift+?")
    expect(keys).to_contain_text("立即保存")
    form.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    form.get_by_text("快捷键", exact=True).click()
    expect(keys).to_be_visible()
