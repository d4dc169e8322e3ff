"""Nobody finds, or finds out from a count, what they cannot open."""

import pytest
from django.urls import reverse

from bureaus.roles import Role
from reports.actions import handing_in
from reports.search.kinds import KINDS
from tests import factories
from tests.reports.written import NOW, save, table
from tests.world import READERS, SECRET, loaded, logged_in

pytestmark = pytest.mark.django_db

WORDS = SECRET  # in the notice of B alone, its obligation, task, form and file
EVERYTHING = [SECRET, "省领导作出批示", "现场", "国市监测〔2026〕1号", "联系人", "质量发展局"]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    with loaded(django_db_blocker, tmp_path_factory.mktemp("files")) as made:
        yield made


def links(client, words) -> list[str]:
    """Every address that the search, its lists of a kind and its suggestions lead to."""
    found = []
    for kind in ("", *(kind.code for kind in KINDS)):
        answer = client.get("/search/", {"q": words, "kind": kind})
        if answer.status_code == 302:
            found.append(answer.url)
            continue
        groups = answer.context.get("groups") or []
        found += [hit.url for group in groups for hit in group.hits]
        found += [hit.url for hit in answer.context.get("hits") or []]
    typed = client.get("/search/typed/", {"q": words}).context["found"]
    return found + [hit.url for _, hit in typed]


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


def kinds_found(person, words) -> list[str]:
    groups = logged_in(person).get("/search/", {"q": words}).context["groups"]
    return [group.kind.code for group in groups]


def test_draft_is_found_by_nobody_and_a_report_by_those_above_once_it_is_in(folder):
    task = factories.accept(factories.assignment())
    filler = factories.staff(Role.FILLER, task.bureau)
    save(task, table(unit={"c2": "甲乙丙丁", "c3": "两次", "c7": "五场", "c8": "无"}))
    assert kinds_found(filler, "甲乙丙丁") == []

    handing_in.hand_in(task, now=NOW, by=filler)
    assert kinds_found(filler, "甲乙丙丁") == ["submissions"]
    assert kinds_found(factories.coordinator(), "甲乙丙丁") == []

    factories.walk(task, "pass_review", "submit", now=NOW)
    assert kinds_found(factories.coordinator(), "甲乙丙丁") == ["submissions"]

    factories.walk(task, "return_", now=NOW)
    assert kinds_found(factories.coordinator(), "甲乙丙丁") == []
    assert kinds_found(filler, "甲乙丙丁") == ["submissions"]


def test_people_are_found_by_those_who_administer_them():
    person = factories.staff(Role.FILLER, factories.province())
    admin = factories.staff(Role.UNIT_ADMIN, factories.province())
    elsewhere = factories.staff(Role.UNIT_ADMIN, factories.province("320000", "江苏省"))

    address = reverse("bureaus:person", args=[person.pk])
    assert address in links(logged_in(admin), "测试填报")
    assert links(logged_in(elsewhere), "测试填报") == []
    assert kinds_found(factories.coordinator(), "测试填报") == []
    assert kinds_found(admin, "浙江") == ["bureaus", "people"]
    assert kinds_found(elsewhere, "浙江") == []
