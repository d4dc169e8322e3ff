"""Every page, as every post sees it, on a telephone and at 200 % zoom: nothing is cut off sideways.

The same walk sees that no page complains, and that none asks another host for anything.
"""

from urllib.parse import urlsplit

import pytest
from django.urls import get_resolver, reverse

from bureaus.roles import Role
from tests import factories
from tests.test_access import patterns
from tests.world import READERS, logged_in, two_provinces

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TELEPHONE = {"width": 390, "height": 844}
ZOOMED = {"width": 683, "height": 384}  # 1366×768 at 200 %
ADMINISTRATORS = [role for role in Role if role not in READERS]
# What a page is made of, and what sticks out of it at the right, named for who has to mend it.
SIDEWAYS = """() => {
  const width = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= window.innerWidth) return [];
  const scrolls = (one) => one && one !== document.body
    && (/auto|scroll|hidden/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
  return Array.from(document.body.querySelectorAll("*"))
    .filter((one) => one.getBoundingClientRect().right > width + 1 && !scrolls(one.parentElement))
    .map((one) => one.tagName + "." + one.className).slice(0, 4).concat("?").slice(0, 4);
}"""

# Menus, confirmations and folds, as they come and all open.
OPEN_OR_SHUT = """(open) => document.querySelectorAll("details").forEach((one) => {
  one.dataset.was = one.dataset.was || String(one.open);
  one.open = open || one.dataset.was === "true";
})"""


@pytest.fixture
def world(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    return two_provinces()


@pytest.mark.parametrize("role", [*READERS, *ADMINISTRATORS, "asking"])
def test_no_page_has_to_be_pushed_sideways(page, live_server, world, role):
    bureau = world.asking if role in ("asking", *ADMINISTRATORS) else world.owner
    person = factories.staff(Role.COORDINATOR if role == "asking" else role, bureau)
    complaints, strangers = [], []
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    page.on("request", lambda asked: strangers.append(asked.url))
    page.context.add_cookies([session(person, live_server.url)])

    sideways = {}
    opened = pages_of(person, world)
    for path in opened:
        page.set_viewport_size(TELEPHONE)
        page.goto(live_server.url + path)
        for size in (TELEPHONE, ZOOMED):
            page.set_viewport_size(size)
            page.evaluate(OPEN_OR_SHUT, False)
            shut = page.evaluate(SIDEWAYS)
            page.evaluate(OPEN_OR_SHUT, True)
            if sticking_out := shut + page.evaluate(SIDEWAYS):
                sideways[path, size["width"]] = sticking_out

    assert len(opened) >= 6
    assert sideways == {}
    assert complaints == []
    assert {urlsplit(url).hostname for url in strangers if url[:4] == "http"} == {"localhost"}


def pages_of(person, world) -> list[str]:
    """Every page that this person is shown: of the addresses without an id and the world's own."""
    plain = [
        reverse(name)
        for name, arguments in patterns(get_resolver())
        if not arguments and not name.startswith("admin:") and name != "bureaus:logout"
    ]
    paths = [*plain, *(path for _, path in world.urls())]
    return [path for path in paths if _is_page(person, path)]


def _is_page(person, path: str) -> bool:
    answer = logged_in(person).get(path)
    kind = answer.headers.get("Content-Type", "")
    is_page = answer.status_code == 200 and kind.startswith("text/html")
    answer.close()
    return is_page and b"<html" in answer.content


def session(person, url: str) -> dict:
    cookie = logged_in(person).cookies["sessionid"]
    return {"name": "sessionid", "value": cookie.value, "url": url}
