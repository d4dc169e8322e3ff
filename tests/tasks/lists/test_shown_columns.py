"""显示的列: chosen once, kept with the person, the same wherever the ledger is opened."""

import re

import pytest

from audit.models import AuditEvent
from bureaus.roles import Role
from tasks.models import ShownColumns
from tests import factories
from tests.tasks.views.test_ledger import HEADS, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

DUE = ["序号", "事项 文号", "截止时间 剩余"]


def choose(client, *names, **more):
    fixed = ["seq", "title"]  # as the menu sends them
    given = {"columns": [*fixed, *names], "query": "light=&sort=due&columns=bureau&page=2", **more}
    return client.post("/ledger/columns/", given)


def test_chosen_columns_are_kept_for_the_person_alone(enter, office, issued):
    client = enter(factories.coordinator())

    answer = choose(client, "due")

    assert answer.url == "/ledger/?light=&sort=due&page=2"
    assert table(client.get("/ledger/"))[0] == DUE
    assert {len(row) for row in table(client.get("/ledger/?light="))} == {3}
    other = enter(factories.staff(Role.REVIEWER, factories.central()))
    assert table(other.get("/ledger/"))[0] == HEADS


def test_order_is_the_offices_and_number_and_title_stay(office, issued):
    office.post("/ledger/columns/", {"columns": ["closed", "due", "nonsense"]})

    assert ShownColumns.objects.get().names == "seq,title,due,closed"
    assert table(office.get("/ledger/"))[0] == [*DUE, "办结时间"]


def test_none_ticked_leaves_number_and_title(office, issued):
    choose(office)

    assert table(office.get("/ledger/"))[0] == ["序号", "事项 文号"]


def test_choosing_again_replaces_and_resetting_shows_all(office, issued):
    choose(office, "due")
    choose(office, "status")
    assert ShownColumns.objects.get().names == "seq,title,status"

    choose(office, "status", reset="1")

    assert not ShownColumns.objects.exists()
    assert table(office.get("/ledger/"))[0] == HEADS
    told = AuditEvent.objects.filter(verb="设定显示的列").order_by("pk")
    assert [one.detail["columns"] for one in told] == [
        ["seq", "title", "due"],
        ["seq", "title", "status"],
        [],
    ]


def test_an_address_that_names_columns_has_those(office, issued):
    choose(office, "due")

    assert table(office.get("/ledger/?columns=status"))[0] == ["序号", "事项 文号", "状态 说明"]


def test_the_menu_says_what_is_shown_and_the_export_has_all(office, issued):
    choose(office, "due")

    page = office.get("/ledger/?q=质量&columns=due&group=bureau").content.decode()

    assert re.findall(r'name="columns" value="(\w+)" checked', page) == ["due"]
    assert "导出 Excel 总是全部列" in page
    assert 'href="/ledger/export.xlsx?q=%E8%B4%A8%E9%87%8F&amp;group=bureau"' in page


@pytest.mark.parametrize("role", [Role.UNIT_ADMIN, Role.AUDITOR])
def test_who_reads_no_task_keeps_no_columns(enter, role):
    client = enter(factories.staff(role, factories.central()))

    assert choose(client, "due").status_code == 403
    assert not ShownColumns.objects.exists()
