"""Another copy of a notice: taken over or kept, nothing lost, what is decided stays decided."""

from pathlib import Path

import pytest
from django.conf import settings

from audit.models import AuditEvent
from bureaus.roles import Role
from notices.actions import checking
from notices.actions import merging as notice_merging
from notices.checking.decisions import Decision, as_read
from notices.errors import NoticeError
from notices.models import ClauseChange, Notice
from notices.states import ClauseState
from tasks.actions.merging import How
from tasks.ladder.events import TWIN_CHANGED
from tasks.models import Delivery, Event
from tests import factories
from tests.factories import NOW
from tests.tasks import told
from tests.tasks.merging import copies
from tests.tasks.merging.copies import came, comparison, duties, filed, merged, sources

pytestmark = pytest.mark.django_db
SEEDS = Path(settings.BASE_DIR).parent / "shared" / "notices" / "seeds"
TAKEN, KEPT = ("taken", True, False), ("first", True, False)


# --- cut off and whole --------------------------------------------------------------------------


def test_cut_copy_followed_by_the_whole_one_becomes_one_notice_with_two_sources():
    cut = filed(copies.CUT)
    whole = came(copies.WHOLE)

    told = merged(whole)

    notice = factories.fresh(cut)
    assert told.merged.notice == notice
    assert (notice.state, notice.is_truncated, notice.body) == ("filed", False, copies.WHOLE)
    assert sources(notice) == [("first", False, True), TAKEN]
    assert duties(notice) == [
        ("confirmed", "质量工作进展情况", "03-31"),
        ("proposed", "质量工作年度总结", "12-31"),
        ("proposed", "重要情况和工作信息", ""),
    ]
    assert [str(one) for one in notice.attachments.all()] == [
        "附件1 质量工作进展情况表",
        "附件2 质量工作年度总结提纲",
    ]
    assert factories.fresh(whole).state == "merged"
    assert list(Notice.objects.exclude(state="merged")) == [notice]


def test_who_still_owes_something_is_told_what_the_fuller_copy_changed():
    cut = filed(copies.CUT)
    zhejiang = factories.province()
    filler = factories.staff(Role.FILLER, zhejiang)
    clause = cut.clauses.get(state=ClauseState.CONFIRMED)
    told.issue(zhejiang, number=clause.attachment_numbers, notice=cut)

    merged(came(copies.WHOLE))

    event = Event.objects.latest("pk")
    assert (event.kind, event.words) == (
        TWIN_CHANGED.code,
        "依据文件已收到更全或更正的文本，请以文件页的正文为准",
    )
    assert "新增2个事项，待下发单位核对" in event.reason
    assert Delivery.objects.filter(recipient=filler, milestone__event=event).exists()


def test_whole_copy_followed_by_the_cut_one_stays_as_it_is():
    whole = filed()
    before = Notice.objects.filter(pk=whole.pk).values().get()
    cut = came(copies.CUT_EARLY)

    assert copies.advice(cut) == "cut"
    merged(cut, How.KEEP)

    assert Notice.objects.filter(pk=whole.pk).values().get() == before
    assert sources(whole) == [KEPT, ("kept", False, True)]
    assert len(duties(whole)) == 3


@pytest.mark.parametrize("order", ["cut first", "whole first"])
def test_founding_directive_ends_as_one_notice(order):
    if not SEEDS.exists():
        pytest.skip("the shared directives are not here")
    texts = [
        (SEEDS / name).read_text()
        for name in ("000_6260165a63c50d2d.txt", "001_97119d9987875b22.txt")
    ]
    first, second = texts if order == "cut first" else texts[::-1]
    one, other = came(first), came(second)

    assert copies.advice(other) == ("fuller" if order == "cut first" else "cut")
    merged(other, How.TAKE if order == "cut first" else How.KEEP)

    notice = factories.fresh(one)
    assert (notice.body, notice.is_truncated) == (texts[1], False)
    assert [deliverable for _, deliverable, _ in duties(notice)] == ["有关学习宣传贯彻情况"]
    assert notice.sources.count() == 2


def test_cut_in_the_middle_of_a_table_is_less():
    filed()

    upload = came(copies.IN_TABLE)

    assert copies.advice(upload) == "cut"


def test_body_of_an_attachment_that_only_the_old_copy_has_is_not_lost():
    notice = filed()

    merged(came(copies.IN_TABLE))

    assert [one.kind for one in notice.attachments.all()] == ["table", "outline"]


# --- what people decided ------------------------------------------------------------------------


def test_person_s_day_and_words_stay_where_the_copies_agree():
    first = came(copies.CUT)
    clause = first.clauses.reports().get()
    decision = Decision(True, "进展情况（含附表）", NOW.date().replace(day=20), None, "1")
    by = factories.coordinator()
    checking.file(
        first, metadata={"urgency": "加急"}, decisions={clause.pk: decision}, now=NOW, by=by
    )

    merged(came(copies.WHOLE))

    notice = factories.fresh(first)
    assert duties(notice)[0] == ("confirmed", "进展情况（含附表）", "03-20")
    assert notice.urgency == "加急"
    assert not ClauseChange.objects.exists()


def test_what_was_found_to_be_no_duty_stays_so():
    first = came(copies.WHOLE)
    decisions = {clause.pk: as_read(clause) for clause in first.clauses.reports()}
    last = first.clauses.reports().last()
    decisions[last.pk] = Decision(False, last.deliverable, None, None, "")
    by = factories.coordinator()
    checking.file(first, metadata={}, decisions=decisions, now=NOW, by=by)

    merged(came(copies.LATER))

    assert [state for state, _, _ in duties(first)] == ["confirmed", "confirmed", "rejected"]


def test_duty_that_a_person_added_is_found_again_in_the_new_text():
    first = came(copies.CUT)
    quote = "现就有关事项通知如下"
    added = checking.add_clause(
        first,
        quote=quote,
        deliverable="联系人名单",
        due_on=None,
        now=NOW,
        by=factories.coordinator(),
    )

    merged(came("国家市场监督管理总局文件\n\n" + copies.WHOLE))

    kept = factories.fresh(added)
    body = factories.fresh(first).body
    assert (kept.deliverable, body[kept.start_at : kept.end_at]) == ("联系人名单", quote)


def test_waiting_notice_is_read_anew_and_asks_for_no_second_look():
    first = came(copies.CUT)

    merged(came(copies.LATER))

    assert duties(first)[0] == ("proposed", "质量工作进展情况", "04-10")
    assert not ClauseChange.objects.exists()


def test_other_day_of_a_confirmed_duty_waits_for_a_person():
    notice = filed()

    merged(came(copies.CORRECTED))

    (change,) = ClauseChange.objects.all()
    assert (change.kind, copies.day(change.old_due_at), copies.day(change.new_due_at)) == (
        "moved",
        "03-31",
        "04-10",
    )
    assert duties(notice)[0] == ("confirmed", "质量工作进展情况", "03-31")


def test_third_copy_that_says_the_old_day_again_leaves_nothing_to_decide():
    filed()
    merged(came(copies.LATER))

    merged(came(copies.WHOLE))

    assert not ClauseChange.objects.exists()


def test_confirmed_duty_that_is_gone_waits_and_its_words_have_no_place():
    notice = filed()

    merged(came(copies.WITHOUT_SECOND))

    (change,) = ClauseChange.objects.all()
    clause = factories.fresh(change.clause)
    assert (change.kind, clause.state, clause.start_at) == ("gone", "confirmed", None)
    assert len(duties(notice)) == 3


# --- attachments --------------------------------------------------------------------------------


def test_one_attachment_more_comes_at_the_end_and_the_others_keep_their_numbers():
    notice = filed()
    text = copies.WHOLE.replace(
        "附件：1.质量工作进展情况表\n\n2.质量",
        "附件：1.联系人名单\n\n2.质量工作进展情况表\n\n3.质量",
    )
    text = text.replace("（附件1）", "（附件2）").replace(
        "（附件2）报送总局。重要", "（附件3）报送总局。重要"
    )
    text = text.replace("\n附件2\n", "\n附件3\n").replace("\n附件1\n", "\n附件2\n")

    merged(came(text))

    assert [(one.position, one.title, one.kind) for one in notice.attachments.all()] == [
        (1, "质量工作进展情况表", "table"),
        (2, "质量工作年度总结提纲", "outline"),
        (3, "联系人名单", "missing"),
    ]


def test_new_duty_refers_to_the_attachment_by_its_number_here():
    first = came(copies.CUT)
    copies.file(first)
    numbered = {one.title: one.position for one in first.attachments.all()}

    merged(came(copies.WHOLE))

    assert numbered == {}
    assert [clause.attachment_numbers for clause in first.clauses.reports()] == ["1", "2", ""]


def test_column_that_came_is_named():
    filed()

    found = comparison(came(copies.WIDER))

    changes = [change for pair in found.attachments for change in pair.changes]
    assert changes == ["增加1栏（投入金额）"]
    assert found.advice.takes_over


# --- refused, all or nothing --------------------------------------------------------------------


def test_copy_that_somebody_files_meanwhile_is_not_merged():
    notice = filed(copies.CUT)
    upload = came(copies.WHOLE)
    seen = comparison(upload).old.digest
    copies.file(factories.fresh(upload))

    with pytest.raises(NoticeError, match="已经处理过"):
        merged_again(upload, seen)

    assert (factories.fresh(notice).body, sources(notice)) == (copies.CUT, [])


def merged_again(upload, seen):
    by = factories.coordinator()
    return notice_merging.take(factories.fresh(upload), seen=seen, now=NOW, by=by)


def test_copy_is_merged_once():
    filed(copies.CUT)
    upload = came(copies.WHOLE)
    seen = comparison(upload).old.digest
    merged(upload)

    with pytest.raises(NoticeError, match="已经处理过"):
        merged_again(upload, seen)


def test_only_those_who_check_may_merge():
    filed(copies.CUT)
    upload = came(copies.WHOLE)
    stranger = factories.staff(Role.FILLER, factories.province())

    with pytest.raises(NoticeError, match="没有“核对入库”权限"):
        merged(upload, by=stranger)
    assert factories.fresh(upload).state == "to_check"


def test_nothing_is_merged_where_the_audit_cannot_be_written(monkeypatch):
    notice = filed(copies.CUT)
    upload = came(copies.WHOLE)

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(AuditEvent, "save", broken)
    with pytest.raises(RuntimeError):
        merged(upload)

    assert (factories.fresh(notice).body, factories.fresh(upload).state) == (copies.CUT, "to_check")


def test_audit_names_both_copies():
    notice = filed(copies.CUT)
    upload = came(copies.WHOLE)
    digests = [notice.digest, upload.digest]

    merged(upload)

    event = AuditEvent.objects.about(notice).get(verb="并入文件，采用新件")
    assert (event.detail["upload"], event.detail["digest"]) == (upload.pk, digests)
    assert event.detail["added"] == ["质量工作年度总结", "重要情况和工作信息"]


# --- taken back ---------------------------------------------------------------------------------


def test_copy_that_was_only_kept_can_be_taken_out_again():
    notice = filed()
    upload = came(copies.CUT_EARLY)
    source = merged(upload, How.KEEP).merged.source

    released = notice_merging.release(source, now=NOW, by=factories.coordinator())

    assert (released, released.state, sources(notice)) == (upload, "to_check", [])


def test_copy_that_was_taken_over_cannot():
    filed(copies.CUT)
    source = merged(came(copies.WHOLE)).merged.source

    with pytest.raises(NoticeError, match="不能撤回"):
        notice_merging.release(source, now=NOW, by=factories.coordinator())


def test_new_duties_are_decided_all_together():
    notice = filed(copies.CUT)
    merged(came(copies.WHOLE))
    fresh = list(notice.clauses.reports().filter(state=ClauseState.PROPOSED))
    by = factories.coordinator()

    with pytest.raises(NoticeError, match="刷新页面"):
        checking.decide(notice, decisions={fresh[0].pk: as_read(fresh[0])}, now=NOW, by=by)
    checking.decide(notice, decisions={one.pk: as_read(one) for one in fresh}, now=NOW, by=by)

    assert [state for state, _, _ in duties(notice)] == ["confirmed"] * 3
