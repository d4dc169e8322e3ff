from datetime import date, datetime, time, timedelta
from itertools import product

import pytest
from django.template.loader import render_to_string

from bureaus.actions.registry import load_workdays
from bureaus.models import Bureau
from notices.calendar import work_calendar
from tasks.lights import WITHOUT_DATES, WORDS, Light, light, shining, workdays_between
from tasks.models import Assignment, Obligation
from tasks.states import WITH_BUREAU, Status
from tests import factories
from tests.factories import SHANGHAI

pytestmark = pytest.mark.django_db


@pytest.fixture
def calendar():
    load_workdays()
    return work_calendar()


def at(day: date, clock: time = time(10, 0)) -> datetime:
    return datetime.combine(day, clock, tzinfo=SHANGHAI)


def dated(due: date, target: date, status=Status.FILLING, soon: int = 3) -> Assignment:
    return Assignment(
        obligation=Obligation(soon_workdays=soon),
        status=status,
        due_at=at(due, time(23, 59, 59)),
        target_at=at(target, time(17, 30)),
    )


# 国庆 2026: 1 to 7 October rest, Saturday 10 October and Sunday 20 September are worked
@pytest.mark.parametrize(
    ("day", "code", "reason", "remaining"),
    [
        (date(2026, 9, 29), "normal", "距目标日4个工作日，多于临期线3个工作日", 4),
        (date(2026, 9, 30), "soon", "距目标日3个工作日，临期线为3个工作日", 3),
        (date(2026, 10, 4), "soon", "距目标日3个工作日，临期线为3个工作日", 3),
        (date(2026, 10, 8), "soon", "距目标日2个工作日，临期线为3个工作日", 2),
        (date(2026, 10, 10), "soon", "距目标日0个工作日，临期线为3个工作日", 0),
        (date(2026, 10, 11), "soon", "距目标日0个工作日，临期线为3个工作日", 0),
        (date(2026, 10, 12), "overdue", "已过截止时间，尚未报送", -1),
        (date(2026, 10, 17), "overdue", "已过截止时间，尚未报送", -5),
    ],
)
def test_light_counts_working_days_over_the_holiday_and_the_worked_saturday(
    calendar, day, code, reason, remaining
):
    task = dated(due=date(2026, 10, 11), target=date(2026, 10, 10))

    assert light(task, now=at(day), calendar=calendar) == Light(code, reason, remaining)


@pytest.mark.parametrize(
    ("soon", "code", "reason"),
    [
        (0, "normal", "距目标日3个工作日，多于临期线0个工作日"),
        (2, "normal", "距目标日3个工作日，多于临期线2个工作日"),
        (9, "soon", "距目标日3个工作日，临期线为9个工作日"),
    ],
)
def test_light_turns_at_the_threshold_of_its_obligation(calendar, soon, code, reason):
    task = dated(due=date(2026, 10, 11), target=date(2026, 10, 10), soon=soon)

    assert light(task, now=at(date(2026, 9, 30)), calendar=calendar) == Light(code, reason, 3)


def test_light_without_the_loaded_days_knows_weekends_and_fixed_holidays():
    task = dated(due=date(2026, 10, 11), target=date(2026, 10, 9))

    shown = light(task, now=at(date(2026, 9, 30)), calendar=work_calendar())

    assert (shown.code, shown.remaining) == ("normal", 5)


@pytest.mark.parametrize(
    ("clock", "code"), [(time(23, 59, 59), "soon"), (time(23, 59, 59, 999), "soon")]
)
def test_light_is_not_red_in_the_last_second(calendar, clock, code):
    task = dated(due=date(2026, 3, 31), target=date(2026, 3, 31))

    assert light(task, now=at(date(2026, 3, 31), clock), calendar=calendar).code == code
    assert light(task, now=at(date(2026, 4, 1), time(0)), calendar=calendar).code == "overdue"


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (Status.SUBMITTED, Light("normal", "已报送，等待核收")),
        (Status.RECEIVING, Light("normal", "已报送待核收")),
        (Status.DECLINED, Light("normal", "已退办，等下发单位决定")),
        (Status.CLOSED, Light("done", "已办结")),
        (Status.STRUCK, Light("done", "已办结并销号")),
        (Status.PASSED_ON, Light("ended", "已转办，由新的责任单位办理")),
        (Status.WITHDRAWN, Light("ended", "已撤销，不再要求")),
        (Status.FILLING, Light("overdue", "已过截止时间，尚未报送", -1)),
        (Status.RETURNED, Light("overdue", "已过补正时限，尚未重新报送", -1)),
        (Status.CORRECTING, Light("overdue", "已过更正时限，尚未重新报送", -1)),
    ],
)
def test_light_after_the_due_day_says_where_it_stands(calendar, status, shown):
    task = dated(due=date(2026, 3, 31), target=date(2026, 3, 31), status=status)

    assert light(task, now=at(date(2026, 4, 1)), calendar=calendar) == shown


@pytest.mark.parametrize("status", [Status.PENDING, Status.FILLING, Status.RETURNED])
def test_undated_one_is_grey_and_says_why(calendar, status):
    task = Assignment(status=status, obligation=Obligation())

    shown = light(task, now=at(date(2036, 1, 1)), calendar=calendar)

    assert shown == Light("undated", "没有确定的截止时间，不会逾期")


def test_every_status_has_a_light():
    assert WITHOUT_DATES.keys() | set(WITH_BUREAU) == set(Status)


EDGES = [date(2026, 9, 18), *(date(2026, 10, day) for day in (4, 10, 12, 19))]
DATES = [
    (None, None),
    *product(EDGES, [None]),
    *((due, due - timedelta(days=gap)) for due, gap in product(EDGES, [0, 1, 5])),
]


@pytest.fixture
def many():
    """Every status with every pair of dates, under four thresholds."""
    cases = list(product(Status, DATES))
    office, notice = factories.central(), factories.filed_notice()
    made = [
        Bureau(code=f"Z{n}", short_name=f"示例{n}局", path=f"/Z{n}/") for n in range(len(cases))
    ]
    bureaus = Bureau.objects.bulk_create(made)
    for soon in (0, 1, 3, 6):
        issued = Obligation.objects.create(
            notice=notice, issuer=office, title="示例", soon_workdays=soon, issued_at=factories.NOW
        )
        Assignment.objects.bulk_create(
            Assignment(
                obligation=issued,
                bureau=bureau,
                bureau_path=bureau.path,
                receiver=office,
                status=status,
                due_at=due and at(due, time(23, 59, 59)),
                target_at=target and at(target, time(17, 30)),
            )
            for bureau, (status, (due, target)) in zip(bureaus, cases, strict=True)
        )
    return Assignment.objects.select_related("obligation")


@pytest.mark.parametrize("start", [at(date(2026, 9, 21)), at(date(2026, 10, 2), time(23, 59, 59))])
def test_list_of_a_light_is_those_that_show_it(calendar, many, start):
    for now in (start + timedelta(days=offset, seconds=offset) for offset in range(0, 14, 2)):
        shown = {row.pk: light(row, now=now, calendar=calendar).code for row in many}
        for code in WORDS:
            listed = shining(Assignment.objects.all(), code, now=now, calendar=calendar)
            expected = {key for key, lit in shown.items() if lit == code}
            assert set(listed.values_list("pk", flat=True)) == expected, (now, code)
        assert set(shown.values()) == set(WORDS), now  # none of the lists was empty for nothing


def test_list_of_a_light_under_one_threshold_is_those_that_show_it(calendar):
    issued = factories.obligation(factories.province())
    for soon, codes in ((2, ["normal"]), (3, ["soon"])):
        Obligation.objects.filter(pk=issued.pk).update(soon_workdays=soon)
        now = factories.RUNGS["T-3"]
        found = [
            code
            for code in WORDS
            if shining(Assignment.objects.all(), code, now=now, calendar=calendar).exists()
        ]
        assert found == codes


def test_no_obligation_no_light(calendar):
    for code in WORDS:
        listed = shining(Assignment.objects.all(), code, now=factories.NOW, calendar=calendar)
        assert list(listed) == []


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (Light("normal", "", 4), "还剩 4 个工作日"),
        (Light("soon", "", 0), "不足 1 个工作日"),
        (Light("overdue", "", 0), "已过截止时间"),
        (Light("overdue", "", -2), "已逾期 2 个工作日"),
    ],
)
def test_words_beside_a_date_are_those_of_the_component(shown, words):
    said = render_to_string(
        "_components/deadline.html",
        {
            "due_on": date(2026, 10, 10),
            "remaining": shown.remaining,
            "light": shown.code,
            "hide_light": True,
        },
    )

    assert (shown.left, f">{words}<" in said) == (words, True)


def test_where_no_date_counts_nothing_stands_beside_it():
    assert Light("done", "已办结").left == ""


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2026, 9, 30), date(2026, 10, 8), 1),
        (date(2026, 9, 30), date(2026, 10, 7), 0),
        (date(2026, 9, 18), date(2026, 9, 20), 1),  # Friday to the worked Sunday
        (date(2026, 10, 9), date(2026, 10, 12), 2),
        (date(2026, 10, 12), date(2026, 10, 9), 0),
        (date(2026, 10, 12), date(2026, 10, 12), 0),
    ],
)
def test_workdays_between_counts_the_end_and_not_the_start(calendar, start, end, count):
    assert workdays_between(start, end, calendar) == count
