from dataclasses import replace
from datetime import date, datetime, time

import pytest

from audit.models import AuditEvent
from bureaus.actions import registry
from bureaus.models import Post
from bureaus.roles import Role
from notices.actions import checking
from notices.checking.decisions import as_read, moment
from notices.errors import NoticeError
from notices.models import Notice
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice():
    registry.load_workdays()
    return factories.notice()


def decisions_on(notice, **changes):
    """As read, but for the first clause."""
    made = {clause.pk: as_read(clause) for clause in notice.clauses.all()}
    first = notice.clauses.first().pk
    made[first] = replace(made[first], **changes)
    return made


def file(notice, *, metadata=None, decisions=None, by=None):
    return checking.file(
        notice,
        metadata=metadata or {},
        decisions=decisions_on(notice) if decisions is None else decisions,
        now=factories.NOW,
        by=by or factories.coordinator(),
    )


def filing(notice):
    return AuditEvent.objects.about(notice).get(verb="核对入库")


def test_filing_as_read_confirms_every_clause(notice):
    file(notice)

    stored = factories.fresh(notice)
    assert (stored.state, stored.filed_at) == ("filed", factories.NOW)
    assert stored.filed_by == factories.coordinator()
    positions = list(stored.clauses.values_list("position", flat=True))
    assert list(stored.clauses.confirmed()) == list(stored.clauses.all())
    assert not stored.clauses.filter(needs_confirming=True).exists()
    assert filing(stored).detail == {"changed": {}, "confirmed": positions, "rejected": []}


def test_reading_confirmed_leaves_the_dates_alone(notice):
    before = list(notice.clauses.values("due_at", "strict_on", "target_on", "explanation"))

    file(notice)

    after = list(notice.clauses.values("due_at", "strict_on", "target_on", "explanation"))
    assert after == before


def test_clause_that_asks_for_nothing_is_rejected(notice):
    file(notice, decisions=decisions_on(notice, is_obligation=False))

    assert notice.clauses.get(position=1).state == "rejected"
    assert not notice.clauses.confirmed().filter(position=1).exists()
    assert filing(notice).detail["rejected"] == [1]


def test_corrected_fields_are_stored_and_recorded_old_and_new(notice):
    new = {"title": "改正的标题", "doc_number": notice.doc_number, "written_on": date(2026, 3, 1)}

    file(notice, metadata=new)

    stored = factories.fresh(notice)
    assert (stored.title, stored.written_on) == ("改正的标题", date(2026, 3, 1))
    assert filing(stored).detail["changed"] == {
        "title": ["市场监管总局关于报送质量工作情况的通知", "改正的标题"],
        "written_on": ["2026-03-02", "2026-03-01"],
    }


def test_changed_deadline_gives_new_dates_with_their_reason(notice):
    was = notice.clauses.get(position=1).explanation

    file(notice, decisions=decisions_on(notice, due_on=date(2026, 4, 6)))  # 清明 is a holiday

    clause = notice.clauses.get(position=1)
    assert clause.due_at == datetime(2026, 4, 6, 23, 59, 59, tzinfo=factories.SHANGHAI)
    assert (clause.strict_on, clause.target_on) == (date(2026, 4, 6), date(2026, 4, 3))
    assert clause.explanation == f"人工改定为2026年4月6日。原识别：{was}"


def test_changed_deadline_is_recorded_old_and_new(notice):
    file(notice, decisions=decisions_on(notice, due_on=date(2026, 4, 6), due_clock=time(17, 0)))

    changed = filing(notice).detail["changed"]
    old, new = (datetime.fromisoformat(each) for each in changed.pop("事项1截止时间"))
    assert old == datetime(2026, 3, 31, 23, 59, 59, tzinfo=factories.SHANGHAI)
    assert new == datetime(2026, 4, 6, 17, 0, tzinfo=factories.SHANGHAI)
    assert changed == {}


def test_removed_deadline_leaves_the_clause_undated(notice):
    file(notice, decisions=decisions_on(notice, due_on=None, due_clock=None))

    clause = notice.clauses.get(position=1)
    assert (clause.due_at, clause.strict_on, clause.target_on) == (None, None, None)
    assert clause.explanation.startswith("人工改定为不设截止时间。原识别：原文写明")


def test_date_given_to_an_undated_clause_ends_its_review(notice):
    undated = notice.clauses.get(quote__contains="及时")
    decisions = decisions_on(notice)
    decisions[undated.pk] = replace(decisions[undated.pk], due_on=date(2026, 6, 30))

    file(notice, decisions=decisions)

    clause = factories.fresh(undated)
    assert (clause.review_on, clause.target_on) == (None, date(2026, 6, 30))


def test_corrected_words_and_attachments_are_recorded(notice):
    file(notice, decisions=decisions_on(notice, deliverable="进展表", attachment_numbers="1,2"))

    clause = notice.clauses.get(position=1)
    assert (clause.deliverable, clause.attachments_referred) == ("进展表", [1, 2])
    assert filing(notice).detail["changed"] == {
        "事项1报送内容": ["质量工作进展情况", "进展表"],
        "事项1附件": ["1", "1,2"],
    }


def assert_untouched(notice):
    stored = factories.fresh(notice)
    assert (stored.state, stored.filed_at, stored.filed_by) == ("to_check", None, None)
    assert stored.title == "市场监管总局关于报送质量工作情况的通知"
    assert set(stored.clauses.values_list("state", flat=True)) == {"proposed"}
    assert not AuditEvent.objects.filter(verb="核对入库").exists()


def test_undecided_clause_refuses_everything(notice):
    decisions = decisions_on(notice, deliverable="进展表")
    decisions.pop(notice.clauses.last().pk)

    with pytest.raises(NoticeError, match="还有事项没有核对"):
        file(notice, metadata={"title": "改正的标题"}, decisions=decisions)

    assert_untouched(notice)
    assert notice.clauses.get(position=1).deliverable == "质量工作进展情况"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR}))
def test_filing_by_somebody_without_the_post_is_refused(notice, role):
    with pytest.raises(NoticeError, match="您在市场监管总局没有“核对入库”权限"):
        file(notice, by=factories.staff(role, factories.central()))

    assert_untouched(notice)


def test_second_filing_is_refused(notice):
    file(notice)

    with pytest.raises(NoticeError, match="已经核对过"):
        file(notice, metadata={"title": "另一个标题"})

    assert AuditEvent.objects.filter(verb="核对入库").count() == 1
    assert factories.fresh(notice).title == "市场监管总局关于报送质量工作情况的通知"


def test_filing_what_somebody_else_discarded_is_refused(notice):
    stale = factories.fresh(notice)
    discard(notice)

    with pytest.raises(NoticeError, match="已经核对过"):
        file(stale)

    assert factories.fresh(notice).state == "discarded"


def add(notice, **changes):
    said = {"quote": "2026年12月底前报送质量工作年度总结", "deliverable": "年度总结"}
    said |= {"due_on": date(2026, 12, 31), "by": factories.coordinator(), **changes}
    return checking.add_clause(notice, now=factories.NOW, **said)


def test_missed_clause_is_added_after_the_others_at_its_place(notice):
    before = notice.clauses.count()

    clause = factories.fresh(add(notice))

    assert clause.position == before + 1
    assert notice.body[clause.start_at : clause.end_at] == clause.quote
    assert clause.due_at == datetime(2026, 12, 31, 23, 59, 59, tzinfo=factories.SHANGHAI)
    assert clause.explanation == "人工改定为2026年12月31日。原识别：无"
    assert (clause.state, clause.confidence) == ("proposed", None)


def test_missed_clause_may_have_no_date(notice):
    clause = factories.fresh(add(notice, due_on=None))

    assert (clause.due_at, clause.explanation) == (None, "人工补充，未设截止时间")


def test_first_clause_of_a_notice_without_any_is_number_one(notice):
    notice.clauses.all().delete()

    assert add(notice).position == 1


def test_added_clause_is_recorded(notice):
    add(notice)

    assert AuditEvent.objects.about(notice).get(verb="补充事项").detail == {
        "quote": "2026年12月底前报送质量工作年度总结",
        "deliverable": "年度总结",
        "due_on": "2026-12-31",
    }


def test_added_clause_has_to_be_decided_like_the_others(notice):
    decisions = decisions_on(notice)
    add(notice)

    with pytest.raises(NoticeError, match="还有事项没有核对"):
        file(notice, decisions=decisions)


def refused_addition(notice, message, **changes):
    before = list(notice.clauses.values_list("pk", flat=True))
    with pytest.raises(NoticeError, match=message):
        add(notice, **changes)
    assert list(notice.clauses.values_list("pk", flat=True)) == before
    assert not AuditEvent.objects.filter(verb="补充事项").exists()


def test_quote_that_is_not_in_the_text_is_refused(notice):
    refused_addition(notice, "在原文中找不到这句话", quote="原文里没有的一句话")


def test_addition_to_a_filed_notice_is_refused(notice):
    file(notice)

    refused_addition(notice, "文件已入库，不能再补充事项")


def test_addition_by_somebody_without_the_post_is_refused(notice):
    person = factories.staff(Role.FILLER, factories.central())

    refused_addition(notice, "没有“核对入库”权限", by=person)


def discard(notice, *, reason="与已有文件重复", by=None):
    checking.discard(notice, reason=reason, now=factories.NOW, by=by or factories.coordinator())


def test_discarded_notice_is_kept_with_the_reason(notice):
    discard(notice, reason=" 与已有文件重复\n")

    assert factories.fresh(notice).state == "discarded"
    event = AuditEvent.objects.about(notice).get(verb="作废文件")
    assert event.detail == {"reason": "与已有文件重复"}


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_discarding_needs_a_reason(notice, reason):
    with pytest.raises(NoticeError, match="请填写作废的原因"):
        discard(notice, reason=reason)

    assert_untouched(notice)


def test_filed_notice_cannot_be_discarded(notice):
    file(notice)

    with pytest.raises(NoticeError, match="已经核对过，不能作废"):
        discard(notice)

    assert factories.fresh(notice).state == "filed"


def test_discarding_by_somebody_without_the_post_is_refused(notice):
    with pytest.raises(NoticeError, match="没有“核对入库”权限"):
        discard(notice, by=factories.staff(Role.REVIEWER, factories.central()))

    assert_untouched(notice)


def test_coordinator_of_a_lower_bureau_may_not_check_the_central_offices_notice(notice):
    zhejiang = factories.province()
    person = factories.staff(Role.COORDINATOR, zhejiang)
    Post.objects.create(staff=person, bureau=factories.central(), role=Role.REVIEWER)

    with pytest.raises(NoticeError, match="没有“核对入库”权限"):
        file(notice, by=person)

    assert Notice.objects.get().state == "to_check"


def test_decision_as_read_holds_day_and_hour():
    clause = factories.notice(
        factories.TEXT.replace("2026年3月31日前", "2026年3月31日17时前")
    ).clauses.first()

    decision = as_read(clause)

    assert (decision.due_on, decision.due_clock) == (date(2026, 3, 31), time(17, 0))
    assert moment(decision.due_on, decision.due_clock) == clause.due_at


def test_moment_is_the_end_of_the_day_where_no_hour_is_given():
    end = datetime(2026, 3, 31, 23, 59, 59, tzinfo=factories.SHANGHAI)

    assert moment(date(2026, 3, 31), None) == end
    assert moment(None, time(17, 0)) is None
