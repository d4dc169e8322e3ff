"""The page 日历: which lines stand on a day, in what light and with how many units."""

from datetime import date, datetime

import pytest

from tasks.calendar.asked import Asked
from tasks.models import Assignment, Obligation
from tests import factories
from tests.factories import DUE_ON, NOW, RUNGS, SHANGHAI, TO_SUBMIT, copies, owed_by, walk
from tests.tasks.month import days, filler, lines, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

MARCH = date(2026, 3, 1)


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
    answer = office.get("/calendar/?month=2026-03&scope=all")

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

    answer = office.get("/calendar/?month=2026-03&scope=all")
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

    assert "另有 2 件没有截止时间，不在日历上" in text(every)
    assert office.get("/ledger/?light=undated").context["page_obj"].paginator.count == 2
    assert 'href="/ledger/?light=undated"' in every.content.decode()
    assert "另有 1 件没有截止时间，不在日历上" in text(mine)
    assert 'href="/ledger/?light=mine"' in mine.content.decode()


def test_page_without_undated_items_says_nothing_of_them(office, issued):
    assert "没有截止时间" not in text(office.get("/calendar/?scope=all"))
