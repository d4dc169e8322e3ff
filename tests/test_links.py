"""No dead end: from the first pages of each post every link, file and #place offered is there.

Of links of one kind (one pattern of the resolver, the same names in the query) the first few are
followed.
"""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import override_settings
from django.urls import Resolver404, resolve

from bureaus.models import Staff
from bureaus.roles import Role
from tests import factories
from tests.world import READERS, loaded, logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SAME_KIND = 3
SITE = "http://testserver"  # where links in mails lead
FIRST = ("/", "/help/", "/inbox/", "/inbox/preferences/", "/password/", "/delegations/")


@dataclass
class Page(HTMLParser):
    """What a page offers, and the places on it that one can be led to."""

    links: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def __post_init__(self):
        super().__init__()

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag in ("link", "script", "img", "use"):
            named = given.get("href") or given.get("src") or ""
            (self.files if named.startswith("/static/") else self.links).append(named)
        elif tag == "form":
            self.posts.append(given.get("action") or "")
        for name in ("hx-get", "hx-post", "data-suggest", "formaction"):
            if name in given:
                self.posts.append(given[name])


@dataclass
class Walk:
    """One person's way through all that is offered."""

    person: Staff
    places: dict[str, set[str]] = field(default_factory=dict)
    dead: set[str] = field(default_factory=set)

    def go(self) -> "Walk":
        self.client, self.followed = logged_in(self.person), Counter()
        waiting = deque((url, "") for url in FIRST)
        wanted = []
        while waiting:
            url, source = waiting.popleft()
            path, place = urldefrag(url)
            if path not in self.places and self.is_new_kind(path):
                waiting.extend(self.open(path, source))
            if place:
                wanted.append((path, place, source))
        for path, place, source in wanted:
            if path in self.places and place not in self.places[path]:
                self.dead.add(f"{source} -> {path}#{place}: no such place")
        return self

    def is_new_kind(self, path: str) -> bool:
        parts = urlsplit(path)
        try:
            kind = resolve(parts.path).view_name
        except Resolver404:
            kind = parts.path
        asked = tuple(sorted({name for name, _ in parse_qsl(parts.query)}))
        self.followed[kind, asked] += 1
        return self.followed[kind, asked] <= SAME_KIND

    def open(self, path: str, source: str) -> list[tuple[str, str]]:
        answer = self.client.get(path, follow=True)
        if answer.streaming:
            b"".join(answer.streaming_content)
        if answer.status_code != 200:
            self.dead.add(f"{source} -> {path}: {answer.status_code}")
        self.places[path] = set()
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            return []
        page = Page()
        page.feed(answer.content.decode())
        self.places[path] = page.ids
        self.dead.update(f"{path} has no {one}" for one in page.files if not is_there(one))
        here = answer.redirect_chain[-1][0] if answer.redirect_chain else path
        targets = [urljoin(here, one) for one in page.posts]
        self.dead.update(f"{path} posts to {one}" for one in targets if not is_known(one))
        links = (urljoin(here, one).removeprefix(SITE) for one in page.links)
        return [(link, path) for link in links if link.startswith("/")]


def is_there(address: str) -> bool:
    """A file of the site's own, and in a picture of many the one that is meant."""
    path, name = urldefrag(address)
    found = finders.find(path.removeprefix("/static/"))
    if not found or not name:
        return bool(found)
    with open(found, encoding="utf-8") as file:
        return f'id="{name}"' in file.read()


def is_known(address: str) -> bool:
    try:
        resolve(urlsplit(address).path)
    except Resolver404:
        return False
    return True


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    on_disk = override_settings(
        EMAIL_BACKEND="tasks.reminders.mail.mailbox.MailboxBackend",
        MAILBOX_DIR=tmp_path_factory.mktemp("mails"),
        SITE_URL=SITE,
    )
    with on_disk, loaded(django_db_blocker, tmp_path_factory.mktemp("files")) as made:
        yield made


@pytest.mark.parametrize("role", Role)
def test_nothing_that_a_post_is_offered_is_a_dead_end(world, role):
    bureau = world.owner if role in (*READERS, Role.UNIT_ADMIN) else factories.central()

    walk = Walk(factories.staff(role, bureau)).go()

    assert sorted(walk.dead) == []
    assert len(walk.places) > 8


def test_nothing_that_the_office_which_asks_is_offered_is_a_dead_end(world):
    walk = Walk(factories.coordinator()).go()

    assert sorted(walk.dead) == []
    assert any(re.fullmatch(r"/assignments/\d+/", path) for path in walk.places)


def test_walk_finds_what_is_dead(world):
    walk = Walk(factories.coordinator())
    walk.client, walk.followed = logged_in(walk.person), Counter()

    walk.open("/nowhere/", "/")

    assert walk.dead == {"/ -> /nowhere/: 404"}
    assert not is_there("/static/css/nothing.css")
    assert not is_there("/static/icons.svg#nothing")
    assert is_there("/static/icons.svg#icon-desk")
    assert not is_known("/nowhere/")
