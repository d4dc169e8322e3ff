"""Deadlines that count from 签收, from 印发 without a day, and from what only a person knows.

Days by hand from the working days of 2026: 19–21 June is 端午 (19 Friday, a holiday); 25–27
September 中秋, 1–7 October 国庆 with 20 September and 10 October worked.
"""

from datetime import datetime

import pytest
from django.urls import reverse

from bureaus.roles import Role
from notices.models import Clause
from tasks.actions import extensions, issuing, transitions
from tasks.actions.issuing import Terms
from tasks.models import Assignment, DeadlineChange, Obligation
from tasks.scheduling.dates import dates_of
from tasks.states import CountsFrom
from tests import factories
from tests.factories import SHANGHAI, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("workdays")]

MONDAY = "2026-06-01 10:00"
BEFORE_FESTIVAL = "2026-06-18 16:30"  # a Thursday
TEXT = """示市监质〔2026〕7号

示例省市场监督管理局关于报送质量工作情况的通知

各市场监管局：

{duty}

示例省市场监督管理局

2026年5月29日
"""
FIVE, DAYS, WEEK = "自收到通知之日起5个工作日内", "收到本通知后10日内", "收到通知后一周内"
DAY, TWO_DAYS = "接到通知后24小时内", "收到此件起48小时内"
SIGNED_DAY, NEXT_NOON = "签收后当日17时前", "接到本通知次日12时前"
MONTH, ARRIVED, TAKEN = "通知收到之日起一个月内", "自文到之日起7个工作日内", "收文后2个工作日内"
# words, issued, signed (empty: never), the last moment
EXPECTED = [
    # signed at nine on the day after it was issued, a Tuesday
    (FIVE, MONDAY, "2026-06-02 09:00", "2026-06-09 23:59"),
    (DAYS, MONDAY, "2026-06-02 09:00", "2026-06-12 23:59"),
    (WEEK, MONDAY, "2026-06-02 09:00", "2026-06-09 23:59"),
    (DAY, MONDAY, "2026-06-02 09:00", "2026-06-03 09:00"),
    (TWO_DAYS, MONDAY, "2026-06-02 09:00", "2026-06-04 09:00"),
    (SIGNED_DAY, MONDAY, "2026-06-02 09:00", "2026-06-02 17:00"),
    (NEXT_NOON, MONDAY, "2026-06-02 09:00", "2026-06-03 12:00"),
    (MONTH, MONDAY, "2026-06-02 09:00", "2026-07-02 23:59"),
    (ARRIVED, MONDAY, "2026-06-02 09:00", "2026-06-11 23:59"),
    (TAKEN, MONDAY, "2026-06-02 09:00", "2026-06-04 23:59"),
    # signed in the last minute of the day it was issued
    (FIVE, MONDAY, "2026-06-01 23:59", "2026-06-08 23:59"),
    (DAYS, MONDAY, "2026-06-01 23:59", "2026-06-11 23:59"),
    (WEEK, MONDAY, "2026-06-01 23:59", "2026-06-08 23:59"),
    (DAY, MONDAY, "2026-06-01 23:59", "2026-06-02 23:59"),
    (TWO_DAYS, MONDAY, "2026-06-01 23:59", "2026-06-03 23:59"),
    (NEXT_NOON, MONDAY, "2026-06-01 23:59", "2026-06-02 12:00"),
    (MONTH, MONDAY, "2026-06-01 23:59", "2026-07-01 23:59"),
    (ARRIVED, MONDAY, "2026-06-01 23:59", "2026-06-10 23:59"),
    (TAKEN, MONDAY, "2026-06-01 23:59", "2026-06-03 23:59"),
    # issued on a Friday, signed on Saturday: the day of rest is the day it came in
    (FIVE, "2026-06-05 15:00", "2026-06-06 10:00", "2026-06-12 23:59"),
    (DAYS, "2026-06-05 15:00", "2026-06-06 10:00", "2026-06-16 23:59"),
    (WEEK, "2026-06-05 15:00", "2026-06-06 10:00", "2026-06-15 23:59"),  # the 13th rests
    (DAY, "2026-06-05 15:00", "2026-06-06 10:00", "2026-06-07 10:00"),
    (TWO_DAYS, "2026-06-05 15:00", "2026-06-06 10:00", "2026-06-08 10:00"),
    (SIGNED_DAY, "2026-06-05 15:00", "2026-06-06 10:00", "2026-06-06 17:00"),
    (NEXT_NOON, "2026-06-05 15:00", "2026-06-06 10:00", "2026-06-07 12:00"),
    (MONTH, "2026-06-05 15:00", "2026-06-06 10:00", "2026-07-06 23:59"),
    (ARRIVED, "2026-06-05 15:00", "2026-06-06 10:00", "2026-06-16 23:59"),
    (TAKEN, "2026-06-05 15:00", "2026-06-06 10:00", "2026-06-09 23:59"),
    # signed on the last working day before 端午
    (FIVE, "2026-06-18 09:00", BEFORE_FESTIVAL, "2026-06-26 23:59"),
    (DAYS, "2026-06-18 09:00", BEFORE_FESTIVAL, "2026-06-29 23:59"),  # the 28th is a Sunday
    (WEEK, "2026-06-18 09:00", BEFORE_FESTIVAL, "2026-06-25 23:59"),
    (DAY, "2026-06-18 09:00", BEFORE_FESTIVAL, "2026-06-19 16:30"),
    (TWO_DAYS, "2026-06-18 09:00", BEFORE_FESTIVAL, "2026-06-20 16:30"),
    (SIGNED_DAY, "2026-06-18 09:00", BEFORE_FESTIVAL, "2026-06-18 17:00"),
    (NEXT_NOON, "2026-06-18 09:00", BEFORE_FESTIVAL, "2026-06-19 12:00"),
    (
        MONTH,
        "2026-06-18 09:00",
        BEFORE_FESTIVAL,
        "2026-07-18 23:59",
    ),  # a Saturday
    (ARRIVED, "2026-06-18 09:00", BEFORE_FESTIVAL, "2026-06-30 23:59"),
    (TAKEN, "2026-06-18 09:00", BEFORE_FESTIVAL, "2026-06-23 23:59"),
    # never signed: as if on the working day after the issue
    (FIVE, MONDAY, "", "2026-06-09 23:59"),
    (DAYS, MONDAY, "", "2026-06-12 23:59"),
    (WEEK, MONDAY, "", "2026-06-09 23:59"),
    (DAY, MONDAY, "", "2026-06-03 10:00"),
    (TWO_DAYS, MONDAY, "", "2026-06-04 10:00"),
    (SIGNED_DAY, MONDAY, "", "2026-06-02 17:00"),
    (NEXT_NOON, MONDAY, "", "2026-06-03 12:00"),
    (MONTH, MONDAY, "", "2026-07-02 23:59"),
    (ARRIVED, MONDAY, "", "2026-06-11 23:59"),
    (TAKEN, MONDAY, "", "2026-06-04 23:59"),
    (FIVE, "2026-06-18 09:00", "", "2026-06-29 23:59"),  # counts as received on Monday the 22nd
    (DAY, "2026-06-18 09:00", "", "2026-06-23 09:00"),
]


def moment(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=SHANGHAI)


def clause_of(duty: str) -> Clause:
    return factories.filed_notice(TEXT.format(duty=duty), now=moment(MONDAY)).clauses.get()


def issued(words: str, at: str = MONDAY) -> Assignment:
    clause = clause_of(f"各单位请于{words}将质量工作情况报送总局。")
    sent = issuing.issue(
        clause,
        bureaus=[factories.province()],
        terms=Terms(dates_of(clause)),
        now=moment(at),
        by=factories.coordinator(),
    )
    return sent.assignments.for_detail().get()


def end(task: Assignment) -> str:
    return f"{fresh(task).due_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(("words", "at", "signed", "expected"), EXPECTED)
def test_what_counts_from_receipt_ends_by_the_hour_of_the_signature(words, at, signed, expected):
    task = issued(words, at)

    if signed:
        factories.accept(task, now=moment(signed))

    assert end(task) == expected


@pytest.mark.parametrize(
    ("words", "counts_from"), [(FIVE, CountsFrom.RECEIPT), (DAY, CountsFrom.HOURS)]
)
def test_the_page_says_from_when_it_counts(words, counts_from, enter):
    task = issued(words)
    assert task.obligation.counts_from == counts_from
    reader = enter(factories.staff(Role.FILLER, task.bureau))

    before = reader.get(reverse("tasks:assignment_detail", args=[task.pk])).content.decode()
    factories.accept(task, now=moment("2026-06-01 15:20"))
    after = reader.get(reverse("tasks:assignment_detail", args=[task.pk])).content.decode()

    assert "不签收的，按下发后第1个工作日即2026年6月2日（" in before
    assert "2026年6月1日（周一）15:20签收：" in after
    for page in (before, after):
        assert "没有截止" not in page
        assert "无时限" not in page


def test_signing_is_a_version_of_the_deadline_with_its_reason():
    task = issued(FIVE)

    factories.accept(task, now=moment("2026-06-01 15:20"))

    change = DeadlineChange.objects.get(assignment=task)
    assert (change.cause, change.version) == ("received", 2)
    assert change.reason.startswith("原文写明“自收到通知之日起5个工作日内”，2026年6月1日")
    kinds = task.milestones.armed().filter(deadline_version=2).values_list("kind", flat=True)
    assert {"T-3", "T-1", "T0"} <= set(kinds)
    assert not task.milestones.armed().filter(deadline_version=1).exists()


def test_signing_after_the_end_does_not_undo_it():
    task = issued(DAY)

    factories.accept(task, now=moment("2026-06-03 10:01"))

    assert end(task) == "2026-06-03 10:00"


def test_who_has_an_extension_keeps_it_when_he_signs():
    task = issued(FIVE)
    factories.accept(task, now=moment("2026-06-01 15:00"))
    day = moment("2026-06-30 12:00").date()
    filler = factories.staff(Role.FILLER, task.bureau)
    asked = extensions.request(
        task, until=day, reason="示例", now=moment("2026-06-02 09:00"), by=filler
    )
    extensions.decide(
        asked, is_granted=True, now=moment("2026-06-02 10:00"), by=factories.coordinator()
    )
    transitions.move(
        fresh_detail(task),
        "decline",
        now=moment("2026-06-02 11:00"),
        reason="示例",
        by=filler,
    )
    factories.walk(fresh_detail(task), "insist", now=moment("2026-06-02 12:00"))

    factories.accept(fresh_detail(task), now=moment("2026-06-03 09:00"))

    assert end(task).startswith("2026-06-30")


def fresh_detail(task: Assignment) -> Assignment:
    return Assignment.objects.for_detail().get(pk=task.pk)


def test_a_bureau_that_is_added_later_counts_from_its_own_issue():
    task = issued(FIVE)

    made = issuing.add(
        task.obligation,
        bureaus=[factories.province("320000", "江苏省")],
        now=moment("2026-06-08 10:00"),
        by=factories.coordinator(),
    )[0]

    assert (end(task), end(made)) == ("2026-06-09 23:59", "2026-06-16 23:59")


def test_a_count_from_issue_without_a_day_begins_when_it_goes_out():
    clause = clause_of("请于自通知下发之日起10个工作日内将质量工作情况报送总局。")
    Clause.objects.filter(pk=clause.pk).update(due_at=None, strict_on=None, target_on=None)
    clause.refresh_from_db()

    sent = issuing.issue(
        clause,
        bureaus=[factories.province()],
        terms=Terms(dates_of(clause)),
        now=moment(MONDAY),
        by=factories.coordinator(),
    )

    assert end(sent.assignments.get()) == "2026-06-15 23:59"
    assert Obligation.objects.get().counts_from == CountsFrom.DAY


def test_hour_limits_are_reminded_of_by_the_hour():
    task = issued(DAY)

    factories.accept(task, now=moment("2026-06-01 15:00"))

    armed = task.milestones.armed().filter(kind__startswith="H").order_by("at")
    said = [(each.kind, f"{each.at.astimezone(SHANGHAI):%d %H:%M}") for each in armed]
    assert said == [
        ("H-12", "02 03:00"),
        ("H-6", "02 09:00"),
        ("H-3", "02 12:00"),
        ("H-1", "02 14:00"),
    ]
    assert not task.milestones.armed().filter(kind__startswith="T").exists()
