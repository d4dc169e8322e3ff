"""帮助 opens at the page one is on, and words of the house are explained where they stand.

Every page that any post is shown is opened once for each who is shown it; the addresses are those
of the access sweeps, so that a new page fails here until the manual speaks of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import pytest
from django.test import Client
from django.urls import resolve, reverse

from bureaus.manual import pages
from bureaus.manual.places import PLACES
from bureaus.manual.terms import TERMS
from bureaus.models import Staff
from bureaus.roles import Role
from tests import factories
from tests.config.test_closed_by_default import addresses
from tests.glossary import GLOSSARY
from tests.world import READERS, World, loaded, logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

BARE = {"bureaus:login"}  # before the login there is no help but whom to ask
HELP = re.compile(r'<a href="(/help/[^"]*)"><svg[^>]*><use[^>]*#icon-help')
MAIN = re.compile(r"<main .*?</main>", re.DOTALL)
# What says itself what it means: the sentence that derives the day.
DERIVED = {"目标日": re.compile(r"目标日取\d+年\d+月\d+日[^，。]*当天或之前的最后一个工作日")}
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Shown:
    """One page as one person is shown it."""

    name: str
    role: Role
    html: str

    @property
    def text(self) -> str:
        return unescape(TAG.sub("", MAIN.search(self.html)[0]))

    @property
    def help(self) -> str:
        return unescape(HELP.search(self.html)[1])

    @property
    def says(self) -> str:
        return f"{self.name} ({self.role.label})"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    with loaded(django_db_blocker, tmp_path_factory.mktemp("files")) as made:
        yield made


@pytest.fixture(scope="module")
def shown(world) -> list[Shown]:
    """Every page, for the posts of the bureau that owes, of the office that asks, and for those of
    administration."""
    own = {role: factories.staff(role, world.owner) for role in READERS}
    top = factories.central()
    rows, others = world.urls(), _without_rows()
    differing = [(name, url) for name, url in rows if isinstance(PLACES.get(name), dict)]
    asked = [
        (own[Role.COORDINATOR], rows + others),
        (own[Role.FILLER], rows + others),
        (factories.coordinator(), rows),
        *(
            (own[role], [*differing, ("tasks:desk", "/")])
            for role in (Role.REVIEWER, Role.APPROVER)
        ),
    ]
    people = _of_people(world, own[Role.FILLER])
    asked += [(factories.staff(role, top), people + others) for role in Role if role not in READERS]
    return [one for person, urls in asked for one in _all_shown(person, urls)]


def _without_rows() -> list[tuple[str, str]]:
    return [(name, path) for name, path in addresses() if not resolve(path).kwargs]


def _of_people(world: World, person: Staff) -> list[tuple[str, str]]:
    names = ("person", "person_edit", "person_password")
    named = [(f"bureaus:{name}", reverse(f"bureaus:{name}", args=[person.pk])) for name in names]
    named += [("bureaus:unit", reverse("bureaus:unit", args=[world.owner.pk]))]
    named += [("bureaus:manual", pages.address("filler"))]
    return [*named, ("tasks:handover", reverse("tasks:handover", args=[person.pk]))]


def _all_shown(person: Staff, urls: list[tuple[str, str]]) -> Iterator[Shown]:
    client = logged_in(person)
    for _, url in urls:
        if one := _open(client, person, url):
            yield one


def _open(client: Client, person: Staff, url: str) -> Shown | None:
    if url.startswith("/logout"):
        return None
    answer = client.get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)
        return None
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return None
    html = answer.content.decode()
    if not HELP.search(html):  # a piece of a page
        return None
    return Shown(resolve(url).view_name, Role(person.held_posts[0].role), html)


def test_every_page_has_its_place_in_the_manual(shown):
    names = {one.name for one in shown} - BARE

    assert names - set(PLACES) == set()
    assert len(names) > 50


def test_no_place_is_kept_for_a_page_that_is_not_there():
    known = {name for name, _ in addresses()}

    assert set(PLACES) - known == set()


def test_places_are_headings_of_the_manual():
    for place in PLACES.values():
        for one in place.values() if isinstance(place, dict) else [place]:
            page, _, heading = one.partition("#")
            headings = {each.anchor for each in pages.page(page).headings}
            assert not heading or heading in headings, one


def test_help_in_the_bar_leads_there(shown):
    for one in shown:
        place = PLACES[one.name]
        if isinstance(place, dict):
            place = place.get(one.role, place.get(None))
        page, _, heading = place.partition("#")
        assert one.help == pages.address(page, heading), one.says


def test_every_post_is_led_to_its_own_page_from_the_desk(shown):
    led = {one.role: one.help for one in shown if one.name == "tasks:desk"}

    assert led == {role: pages.address(pages.OF_POSTS[role], "等我办的") for role in Role}


def explains(one: Shown, word: str) -> bool:
    meaning = TERMS[word].meaning
    derived = DERIVED.get(word)
    is_derived = derived and len(derived.findall(one.text)) == one.text.count(word)
    return f'title="{meaning}"' in one.html or meaning in one.text or bool(is_derived)


def test_words_of_the_house_are_explained_on_every_page_that_says_them(shown):
    unexplained = {
        f"{one.says}: {word}"
        for one in shown
        if not one.name.startswith(("bureaus:help", "bureaus:manual"))
        for word in TERMS
        if word in one.text and not explains(one, word)
    }

    assert sorted(unexplained) == []


def test_each_of_them_is_said_somewhere(shown):
    """A word that no page says needs no explanation."""
    said = {word for one in shown for word in TERMS if f'title="{TERMS[word].meaning}"' in one.html}

    assert said == set(TERMS)


def test_the_glossary_names_the_same_words():
    explained = GLOSSARY.read_text(encoding="utf-8").split("\n## Explained\n")[1]
    line = next(one for one in explained.splitlines() if "、" in one and one[0] != "W")

    assert set(line.split("、")) == set(TERMS)


@pytest.mark.parametrize("word", TERMS)
def test_the_manual_explains_it_where_the_word_leads(word):
    term = TERMS[word]
    headings = {one.anchor for one in pages.page(term.page).headings}
    _, _, after = (
        (pages.FOLDER / f"{term.page}.md").read_text("utf-8").partition(f"## {term.heading}")
    )

    assert term.heading in headings
    assert word in after.partition("\n## ")[0]
