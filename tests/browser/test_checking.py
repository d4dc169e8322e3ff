"""The check page: sure readings in a line each, the rest open, one press for all that is sure."""

from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def notice():
    """Two sure readings and a doubtful one."""
    made = factories.notice(factories.TEXT_APART)
    made.clauses.update(needs_confirming=False, confidence=Decimal("0.99"))
    made.clauses.filter(pk=made.clauses.reports()[1].pk).update(confidence=Decimal("0.10"))
    return made


@pytest.fixture
def page(enter, notice):
    return enter(factories.coordinator(), reverse("notices:check", args=[notice.pk]))


def line(page, position):
    return page.locator("[data-card]").nth(position - 1)


def test_a_line_opens_to_its_sentence_and_closes_again(page):
    quote = line(page, 1).locator(".quote")
    expect(quote).to_be_hidden()
    expect(line(page, 2).locator(".quote")).to_be_visible()

    line(page, 1).locator("summary").first.click()

    expect(quote).to_be_visible()
    line(page, 1).locator("summary").first.click()
    expect(quote).to_be_hidden()


def test_one_press_confirms_the_sure_ones_and_keeps_what_was_typed(page, notice):
    words = line(page, 2).locator("textarea").first
    words.fill("改写的报送内容")
    expect(page.get_by_text("0 / 3 项")).to_be_visible()

    page.get_by_role("button", name="确认全部把握高的 2 项").click()

    expect(page.get_by_text("2 / 3 项")).to_be_visible()
    expect(page.get_by_role("button", name="确认全部把握高的")).to_have_count(0)
    expect(words).to_have_value("改写的报送内容")
    expect(line(page, 1).get_by_text("已确认", exact=True)).to_be_visible()

    line(page, 1).locator("summary").first.click()
    line(page, 1).get_by_role("button", name="撤销确认").click()

    expect(page.get_by_text("1 / 3 项")).to_be_visible()
    expect(page.get_by_role("button", name="确认全部把握高的 1 项")).to_be_visible()
    states = list(notice.clauses.reports().values_list("state", flat=True))
    assert states == ["proposed", "proposed", "confirmed"]


def test_keys_decide_a_line_without_opening_it(page):
    line(page, 1).focus()

    page.keyboard.press("y")

    expect(line(page, 1).get_by_text("已确认", exact=True)).to_be_visible()
    expect(line(page, 1).locator(".quote")).to_be_hidden()
    expect(page.get_by_role("button", name="确认全部把握高的 1 项")).to_be_visible()
    expect(line(page, 2)).to_be_focused()


def test_the_number_in_the_text_opens_its_line(page):
    page.locator(".directive-page a[href^='#card-']").first.click()

    expect(line(page, 1).locator(".quote")).to_be_visible()
