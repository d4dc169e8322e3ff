"""A clause is corrected on the issue page: stored first, gone over once more, then issued."""

from datetime import date

import pytest

from audit.models import AuditEvent
from notices.checking.decisions import rule_of
from notices.forms.clause import ClauseForm
from tasks.models import Assignment, Obligation
from tests import factories
from tests.tasks.issue_page import MONTHLY, days, filled_in, text_with, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def notice():
    factories.province()
    return factories.filed_notice(factories.TEXT_APART)


def typed_into(notice, clause, **changes):
    """The fields of one clause as the page posts them, some of them changed."""
    form = ClauseForm(clause=clause, attachments=notice.attachments.all())
    posted = {}
    for field in form:
        value = changes.get(field.name, field.value())
        posted[field.html_name] = "" if value is None else value
    return posted


def with_revised(office, notice, **changes):
    """The whole page, its first clause changed."""
    clause = notice.clauses.confirmed()[0]
    return filled_in(office.get(url(notice))) | typed_into(notice, clause, **changes)


def test_changed_day_is_stored_shown_and_not_yet_issued(office, notice):
    data = with_revised(office, notice, due_on="2026-04-30", who="各省局")

    answer = office.post(url(notice), data)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert "已改定事项1责任单位、事项1截止时间，请核对下面的日期和期次后再下发" in html
    assert not Assignment.objects.exists()
    clause = notice.clauses.confirmed()[0]
    assert (clause.who, str(clause.strict_on)) == ("各省局", "2026-04-30")
    assert AuditEvent.objects.filter(verb="改定事项").count() == 1
    office.post(url(notice), filled_in(answer))
    assert ("", "2026-04-30") in days()


def test_rest_of_the_page_stays_as_typed(office, notice):
    data = with_revised(office, notice, due_on="2026-04-30") | {"soon_workdays": "7"}
    data["clauses"] = data["clauses"][:1]

    answer = office.post(url(notice), data)

    assert answer.context["form"]["soon_workdays"].value() == "7"
    assert answer.context["clause_count"] == 1


def test_frequency_makes_the_periods_that_go_out(office, notice):
    data = with_revised(office, notice, freq="monthly", rule_day="10", stop_on="2026-06-30")
    data["revise"] = str(notice.clauses.confirmed()[0].pk)

    answer = office.post(url(notice), data)

    (first, *_) = answer.context["previews"]
    assert [str(row.due_on) for row in first.schedule.rows] == [
        "2026-03-10",
        "2026-04-10",
        "2026-05-10",
        "2026-06-10",
    ]
    assert "人工改定“每月10日”" in answer.content.decode()
    posted = filled_in(answer)
    posted["clauses"] = posted["clauses"][:1]
    assert office.post(url(notice), posted).status_code == 302
    assert [period for period, _ in days()] == ["2026年3月", "2026年4月", "2026年5月", "2026年6月"]


def test_weekly_ends_on_the_very_day_that_was_set(office, notice):
    data = with_revised(office, notice, freq="weekly", rule_day="周五", stop_on="2026-03-19")

    answer = office.post(url(notice), data)

    rows = answer.context["previews"][0].schedule.rows
    assert [str(row.due_on) for row in rows] == ["2026-03-06", "2026-03-13"]


def test_monthly_becomes_once(office):
    factories.province()
    notice = factories.filed_notice(text_with(MONTHLY))

    answer = office.post(
        url(notice), with_revised(office, notice, freq="once", due_on="2026-05-15")
    )

    assert not answer.context["previews"][0].schedule.is_list
    assert rule_of(notice.clauses.confirmed()[0]) is None
    office.post(url(notice), filled_in(answer))
    assert ("", "2026-05-15") in days()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"due_on": "2026-02-30"}, "“2026-02-30”不是日期"),
        ({"due_on": "20255-03-31"}, "“20255-03-31”不是日期"),
        ({"due_on": "2026-03-01"}, "2026年3月1日早于来文日期2026年3月2日"),
        ({"due_on": "2205-03-31"}, "2205年离来文日期2026年3月2日超过10年"),
        ({"freq": "monthly", "rule_day": "40"}, "请写明每期哪一天截止"),
        ({"deliverable": " "}, "请写明要报送什么"),
        ({"who": "长" * 201}, "最多200字"),
    ],
)
def test_wrong_entry_is_told_there_and_nothing_is_stored_or_issued(office, notice, typed, said):
    answer = office.post(url(notice), with_revised(office, notice, **typed))

    html = answer.content.decode()
    assert answer.status_code == 422
    assert said in html
    assert "没有保存修改，也没有下发" in html
    assert all(f'value="{value}"' in html for name, value in typed.items() if name == "due_on")
    assert not Obligation.objects.exists()
    assert not AuditEvent.objects.filter(verb="改定事项").exists()


def test_impossible_day_of_a_row_is_refused(office):
    factories.province()
    notice = factories.filed_notice(text_with(MONTHLY))
    data = filled_in(office.get(url(notice)))
    name = next(key for key in data if key.endswith("-due"))
    data[name] = ["2025-04-10", *data[name][1:]]

    answer = office.post(url(notice), data)

    assert answer.status_code == 422
    assert "第1行：2025年4月10日早于来文日期" in answer.content.decode()
    assert not Obligation.objects.exists()


def test_attachment_that_is_taken_away_leaves_plain_text(office, notice):
    answer = office.post(url(notice), with_revised(office, notice, attachment_numbers=[]))
    office.post(url(notice), filled_in(answer))

    assert Obligation.objects.order_by("pk")[0].attachment_numbers == ""


def test_what_is_out_keeps_its_own_day(office):
    factories.province()
    notice = factories.filed_notice(text_with(MONTHLY))
    data = filled_in(office.get(url(notice)))
    name = next(key for key in data if key.endswith("-on"))
    office.post(url(notice), data | {name: ["0"]})
    clause = notice.clauses.confirmed()[0]
    out = Obligation.objects.get(clause=clause)

    answer = office.post(
        url(notice),
        typed_into(notice, clause, freq="monthly", rule_day="20", stop_on="2026-06-30"),
    )

    assert factories.fresh(out).due_at == out.due_at
    rows = answer.context["previews"][0].schedule.rows
    assert date(2026, 5, 20) in [row.due_on for row in rows]
