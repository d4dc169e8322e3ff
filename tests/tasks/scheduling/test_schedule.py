"""The list of periods and dates that a person goes over before a clause is issued."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.http import QueryDict

from bureaus.actions.registry import load_workdays
from notices.actions import checking
from notices.calendar import work_calendar
from notices.checking.decisions import as_read
from notices.models import Clause
from tasks.forms import schedule as schedule_form
from tasks.scheduling import schedule
from tasks.scheduling.schedule import Row
from tests import factories
from tests.factories import NOW, SHANGHAI

pytestmark = pytest.mark.django_db

MONTHLY = "各单位自2026年5月起至8月，于每月10日前将上月质量工作进展情况报送总局（附件1）。"
ENDLESS = "各单位于每月10日前将上月质量工作进展情况报送总局（附件1）。"
ONCE = "各单位请于2026年3月31日前将质量工作进展情况报送总局（附件1）。"
UNDATED = "各单位请及时将质量工作进展情况报送总局（附件1）。"
START = factories.TEXT.index("各单位请于")
REST = factories.TEXT.index("重要情况和工作信息")


@pytest.fixture(autouse=True)
def _workdays():
    load_workdays()


def clause_of(sentence: str) -> Clause:
    text = factories.TEXT[:START] + sentence + factories.TEXT[REST:]
    return factories.filed_notice(text).clauses.get(attachment_numbers="1")


def proposed(clause: Clause, *, now: datetime = NOW, **options) -> schedule.Schedule:
    return schedule.proposed(clause, calendar=work_calendar(), now=now, **options)


def posted(clause: Clause, *, now: datetime = NOW, out=frozenset(), **fields) -> schedule.Schedule:
    """Fields by their names without the prefix; lists for those that come more than once."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(f"c{clause.pk}-{name}", value if isinstance(value, list) else [value])
    return schedule_form.posted(clause, data, calendar=work_calendar(), now=now, out=out)


def lines(found: schedule.Schedule) -> list[tuple[str, str, bool]]:
    return [(row.label, str(row.due_on), row.is_on) for row in found.rows]


# --- proposed -----------------------------------------------------------------------------------


def test_clause_with_one_date_has_one_row_without_a_name():
    clause = clause_of(ONCE)

    found = proposed(clause)

    assert (found.is_list, found.problems) == (False, ())
    assert found.rows == (Row("", date(2026, 3, 31), is_own=True),)
    assert found.dates(found.rows[0]).due_at == clause.due_at


def test_recurring_clause_has_a_row_a_period_up_to_the_end_that_is_named():
    found = proposed(clause_of(MONTHLY))

    assert (found.start, found.stop) == (date(2026, 5, 10), date(2026, 8, 31))
    assert lines(found) == [
        ("2026年4月", "2026-05-10", True),
        ("2026年5月", "2026-06-10", True),
        ("2026年6月", "2026-07-10", True),
        ("2026年7月", "2026-08-10", True),
    ]
    assert found.problems == ()


def test_recurring_clause_without_an_end_asks_for_one():
    found = proposed(clause_of(ENDLESS))

    assert found.rows == ()
    assert found.problems == ("请填写结束日期：原文没有写报送到什么时候为止",)


def test_dates_of_a_period_are_those_of_the_words():
    found = proposed(clause_of(MONTHLY))

    dates = found.dates(found.rows[1])

    due = dates.due_at.astimezone(SHANGHAI)
    assert (str(due), str(dates.strict_on)) == ("2026-06-10 23:59:59+08:00", "2026-06-09")
    assert str(dates.target_at.astimezone(SHANGHAI)) == "2026-06-09 17:30:00+08:00"
    assert "原文写明" in dates.explanation


def test_first_period_keeps_the_day_that_a_person_has_confirmed():
    clause = clause_of(MONTHLY)
    clause.due_at = datetime(2026, 5, 12, 23, 59, 59, tzinfo=SHANGHAI)

    found = proposed(clause)

    assert lines(found)[:2] == [
        ("2026年4月", "2026-05-12", True),
        ("2026年5月", "2026-06-10", True),
    ]
    assert found.dates(found.rows[0]).due_at == clause.due_at


def test_what_is_past_is_not_ticked():
    now = datetime(2026, 6, 10, 23, 59, 59, tzinfo=SHANGHAI)

    assert [row.is_on for row in proposed(clause_of(MONTHLY), now=now).rows] == [
        False,
        True,
        True,
        True,
    ]


def test_periods_issued_already_are_left_out():
    found = proposed(clause_of(MONTHLY), out={"2026年4月", "2026年5月"})

    assert [row.label for row in found.rows] == ["2026年6月", "2026年7月"]


def test_clause_set_to_no_deadline_by_a_person_does_not_recur():
    taken = factories.notice(factories.TEXT[:START] + MONTHLY + factories.TEXT[REST:])
    decisions = {each.pk: as_read(each) for each in taken.clauses.all()}
    clause = taken.clauses.get(attachment_numbers="1")
    undated = replace(decisions[clause.pk], due_on=None, due_clock=None)
    checking.file(
        taken,
        metadata={},
        decisions=decisions | {clause.pk: undated},
        now=NOW,
        by=factories.coordinator(),
    )
    clause.refresh_from_db()

    found = proposed(clause)

    assert (found.rule, found.rows) == (None, (Row("", None, is_own=True),))


# --- from the form ------------------------------------------------------------------------------


def test_form_without_rows_is_as_proposed():
    clause = clause_of(ONCE)

    assert posted(clause).rows == proposed(clause).rows


def test_end_filled_in_lists_the_periods_to_be_gone_over_once():
    clause = clause_of(ENDLESS)

    found = posted(clause, start="2026-03-10", stop="2026-05-31", span="2026-03-10/")

    assert [row.label for row in found.rows] == ["2026年2月", "2026年3月", "2026年4月"]
    assert (found.is_fresh, found.problems) == (
        True,
        ("已按起止日期推算出3期，请核对日期后下发",),
    )


def rows_as_shown(clause: Clause, **changes) -> dict:
    """What the page would send back for the proposed rows, unless changed."""
    found = proposed(clause)
    fields = {
        "start": str(found.start or ""),
        "stop": str(found.stop or ""),
        "span": schedule_form.span(found),
        "label": [row.label for row in found.rows],
        "due": [str(row.due_on or "") for row in found.rows],
        "on": [str(number) for number in range(len(found.rows))],
    }
    return fields | changes


def test_rows_sent_back_unchanged_can_go_out_as_proposed():
    clause = clause_of(MONTHLY)
    wanted = proposed(clause)

    found = posted(clause, **rows_as_shown(clause))

    assert found.problems == ()
    assert [found.dates(row) for row in found.chosen] == [wanted.dates(r) for r in wanted.rows]
    assert [found.period(row) for row in found.chosen] == [row.label for row in wanted.rows]


def test_row_unticked_does_not_go_out():
    clause = clause_of(MONTHLY)

    found = posted(clause, **rows_as_shown(clause, on=["0", "3"]))

    assert [row.label for row in found.chosen] == ["2026年4月", "2026年7月"]


def test_altered_day_is_the_persons_and_the_others_stay_the_words():
    clause = clause_of(MONTHLY)
    dues = rows_as_shown(clause)["due"]

    found = posted(clause, **rows_as_shown(clause, due=["2026-05-15", *dues[1:]]))

    first, second = (found.dates(row) for row in found.chosen[:2])
    assert (str(first.strict_on), str(second.strict_on)) == ("2026-05-15", "2026-06-09")
    assert first.explanation.startswith("下发时改定：截止时间为2026年5月15日。")
    assert found.chosen[0].label == "2026年4月"


def test_altered_day_keeps_the_hour_of_the_rule(settings):
    settings.OFFICE_CLOSES = time(16, 45)
    clause = clause_of(MONTHLY.replace("每月10日前", "每周五下班前"))
    shown = rows_as_shown(clause)

    found = posted(clause, **shown | {"due": ["2026-05-07", *shown["due"][1:]]})

    assert str(found.dates(found.chosen[0]).due_at.astimezone(SHANGHAI).time()) == "16:45:00"


def test_other_span_lists_the_rows_anew_whatever_they_were():
    clause = clause_of(MONTHLY)

    found = posted(clause, **rows_as_shown(clause, stop="2026-06-30"))

    assert [row.label for row in found.rows] == ["2026年4月", "2026年5月"]
    assert found.is_fresh


def test_date_added_by_hand_gives_each_row_its_day_as_its_name():
    clause = clause_of(ONCE)

    found = posted(clause, label=["", ""], due=["2026-03-31", "2026-08-01"], on=["0", "1"])

    assert [found.period(row) for row in found.chosen] == ["2026年3月31日", "2026年8月1日"]
    assert found.dates(found.chosen[0]).strict_on == clause.strict_on
    assert str(found.dates(found.chosen[1]).strict_on) == "2026-08-01"


def test_blank_row_is_left_aside_and_no_name_is_needed_for_one():
    clause = clause_of(ONCE)

    found = posted(clause, label=["", ""], due=["2026-03-31", ""], on=["0", "1"])

    assert found.problems == ()
    assert [found.period(row) for row in found.chosen] == [""]


def test_undated_clause_may_go_out_with_a_dated_row_beside_it():
    clause = clause_of(UNDATED)

    found = posted(clause, label=["", "首次"], due=["", "2026-04-30"], on=["0", "1"])

    assert found.problems == ()
    assert [str(found.dates(row).due_at)[:10] for row in found.chosen] == ["None", "2026-04-30"]


DUES = ["2026-07-10", "2026-08-10"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"stop": ""}, "请填写结束日期：原文没有写报送到什么时候为止"),
        ({"start": ""}, "请填写起始日期"),
        ({"stop": "2026-05-01"}, "结束日期不能早于起始日期"),
        ({"stop": "2026-02-30"}, "结束日期“2026-02-30”不是日期"),
        ({"start": "0001-01-01"}, "起始日期“0001-01-01”不是日期"),
        (
            {"start": "2026-05-11", "stop": "2026-06-09"},
            "起止日期之间没有要报送的期次，请修改起止日期",
        ),
        ({"stop": "2031-12-31"}, "起止日期之间超过60期，请缩短时间，其余的以后可以续发"),
        ({"on": []}, "没有勾选任何一期"),
        ({"label": ["甲", "甲", "乙", "丙"]}, "期次“甲”重复"),
        ({"label": ["甲" * 31, "乙", "丙", "丁"]}, "第1行的期次超过30个字"),
        ({"due": ["2026-05-10", "", *DUES]}, "第2行没有填截止时间"),
        ({"due": ["2026-05-10", "明天", *DUES]}, "第2行的“明天”不是日期"),
        (
            {"due": ["9999-12-31", "2026-06-10", *DUES]},
            "第1行的“9999-12-31”不是日期",
        ),
    ],
)
def test_what_cannot_go_out_is_said(changes, said):
    clause = clause_of(MONTHLY)

    assert posted(clause, **rows_as_shown(clause, **changes)).problems == (said,)


def test_more_rows_than_the_cap_are_refused_however_they_came_there():
    clause, count = clause_of(ONCE), 61
    days = [str(date(2026, 4, 1) + timedelta(days=number)) for number in range(count)]
    fields = {"label": [""] * count, "due": days, "on": [str(number) for number in range(count)]}

    assert posted(clause, **fields).problems == ("一次最多下发60期，其余的以后可以续发",)
    assert posted(clause, **fields | {"on": fields["on"][1:]}).problems == ()


def test_row_that_is_not_ticked_may_be_wrong():
    clause = clause_of(MONTHLY)
    dues = rows_as_shown(clause)["due"]

    found = posted(clause, **rows_as_shown(clause, on=["0"], due=[dues[0], "", "明天", ""]))

    assert found.problems == ()


def test_own_date_of_a_dated_clause_cannot_be_emptied():
    clause = clause_of(ONCE)

    found = posted(clause, label=["", "二"], due=["", "2026-04-30"], on=["0", "1"])

    assert found.problems == ("第1行没有填截止时间",)


def test_blank_row_is_added_below_what_stands_there():
    clause = clause_of(MONTHLY)

    found = schedule.with_blank(posted(clause, **rows_as_shown(clause, on=["1"])))

    assert [row.is_on for row in found.rows] == [False, True, False, False, True]
    assert found.rows[-1].is_blank


# --- lists of dates (R5) ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        (
            "各单位请分别于4月15日、8月1日、10月15日、12月15日前将专项行动进展情况报送总局（附件1）。",
            ["2026-04-15", "2026-08-01", "2026-10-15", "2026-12-15"],
        ),
        (
            "请于6月10日、9月10日和12月10日前，分别报送专项行动进展情况（附件1）。",
            ["2026-06-10", "2026-09-10", "2026-12-10"],
        ),
        (
            "各单位分别于一季度末、二季度末、三季度末前报送专项行动进展情况（附件1）。",
            ["2026-03-31", "2026-06-30", "2026-09-30"],
        ),
    ],
)
def test_list_of_dates_arrives_as_one_clause_a_date(sentence, days):
    text = factories.TEXT[:START] + sentence + factories.TEXT[REST:]

    clauses = list(factories.filed_notice(text).clauses.filter(quote__contains="进展情况"))

    assert [str(each.due_at.astimezone(SHANGHAI).date()) for each in clauses] == days
    rows = [proposed(each, is_of_list=True).rows for each in clauses]
    assert [row.label for (row,) in rows] == [
        f"{day.year}年{day.month}月{day.day}日" for day in map(date.fromisoformat, days)
    ]
