import pytest

from audit import trail
from bureaus.roles import Role
from tasks.reminders.actions import ticking
from tests import factories
from tests.factories import NOW, RUNGS, TO_SUBMIT, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


# of one unit a notice has no matrix, so that its page asks once less than for two
@pytest.mark.parametrize("count", [2, 50])
@pytest.mark.parametrize(
    ("page", "queries"),
    [
        ("/ledger/?light=", 8),
        ("/obligations/{obligation}/", 11),
        ("/notices/{notice}/", 21),
        ("/notices/{notice}/issue/", 14),
        ("/reminders/", 6),
        ("/mailbox/", 5),
    ],
)
def test_page_takes_the_same_queries_for_one_row_and_for_fifty(
    office, django_assert_num_queries, page, queries, count
):
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 11 + count)]
    for bureau in bureaus:
        factories.staff(Role.FILLER, bureau)
    issued = factories.obligation(*bureaus)
    ticking.tick(RUNGS["T-10"])
    for task in issued.assignments.for_detail():
        walk(task, *TO_SUBMIT)
    url = page.format(obligation=issued.pk, notice=issued.notice_id)
    office.get(url)  # what a process keeps is read once

    with django_assert_num_queries(queries):
        answer = office.get(url)

    assert answer.status_code == 200


# a single unit's row is looked at for later periods and for what came back
@pytest.mark.parametrize(("count", "queries"), [(1, 11), (10, 10), (50, 10)])
def test_desk_takes_the_same_queries_for_ten_units_and_for_fifty(
    office, django_assert_num_queries, count, queries
):
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 11 + count)]
    for task in factories.obligation(*bureaus).assignments.for_detail():
        walk(task, *TO_SUBMIT)
    office.get("/")  # what a process keeps is read once

    with django_assert_num_queries(queries):
        context = office.get("/").context

    assert str(context["waiting_count"]) == str(count)
    assert len(context["waiting"]) == 1  # one item is one row, of however many units


@pytest.mark.parametrize("count", [1, 50])
def test_trail_takes_the_same_queries_for_one_event_and_for_fifty(
    office, django_assert_num_queries, count
):
    task, by = factories.assignment(), factories.coordinator()
    for _ in range(count):
        trail.record("催办", task, chain=task.issuer.code, detail={"reason": "示例"}, at=NOW, by=by)
    office.get(f"/assignments/{task.pk}/trail/")  # what a process keeps is read once

    with django_assert_num_queries(5):
        answer = office.get(f"/assignments/{task.pk}/trail/")

    assert len(answer.context["events"]) == count + 1  # it was issued, too
