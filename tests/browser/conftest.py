import pytest
from playwright.sync_api import Page, expect

from tests import factories


@pytest.fixture(autouse=True)
def scripts_are_whole(page):
    """No script of ours ends in an error, whatever a test looks at."""
    faults = []
    page.on("pageerror", lambda fault: faults.append(fault))

    yield

    assert faults == []


@pytest.fixture
def enter(live_server, page):
    """Logs in as this person and opens an address."""

    def go(person, path: str) -> Page:
        page.context.clear_cookies()
        page.goto(live_server.url)
        page.get_by_label("账号").fill(person.username)
        page.get_by_label("密码").fill(factories.PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("工作台")
        page.goto(live_server.url + path)
        return page

    return go
