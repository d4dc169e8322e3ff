"""Sealed copies: of which version, and what makes one void."""

import pytest

from reports.actions import handing_in, sealing
from reports.errors import EvidenceRefused
from reports.filling import readable_evidence
from reports.models import Evidence, FormSchema, Submission
from reports.pages import evidence as evidence_page
from tasks.states import EvidenceKind
from tests import factories
from tests.factories import fresh, walk
from tests.reports import papers
from tests.reports.enclosed import (
    LATER,
    asked,
    attach,
    fresh_task,
    given,
    hand_in,
    last_event,
    seal,
)
from tests.reports.written import NOW, accepted, filler, outline, save, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]

IMAGE, VIDEO, FILE, SEALED = EvidenceKind


@pytest.fixture
def task():
    return asked(accepted(), *EvidenceKind)


def test_sealed_copy_belongs_to_the_version_that_was_printed(task):
    hand_in(task)

    made = seal(task)

    assert (made.version.number, made.version.submission.attachment_number) == (1, 1)
    assert task.sealed_copy == fresh(task).sealed_copy == "in"


def test_seal_before_any_version_is_refused(task):
    save(task, table())

    with pytest.raises(EvidenceRefused, match="请先提交审核，再打印该版本盖章"):
        seal(task)


def test_seal_of_a_form_that_is_not_there_is_refused(task):
    hand_in(task)

    with pytest.raises(EvidenceRefused, match="请选择盖章件是哪一张报表的"):
        attach(task, SEALED, given("章.pdf", papers.PDF), number=7)


def test_seal_of_a_nil_report_is_refused(task):
    handing_in.hand_in_nil(task, now=NOW, by=filler(task.bureau))

    with pytest.raises(EvidenceRefused, match="零报告没有报表"):
        seal(task)


@pytest.mark.parametrize(
    "verbs", [(), ("pass_review",), ("pass_review", "submit"), ("pass_review", "submit", "close")]
)
def test_seal_may_follow_until_the_report_is_struck_off(task, verbs):
    walk(hand_in(task), *verbs)

    assert seal(task).version.number == 1


def test_edit_after_sealing_voids_the_copy_with_what_changed(task):
    hand_in(task)
    made = seal(task)
    walk(task, "review_back")

    hand_in(
        task, table(rows=[{"c4": "改了", "c5": "省政府", "c6": "已印发"}]), revision=1, now=LATER
    )

    voided = fresh(made)
    assert (voided.voided_at, voided.ended_round) == (LATER, 1)
    assert voided.void_reason == "盖章后改动：第1行 文件名称"
    assert fresh(task).sealed_copy == "void"
    assert last_event().detail["voided"] == ["附件1第1版盖章件“盖章件.pdf”"]


def test_handing_in_the_same_again_keeps_the_seal(task):
    hand_in(task)
    made = seal(task)
    walk(task, "review_back")

    hand_in(task, table(), revision=1, now=LATER)

    assert (fresh(made).voided_at, fresh(task).sealed_copy) == (None, "in")


def test_form_that_was_replaced_is_no_longer_the_one_that_was_sealed(task):
    hand_in(task)
    made = seal(task)
    walk(task, "review_back")
    old = made.version.schema
    newer = FormSchema.objects.create(
        notice=old.notice,
        attachment_number=1,
        version=2,
        title=old.title,
        definition_json=old.definition_json,
        made_at=LATER,
    )
    Submission.objects.filter(assignment=task).update(schema=newer)

    handing_in.hand_in(task, now=LATER, by=filler(task.bureau))

    assert fresh(made).void_reason == "盖章后改动：报表已换成更正后的表样"


def test_new_seal_after_a_void_one_counts(task):
    hand_in(task)
    seal(task)
    walk(task, "review_back")
    hand_in(task, table(documents=2), revision=1, now=LATER)

    made = seal(task, papers.PDF + b"2")

    assert made.version.number == 2
    assert fresh(task).sealed_copy == "in"


def test_void_copy_may_be_sealed_with_the_same_scan_of_another_version(task):
    hand_in(task)
    seal(task)
    walk(task, "review_back")
    hand_in(task, table(documents=2), revision=1, now=LATER)

    seal(task)

    assert Evidence.objects.count() == 2


def test_nil_report_after_sealing_voids_the_copy(task):
    hand_in(task)
    made = seal(task)
    walk(task, "review_back")
    empty = {"unit": {}, "rows": [], "foot": {}}
    save(task, empty, revision=1, now=LATER)

    handing_in.hand_in_nil(task, now=LATER, by=filler(task.bureau))

    assert fresh(made).void_reason == sealing.NIL


def test_one_of_two_forms_sealed_is_part():
    both = accepted(number="1,2", text=factories.TEXT_TOGETHER)
    save(both, outline("学习两次"), number=2)
    hand_in(both)

    seal(both)
    assert fresh(both).sealed_copy == "part"

    attach(both, SEALED, given("盖章件.pdf", papers.PDF), number=2)
    assert fresh(both).sealed_copy == "in"


def test_draft_that_differs_warns_before_it_is_handed_in(task):
    hand_in(task)
    seal(task)
    walk(task, "review_back")
    save(task, table(documents=2), revision=1, now=LATER)

    shown = evidence_page.shown(filler(task.bureau), fresh_task(task))

    assert [one.changed for one in shown.endangered] == ["第2行"]
    assert shown.state == "in"


def test_correction_voids_only_once_the_new_report_is_in(task):
    """Those above go on to see the seal of the report that stands."""
    hand_in(task)
    made = seal(task)
    walk(task, "pass_review", "submit", "close", "correct", now=LATER)
    hand_in(task, table(documents=2), revision=1, now=LATER)
    receiver = factories.coordinator()

    (above,) = readable_evidence.files_for(receiver, fresh_task(task))
    (own,) = readable_evidence.files_for(filler(task.bureau), fresh_task(task))
    assert (above.voided_at, own.voided_at) == (None, LATER)

    walk(task, "pass_review", "submit", now=LATER)
    (after,) = readable_evidence.files_for(receiver, fresh_task(task))
    assert (after.pk, after.voided_at) == (made.pk, LATER)


def test_missing_seal_does_not_stop_the_report(task):
    walk(hand_in(task), "pass_review", "submit")

    assert (fresh(task).status, fresh(task).sealed_copy) == ("submitted", "")
