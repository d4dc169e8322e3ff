import pytest

from bureaus.roles import Role
from tests import factories
from tests.factories import RUNGS, owed_by, walk
from tests.tasks.conftest import CODES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TO_SUBMIT = ("accept", "hand_in", "pass_review", "submit")


def test_obligation_shows_all_units_in_administrative_order_with_its_figures(office, clock, issued):
    walk(owed_by(issued, "330000"), *TO_SUBMIT)
    walk(owed_by(issued, "110000"), "withdraw")
    clock.move_to(RUNGS["O1"], tick=False)
    office.force_login(factories.coordinator())

    context = office.get(f"/obligations/{issued.pk}/").context

    assert [a.bureau.code for a in context["assignments"]] == sorted(CODES)
    assert [tile["code"] for tile in context["tiles"]] == sorted(CODES)
    assert [tile["label"] for tile in context["tiles"]] == ["北京", "江苏", "浙江", "示例"]
    assert (context["expected"], context["handed_in"], context["overdue"]) == (3, 1, 2)
    assert context["may_roll_up"] is True


def test_province_sees_of_an_obligation_only_itself_and_its_cities(enter, issued):
    zhejiang = owed_by(issued, "330000").bureau

    answer = enter(factories.staff(Role.COORDINATOR, zhejiang)).get(f"/obligations/{issued.pk}/")

    assert [a.bureau.code for a in answer.context["assignments"]] == ["330000"]
    assert "江苏省市场监管局" not in answer.content.decode()
    assert answer.context["may_roll_up"] is False
