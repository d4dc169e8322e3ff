"""One task in short, beside the ledger."""

import pytest

from bureaus.models import Bureau
from bureaus.roles import Role
from tests import factories
from tests.factories import TO_SUBMIT, owed_by, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def beside(client, task) -> str:
    return client.get(f"/assignments/{task.pk}/beside/").content.decode()


def test_it_says_where_the_task_is_until_when_and_what_comes_next(office, issued):
    task = owed_by(issued, "330000")

    text = beside(office, task)

    for words in (
        "浙江省市场监管局",
        "待签收",
        "截止时间 2026年3月31日",
        "还剩 21 个工作日",
        "下一步：",
    ):
        assert words in text
    assert "btn-primary" not in text  # it is not the issuer's turn
    assert "<html" not in text


@pytest.mark.parametrize(
    ("walked", "role", "code", "label", "path"),
    [
        ((), Role.FILLER, "330000", "签收并填报", "/assignments/{}/"),
        (("accept",), Role.FILLER, "330000", "开始填报", "/assignments/{}/step/"),
        (TO_SUBMIT, Role.COORDINATOR, "100000", "核收", "/assignments/{}/step/"),
    ],
)
def test_the_button_of_the_next_step_leads_to_its_page(
    enter, issued, walked, role, code, label, path
):
    task = owed_by(issued, "330000")
    walk(task, *walked)
    person = factories.staff(role, Bureau.objects.get(code=code))

    text = beside(enter(person), task)

    assert f'<a class="btn btn-primary" href="{path.format(task.pk)}">{label}</a>' in text


def test_the_last_five_of_the_trail_stand_there(office, issued):
    task = owed_by(issued, "330000")
    walk(task, *TO_SUBMIT, "close")

    assert beside(office, task).count('class="trail-at"') == 5


@pytest.mark.parametrize("opened", ["{}", "0", "x", "99999999999999999999", ""])
def test_address_of_the_ledger_opens_what_one_may_see(enter, issued, opened):
    own, others = owed_by(issued, "330000"), owed_by(issued, "110000")
    client = enter(factories.staff(Role.FILLER, own.bureau))

    answer = client.get(f"/ledger/?light=&open={opened.format(own.pk)}")

    assert ('id="beside-head"' in answer.content.decode()) is (opened == "{}")
    refused = client.get(f"/ledger/?light=&open={others.pk}")
    assert 'id="beside-head"' not in refused.content.decode()
    assert client.get(f"/assignments/{others.pk}/beside/").status_code == 404


def test_what_is_open_is_no_part_of_the_question(office, issued):
    task = owed_by(issued, "330000")

    ledger = office.get(f"/ledger/?light=&open={task.pk}&page=1").context["ledger"]

    assert ledger.query() == "light="
