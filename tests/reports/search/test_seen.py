"""Nobody finds, or finds out from a count, what they cannot open."""

import pytest

from bureaus.roles import Role
from tests import factories
from tests.reports.search.asking import links
from tests.world import READERS, SECRET, loaded, logged_in

pytestmark = pytest.mark.django_db

# in the notice of B alone, its obligation, task, form and file
EVERYTHING = [SECRET, "省领导作出批示", "现场", "国市监测〔2026〕1号", "联系人", "质量发展局"]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    with loaded(django_db_blocker, tmp_path_factory.mktemp("files")) as made:
        yield made


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("words", EVERYTHING)
def test_another_province_finds_nothing(world, db, role, words):
    assert links(logged_in(factories.staff(role, world.asking)), words) == []


@pytest.mark.parametrize("role", [role for role in Role if role not in READERS])
def test_administrators_find_nothing_of_the_work(world, db, role):
    client = logged_in(factories.staff(role, factories.central()))

    assert [each for words in EVERYTHING for each in links(client, words)] == []


@pytest.mark.parametrize("words", EVERYTHING[:4])
@pytest.mark.parametrize("place", ["owner", "central"])
@pytest.mark.parametrize("role", READERS)
def test_everything_that_is_found_can_be_opened(world, db, role, place, words):
    bureau = world.owner if place == "owner" else factories.central()
    client = logged_in(factories.staff(role, bureau))

    found = links(client, words)

    assert {url: client.get(url).status_code for url in found} == dict.fromkeys(found, 200)


def test_its_own_people_do_find_it(world, db):
    """Otherwise the words above would be looked for in vain."""
    client = logged_in(factories.staff(Role.FILLER, world.owner))

    for words in EVERYTHING:
        assert links(client, words), words
