"""What was handed in is kept, and who reads which of it."""

from datetime import timedelta

import pytest

from audit.models import AuditEvent
from bureaus.roles import Role
from reports.actions import handing_in, submissions
from reports.filling import readable_forms
from reports.filling.readable_forms import forms_for, versions_for
from reports.models import Submission, SubmissionVersion
from tasks.models import Assignment
from tasks.states import Status
from tests import factories
from tests.factories import fresh, walk
from tests.reports.collected import collect
from tests.reports.written import NOW, accepted, filler, handed_in, outline, reported, save, table

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=5)


def wrote(text: str) -> dict:
    return table(rows=[{"c4": text, "c5": "省政府", "c6": "已印发"}])


def again(task, text: str, *, until: str = "hand_in", now=LATER):
    """Written anew over what stands there and handed in once more."""
    revision = Submission.objects.get(assignment=task).revision
    save(task, wrote(text), revision=revision, now=now)
    handing_in.hand_in(task, now=now, by=filler(task.bureau))
    if until == "submit":
        walk(task, "pass_review", "submit", now=now)
    return task


def superior():
    return factories.coordinator()


def name_in(form) -> str:
    """The document named in the first row; empty where the reader gets nothing."""
    rows = form.content["rows"] if form.is_written else []
    return rows[0]["c4"] if rows else ""


def seen_by(person, task) -> str:
    (form,) = forms_for(person, fresh_task(task))
    return name_in(form)


def fresh_task(task):
    return type(task).objects.for_detail().get(pk=task.pk)


def numbers_seen(person, task) -> list[int]:
    return [version.number for version in versions_for(person, fresh_task(task))]


def test_every_form_is_kept_as_it_was_handed_in():
    both = accepted(number="1,2", text=factories.TEXT_TOGETHER)
    save(both, table())
    save(both, outline("学习两次"), number=2)

    handing_in.hand_in(both, now=NOW, by=filler(both.bureau))

    kept = SubmissionVersion.objects.of(both).order_by("submission__attachment_number")
    assert [(one.number, one.round_number, one.handed_in_at) for one in kept] == [(1, 1, NOW)] * 2
    assert [one.handed_in_by for one in kept] == [filler(both.bureau)] * 2
    assert kept[0].content["rows"][0]["c4"] == "示例文件1"
    assert kept[1].content["sections"]["s1"] == "学习两次"


def test_version_does_not_change_with_the_draft_and_numbers_count_up():
    task = handed_in(factories.assignment(), wrote("第一稿"))
    walk(task, "review_back", now=NOW)
    again(task, "第二稿")

    kept = SubmissionVersion.objects.of(task)
    assert [(one.number, one.content["rows"][0]["c4"]) for one in kept] == [
        (1, "第一稿"),
        (2, "第二稿"),
    ]
    assert {one.round_number for one in kept} == {1}


def test_audit_names_the_version_and_the_places_that_changed_but_not_their_text():
    task = handed_in(factories.assignment(), wrote("第一稿"))
    walk(task, "review_back", now=NOW)
    again(task, "第二稿")

    first, second = AuditEvent.objects.filter(verb="提交审核").order_by("pk")
    assert (first.detail["version"], first.detail.get("changed")) == (1, None)
    assert second.detail["version"] == 2
    assert second.detail["changed"] == ["附件1 第1行 文件名称"]
    assert "第二稿" not in second.detail_json


def test_handing_in_that_fails_keeps_no_version(monkeypatch):
    task = accepted()
    save(task, table())

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(submissions.transitions, "move", broken)
    with pytest.raises(RuntimeError):
        handing_in.hand_in(task, now=NOW, by=filler(task.bureau))

    assert not SubmissionVersion.objects.exists()


def test_many_changes_are_counted_in_the_audit(monkeypatch):
    monkeypatch.setattr(handing_in, "NAMED", 1)
    task = handed_in(factories.assignment(), table())
    walk(task, "review_back", now=NOW)
    save(
        task,
        table(foot={"f1": "另一人"}, unit={"c2": "a", "c3": "b", "c7": "c", "c8": "d"}),
        revision=1,
    )

    handing_in.hand_in(task, now=LATER, by=filler(task.bureau))

    changed = AuditEvent.objects.filter(verb="提交审核").order_by("pk").last().detail["changed"]
    assert changed == ["附件1 领导同志批示情况", "等5处"]


# who reads what: the bureau its draft, those above what it has reported


def test_draft_is_not_for_those_above_until_it_is_reported():
    task = accepted()
    save(task, wrote("草稿"))
    own = factories.staff(Role.REVIEWER, task.bureau)

    assert (seen_by(own, task), seen_by(superior(), task)) == ("草稿", "")

    handing_in.hand_in(task, now=NOW, by=filler(task.bureau))
    assert (seen_by(own, task), seen_by(superior(), task)) == ("草稿", "")
    assert (numbers_seen(own, task), numbers_seen(superior(), task)) == ([1], [])

    walk(task, "pass_review", now=NOW)
    assert seen_by(superior(), task) == ""

    walk(task, "submit", now=NOW)
    assert seen_by(superior(), task) == "草稿"
    assert numbers_seen(superior(), task) == [1]


def test_version_that_went_back_inside_the_bureau_stays_there():
    task = handed_in(factories.assignment(), wrote("内部稿"))
    walk(task, "review_back", now=NOW)
    again(task, "报送稿", until="submit")

    assert numbers_seen(filler(task.bureau), task) == [1, 2]
    assert numbers_seen(superior(), task) == [2]


def test_returned_report_stands_for_those_above_while_it_is_mended():
    task = reported(factories.assignment(), wrote("报送稿"))
    walk(task, "return_", now=NOW)
    save(task, wrote("补正稿"), revision=1)

    assert seen_by(superior(), task) == "报送稿"
    assert seen_by(filler(task.bureau), task) == "补正稿"

    handing_in.hand_in(task, now=LATER, by=filler(task.bureau))
    assert (seen_by(superior(), task), numbers_seen(superior(), task)) == ("报送稿", [1])

    walk(task, "pass_review", "submit", now=LATER)
    assert (seen_by(superior(), task), numbers_seen(superior(), task)) == ("补正稿", [1, 2])


def test_recalled_report_is_a_draft_again():
    task = reported(factories.assignment(), wrote("报送稿"))

    walk(task, "recall", now=NOW)

    assert (seen_by(superior(), task), numbers_seen(superior(), task)) == ("", [])
    assert seen_by(filler(task.bureau), task) == "报送稿"


def test_person_with_posts_above_and_in_the_bureau_reads_for_the_bureau():
    task = accepted()
    save(task, wrote("草稿"))
    person = superior()
    factories.staff(Role.FILLER, task.bureau, username=person.username)

    assert seen_by(fresh(person), task) == "草稿"


def test_nil_report_has_no_forms_to_read():
    task = accepted()
    save(task, {"foot": {"f1": "示例联系人"}})
    handing_in.hand_in_nil(task, now=NOW, by=filler(task.bureau))

    for person in (superior(), filler(task.bureau)):
        (form,) = forms_for(person, fresh_task(task))
        assert not form.is_written
    assert not SubmissionVersion.objects.exists()


def test_what_was_handed_in_before_a_nil_report_never_counts_as_reported():
    task = handed_in(factories.assignment(), wrote("内部稿"))
    walk(task, "review_back", now=NOW)
    save(task, {}, revision=1)
    handing_in.hand_in_nil(task, now=LATER, by=filler(task.bureau))
    walk(task, "pass_review", "submit", "close", "correct", now=LATER)

    assert seen_by(superior(), task) == ""
    rolled = collect(task.obligation, 1)
    assert (rolled.entries, rolled.nil_names) == ([], ["浙江省市场监管局"])


# what a roll-up reads


def names(rolled) -> list[str]:
    return [entry.content["rows"][0]["c4"] for entry in rolled.entries]


def test_report_in_correction_counts_with_what_stood_before():
    task = walk(reported(factories.assignment(), wrote("原报")), "close", "correct", now=NOW)
    save(task, wrote("更正中"), revision=1)

    rolled = collect(task.obligation, 1)

    assert names(rolled) == ["原报"]
    assert (rolled.missing_names, rolled.correcting_names) == ([], ["浙江省市场监管局"])
    assert rolled.reported == 1

    handing_in.hand_in(task, now=LATER, by=filler(task.bureau))
    walk(task, "pass_review", now=LATER)
    assert names(collect(task.obligation, 1)) == ["原报"]

    walk(task, "submit", now=LATER)
    rolled = collect(task.obligation, 1)
    assert (names(rolled), rolled.correcting_names) == (["更正中"], [])


def test_correction_sent_back_inside_the_bureau_still_counts_with_what_stood_before():
    task = walk(reported(factories.assignment(), wrote("原报")), "close", "correct", now=NOW)
    again(task, "更正稿")
    walk(task, "review_back", now=LATER)

    assert task.status == Status.FILLING
    assert names(collect(task.obligation, 1)) == ["原报"]


def test_correction_that_is_returned_counts_no_more():
    task = walk(reported(factories.assignment(), wrote("原报")), "close", "correct", now=NOW)
    again(task, "更正稿", until="submit")
    walk(task, "return_", now=LATER)

    rolled = collect(task.obligation, 1)
    assert (rolled.entries, rolled.missing_names) == ([], ["浙江省市场监管局"])


def test_withdrawn_correction_is_not_expected():
    task = walk(reported(factories.assignment(), wrote("原报")), "close", "correct", now=NOW)
    walk(task, "withdraw", now=NOW)

    rolled = collect(task.obligation, 1)
    assert (rolled.entries, rolled.expected) == ([], 0)


def test_nil_report_is_in_and_has_no_entry():
    task = accepted()
    handing_in.hand_in_nil(task, now=NOW, by=filler(task.bureau))
    walk(task, "pass_review", "submit", now=NOW)

    rolled = collect(task.obligation, 1)

    assert (rolled.entries, rolled.missing, rolled.nil_names) == ([], [], ["浙江省市场监管局"])


def test_version_is_read_beside_the_one_before_that_the_reader_knows():
    task = reported(factories.assignment(), wrote("一"))
    walk(task, "return_", now=NOW)
    again(task, "二")
    walk(task, "review_back", now=LATER)
    again(task, "三", until="submit", now=LATER + timedelta(hours=1))

    def numbers(person, number):
        found = readable_forms.version_of(person, fresh_task(task), 1, number)
        if found is None:
            return None
        form, before = found
        return (name_in(form), before.number if before else None)

    assert [numbers(filler(task.bureau), number) for number in (1, 2, 3)] == [
        ("一", None),
        ("二", 1),
        ("三", 2),
    ]
    assert [numbers(superior(), number) for number in (1, 2, 3)] == [("一", None), None, ("三", 1)]


@pytest.mark.parametrize("is_correction", [False, True])
@pytest.mark.parametrize("status", list(Status))
def test_row_and_query_agree_on_whose_report_counts(status, is_correction):
    task = factories.assignment()
    Assignment.objects.update(status=status, is_correction=is_correction)

    assert Assignment.objects.reported().exists() == fresh(task).has_report


def test_only_a_correction_is_a_round_of_correction():
    task = reported(factories.assignment(), table())
    assert not walk(task, "return_", now=NOW).is_correction

    task = walk(again(task, "补正", until="submit"), "close", "correct", now=LATER)
    assert fresh(task).is_correction

    again(task, "更正", until="submit")
    assert not fresh(walk(task, "return_", now=LATER)).is_correction
