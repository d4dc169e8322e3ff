import pytest
from django.urls import reverse

from bureaus.models import Bureau
from bureaus.roles import Role
from tasks.actions import amending, extensions, issuing
from tests import factories
from tests.factories import NOW, RUNGS, TO_SUBMIT, owed_by, walk
from tests.tasks.conftest import CODES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def figures(context) -> tuple[int, int, int, int]:
    found = context["figures"]
    return found.expected, found.handed_in, found.overdue, found.other_day


def codes(context) -> list[str]:
    return [row.bureau.code for row in context["assignments"]]


def test_obligation_shows_all_units_in_administrative_order_with_its_figures(office, clock, issued):
    walk(owed_by(issued, "330000"), *TO_SUBMIT)
    walk(owed_by(issued, "110000"), "withdraw")
    clock.move_to(RUNGS["O1"], tick=False)
    office.force_login(factories.coordinator())

    context = office.get(f"/obligations/{issued.pk}/").context

    assert codes(context) == sorted(CODES)
    assert [tile["code"] for tile in context["tiles"]] == sorted(CODES)
    assert [tile["label"] for tile in context["tiles"]] == ["北京", "江苏", "浙江", "示例"]
    assert figures(context) == (3, 1, 2, 0)
    assert context["may_roll_up"] is True


def test_province_sees_of_an_obligation_only_itself_and_its_cities(enter, issued):
    zhejiang = owed_by(issued, "330000").bureau

    answer = enter(factories.staff(Role.COORDINATOR, zhejiang)).get(f"/obligations/{issued.pk}/")

    assert codes(answer.context) == ["330000"]
    assert figures(answer.context) == (1, 0, 0, 0)
    assert "江苏省市场监管局" not in answer.content.decode()
    assert answer.context["may_roll_up"] is False


@pytest.mark.parametrize(
    ("show", "wanted"),
    [
        ("", ["110000", "320000", "330000", "650000"]),
        ("missing", ["320000", "650000"]),
        ("overdue", ["320000", "650000"]),
        ("nonsense", ["110000", "320000", "330000", "650000"]),
    ],
)
def test_units_that_are_missing_can_be_shown_alone(office, clock, issued, show, wanted):
    walk(owed_by(issued, "330000"), *TO_SUBMIT)
    walk(owed_by(issued, "110000"), *TO_SUBMIT, "close")
    clock.move_to(RUNGS["O1"], tick=False)
    office.force_login(factories.coordinator())

    context = office.get(f"/obligations/{issued.pk}/?show={show}").context

    assert codes(context) == wanted
    assert [tab["count"] for tab in context["tabs"]] == ["", 2, 2]


@pytest.mark.parametrize("verb", ["amend", "withdraw", "add"])
@pytest.mark.parametrize(("place", "is_shown"), [("100000", True), ("330000", False)])
def test_verbs_are_the_issuers(enter, issued, verb, place, is_shown):
    at = factories.central() if place == "100000" else factories.province()
    page = enter(factories.staff(Role.COORDINATOR, at)).get(f"/obligations/{issued.pk}/")

    link = reverse(f"tasks:obligation_{verb}", args=[issued.pk])
    assert (link in page.content.decode()) is is_shown


def test_what_became_of_it_is_told_newest_first(office, issued):
    by = factories.coordinator()
    amending.amend(issued, RUNGS["O3"].date(), reason="会议推迟", now=NOW, by=by)
    issuing.add(issued, bureaus=[factories.province("440000", "广东省")], now=NOW, by=by)
    amending.withdraw(issued, reason="与其他文件重复", now=NOW, by=by)

    page = office.get(f"/obligations/{issued.pk}/")

    events = page.context["events"]
    assert [event.what for event in events] == ["撤销事项", "补发", "更改时限", "下发"]
    (change,) = events[2].changes
    assert (change.old, change.new) == ("2026年3月31日", "2026年4月3日")
    assert (events[2].version, events[2].notes) == (2, ["会议推迟"])
    assert events[1].notes[0] == "共1个单位"
    assert page.context["may_amend"] is False


def cities(count: int) -> list[Bureau]:
    zhejiang = factories.province()
    return [factories.prefecture(zhejiang, f"33{n:04}", f"示例{n}市") for n in range(count)]


@pytest.mark.parametrize("count", [1, 120])
def test_page_of_units_asks_as_often_for_one_as_for_many(office, django_assert_num_queries, count):
    issued = factories.obligation(*cities(count))

    with django_assert_num_queries(19):
        context = office.get(f"/obligations/{issued.pk}/").context

    assert figures(context)[0] == count
    assert len(context["assignments"]) == min(count, 50)


def test_units_come_page_by_page(office):
    issued = factories.obligation(*cities(120))

    last = office.get(f"/obligations/{issued.pk}/?show=missing&page=3")

    assert codes(last.context) == [f"33{n:04}" for n in range(100, 120)]
    page = " ".join(last.content.decode().split())
    assert '<td class="col-seq">101</td>' in page
    assert 'href="?show=missing&amp;page=2"' in page


def test_units_with_a_day_of_their_own_are_counted_as_long_as_they_owe_it(office, issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT)
    task = owed_by(issued, "330000")
    filler = factories.staff(Role.FILLER, task.bureau)
    asked = extensions.request(
        task, until=RUNGS["O3"].date(), reason="数据未齐", now=NOW, by=filler
    )
    extensions.decide(asked, is_granted=True, now=NOW, by=factories.coordinator())
    amending.amend(
        issued, RUNGS["O2"].date(), reason="会议推迟", now=NOW, by=factories.coordinator()
    )

    assert figures(office.get(f"/obligations/{issued.pk}/").context) == (4, 1, 0, 1)
