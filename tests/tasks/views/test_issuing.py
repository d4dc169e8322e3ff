"""The page 下发: what goes to whom by when, gone over before it leaves."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from bureaus.models import Bureau, CalendarDay
from bureaus.roles import Role
from notices.models import Clause
from tasks.actions import amending
from tasks.forms.issuing import IssueForm
from tasks.models import Assignment, Obligation
from tests import factories
from tests.factories import NOW
from tests.pages import told
from tests.tasks.issue_page import TEXT, WEEKLY, filled_in, text_with, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

# --- what is shown ------------------------------------------------------------------------------


def test_addressees_are_ticked_beforehand_and_internal_units_are_not(office):
    province, unit = factories.province(), factories.internal_unit()
    notice = factories.filed_notice(TEXT)

    response = office.get(url(notice))

    tiers = response.context["tiers"]
    assert [(tier.label, tier.bureaus, tier.chosen_count) for tier in tiers] == [
        ("省级单位", [province], 1),
        ("内部单位", [unit], 0),
    ]
    assert response.context["task_count"] == 3


def test_preview_shows_the_reminders_and_what_speaks_against_it(office, clock):
    CalendarDay.objects.create(day="2036-01-01", kind=CalendarDay.Kind.REST)
    notice = factories.filed_notice(TEXT.replace("2026年12月31日前", "2036年12月30日前"))
    clock.move_to("2026-06-01 10:00 +08:00", tick=False)
    office.force_login(factories.coordinator())

    past, ahead, undated = office.get(url(notice)).context["previews"]

    assert past.outlook.ladder == []
    assert past.warnings == ["截止时间2026年3月31日已过，下发后各单位立即显示为逾期"]
    assert [rung.label for rung in ahead.outlook.ladder][:1] == ["提前10个工作日"]
    assert len(ahead.outlook.ladder) == 10
    assert (undated.outlook.ladder, undated.warnings, undated.outlook.due_on) == ([], [], None)


def test_same_table_asked_before_is_told(office, provinces):
    earlier = factories.obligation(*provinces, text=TEXT)
    for task in earlier.assignments.for_detail():
        factories.walk(task, "accept", "hand_in", "pass_review", "submit")
    notice = factories.filed_notice(TEXT.replace("1号", "2号"))

    page = " ".join(office.get(url(notice)).content.decode().split())

    assert (
        f'<a href="/notices/{earlier.notice_id}/">《市场监管总局关于报送质量工作情况的通知》</a>'
        "（国市监测〔2026〕1号）附件1 表头相同，江苏等2个单位已于 2026-03-02 报送，"
        "是否可直接使用已有数据？"
    ) in page


@pytest.mark.parametrize(("units", "weeks"), [(1, 1), (50, 50)])
def test_page_asks_as_often_for_fifty_periods_and_units(
    office, django_assert_num_queries, units, weeks
):
    some = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 11 + units)]
    factories.obligation(*some, text=TEXT)
    stop = f"{date(2026, 4, 3) + timedelta(weeks=weeks - 1):%Y年%-m月}"
    sentence = WEEKLY.replace("2026年4月起至6月", f"2026年4月起至{stop}")
    notice = factories.filed_notice(text_with(sentence).replace("1号", "2号"))

    with django_assert_num_queries(22):
        context = office.get(url(notice)).context

    preview = context["previews"][0]
    assert (preview.count >= weeks, len(preview.before)) == (True, 1)
    assert context["unit_count"] == units


# --- issuing ------------------------------------------------------------------------------------


def test_issuing_makes_one_assignment_for_each_clause_and_unit(office, provinces):
    notice = factories.filed_notice(TEXT)
    clauses = list(notice.clauses.values_list("pk", flat=True))[:2]

    response = office.post(url(notice), filled_in(office.get(url(notice)), clauses=clauses))

    assert response.url == reverse("tasks:notice_detail", args=[notice.pk])
    assert told(response) == ["已下发：2个事项、2个单位，共4项任务，首次提醒2026年3月16日 9:00"]
    assert Obligation.objects.count() == 2
    assert Assignment.objects.count() == 4


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left_out", "said"), [("clauses", "请至少选择一个事项"), ("bureaus", "请至少选择一个接收单位")]
)
def test_nothing_chosen_is_refused_and_the_rest_stays_ticked(office, left_out, said):
    factories.province()
    notice = factories.filed_notice(TEXT)
    data = filled_in(office.get(url(notice)), clauses=[notice.clauses.first().pk])
    del data[left_out]

    response = office.post(url(notice), data)

    assert response.status_code == 422
    assert said in response.content.decode()
    chosen = response.context["clause_count"], response.context["unit_count"]
    assert chosen == ((0, 1) if left_out == "clauses" else (1, 0))
    assert not Obligation.objects.exists()


@pytest.mark.parametrize("workdays", ["0", "11", "", "三"])
def test_threshold_out_of_range_is_refused(office, provinces, workdays):
    notice = factories.filed_notice(TEXT)

    response = office.post(url(notice), filled_in(office.get(url(notice)), soon_workdays=workdays))

    assert response.status_code == 422
    assert response.context["form"].errors["soon_workdays"] == ["请填1到10的整数"]


def test_bureau_that_is_not_offered_cannot_be_chosen(office):
    city = factories.prefecture(factories.province())
    notice = factories.filed_notice(TEXT)

    response = office.post(url(notice), filled_in(office.get(url(notice)), bureaus=[city.pk]))

    assert response.status_code == 422
    assert not Obligation.objects.exists()


@pytest.mark.parametrize("field", ["clauses", "bureaus", "also"])
def test_key_that_no_row_can_have_is_refused_in_words(office, provinces, field):
    notice = factories.filed_notice(TEXT)
    given = filled_in(office.get(url(notice)))
    keys = [*given.get(field, ()), "9" * 30]

    answer = office.post(url(notice), given | {field: keys})

    if field == "also":  # what is carried on from before and is nothing is dropped
        assert answer.status_code == 302
    else:
        assert answer.status_code == 422
        assert "请从列表中选择" in answer.content.decode()
        assert not Assignment.objects.exists()


@pytest.mark.parametrize("key", ["-1", "１", "²", "一", "", "1\x00", " 1", "1.0", "0"])
def test_key_that_is_no_key_is_refused_in_words(office, provinces, key):
    notice = factories.filed_notice(TEXT)
    given = filled_in(office.get(url(notice)))

    answer = office.post(url(notice), given | {"bureaus": [*given["bureaus"], key]})

    assert answer.status_code == 422
    assert answer.context["form"].errors["bureaus"] == ["请从列表中选择“接收单位”"]
    assert not Assignment.objects.exists()


def test_units_chosen_are_looked_up_by_one_query_and_each_once(django_assert_num_queries):
    units = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 41)]
    offered = {"clauses": Clause.objects.none(), "bureaus": Bureau.objects.all()}
    keys = [str(unit.pk) for unit in units]
    form = IssueForm({"bureaus": [*keys, keys[0]]}, must_be_needed=False, **offered)

    with django_assert_num_queries(1):
        chosen = list(form.fields["bureaus"].clean(form.data["bureaus"]))

    assert sorted(unit.pk for unit in chosen) == sorted(unit.pk for unit in units)


def test_issuing_twice_is_refused(office, provinces):
    notice = factories.filed_notice(TEXT)
    data = filled_in(office.get(url(notice)))
    office.post(url(notice), data)

    response = office.post(url(notice), data)

    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "事项“质量工作进展情况”已经下发过，不能重复下发"
    ]
    assert Obligation.objects.count() == 3


def test_notice_that_nobody_has_checked_is_not_issued(office):
    assert office.get(url(factories.notice(TEXT))).status_code == 404


def test_everything_issued_leaves_nothing_to_choose(office):
    obligation = factories.obligation(text=TEXT)
    for number in ("2", ""):
        factories.obligation(number=number)

    response = office.get(url(obligation.notice))

    assert response.context["previews"] == []
    assert "这份文件没有待下发的事项" in response.content.decode()


def test_what_was_withdrawn_can_be_issued_again(office):
    obligation = factories.obligation(text=TEXT)
    amending.withdraw(obligation, reason="下发有误", now=NOW, by=factories.coordinator())

    previews = office.get(url(obligation.notice)).context["previews"]

    assert obligation.clause in [preview.clause for preview in previews]


def test_filler_may_not_issue(client):
    obligation = factories.obligation(text=TEXT)
    client.force_login(factories.staff(Role.FILLER, factories.province()))

    assert client.get(url(obligation.notice)).status_code == 403
