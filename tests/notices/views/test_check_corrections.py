"""What of a clause is corrected on the check page, and what no notice can mean."""

from datetime import date

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from notices.actions import checking
from notices.checking.decisions import ONCE, as_read, rule_of
from notices.errors import NoticeError
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.set_by_hand import by_hand
from tests import factories
from tests.notices.views.test_check import as_shown, assert_waiting, errors, url
from tests.tasks.issue_page import MONTHLY, text_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(factories.coordinator())
    return client


@pytest.fixture
def notice():
    return factories.notice()


@pytest.fixture
def monthly():
    return factories.notice(text_with(MONTHLY))


def filed(desk, notice, **typed):
    """Files the page as shown but for these fields of the first clause; the clause then."""
    clause = notice.clauses.first()
    typed = {f"clause-{clause.pk}-{name}": value for name, value in typed.items()}
    answer = desk.post(url(notice), as_shown(desk.get(url(notice)), **typed))
    return factories.fresh(clause), answer


def changed():
    return AuditEvent.objects.get(verb="核对入库").detail["changed"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-03-01", "2026年3月1日早于来文日期2026年3月2日"),
        ("2025-12-31", "早于来文日期"),
        ("2062-03-31", "2062年离来文日期2026年3月2日超过10年"),
        ("2025-02-30", "“2025-02-30”不是日期"),
        ("20255-03-31", "“20255-03-31”不是日期"),
        ("0026-03-31", "早于来文日期"),
    ],
)
@pytest.mark.parametrize("field", ["due_on", "stop_on"])
def test_impossible_day_is_refused_at_its_field_and_stays_typed(desk, notice, field, day, said):
    monthly = {"freq": "monthly", "rule_day": "10"} if field == "stop_on" else {}
    _, answer = filed(desk, notice, **{field: day}, **monthly)

    assert answer.status_code == 422
    ((place, told),) = errors(answer).items()
    assert place == f"1-{field}"
    assert said in told[0]
    assert f'value="{day}"' in answer.content.decode()
    assert_waiting(notice)


def test_day_that_is_none_stands_in_a_box_that_shows_it(desk, notice):
    """A browser shows a date box as empty whose value is no date."""
    _, answer = filed(desk, notice, due_on="2025-02-30")

    box = answer.content.decode().split('value="2025-02-30"')[0].rpartition("<input")[2]
    assert 'type="text"' in box


def test_impossible_day_of_what_is_no_obligation_holds_nothing_up(desk, notice):
    clause, answer = filed(desk, notice, due_on="2020-03-31", decision="no")

    assert answer.status_code == 302
    assert clause.state == "rejected"


def test_far_day_that_stands_in_the_text_is_taken(desk):
    text = factories.TEXT.replace("2026年3月31日前", "2037年3月31日前")

    clause, answer = filed(desk, factories.notice(text))

    assert answer.status_code == 302
    assert local_day(clause.due_at) == date(2037, 3, 31)


def test_day_is_judged_by_the_date_of_the_notice_as_corrected(desk, notice):
    clause = notice.clauses.first()
    typed = {"written_on": "2025-11-03", f"clause-{clause.pk}-due_on": "2025-12-31"}

    answer = desk.post(url(notice), as_shown(desk.get(url(notice)), **typed))

    assert answer.status_code == 302
    assert local_day(factories.fresh(clause).due_at) == date(2025, 12, 31)


def test_impossible_day_of_a_missed_clause_is_refused(desk, notice):
    typed = {
        "missed-quote": "现就有关事项通知如下",
        "missed-deliverable": "材料",
        "missed-due_on": "2025-01-01",
    }

    answer = desk.post(url(notice, "clause_add"), as_shown(desk.get(url(notice))) | typed)

    assert answer.status_code == 422
    assert "早于来文日期" in answer.content.decode()
    assert not notice.clauses.filter(deliverable="材料").exists()


def test_action_refuses_an_impossible_day_too(notice):
    decisions = {clause.pk: as_read(clause) for clause in notice.clauses.all()}
    first = notice.clauses.first()
    decisions[first.pk] = replaced(first, due_on=date(2025, 1, 1))

    with pytest.raises(NoticeError, match="事项1：2025年1月1日早于来文日期"):
        checking.file(
            notice, metadata={}, decisions=decisions, now=factories.NOW, by=factories.coordinator()
        )

    assert_waiting(notice)


def replaced(clause, **fields):
    return as_read(clause).__class__(**{**as_read(clause).__dict__, **fields})


def test_who_and_to_whom_are_corrected_with_their_old_words_in_the_trail(desk, notice):
    was = notice.clauses.first().who

    clause, _ = filed(desk, notice, who="各省局", report_to="质量发展局")

    assert (clause.who, clause.report_to) == ("各省局", "质量发展局")
    assert changed()["事项1责任单位"] == [was, "各省局"]


def test_once_becomes_monthly_from_the_notice_on_and_keeps_what_was_read(desk, notice):
    read = notice.reading_json

    clause, _ = filed(desk, notice, freq="monthly", rule_day="10日", stop_on="2026-12-31")

    rule = rule_of(clause)
    assert (rule.freq, rule.day, rule.end, rule.by_hand) == ("monthly", 10, "2026-12-31", True)
    assert local_day(clause.due_at) == date(2026, 3, 10)
    assert clause.strict_on == date(2026, 3, 10)
    assert clause.explanation.startswith("人工改定为每月10日")
    assert "原识别：原文写明“于2026年3月31日前”" in clause.explanation
    assert changed()["事项1频次"] == ["一次", "每月10日，至2026-12-31"]
    assert factories.fresh(notice).reading_json == read


def test_first_day_that_is_typed_too_has_to_fit(desk, notice):
    rule = {"freq": "monthly", "rule_day": "10", "stop_on": "2026-12-31"}

    _, refused = filed(desk, notice, due_on="2026-04-12", **rule)
    clause, done = filed(desk, notice, due_on="2026-04-10", **rule)

    assert errors(refused) == {
        "1-due_on": ["首期应合“每月10日”，请改为2026-05-10，或改“每期截止日”"]
    }
    assert done.status_code == 302
    assert local_day(clause.due_at) == date(2026, 4, 10)


@pytest.mark.parametrize(
    ("typed", "place", "said"),
    [
        ({"freq": "monthly", "rule_day": "32"}, "rule_day", "请写明每期哪一天截止"),
        ({"freq": "weekly", "rule_day": ""}, "rule_day", "请写明每周哪一天"),
        ({"freq": "often", "rule_day": "1"}, "freq", "请从列表中选择“频次”"),
        (
            {"freq": "yearly", "rule_day": "12月31日", "stop_on": "2026-06-30"},
            "stop_on",
            "到这一天为止没有要报送的一期",
        ),
    ],
)
def test_frequency_that_makes_no_sense_is_told_at_its_field(desk, notice, typed, place, said):
    _, answer = filed(desk, notice, **typed)

    assert answer.status_code == 422
    assert said in errors(answer)[f"1-{place}"][0]
    assert_waiting(notice)


def test_monthly_as_read_is_not_touched_by_filing(desk, monthly):
    read = monthly.clauses.first()

    clause, _ = filed(desk, monthly)

    assert clause.deadline == read.deadline
    assert clause.explanation == read.explanation
    assert changed() == {}


def test_monthly_as_read_becomes_quarterly(desk, monthly):
    clause, _ = filed(desk, monthly, freq="quarterly_next", rule_day="15日", stop_on="2026-12-31")

    assert rule_of(clause).rule == "季后首月15日报上季度"
    assert local_day(clause.due_at) == date(2026, 4, 15)
    assert "事项1频次" in changed()


def test_monthly_becomes_once(desk, monthly):
    clause, _ = filed(desk, monthly, freq="once", due_on="2026-06-30")

    assert clause.deadline["kind"] == "fixed"
    assert local_day(clause.due_at) == date(2026, 6, 30)
    assert changed()["事项1频次"][1] == "一次"


def test_monthly_without_a_first_day_is_asked_about(desk, monthly):
    _, answer = filed(desk, monthly, due_on="")

    assert "周期报送要填首期的截止时间" in errors(answer)["1-due_on"][0]
    assert_waiting(monthly)


def test_evidence_and_its_name_are_set(desk, notice):
    clause, _ = filed(desk, notice, evidence=["image", "file"], document="活动总结（Word）")

    assert (clause.evidence, clause.document) == ("image,file", "活动总结（Word）")
    assert "事项1随报材料" in changed()


def test_name_of_a_file_that_is_not_taken_is_told(desk, notice):
    _, answer = filed(desk, notice, evidence=[], document="活动总结")

    assert errors(answer) == {"1-document": ["写了名称，请同时勾选“其他材料”"]}


def test_fragment_shows_the_days_of_what_was_typed(desk, notice):
    clause = notice.clauses.first()
    prefix = f"clause-{clause.pk}-"
    typed = {"due_on": "2026-03-31", "freq": "monthly", "rule_day": "10", "stop_on": "2026-06-30"}
    address = reverse("notices:dates", args=[notice.pk, clause.pk])

    right = desk.get(address, {prefix + name: value for name, value in typed.items()})
    wrong = desk.get(address, {prefix + "freq": "monthly", prefix + "rule_day": "40"})

    assert "2026-03-10、2026-04-10、2026-05-10、2026-06-10，共4期" in right.content.decode()
    assert "请写明每期哪一天截止" in wrong.content.decode()


def test_confirmed_clause_is_revised_and_audited():
    notice = factories.filed_notice()
    clause, by = notice.clauses.first(), factories.coordinator()
    rule = by_hand("weekly", "周五", date(2026, 6, 30), time="17:00")
    decision = replaced(clause, due_on=date(2026, 3, 6), rule=rule, who="各省局")

    checking.revise(clause, decision, now=factories.NOW, by=by)

    stored = factories.fresh(clause)
    assert rule_of(stored) == rule
    assert f"{stored.due_at.astimezone(factories.SHANGHAI):%Y-%m-%d %H:%M}" == "2026-03-06 17:00"
    event = AuditEvent.objects.get(verb="改定事项")
    assert event.detail["explanation"] == "人工改定"
    assert event.detail["changed"]["事项1频次"] == ["一次", "每周五，至2026-06-30"]

    again = replaced(stored, rule=ONCE, due_on=date(2026, 4, 1))
    checking.revise(stored, again, now=factories.NOW, by=by)
    assert factories.fresh(clause).explanation.count("原识别") == 1


def test_revising_nothing_leaves_no_trace():
    clause = factories.filed_notice().clauses.first()

    assert (
        checking.revise(clause, as_read(clause), now=factories.NOW, by=factories.coordinator())
        == {}
    )
    assert not AuditEvent.objects.filter(verb="改定事项").exists()


def test_clause_that_nobody_has_confirmed_is_not_revised(notice):
    clause = notice.clauses.first()

    with pytest.raises(NoticeError, match="尚未核对入库"):
        checking.revise(
            clause, replaced(clause, who="甲"), now=factories.NOW, by=factories.coordinator()
        )


def test_a_day_that_no_calendar_has_has_to_be_filled_in(desk):
    taken = factories.notice(factories.TEXT.replace("2026年3月31日前", "2026年2月29日前"))
    page = desk.get(url(taken))
    first = page.context["decisions"][0]
    said = "原文写的“于2026年2月29日前”，日历上没有这一天，请核对原文后填写截止时间"

    refused = desk.post(url(taken), as_shown(page))

    assert "时限需要确认。" in page.content.decode()
    assert first.clause.explanation == f"{said}。"
    assert errors(refused) == {"1-due_on": [said]}
    assert_waiting(taken)
    typed = {first.add_prefix("due_on"): "2026-03-02"}
    assert desk.post(url(taken), as_shown(page, **typed)).status_code == 302
    assert local_day(factories.fresh(first.clause).due_at) == date(2026, 3, 2)
