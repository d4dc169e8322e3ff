"""What a province has split among its cities, seen by its own coordinator as the 总局 sees its."""

import pytest

from tasks.models import Assignment
from tests import factories
from tests.factories import walk
from tests.splits import accepted, child, cities, coordinator, split

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def task() -> Assignment:
    return accepted()


@pytest.fixture
def chief(client, task):
    client.force_login(coordinator(task.bureau))
    return client


def page_of(made, show: str = "") -> str:
    return f"/obligations/{made.pk}/{f'?show={show}' if show else ''}"


def test_its_cities_stand_as_tiles_with_the_figures_of_the_split(chief, task):
    hangzhou, ningbo, wenzhou = cities(task.bureau)
    made = split(task, hangzhou, ningbo, wenzhou)
    walk(child(made, ningbo), "accept", "report_nil", "pass_review", "submit")

    answer = chief.get(page_of(made))

    tiles = answer.context["units"]
    assert [(tile["label"], tile["word"]) for tile in tiles] == [
        ("杭州市", "待签收"),
        ("宁波市", "已报送"),
        ("温州市", "待签收"),
    ]
    text = answer.content.decode()
    assert '<ul class="tiles tiles-flow">' in text
    assert "台湾" not in text
    assert answer.context["figures"].handed_in == 1
    assert answer.context["may_roll_up"] is True
    assert answer.context["parent"] == task
    assert f'href="/assignments/{task.pk}/">浙江省市场监管局</a>' in text


def test_provinces_keep_their_places_on_the_grid(office):
    issued = factories.obligation(factories.province(), factories.province("320000", "江苏省"))

    text = office.get(page_of(issued)).content.decode()

    assert "tile-330000" in text
    assert "台湾" in text


def test_those_missing_can_be_shown_alone_and_urged_together(chief, task):
    hangzhou, ningbo = cities(task.bureau, 2)
    made = split(task, hangzhou, ningbo)
    walk(child(made, ningbo), "accept", "report_nil", "pass_review", "submit")

    answer = chief.get(page_of(made, "missing"))

    assert [row.bureau for row in answer.context["assignments"]] == [hangzhou]
    owed = child(made, hangzhou)
    assert [row["pk"] for row in answer.context["below"].missing] == [owed.pk]
    asked = chief.post("/assignments/bulk/", {"verb": "urge", "assignments": [owed.pk]})
    assert [one.bureau for one in asked.context["fitting"]] == [hangzhou]


def test_office_urges_its_provinces_from_the_same_page(office):
    issued = factories.obligation(factories.province(), factories.province("320000", "江苏省"))

    text = office.get(page_of(issued)).content.decode()

    assert "催办未报单位" in text


def test_more_than_can_be_urged_at_once_are_chosen_in_the_ledger(chief, task, monkeypatch):
    monkeypatch.setattr("tasks.pages.urging.LIMIT", 1)
    made = split(task, *cities(task.bureau, 2))

    answer = chief.get(page_of(made))

    assert answer.context["below"].missing == ()
    assert f"/ledger/?obligation={made.pk}&amp;light=owed" in answer.content.decode()


@pytest.mark.parametrize("place", ["above", "below"])
def test_only_who_urges_at_the_bureau_that_asks_is_offered_it(client, task, place):
    hangzhou, ningbo = cities(task.bureau, 2)
    made = split(task, hangzhou, ningbo)
    bureau = factories.central() if place == "above" else hangzhou
    client.force_login(coordinator(bureau))

    answer = client.get(page_of(made))

    assert answer.context["below"].may_urge is False
    assert "催办未报单位" not in answer.content.decode()


def test_city_does_not_read_the_task_that_was_split(client, task):
    hangzhou, ningbo = cities(task.bureau, 2)
    made = split(task, hangzhou, ningbo)
    client.force_login(coordinator(hangzhou))

    answer = client.get(page_of(made))

    assert [row.bureau for row in answer.context["assignments"]] == [hangzhou]
    assert answer.context["parent"] is None


def test_ledger_lists_and_exports_the_units_of_one_obligation(chief, task):
    hangzhou, ningbo = cities(task.bureau, 2)
    made = split(task, hangzhou, ningbo)

    answer = chief.get(f"/ledger/?obligation={made.pk}")

    assert f"/ledger/?obligation={made.pk}" in chief.get(page_of(made)).content.decode()
    assert [row.bureau for row in answer.context["page_obj"]] == [hangzhou, ningbo]
    assert f"obligation={made.pk}" in answer.content.decode()


def test_ledger_refuses_an_obligation_that_one_may_not_see(client, task):
    made = split(task, *cities(task.bureau, 1))
    other = factories.province("320000", "江苏省")
    client.force_login(coordinator(other))

    answer = client.get(f"/ledger/?obligation={made.pk}")

    assert "没有这个事项，或您无权查看" in answer.content.decode()


@pytest.mark.parametrize("count", [2, 60])
def test_page_takes_the_same_queries_for_two_cities_and_for_sixty(
    chief, task, django_assert_num_queries, count
):
    made = split(task, *cities(task.bureau, count))

    with django_assert_num_queries(20):
        answer = chief.get(page_of(made))

    assert len(answer.context["units"]) == count
