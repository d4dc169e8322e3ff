"""台账 and 汇总表 made by a worker: the same as the page gives."""

from io import BytesIO

import pytest
from django.http import QueryDict

from bureaus.roles import Role
from reports.actions.productions import Stopped
from reports.exports import ledger_sheet as ledgers
from reports.makers import ledger as ledger_maker
from reports.makers import originals, roll_up
from reports.makers.maker import Order, SubjectClosed
from reports.states import ProductionKind
from tasks.pages.ledger import read
from tests import factories
from tests.factories import owed_by, walk
from tests.reports.made import NOW, ask, data_of, make, sheet, words
from tests.reports.written import reported, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]

CODES = {"110000": "北京市", "320000": "江苏省", "330000": "浙江省", "440000": "广东省"}


@pytest.fixture
def issued():
    return factories.obligation(*(factories.province(*each) for each in CODES.items()))


class Request:
    """As much of a request as the ledger reads."""

    method, path = "GET", "/ledger/"

    def __init__(self, query: str, user) -> None:
        self.GET, self.user = QueryDict(query), user


def ask_ledger(query: str, *, by):
    params = ledger_maker.params(read(Request(query, by)), by)
    return ask(ProductionKind.LEDGER, params, by=by, title="任务台账")


def rows_of(data: bytes) -> list[list]:
    return [[cell.value for cell in row] for row in sheet(data).iter_rows()]


def test_ledger_made_by_a_worker_is_the_one_of_the_page(issued, client, time_machine):
    time_machine.move_to(NOW, tick=False)
    walk(owed_by(issued, "330000"), "accept")
    client.force_login(factories.coordinator())
    query = "light=&sort=-bureau&columns=bureau&columns=due"

    page = client.get(f"/ledger/export.xlsx?{query}").content

    made = make(ask_ledger(query, by=factories.coordinator()))
    assert rows_of(data_of(made)) == rows_of(page)
    assert (made.done, made.total) == (4, 4)


def test_ledger_holds_what_its_person_may_see(issued):
    person = factories.staff(Role.FILLER, owed_by(issued, "330000").bureau)

    made = make(ask_ledger("light=", by=person))

    assert "浙江省市场监管局" in words(data_of(made))
    assert "江苏省市场监管局" not in words(data_of(made))


def test_ledger_of_a_lost_post_is_not_to_be_had(issued):
    person = factories.staff(Role.FILLER, owed_by(issued, "330000").bureau)
    params = {"query": "light=", "bureaus": [person.bureau_id, factories.central().pk]}

    with pytest.raises(SubjectClosed, match="您的岗位已变动"):
        ledger_maker.check(person, params)


def test_ledger_longer_than_a_sheet_is_refused(issued, monkeypatch):
    monkeypatch.setattr(ledgers, "MOST_OF_A_SHEET", 3)

    failed = make(ask_ledger("light=", by=factories.coordinator()))

    assert failed.state == "failed"
    assert failed.problem.startswith("符合条件的任务超过3项，没有导出。")


def test_roll_up_made_by_a_worker_is_the_one_of_the_page(issued, client, time_machine):
    time_machine.move_to(NOW, tick=False)
    reported(owed_by(issued, "330000"), table())
    client.force_login(factories.coordinator())
    page = client.get(f"/obligations/{issued.pk}/roll-up/1/download/").content

    params = originals.params(issued, 1)
    made = make(ask(ProductionKind.ROLL_UP, params, by=factories.coordinator()))

    assert made.file_name == "示例文件.xlsx"
    assert data_of(made) == page


def test_roll_up_tells_how_many_units_are_in_and_stops_between_two(issued):
    for code in ("110000", "320000", "330000"):
        reported(owed_by(issued, code), table())
    order = Order(
        originals.params(issued, 1), "示例", factories.central(), factories.coordinator(), NOW
    )
    told = []

    def progress(done, total):
        told.append((done, total))
        if done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        roll_up.make(order, BytesIO(), progress)

    assert told == [(0, 4), (1, 4), (2, 4)]
