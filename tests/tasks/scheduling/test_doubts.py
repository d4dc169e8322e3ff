"""Deadlines that words put on another day once the rest days of a year are known."""

from datetime import date, timedelta

import pytest

from bureaus.actions.registry import load_workdays
from bureaus.models import CalendarDay
from notices.actions import checking
from notices.checking.decisions import as_read
from notices.text.deadlines.office_time import local_day
from tasks.actions import amending, issuing
from tasks.actions.issuing import Terms
from tasks.actions.recounting import recount
from tasks.models import DeadlineDoubt
from tasks.scheduling.dates import dates_of
from tests import factories
from tests.factories import NOW, fresh, walk

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
WRITTEN = "2026年12月28日"  # a Monday
HEAD = f"""国市监测〔2026〕1号

市场监管总局关于报送质量工作情况的通知

各省、自治区、直辖市市场监管局（厅、委）：

{{}}

市场监管总局

{WRITTEN}"""
WORKDAYS = HEAD.format("请各单位自印发之日起10个工作日内将质量工作进展情况报送总局。")
FESTIVAL = HEAD.format("请各单位于2027年春节前将质量工作进展情况报送总局。")
QUARTERS = HEAD.format("请各单位于每季度结束后3日内将质量工作进展情况报送总局。")
A_DAY = HEAD.format("请各单位于2027年1月11日前将质量工作进展情况报送总局。")
BY_WEEKDAYS = date(2027, 1, 12)  # 1 January rests by law
ANNOUNCED = date(2027, 1, 12) + DAY  # the 4th rests, and Saturday the 9th is not worked


@pytest.fixture(autouse=True)
def calendar_ends_with_2026():
    load_workdays()
    recount(NOW)


def issued(text: str, period: str = ""):
    notice = factories.notice(text)
    (clause,) = notice.clauses.reports()
    by = factories.coordinator()
    checking.file(notice, metadata={}, decisions={clause.pk: as_read(clause)}, now=NOW, by=by)
    clause.refresh_from_db()
    terms = Terms(dates_of(clause), period=period)
    made = issuing.issue(clause, bureaus=[factories.province()], terms=terms, now=NOW, by=by)
    return fresh(made)


def announce(*, rest=(4,), work=()):
    """2027, as it might be: these days of January beside the holidays of the law."""
    days = {date(2027, 1, day): "H" for day in (1, 2, 3, *rest)}
    days |= {date(2027, 1, day): "W" for day in work}
    days |= {date(2027, 2, day): "H" for day in range(5, 13)}  # 春节 is on the 6th
    for day, kind in days.items():
        CalendarDay.objects.update_or_create(day=day, defaults={"kind": kind, "name": "示例"})


def doubts() -> dict[int, date]:
    return dict(DeadlineDoubt.objects.open().values_list("obligation", "words_on"))


def test_working_days_over_a_new_year_are_in_doubt_once_it_is_announced():
    asked = issued(WORKDAYS)
    assert local_day(asked.due_at) == BY_WEEKDAYS
    announce()

    recount(NOW + DAY)

    assert doubts() == {asked.pk: ANNOUNCED}
    assert local_day(fresh(asked).due_at) == BY_WEEKDAYS


def test_make_up_day_brings_it_nearer():
    asked = issued(WORKDAYS)
    announce(rest=(), work=(9,))

    recount(NOW + DAY)

    assert doubts() == {asked.pk: BY_WEEKDAYS - DAY}


def test_festival_gets_its_day_with_the_year():
    asked = issued(FESTIVAL)
    assert asked.due_at is None
    announce()

    recount(NOW + DAY)

    assert doubts() == {asked.pk: date(2027, 2, 4)}


def test_end_of_a_period_that_a_day_of_rest_puts_off():
    """Three days after the quarter is Sunday the 3rd, and the office opens on the 4th."""
    asked = issued(QUARTERS, period="2026年第四季度")
    assert local_day(asked.due_at) == date(2027, 1, 4)
    announce()

    recount(NOW + DAY)

    assert doubts() == {asked.pk: date(2027, 1, 5)}


def test_day_that_the_notice_names_is_never_in_doubt():
    issued(A_DAY)
    announce()

    recount(NOW + DAY)

    assert doubts() == {}


def test_days_entered_one_by_one_leave_one_doubt():
    asked = issued(WORKDAYS)
    for number, day in enumerate((4, 5, 6), 1):
        CalendarDay.objects.create(day=date(2027, 1, day), kind="H", name="示例")
        recount(NOW + number * DAY)

    assert doubts() == {asked.pk: date(2027, 1, 15)}
    assert DeadlineDoubt.objects.get().recount.made_at == NOW + 3 * DAY


def test_calendar_set_right_again_ends_the_doubt():
    issued(WORKDAYS)
    announce()
    recount(NOW + DAY)
    CalendarDay.objects.filter(day__year=2027).delete()

    recount(NOW + 2 * DAY)

    assert not DeadlineDoubt.objects.exists()


def test_changed_deadline_is_decided_and_stays_so():
    asked = issued(WORKDAYS)
    announce()
    recount(NOW + DAY)
    by = factories.coordinator()
    amending.amend(asked, date(2027, 1, 20), reason="示例", now=NOW + DAY, by=by)
    assert doubts() == {}

    CalendarDay.objects.create(day=date(2027, 1, 5), kind="H", name="示例")
    recount(NOW + 2 * DAY)

    assert doubts() == {}


def test_what_is_handed_in_or_withdrawn_is_not_asked_about():
    walk(issued(WORKDAYS).assignments.get(), "accept", "hand_in", "pass_review", "submit")
    announce()

    recount(NOW + DAY)

    assert doubts() == {}


def test_withdrawn_one_is_no_longer_in_doubt():
    asked = issued(WORKDAYS)
    announce()
    recount(NOW + DAY)

    amending.withdraw(asked, reason="示例", now=NOW + DAY, by=factories.coordinator())

    assert doubts() == {}
