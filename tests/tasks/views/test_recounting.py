from datetime import date, datetime

import pytest

from bureaus.actions.registry import load_workdays
from bureaus.models import CalendarDay
from bureaus.roles import Role
from tasks.actions import amending
from tasks.actions.recounting import recount
from tests import factories
from tests.factories import NOW, SHANGHAI, owed_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

OCTOBER = datetime(2026, 10, 1, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture
def beyond(issued):
    """Four tasks due on 4 January 2027, of which the calendar knows nothing."""
    load_workdays()
    by = factories.coordinator()
    amending.amend(issued, date(2027, 1, 4), reason="示例", now=NOW, by=by)
    recount(NOW)
    return issued


def load_2027():
    for day in (1, 2, 3, 4):
        CalendarDay.objects.create(day=date(2027, 1, day), kind="H", name="元旦")
    for day in range(1, 9):
        CalendarDay.objects.create(day=date(2027, 10, day), kind="H", name="国庆节")


def words(client) -> list[str]:
    return [note.words for note in client.get("/").context["notes"]]


def desk_of(enter, role, bureau=None):
    return enter(factories.staff(role, bureau or factories.central()))


def test_desk_warns_from_october_on(enter, clock, beyond):
    clock.move_to(OCTOBER.replace(month=9, day=30), tick=False)
    assert words(desk_of(enter, Role.COORDINATOR)) == []

    clock.move_to(OCTOBER, tick=False)
    (said,) = words(desk_of(enter, Role.COORDINATOR))

    assert said.startswith("2027年节假日安排尚未载入，已有4项未办结任务的截止时间落在其后")


def test_administrator_is_led_to_the_import(enter, clock, beyond):
    clock.move_to(OCTOBER, tick=False)

    answer = desk_of(enter, Role.SYSTEM_ADMIN).get("/")

    (note,) = answer.context["notes"]
    assert (note.label, note.url) == ("导入安排", "/administration/workdays/")
    assert "2027年节假日安排尚未载入" in answer.content.decode()


def test_those_who_only_fill_in_are_not_bothered(enter, clock, beyond):
    clock.move_to(OCTOBER, tick=False)

    assert words(desk_of(enter, Role.FILLER, owed_by(beyond, "330000").bureau)) == []


def test_nothing_beyond_the_year_is_no_reason_to_warn(enter, clock, issued):
    load_workdays()
    clock.move_to(OCTOBER, tick=False)

    assert words(desk_of(enter, Role.COORDINATOR)) == []


def test_calendar_without_a_day_is_told_at_any_time(enter, issued):
    assert words(desk_of(enter, Role.SYSTEM_ADMIN))[0].startswith("节假日安排尚未载入，已有4项")


def test_loading_ends_the_warning_and_lists_what_moved(enter, clock, beyond):
    clock.move_to(OCTOBER, tick=False)
    load_2027()
    admin = desk_of(enter, Role.SYSTEM_ADMIN)

    told = admin.post("/calendar/moves/recount/", follow=True).content.decode()

    assert "已重新推算，1个事项的目标日有变动" in told
    assert "2027-01-04（周一）" in told
    assert "2026-12-31（周四）" in told
    assert "提前" in told
    assert words(admin) == ["工作日历更新后，1个事项的目标日有变动，其中1个提前；截止时间不变"]
    again = admin.post("/calendar/moves/recount/", follow=True).content.decode()
    assert "工作日历没有变动" in again


def test_change_that_moves_no_target_is_said_to_move_none(enter, clock, beyond):
    clock.move_to(OCTOBER, tick=False)
    CalendarDay.objects.create(day=date(2026, 6, 1), kind="H", name="示例")

    told = desk_of(enter, Role.SYSTEM_ADMIN).post("/calendar/moves/recount/", follow=True)

    assert "已重新推算，目标日都没有变动" in told.content.decode()


def test_bureaus_see_only_the_moves_of_what_they_owe(enter, clock, beyond):
    load_2027()
    recount(NOW)
    stranger = factories.province("440000", "广东省")

    mine = desk_of(enter, Role.FILLER, owed_by(beyond, "330000").bureau).get("/calendar/moves/")
    theirs = desk_of(enter, Role.COORDINATOR, stranger).get("/calendar/moves/")

    assert len(mine.context["page_obj"]) == 1
    assert len(theirs.context["page_obj"]) == 0


def test_recounting_by_hand_is_for_who_runs_the_system(enter):
    assert desk_of(enter, Role.COORDINATOR).post("/calendar/moves/recount/").status_code == 403


def test_moves_are_for_those_who_read_or_run(enter):
    assert desk_of(enter, Role.AUDITOR).get("/calendar/moves/").status_code == 403


def test_page_takes_the_same_queries_however_many(enter, clock, beyond, django_assert_num_queries):
    load_2027()
    recount(NOW)
    office = desk_of(enter, Role.COORDINATOR)
    office.get("/calendar/moves/")  # what a process keeps is read once

    with django_assert_num_queries(6):
        office.get("/calendar/moves/")
    move = office.get("/calendar/moves/").context["page_obj"][0]
    for _ in range(20):
        move.pk = None
        move.save(force_insert=True)
    with django_assert_num_queries(6):
        assert len(office.get("/calendar/moves/").context["page_obj"]) == 21
