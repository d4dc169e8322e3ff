"""The page 日历: a month in whole weeks, what one may ask for and what it costs."""

from datetime import date, timedelta

import pytest

from bureaus.actions.registry import load_workdays
from bureaus.roles import GRANTED, Permission, Role
from notices.calendar import work_calendar
from tasks.calendar import asked, due_items
from tasks.calendar import month as calendar_page
from tasks.models import Assignment
from tests import factories
from tests.factories import DUE_ON, NOW, RUNGS, copies
from tests.tasks.month import days, filler, lines, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

# --- The table of a month -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("month", "first", "last", "weeks"),
    [
        (date(2026, 3, 1), date(2026, 2, 23), date(2026, 4, 5), 6),
        (date(2026, 2, 1), date(2026, 1, 26), date(2026, 3, 1), 5),
        (date(2027, 2, 1), date(2027, 2, 1), date(2027, 2, 28), 4),
        (date(2026, 12, 1), date(2026, 11, 30), date(2027, 1, 3), 5),
        (date(2028, 2, 1), date(2028, 1, 31), date(2028, 3, 5), 5),
    ],
)
def test_month_is_whole_weeks_from_monday(month, first, last, weeks):
    shown = calendar_page.days_of(month)

    assert (shown[0], shown[-1], len(shown)) == (first, last, weeks * 7)


@pytest.mark.parametrize(
    ("month", "months", "expected"),
    [
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 3, 1), 0, date(2026, 3, 1)),
    ],
)
def test_shift_turns_the_year(month, months, expected):
    assert asked.shift(month, months) == expected


def test_marks_say_rest_and_make_up_days_but_not_plain_weekends():
    load_workdays()
    calendar = work_calendar()

    marks = {day: calendar_page.mark(date(2026, 10, day), calendar) for day in range(1, 18)}

    assert {day: word for day, word in marks.items() if word} == {
        **dict.fromkeys(range(1, 8), "休"),
        10: "班",
    }


def test_marks_of_a_year_not_announced_are_the_fixed_holidays():
    calendar = work_calendar()

    assert [calendar_page.mark(date(2030, 10, day), calendar) for day in (1, 4, 5)] == [
        "休",
        "",
        "",
    ]


def test_page_says_where_holidays_are_not_loaded(office):
    load_workdays()

    known, unknown = office.get("/calendar/?month=2026-10"), office.get("/calendar/?month=2030-10")

    assert "尚未载入" not in text(known)
    assert "放假和调休安排尚未载入" in text(unknown)


def test_page_of_this_month_marks_today_rest_and_other_days(office):
    load_workdays()

    shown = days(office.get("/calendar/?month=2026-03"))

    assert [day for day, one in shown.items() if one.is_today] == ["03-02"]
    assert [day for day, one in shown.items() if one.is_other][:2] == ["02-23", "02-24"]
    assert shown["02-28"].mark == "班"  # 春节
    assert (shown["03-07"].is_rest, shown["03-07"].mark) == (True, "")


# --- What one may ask for -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "month",
    ["2026-13", "2026-00", "2026-3", "26-03", "2026/03", "1999-12", "3000-01", "0000-01",
     "2026-03-01", "三月", "２０２６-03", "'", "%00"],
)  # fmt: skip
def test_wrong_month_is_told_and_nothing_is_listed(office, issued, month):
    answer = office.get("/calendar/", {"month": month, "scope": "all"})

    assert answer.status_code == 422
    assert "月份" in text(answer)
    assert all(not one.items for one in days(answer).values())
    assert days(answer)["03-02"].is_today


def test_wrong_month_is_named_with_the_right_way(office):
    answer = office.get("/calendar/?month=2026-13")

    said = "“2026-13”不是月份，请写成“2026-03”这样，年份在2000至2999之间"
    assert said in text(answer)


@pytest.mark.parametrize(
    ("month", "links"),
    [
        ("2000-01", [False, True]),
        ("2999-12", [True, False]),
        ("2026-03", [True, True]),
    ],
)
def test_one_turns_no_further_than_the_years_we_know(office, month, links):
    answer = office.get(f"/calendar/?month={month}")

    shown = [bool(answer.context[key]) for key in ("previous_url", "next_url")]
    assert (answer.status_code, shown) == (200, links)


def test_turning_the_month_keeps_scope_and_bureau(office, issued):
    answer = office.get("/calendar/?month=2026-03&bureau=330000")

    assert answer.context["previous_url"] == "/calendar/?month=2026-02&scope=all&bureau=330000"
    assert answer.context["next_url"] == "/calendar/?month=2026-04&scope=all&bureau=330000"
    assert answer.context["this_month_url"] == "/calendar/?month=2026-03&scope=all&bureau=330000"


def test_bureau_narrows_to_its_subtree(office, issued):
    answer = office.get("/calendar/?month=2026-03&bureau=330000")

    assert lines(answer) == [("normal", issued.title, "浙江省市场监管局")]
    assert lines(office.get("/calendar/?month=2026-03&bureau=浙江省市场监管局")) == lines(answer)


@pytest.mark.parametrize("bureau", ["320000", "999999", "江苏省", "%00", "'"])
def test_bureau_one_may_not_see_is_as_unknown_as_one_that_does_not_exist(enter, issued, bureau):
    answer = enter(filler(issued, "330000")).get("/calendar/", {"bureau": bureau})

    assert answer.status_code == 422
    assert all(not one.items for one in days(answer).values())
    assert "江苏省市场监管局" not in text(answer)


def test_unknown_scope_is_told(office):
    assert office.get("/calendar/?scope=nonsense").status_code == 422


def test_one_province_sees_nothing_of_another(enter, issued):
    Assignment.objects.filter(bureau__code="330000").delete()
    client = enter(factories.staff(Role.COORDINATOR, factories.province()))

    for scope in ("mine", "all"):
        assert lines(client.get(f"/calendar/?scope={scope}")) == []


@pytest.mark.parametrize("role", Role)
def test_calendar_is_for_posts_that_read(enter, role):
    reads = Permission.READ in GRANTED[role]

    client = enter(factories.staff(role, factories.central()))

    assert client.get("/calendar/").status_code == (200 if reads else 403)
    assert ('href="/calendar/"' in client.get("/").content.decode()) == reads


# --- What it costs --------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize(("month", "most", "queries"), [("2026-03", 3, 13), ("", 20, 14)])
def test_page_takes_the_same_queries_for_one_item_and_for_fifty(
    office, django_assert_num_queries, count, month, most, queries
):
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 11 + count)]
    issued = factories.obligation(*bureaus)
    copies(issued, count - 1)
    # one that names its bureau, on a day of its own
    issued.assignments.exclude(bureau=bureaus[0]).delete()
    issued.assignments.update(due_at=RUNGS["T0"])

    with django_assert_num_queries(queries):
        answer = office.get(f"/calendar/?scope=all&month={month}")

    shown = days(answer)
    assert lines(answer, "03-30") == [("normal", issued.title, bureaus[0].short_name)]
    assert shown["03-31"].count == count - 1
    assert len(shown["03-31"].items) == min(count - 1, most)


def test_assignments_are_counted_by_the_database(issued, django_assert_num_queries):
    seen = Assignment.objects.visible_to(factories.coordinator())
    calendar = work_calendar()

    with django_assert_num_queries(1) as asked:
        due_items.due_items(seen, DUE_ON - timedelta(days=30), DUE_ON, now=NOW, calendar=calendar)

    assert "GROUP BY" in asked.captured_queries[0]["sql"]
