"""现在办: one row for what many units share, one button with the verb of the next step."""

from datetime import timedelta

import pytest

from bureaus.roles import Role
from bureaus.shell import paging
from bureaus.shell.paging import Counted
from tasks.models import Extension
from tasks.pages.desk import groups
from tests import factories
from tests.factories import NOW, RUNGS, TO_SUBMIT, fresh, owed_by, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def rows(client) -> list:
    return client.get("/").context["waiting"]


def ask(task, by=None) -> Extension:
    return Extension.objects.create(
        assignment=task,
        receiver=task.receiver,
        due_at=task.due_at,
        asked_until=task.due_at + timedelta(days=7),
        asked_at=NOW,
        asked_by=by or factories.staff(Role.FILLER, task.bureau),
    )


def test_reports_of_one_item_are_one_row_with_their_units(office, issued):
    for code in ("650000", "320000", "330000"):
        walk(owed_by(issued, code), *TO_SUBMIT)

    answer = office.get("/")

    (row,) = answer.context["waiting"]
    assert row.said == "3 家待核收"
    assert [tile["name"] for tile in row.tiles] == ["江苏", "浙江", "示例"]  # in their order
    first = owed_by(issued, "320000")
    text = answer.content.decode()
    assert f'<a class="cell-title" href="/assignments/{first.pk}/review/">3 家待核收</a>' in text
    assert office.get(row.url).status_code == 200
    assert office.get(row.all_url).context["page_obj"].paginator.counted == Counted(3)
    assert answer.context["waiting_count"] == Counted(3)


def test_report_of_a_single_unit_is_its_own_row(office, issued):
    task = walk(owed_by(issued, "320000"), *TO_SUBMIT)

    (row,) = rows(office)

    assert row.pk == task.pk
    assert (row.step.label, row.step.url) == ("核收", f"/assignments/{task.pk}/step/")


def test_tiles_say_what_is_late_or_nil_and_how_many_are_left_out(office, issued, monkeypatch):
    monkeypatch.setattr(groups, "TILES", 2)
    for code in ("320000", "330000", "650000"):
        walk(owed_by(issued, code), *TO_SUBMIT)
    type(owed_by(issued, "320000")).objects.filter(bureau__code="320000").update(is_late=True)
    type(owed_by(issued, "330000")).objects.filter(bureau__code="330000").update(is_nil=True)

    answer = office.get("/")

    (row,) = answer.context["waiting"]
    assert [tile["word"] for tile in row.tiles] == ["迟报", "零报告"]
    assert "全部，另有 1 家" in answer.content.decode()


def test_more_than_are_looked_at_are_counted_all_the_same(office, issued, monkeypatch):
    monkeypatch.setattr(groups, "GLANCE", 2)
    for code in ("320000", "330000", "650000"):
        walk(owed_by(issued, code), *TO_SUBMIT)

    answer = office.get("/")

    (row,) = answer.context["waiting"]
    assert row.said == "3 家待核收"
    assert str(answer.context["to_receive"]) == "2+"
    assert paging.GLANCE == 999


def test_requests_for_a_later_day_are_grouped_by_item(office, issued):
    for code in ("320000", "330000"):
        ask(owed_by(issued, code))

    answer = office.get("/")

    (row,) = answer.context["waiting"]
    assert row.said == "2 家申请延期"
    assert [tile["word"] for tile in row.tiles] == ["至 4-7", "至 4-7"]
    assert row.tiles[0]["url"] == f"/assignments/{owed_by(issued, '320000').pk}/#decision"
    assert office.get(row.all_url).context["page_obj"].paginator.counted == Counted(2)


def test_overdue_units_of_one_item_are_one_row_of_the_watching_office(office, clock, issued):
    clock.move_to(RUNGS["O1"], tick=False)
    office.force_login(factories.coordinator())

    (group,) = office.get("/").context["late"]

    assert group.said == "4 家逾期未报"
    assert group.step is None
    assert {tile["word"] for tile in group.tiles} == {"待签收"}
    assert office.get(group.all_url).context["page_obj"].paginator.counted == Counted(4)


@pytest.mark.parametrize(
    ("way", "role", "label", "where"),
    [
        ((), Role.FILLER, "签收并填报", "/assignments/{}/do/accept/?then=fill"),
        ((), Role.COORDINATOR, "签收", "/assignments/{}/do/accept/"),
        (("accept",), Role.FILLER, "开始填报", "/assignments/{}/step/"),
        (("accept", "start"), Role.FILLER, "继续填报", "/assignments/{}/step/"),
        (("accept", "hand_in"), Role.REVIEWER, "审核", "/assignments/{}/step/"),
        (("accept", "hand_in", "pass_review"), Role.APPROVER, "签发", "/assignments/{}/step/"),
        (("accept", "hand_in", "review_back"), Role.FILLER, "修改", "/assignments/{}/step/"),
        ((*TO_SUBMIT, "return_"), Role.FILLER, "补正", "/assignments/{}/step/"),
    ],
)
def test_row_has_the_verb_of_the_next_step(enter, way, role, label, where):
    task = walk(factories.assignment(), *way)
    client = enter(factories.staff(role, task.bureau))

    answer = client.get("/")

    (row,) = answer.context["waiting"]
    assert row.step.label == label
    assert row.step.url.split("/")[-2:] == where.format(task.pk).split("/")[-2:]
    assert f">{label}</" in answer.content.decode()
    if not row.step.posts:
        assert client.get(row.step.url, follow=True).status_code == 200


def test_accepting_on_the_desk_goes_on_to_the_form(enter):
    task = factories.assignment()
    client = enter(factories.staff(Role.FILLER, task.bureau))
    (row,) = rows(client)

    answer = client.post(row.step.url)

    assert fresh(task).status in ("accepted", "filling")
    assert f"/assignments/{task.pk}/" in answer.url


def test_declined_task_waits_for_an_answer(office):
    task = walk(factories.assignment(), "decline")

    (row,) = rows(office)

    assert (row.step.label, row.step.url) == ("答复退办", f"/assignments/{task.pk}/")


def test_returned_then_overdue_then_by_target(enter, clock):
    first = factories.obligation(factories.province())
    second, third = factories.copies(first, 2)
    far = first.due_at + timedelta(days=30)
    type(owed_by(third, "330000")).objects.filter(obligation__in=[second, third]).update(
        due_at=far, target_at=far
    )
    walk(owed_by(third, "330000"), "accept", "hand_in", "review_back")
    clock.move_to(RUNGS["O1"], tick=False)

    found = rows(enter(factories.staff(Role.FILLER, owed_by(first, "330000").bureau)))

    assert [row.obligation_id for row in found] == [third.pk, first.pk, second.pk]


@pytest.mark.parametrize("count", [2, 40])
def test_desk_of_the_receiver_takes_the_same_queries(office, django_assert_num_queries, count):
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 11 + count)]
    first = factories.obligation(*bureaus)
    for task in first.assignments.for_detail():
        walk(task, *TO_SUBMIT)
    for task in factories.copies(first, 1)[0].assignments.for_detail():
        ask(task)

    with django_assert_num_queries(20):
        answer = office.get("/")

    assert {row.said for row in answer.context["waiting"]} == {
        f"{count} 家待核收",
        f"{count} 家申请延期",
    }
