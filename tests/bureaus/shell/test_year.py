"""The year of working days as a picture: which day is what, in shape and in words."""

from datetime import date, timedelta

import pytest

from bureaus.actions.registry import load_workdays
from bureaus.roles import Role
from bureaus.shell import year as pictures
from notices.calendar import work_calendar
from tests import factories

TODAY = date(2026, 3, 2)


def months(year: int, rest=(), work=()):
    return pictures.months(year, rest=rest, work=work, names={}, today=TODAY)


def kinds(found) -> dict[date, str]:
    return {day.day: day.kind for month in found for day in month.days}


@pytest.mark.parametrize(("year", "days"), [(2026, 365), (2028, 366), (2000, 366), (2999, 365)])
def test_year_has_each_of_its_days_once_under_its_weekday(year, days):
    found = months(year)

    shown = [day.day for month in found for day in month.days]
    assert shown == [date(year, 1, 1) + timedelta(days=number) for number in range(days)]
    for month in found:
        for week in month.weeks:
            assert len(week) == 7
            assert all(day is None or day.day.weekday() == at for at, day in enumerate(week))


def test_days_are_plain_weekend_rest_or_work():
    found = kinds(months(2026, rest={date(2026, 2, 16)}, work={date(2026, 2, 14)}))

    assert found[date(2026, 2, 13)] == "plain"
    assert found[date(2026, 2, 14)] == "work"
    assert found[date(2026, 2, 15)] == "weekend"
    assert found[date(2026, 2, 16)] == "rest"
    assert found[date(2026, 5, 1)] == "rest"  # by law, announced or not


def test_workday_entered_as_one_is_a_plain_day():
    assert kinds(months(2026, work={date(2026, 3, 3)}))[date(2026, 3, 3)] == "plain"


@pytest.mark.django_db
@pytest.mark.parametrize("year", [2023, 2026, *range(2030, 2037)])
def test_picture_agrees_with_what_deadlines_are_counted_by(year, admin):
    """Of years not announced too, in which each day comes on every day of the week."""
    load_workdays()

    found = admin.get(f"/administration/workdays/?year={year}").context["months"]

    shown = {day.day: day.is_workday for month in found for day in month.days}
    calendar = work_calendar()
    assert shown == {day: calendar.is_workday(day) for day in shown}


@pytest.fixture
def admin(client, time_machine):
    time_machine.move_to(TODAY, tick=False)
    client.force_login(factories.staff(Role.SYSTEM_ADMIN, factories.central()))
    return client


@pytest.mark.django_db
def test_page_shows_this_year_with_words_on_its_days(admin):
    load_workdays()

    answer = admin.get("/administration/workdays/")

    assert (answer.context["year"], answer.context["years"]) == (2026, [2025, 2027])
    page = answer.content.decode()
    assert (
        '<td class="year-work" title="春节"><time datetime="2026-02-28">28</time>'
        '<span class="year-mark">班</span></td>'
    ) in page
    assert '<time datetime="2026-10-01">1</time><span class="year-mark">休</span>' in page
    assert 'year-today" aria-current="date"><time datetime="2026-03-02">' in page


@pytest.mark.django_db
def test_workdays_of_a_month_are_those_of_its_picture(admin):
    load_workdays()

    found = admin.get("/administration/workdays/?year=2026").context["months"]

    assert [month.workdays for month in found][1] == 16  # 20 weekdays, 6 of them off, 2 made up
    assert sum(month.workdays for month in found) == sum(
        work_calendar().is_workday(date(2026, 1, 1) + timedelta(days=n)) for n in range(365)
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "said", ["", "26", "1999", "3000", "二〇二六", "２０２６", "-026", "2026-01"]
)
def test_year_that_nobody_knows_is_this_one(admin, said):
    answer = admin.get("/administration/workdays/", {"year": said})

    assert (answer.status_code, answer.context["year"]) == (200, 2026)


@pytest.mark.django_db
@pytest.mark.parametrize(("year", "near"), [(2000, [2001]), (2999, [2998])])
def test_one_turns_no_further_than_the_years_we_know(admin, year, near):
    assert admin.get(f"/administration/workdays/?year={year}").context["years"] == near


@pytest.mark.django_db
@pytest.mark.parametrize("year", [2026, 2031])
def test_page_takes_the_same_queries_for_a_full_and_an_empty_year(
    admin, django_assert_num_queries, year
):
    load_workdays()

    with django_assert_num_queries(11):
        admin.get(f"/administration/workdays/?year={year}")
