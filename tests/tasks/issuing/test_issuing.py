from datetime import date, datetime, time

import pytest
from django.db import IntegrityError

from audit.models import AuditEvent, Chain
from bureaus.roles import Role
from notices.models import Addressee, Clause
from tasks.actions import amending, issuing
from tasks.actions.issuing import Terms
from tasks.errors import IssueRefused, NotYourPost
from tasks.models import Assignment, Milestone, Obligation
from tasks.scheduling.dates import dates_of
from tests import factories
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def test_issue_gives_each_bureau_one_assignment_with_its_three_dates():
    zhejiang, jiangsu = factories.province(), factories.province("320000", "江苏省")

    issued = factories.obligation(zhejiang, jiangsu)

    rows = list(issued.assignments.order_by("bureau_path"))
    assert [row.bureau for row in rows] == [jiangsu, zhejiang]
    assert {row.bureau_path for row in rows} == {"/320000/", "/330000/"}
    assert {row.due_at.astimezone(factories.SHANGHAI).date() for row in rows} == {factories.DUE_ON}
    assert all(row.target_at <= row.due_at for row in rows)
    assert all(row.receiver == factories.central() for row in rows)


def test_tasks_made_together_are_stored_as_they_were_made():
    """What is null in each of them is left to the database, what one of them has is not."""
    issued, person = factories.obligation(factories.province()), factories.coordinator()
    units = [factories.province(f"{code}0000", f"示例{code}省") for code in (12, 13, 14)]
    alike = {"obligation": issued, "receiver": issued.issuer, "due_at": issued.due_at}
    stamp = {"accepted_at": factories.NOW, "accepted_by": person, "return_reason": "示例"}

    made = Assignment.objects.bulk_create(
        Assignment(bureau=unit, bureau_path=unit.path, **alike, **more)
        for unit, more in zip(units, ({}, stamp, {}), strict=True)
    )

    columns = [field.attname for field in Assignment._meta.concrete_fields]
    rows = Assignment.objects.order_by("pk").filter(pk__in=[each.pk for each in made])
    assert list(rows.values(*columns)) == [
        {name: getattr(each, name) for name in columns} for each in made
    ]


def test_tasks_of_many_bureaus_share_nothing_that_one_of_them_changes():
    units = [factories.province(f"{code}0000", f"示例{code}省") for code in (12, 13)]
    one, other = issuing.add(
        factories.obligation(factories.province()),
        bureaus=units,
        now=factories.NOW,
        by=factories.coordinator(),
    )

    one.handler = factories.coordinator()

    assert [one.bureau, other.bureau] == units
    assert (other.handler, other.status, other.round_number) == (None, "pending", 1)


def test_issue_lets_the_bureaus_read_the_notice_and_arms_their_reminders():
    task = factories.assignment()

    assert list(Addressee.objects.values_list("bureau__code", flat=True)) == ["330000"]
    kinds = list(task.milestones.order_by("at").values_list("kind", flat=True))
    assert kinds == ["T-10", "T-5", "T-3", "T-1", "T0", "O1", "O2", "O3", "S", "C"]


def test_issue_writes_one_event_into_the_issuers_chain():
    issued = factories.obligation()

    event = AuditEvent.objects.about(issued).get()
    assert (event.chain, event.verb) == ("100000", "下发")
    assert event.detail["bureaus"] == ["330000"]


def test_issue_twice_is_refused_and_adds_nothing():
    clause = factories.obligation().clause

    with pytest.raises(IssueRefused, match="已经下发过"):
        issuing.issue(
            clause,
            bureaus=[factories.province()],
            terms=Terms(dates_of(clause)),
            now=factories.NOW,
            by=factories.coordinator(),
        )

    assert (Obligation.objects.count(), Assignment.objects.count()) == (1, 1)


def issue(clause, *bureaus, by=None):
    return issuing.issue(
        clause,
        bureaus=bureaus,
        terms=Terms(dates_of(clause)),
        now=factories.NOW,
        by=by or factories.coordinator(),
    )


def nothing_stored() -> bool:
    kinds = (Obligation, Assignment, Milestone, Addressee)
    return not any(kind.objects.exists() for kind in kinds)


@pytest.fixture
def clause():
    return factories.filed_notice().clauses.get(attachment_numbers="1")


def test_issue_to_nobody_is_refused(clause):
    with pytest.raises(IssueRefused, match="请至少选择一个接收单位"):
        issue(clause)

    assert nothing_stored()


def test_issue_before_the_notice_is_filed_is_refused():
    clause = factories.notice().clauses.get(attachment_numbers="1")

    with pytest.raises(IssueRefused, match="文件尚未核对入库，请先在“核对”页确认识别结果"):
        issue(clause, factories.province())

    assert nothing_stored()


@pytest.mark.parametrize("state", ["proposed", "rejected"])
def test_issue_of_a_clause_not_confirmed_is_refused(clause, state):
    Clause.objects.filter(pk=clause.pk).update(state=state)
    clause.refresh_from_db()

    with pytest.raises(IssueRefused, match="事项“质量工作进展情况”尚未确认，不能下发"):
        issue(clause, factories.province())

    assert nothing_stored()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_issue_by_another_role_is_refused(clause, role):
    with pytest.raises(NotYourPost, match="您在市场监管总局没有“下发”权限"):
        issue(clause, factories.province(), by=factories.staff(role, factories.central()))

    assert nothing_stored()


@pytest.mark.parametrize("make", [factories.province, factories.internal_unit])
def test_issue_by_the_coordinator_of_another_bureau_is_refused(clause, make):
    with pytest.raises(NotYourPost, match="没有“下发”权限"):
        issue(clause, factories.province(), by=factories.staff(Role.COORDINATOR, make()))

    assert nothing_stored()


def test_bureau_named_twice_gets_one_assignment(clause):
    issued = issue(clause, factories.province(), factories.province())

    assert issued.assignments.count() == 1


def test_issue_whose_audit_fails_leaves_nothing(clause):
    Chain.objects.filter(name="100000").update(length=0)  # the next event's place is taken

    with pytest.raises(IntegrityError):
        issue(clause, factories.province())

    assert nothing_stored()


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_at_once_issue_once(clause):
    people = [
        factories.coordinator(),
        factories.staff(Role.COORDINATOR, factories.central(), username="second"),
    ]
    clauses = [Clause.objects.select_related("notice__bureau").get(pk=clause.pk) for _ in people]
    province = factories.province()

    results = at_once(
        [
            lambda clause=clause, person=person: issue(clause, province, by=person)
            for clause, person in zip(clauses, people, strict=True)
        ]
    )

    assert sorted(type(result).__name__ for result in results) == ["IssueRefused", "Obligation"]
    assert (Obligation.objects.count(), Assignment.objects.count()) == (1, 1)


def test_issue_keeps_what_the_clause_said(clause):
    issued = issue(clause, factories.province())

    row = Obligation.objects.get()
    assert row == issued
    assert (row.title, row.quote) == (clause.deliverable, clause.quote)
    assert (row.attachment_numbers, row.attachments_referred) == ("1", [1])
    assert (row.issuer, row.issued_by) == (factories.central(), factories.coordinator())
    assert row.explanation == clause.explanation != ""


def test_target_ends_with_the_offices_day(clause, settings):
    settings.OFFICE_CLOSES = time(16, 45)

    target = dates_of(clause).target_at.astimezone(factories.SHANGHAI)

    assert (target.date(), target.time()) == (clause.target_on, time(16, 45))


def test_target_is_never_after_the_due_moment(clause):
    clause.due_at = datetime(2026, 3, 30, 12, 0, tzinfo=factories.SHANGHAI)

    assert dates_of(clause).target_at == clause.due_at


def test_undated_obligation_is_reminded_of_on_its_review_day_alone_and_is_never_overdue():
    task = factories.assignment(number="")

    assert task.due_at is None
    moments = Milestone.objects.values_list("kind", "at__date")
    assert sorted(moments) == [("R", task.review_on), ("RC", task.review_on)]
    assert not Assignment.objects.overdue(factories.NOW.replace(year=2036)).exists()


# --- terms --------------------------------------------------------------------------------------


def issue_on(clause, terms: Terms, *bureaus, by=None):
    return issuing.issue(
        clause, bureaus=bureaus, terms=terms, now=factories.NOW, by=by or factories.coordinator()
    )


def test_clause_is_issued_once_a_period(clause):
    zhejiang, dates = factories.province(), dates_of(clause)
    april, may = (issue_on(clause, Terms(dates, period), zhejiang) for period in ("4月", "5月"))

    with pytest.raises(IssueRefused, match="事项“质量工作进展情况”（5月）已经下发过，不能重复下发"):
        issue_on(clause, Terms(dates, "5月"), zhejiang)

    assert [april.period, may.period] == ["4月", "5月"]
    assert Assignment.objects.count() == 2


def test_period_withdrawn_can_be_issued_again(clause):
    first = issue_on(clause, Terms(dates_of(clause), "4月"), factories.province())
    amending.withdraw(first, reason="下发有误", now=factories.NOW, by=factories.coordinator())

    again = issue_on(clause, Terms(dates_of(clause), "4月"), factories.province())

    assert again.assignments.count() == 1


def test_threshold_of_the_light_is_kept(clause):
    issued = issue_on(clause, Terms(dates_of(clause), soon_workdays=7), factories.province())

    assert factories.fresh(issued).soon_workdays == 7


@pytest.mark.parametrize("workdays", [0, 11])
def test_threshold_out_of_range_is_refused(clause, workdays):
    with pytest.raises(IssueRefused, match="临期线应为1到10个工作日"):
        issue_on(clause, Terms(dates_of(clause), soon_workdays=workdays), factories.province())

    assert nothing_stored()


def test_bureau_that_is_not_the_issuers_to_ask_is_refused(clause):
    with pytest.raises(IssueRefused, match="市场监管总局不是市场监管总局的下级单位，不能向它下发"):
        issue_on(clause, Terms(dates_of(clause)), factories.central())

    assert nothing_stored()


def test_bureau_out_of_use_is_refused(clause):
    closed = factories.province()
    closed.is_active = False

    with pytest.raises(IssueRefused, match="浙江省市场监管局已停用，不能向它下发"):
        issue_on(clause, Terms(dates_of(clause)), closed)

    assert nothing_stored()


# --- passed down --------------------------------------------------------------------------------


@pytest.fixture
def passed_down():
    """What the 总局 asks, taken in by a province and sent on to its cities."""
    province = factories.province()
    notice = factories.filed_notice(bureau=province)
    return notice.clauses.get(attachment_numbers="1"), factories.prefecture(province)


def by_province():
    return factories.staff(Role.COORDINATOR, factories.province())


@pytest.mark.parametrize("need", ["", "  "])
def test_notice_of_another_body_is_not_passed_down_without_saying_why(passed_down, need):
    clause, city = passed_down

    with pytest.raises(IssueRefused, match="请说明确需报送的理由"):
        issue_on(clause, Terms(dates_of(clause), need=need), city, by=by_province())

    assert nothing_stored()


def test_reason_for_passing_down_is_kept_and_recorded(passed_down):
    clause, city = passed_down

    issued = issue_on(clause, Terms(dates_of(clause), need=" 缺少数据 "), city, by=by_province())

    assert factories.fresh(issued).need == "缺少数据"
    assert AuditEvent.objects.about(issued).get().detail["need"] == "缺少数据"


def test_bureau_above_cannot_be_asked(passed_down):
    clause, _ = passed_down

    with pytest.raises(IssueRefused, match="市场监管总局不是浙江省市场监管局的下级单位"):
        issue_on(
            clause, Terms(dates_of(clause), need="缺少数据"), factories.central(), by=by_province()
        )


# --- 补发 ---------------------------------------------------------------------------------------


def add(issued, *bureaus, by=None):
    return issuing.add(issued, bureaus=bureaus, now=factories.NOW, by=by or factories.coordinator())


def test_add_gives_the_deadline_of_now_and_lets_the_bureau_read_the_notice():
    issued = factories.obligation()
    jiangsu = factories.province("320000", "江苏省")
    amending.amend(
        issued,
        date(2026, 4, 30),
        reason="会议推迟",
        now=factories.NOW,
        by=factories.coordinator(),
    )

    (made,) = add(issued, jiangsu)

    assert (made.due_at, made.deadline_version) == (factories.fresh(issued).due_at, 2)
    assert Addressee.objects.filter(bureau=jiangsu).exists()
    assert made.milestones.filter(deadline_version=2).exists()
    event = AuditEvent.objects.about(issued).get(verb="补发")
    assert event.detail["bureaus"] == ["320000"]


def test_add_to_one_that_has_it_is_refused_for_all():
    issued = factories.obligation()
    jiangsu = factories.province("320000", "江苏省")

    with pytest.raises(IssueRefused, match="浙江省市场监管局已有这项任务，不能重复下发"):
        add(issued, jiangsu, factories.province())

    assert issued.assignments.count() == 1


def test_add_to_nobody_is_refused():
    with pytest.raises(IssueRefused, match="请至少选择一个接收单位"):
        add(factories.obligation())


def test_add_after_withdrawal_is_refused():
    issued = factories.obligation()
    amending.withdraw(issued, reason="下发有误", now=factories.NOW, by=factories.coordinator())

    with pytest.raises(IssueRefused, match="该事项已撤销，不能再下发"):
        add(issued, factories.province("320000", "江苏省"))


def test_add_by_another_bureau_is_refused():
    with pytest.raises(NotYourPost, match="您在市场监管总局没有“下发”权限"):
        add(factories.obligation(), factories.province("320000", "江苏省"), by=by_province())
