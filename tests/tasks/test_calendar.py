import re
from datetime import date, datetime, timedelta

import pytest

from bureaus.actions.registry import load_workdays
from bureaus.roles import GRANTED, Permission, Role
from notices.calendar import work_calendar
from tasks import calendar_page, due_items
from tasks.calendar_page import Asked
from tasks.models import Assignment, Obligation
from tests import factories
from tests.factories import DUE_ON, NOW, RUNGS, SHANGHAI, TO_SUBMIT, owed_by, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

MARCH = date(2026, 3, 1)


def days(answer) -> dict[str, calendar_page.Day]:
    """The days of the page by month and day."""
    return {f"{one.day:%m-%d}": one for week in answer.context["weeks"] for one in week}


def lines(answer, day: str = "03-31") -> list[tuple]:
    """(light, title, units) of each line of a day."""
    return [
        (item.light.code, str(item.obligation), str(item.bureau or item.share))
        for item in days(answer)[day].items
    ]


def text(answer) -> str:
    """What the page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def copies(issued: Obligation, count: int) -> list[Obligation]:
    """More obligations of the same kind for the same bureaus and day."""
    owed = list(issued.assignments.all())
    made = []
    for number in range(count):
        copy = Obligation.objects.get(pk=issued.pk)
        copy.pk, copy.title = None, f"示例事项{number:02}"
        copy.save()
        for task in owed:
            Assignment.objects.create(
                obligation=copy,
                bureau=task.bureau,
                bureau_path=task.bureau_path,
                receiver=task.receiver,
                due_at=task.due_at,
                target_at=task.target_at,
            )
        made.append(copy)
    return made


def filler(issued: Obligation, code: str):
    return factories.staff(Role.FILLER, owed_by(issued, code).bureau)


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
    assert calendar_page.shift(month, months) == expected


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

    shown = days(office.get("/calendar/"))

    assert [day for day, one in shown.items() if one.is_today] == ["03-02"]
    assert [day for day, one in shown.items() if one.is_other][:2] == ["02-23", "02-24"]
    assert shown["02-28"].mark == "班"  # 春节
    assert (shown["03-07"].is_rest, shown["03-07"].mark) == (True, "")


# --- What is due ----------------------------------------------------------------------------------


def test_one_obligation_of_many_bureaus_is_one_line(office, issued):
    walk(owed_by(issued, "320000"), *TO_SUBMIT)
    walk(owed_by(issued, "330000"), *TO_SUBMIT, "close")

    answer = office.get("/calendar/?scope=all")

    assert lines(answer) == [("normal", issued.title, "4个单位，已报2")]
    assert [day for day, one in days(answer).items() if one.items] == ["03-31"]
    assert f"/obligations/{issued.pk}/" in answer.content.decode()


def test_own_task_is_one_line_with_the_bureau_and_a_way_in(enter, issued):
    answer = enter(filler(issued, "330000")).get("/calendar/")

    assert lines(answer) == [("normal", issued.title, "浙江省市场监管局")]
    task = owed_by(issued, "330000")
    assert f'href="/assignments/{task.pk}/"' in answer.content.decode()


def test_line_has_the_light_of_the_most_urgent(office, clock, issued):
    for task in issued.assignments.exclude(bureau__code="330000"):
        walk(task, *TO_SUBMIT, "close")
    lit = []
    for moment in (NOW, RUNGS["T-3"], RUNGS["O1"]):
        clock.move_to(moment, tick=False)
        office.force_login(factories.coordinator())
        lit += lines(office.get("/calendar/?month=2026-03&scope=all"))
    walk(owed_by(issued, "330000"), *TO_SUBMIT, "close", now=RUNGS["O1"])
    lit += lines(office.get("/calendar/?month=2026-03&scope=all"))

    assert lit == [
        ("normal", issued.title, "4个单位，已报3"),
        ("soon", issued.title, "4个单位，已报3"),
        ("overdue", issued.title, "4个单位，已报3"),
        ("done", issued.title, "4个单位，已报4"),
    ]


def test_light_is_said_in_a_word_and_a_shape(office, issued):
    answer = office.get("/calendar/?scope=all")

    assert "正常 4个单位，已报0" in text(answer)
    assert "icons.svg#light-normal" in answer.content.decode()


def test_threshold_of_the_obligation_decides_what_is_soon(office, clock, issued):
    Obligation.objects.update(soon_workdays=10)
    clock.move_to(RUNGS["T-10"], tick=False)
    office.force_login(factories.coordinator())

    assert lines(office.get("/calendar/?scope=all"))[0][0] == "soon"


def test_mine_is_only_what_waits_for_me(office, enter, issued):
    walk(owed_by(issued, "320000"), *TO_SUBMIT)
    walk(owed_by(issued, "330000"), *TO_SUBMIT)
    walk(owed_by(issued, "110000"), *TO_SUBMIT, "close")

    to_receive = office.get("/calendar/")
    submitted = enter(filler(issued, "330000")).get("/calendar/")

    assert "2个单位" in text(to_receive)
    assert "已报" not in text(to_receive)[: text(to_receive).index("订阅到日历软件", 200)]
    assert lines(submitted) == []


def test_mine_leads_to_a_list_of_as_many(office, issued):
    for code in ("320000", "330000"):
        walk(owed_by(issued, code), *TO_SUBMIT)

    url = Asked(MARCH, "mine").ledger_url(DUE_ON)

    assert office.get(url).context["page_obj"].paginator.count == 2


def test_day_shows_three_lines_and_how_many_more(office, issued):
    copies(issued, 4)

    answer = office.get("/calendar/?scope=all")
    day = days(answer)["03-31"]

    assert (len(day.items), day.more) == (3, 2)
    assert "还有 2 项" in text(answer)
    assert office.get(day.url).context["page_obj"].paginator.count == 20


def test_day_begins_with_what_is_most_urgent_then_with_the_largest(office, clock, issued):
    late, small = copies(issued, 2)
    late.assignments.exclude(bureau__code="330000").delete()
    small.assignments.exclude(bureau__code="330000").delete()
    Assignment.objects.exclude(obligation=late).update(status="submitted")
    clock.move_to(RUNGS["O1"], tick=False)
    office.force_login(factories.coordinator())

    shown = lines(office.get("/calendar/?month=2026-03&scope=all"))

    assert [(light, title) for light, title, _ in shown] == [
        ("overdue", late.title),
        ("normal", issued.title),
        ("normal", small.title),
    ]


def test_extended_bureau_moves_to_its_own_day(office, issued):
    moved = datetime(2026, 4, 3, 23, 59, 59, tzinfo=SHANGHAI)
    Assignment.objects.filter(bureau__code="330000").update(due_at=moved, target_at=moved)

    answer = office.get("/calendar/?scope=all")

    assert lines(answer) == [("normal", issued.title, "3个单位，已报0")]
    assert lines(answer, "04-03") == [("normal", issued.title, "浙江省市场监管局")]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 31, 23, 59, 59, tzinfo=SHANGHAI), "03-31"),
        (datetime(2026, 4, 1, 0, 0, 0, tzinfo=SHANGHAI), "04-01"),
        (datetime(2026, 2, 23, 0, 0, 0, tzinfo=SHANGHAI), "02-23"),
        (datetime(2026, 4, 5, 23, 59, 59, tzinfo=SHANGHAI), "04-05"),
        (datetime(2026, 4, 6, 0, 0, 0, tzinfo=SHANGHAI), None),
        (datetime(2026, 2, 22, 23, 59, 59, tzinfo=SHANGHAI), None),
    ],
)
def test_day_is_that_of_the_office_to_the_second(office, issued, moment, day):
    Assignment.objects.update(due_at=moment)

    shown = days(office.get("/calendar/?month=2026-03&scope=all"))

    assert [key for key, one in shown.items() if one.items] == ([day] if day else [])


def test_two_moments_of_one_day_are_one_line(office, issued):
    noon = datetime(2026, 3, 31, 12, tzinfo=SHANGHAI)
    Assignment.objects.filter(bureau__code="330000").update(due_at=noon)

    (item,) = days(office.get("/calendar/?scope=all"))["03-31"].items

    assert (item.count, item.due_at) == (4, noon)


@pytest.mark.parametrize("status", ["withdrawn", "passed_on"])
def test_what_is_asked_no_more_is_not_shown(office, issued, status):
    Assignment.objects.exclude(bureau__code="330000").update(status=status)

    assert lines(office.get("/calendar/?scope=all")) == [
        ("normal", issued.title, "浙江省市场监管局")
    ]


def test_undated_items_are_counted_in_one_line_with_their_list(office, issued):
    Assignment.objects.exclude(bureau__code="330000").update(due_at=None, target_at=None)
    walk(owed_by(issued, "110000"), *TO_SUBMIT)

    every, mine = office.get("/calendar/?scope=all"), office.get("/calendar/")

    assert "另有 2 件没有截止日期，不在日历上" in text(every)
    assert office.get("/ledger/?light=undated").context["page_obj"].paginator.count == 2
    assert 'href="/ledger/?light=undated"' in every.content.decode()
    assert "另有 1 件没有截止日期，不在日历上" in text(mine)
    assert 'href="/ledger/?light=mine"' in mine.content.decode()


def test_page_without_undated_items_says_nothing_of_them(office, issued):
    assert "没有截止日期" not in text(office.get("/calendar/?scope=all"))


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
    assert ("日历" in text(client.get("/"))) == reads


# --- What it costs --------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 50])
def test_page_takes_the_same_queries_for_one_item_and_for_fifty(
    office, django_assert_num_queries, count
):
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 11 + count)]
    issued = factories.obligation(*bureaus)
    copies(issued, count - 1)
    # one that names its bureau, on a day of its own
    issued.assignments.exclude(bureau=bureaus[0]).delete()
    issued.assignments.update(due_at=RUNGS["T0"])

    with django_assert_num_queries(13):
        answer = office.get("/calendar/?scope=all")

    shown = days(answer)
    assert lines(answer, "03-30") == [("normal", issued.title, bureaus[0].short_name)]
    assert len(shown["03-31"].items) + shown["03-31"].more == count - 1


def test_assignments_are_counted_by_the_database(issued, django_assert_num_queries):
    seen = Assignment.objects.visible_to(factories.coordinator())
    calendar = work_calendar()

    with django_assert_num_queries(1) as asked:
        due_items.due_items(seen, DUE_ON - timedelta(days=30), DUE_ON, now=NOW, calendar=calendar)

    assert "GROUP BY" in asked.captured_queries[0]["sql"]
