"""The page 日历 as it opens: the next five weeks as squares and as a list of the same days."""

import re
from datetime import date, datetime, timedelta

import pytest

from bureaus.actions.registry import load_workdays
from bureaus.roles import Role
from tasks.calendar import month as calendar_page
from tasks.models import Assignment
from tests import factories
from tests.factories import NOW, SHANGHAI, copies, owed_by
from tests.tasks.month import days, filler, lines, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), date(2026, 4, 5)),
        (date(2026, 3, 8), date(2026, 3, 2), date(2026, 4, 5)),
        (date(2026, 12, 30), date(2026, 12, 28), date(2027, 1, 31)),
    ],
)
def test_five_weeks_begin_on_this_monday(today, first, last):
    shown = calendar_page.days_ahead(today)

    assert (shown[0], shown[-1], len(shown)) == (first, last, 35)


def test_calendar_opens_on_the_next_five_weeks(office, issued):
    answer = office.get("/calendar/?scope=all")

    assert "今后五周" in text(answer)
    assert list(days(answer))[0::34] == ["03-02", "04-05"]
    assert lines(answer) == [("normal", issued.title, "4个单位，已报0")]


def test_squares_and_list_have_the_same_figures(office, issued):
    for number, copy in enumerate(copies(issued, 5)):
        copy.assignments.update(due_at=at(date(2026, 3, 10 + number // 2)))

    answer = office.get("/calendar/?scope=all")

    squares = {f"{one.day:%Y-%m-%d}": one.count for one in answer.context["load"].busy}
    agenda = answer.content.decode().split('<ol class="agenda">')[1].split("</ol>")[0]
    listed = re.findall(r'datetime="([^"]+)".*?(\d+) 项', agenda, re.DOTALL)
    assert squares == {"2026-03-10": 2, "2026-03-11": 2, "2026-03-12": 1, "2026-03-31": 1}
    assert dict(listed) == {day: str(count) for day, count in squares.items()}
    assert "4天有任务事项到期，共6项" in text(answer)


def test_day_lists_twenty_items_and_how_many_more(office, issued):
    copies(issued, 21)

    answer = office.get("/calendar/?scope=all")

    day = days(answer)["03-31"]
    assert (len(day.items), day.more, day.count) == (20, 2, 22)
    assert "还有 2 项" in text(answer)


def test_days_of_this_week_that_are_over_are_shown_and_dashed(office, issued, clock):
    Assignment.objects.update(due_at=at(date(2026, 3, 3)), target_at=at(date(2026, 3, 3)))
    clock.move_to(NOW + timedelta(days=3), tick=False)
    office.force_login(factories.coordinator())

    answer = office.get("/calendar/?scope=all")

    assert lines(answer, "03-03") == [("overdue", issued.title, "4个单位，已报0")]
    assert [one.day for one in answer.context["load"].busy if one.is_past] == [date(2026, 3, 3)]
    assert "更早截止的" not in text(answer)


def test_what_is_overdue_since_before_is_counted_with_its_list(office, enter, issued, clock):
    Assignment.objects.update(due_at=at(date(2026, 3, 6)), target_at=at(date(2026, 3, 6)))
    clock.move_to(NOW + timedelta(days=7), tick=False)
    office.force_login(factories.coordinator())

    every = office.get("/calendar/?scope=all")
    mine = enter(filler(issued, "330000")).get("/calendar/")

    assert "更早截止的还有 4 件逾期未报" in text(every)
    assert 'href="/ledger/?light=overdue"' in every.content.decode()
    assert "更早截止的还有 1 件逾期未报" in text(mine)
    assert 'href="/ledger/?light=mine"' in mine.content.decode()


def test_without_anything_due_it_says_so(office):
    answer = office.get("/calendar/")

    assert "今后五周没有到期的任务" in text(answer)
    assert "没有到期的任务事项" in text(answer)


def test_one_turns_to_the_month_and_back_and_keeps_scope_and_bureau(office, issued):
    ahead = office.get("/calendar/?bureau=330000").context["asked"]
    month = office.get("/calendar/?bureau=330000&month=2026-03").context["asked"]

    assert ahead.month_url() == "/calendar/?month=2026-03&scope=all&bureau=330000"
    assert ahead.url(scope="mine") == "/calendar/?scope=mine&bureau=330000"
    assert month.ahead_url() == "/calendar/?scope=all&bureau=330000"


def test_rest_and_make_up_days_are_marked_in_the_squares(office, clock):
    load_workdays()
    clock.move_to(at(date(2026, 9, 28)), tick=False)
    office.force_login(factories.coordinator())

    answer = office.get("/calendar/")

    marks = {f"{s.of.day:%m-%d}": s.of.mark for s in answer.context["load"].squares if s.of.mark}
    assert marks == {**{f"10-0{day}": "休" for day in range(1, 8)}, "10-10": "班"}


def test_one_province_sees_no_square_of_another(enter, issued):
    owed_by(issued, "330000").delete()
    person = factories.staff(Role.COORDINATOR, factories.province())

    answer = enter(person).get("/calendar/?scope=all")

    assert answer.context["load"].busy == []


def test_picture_says_its_title_and_what_it_shows(office, issued):
    page = office.get("/calendar/?scope=all").content.decode()

    assert 'role="img" aria-labelledby="load-title load-desc"' in page
    assert '<desc id="load-desc">1天有任务事项到期，共1项；最多的是3月31日，1项</desc>' in page
