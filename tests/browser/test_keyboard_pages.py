"""Lists, menus and the check page with the keyboard alone."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tasks.models import SavedView
from tests import factories
from tests.browser.keys import Keys

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def opened(enter):
    """The log-in is no part of this; from there on there are keys alone."""

    def go(person, path: str) -> Keys:
        return Keys(enter(person, path))

    return go


def test_a_filter_is_walked_through_and_kept_as_a_view(opened):
    factories.accept(factories.assignment())
    keys = opened(factories.coordinator(), reverse("tasks:ledger"))
    page = keys.page
    light = page.locator("form.filters select").first

    keys.skip_to_content()
    keys.tab_to(light)
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(page).to_have_url(re.compile("light=[a-z]"))  # the list is another one by now
    expect(light).to_be_focused()
    keys.press_at(page.locator("form.filters summary").first)
    keys.press("Tab")
    keys.press("Space")
    expect(page).to_have_url(re.compile("status=[a-z]"))
    keys.is_somewhere()
    keys.press("Escape")
    expect(page.locator("form.filters summary").first).to_be_focused()

    keys.tab_to(page.locator("summary", has_text="视图"), key="Shift+Tab")
    keys.press("Enter")
    keys.tab_to(page.get_by_label("视图名称"))
    keys.type("常看的")
    keys.press("Enter")
    expect(page.locator("#messages")).to_contain_text("常看的")
    assert SavedView.objects.get().name == "常看的"


def test_menus_close_with_escape_and_give_the_focus_back(opened):
    keys = opened(factories.coordinator(), reverse("tasks:calendar"))
    page = keys.page
    person = page.locator("summary[data-person]")

    keys.press_at(person)
    keys.press("Tab")
    expect(page.locator("details.menu[open]")).to_have_count(1)
    keys.press("Escape")
    expect(page.locator("details.menu[open]")).to_have_count(0)
    expect(person).to_be_focused()
    keys.press_at(page.get_by_role("link", name="按月"))
    expect(page.get_by_role("link", name="上月")).to_be_visible()
    keys.skip_to_content()
    keys.press_at(page.get_by_role("link", name="下月"))
    expect(page).to_have_url(re.compile("month="))


def test_the_search_box_gives_way_to_escape(opened):
    factories.assignment()
    keys = opened(factories.coordinator(), reverse("tasks:ledger"))
    page = keys.page
    hits = page.locator("#search-typed [role=option]")

    keys.press("/")
    keys.type("质量")
    expect(hits.first).to_be_visible()
    keys.press("Escape")
    expect(hits.first).to_be_hidden()
    expect(page.locator("#topbar-search")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Enter")

    expect(page).not_to_have_url(re.compile("/ledger/$"))


def test_a_doubtful_reading_is_decided_and_the_rest_confirmed(opened):
    notice = factories.notice(factories.TEXT_APART)
    notice.clauses.update(needs_confirming=False, confidence=Decimal("0.99"))
    doubtful = notice.clauses.reports()[1]
    notice.clauses.filter(pk=doubtful.pk).update(confidence=Decimal("0.10"))
    keys = opened(factories.coordinator(), reverse("notices:check", args=[notice.pk]))
    page = keys.page
    card = page.locator(f"#card-{doubtful.pk}")

    keys.press("j")
    keys.press("j")
    expect(card).to_be_focused()
    keys.tab_to(card.locator("textarea").first)
    keys.type("（核对）")
    keys.tab_to(card.locator("[data-key=y]"))
    keys.press("Space")
    expect(page.locator("[data-review-decided]")).to_have_text("1")
    keys.press_at(page.get_by_role("button", name="确认入库", exact=True))
    expect(page.locator("#messages")).to_contain_text("已核对入库")

    states = set(notice.clauses.reports().values_list("state", flat=True))
    assert states == {"confirmed"}
    doubtful.refresh_from_db()
    assert "（核对）" in doubtful.deliverable
