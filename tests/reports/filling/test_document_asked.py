"""A deliverable that is a document has a place to hand it in, and no empty page goes out."""

import pytest
from django.urls import reverse

from reports.actions import evidence, handing_in
from reports.errors import FormIncomplete
from tasks.actions import evidence as asking
from tasks.actions import issuing
from tasks.actions.issuing import Terms
from tasks.errors import IssueRefused
from tasks.scheduling.dates import dates_of
from tasks.states import EvidenceKind, Status
from tests import factories
from tests.factories import fresh
from tests.reports import papers
from tests.reports.enclosed import attach, given
from tests.reports.written import NOW, filler, save
from tests.tasks.issue_page import filled_in, text_with, url

pytestmark = pytest.mark.django_db
NAME = "质量工作方案（Word 或 PDF）"
PLAN = "各单位请于2026年3月31日前将质量工作方案报送总局。"
NEWS = "各单位请于2026年3月31日前将质量工作进展情况报送总局。"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


def clause_of(sentence):
    return factories.filed_notice(text_with(sentence)).clauses.get(position=1)


def issued(sentence=PLAN, **terms):
    clause = clause_of(sentence)
    return issuing.issue(
        clause,
        bureaus=[factories.province()],
        terms=Terms(dates_of(clause), **terms),
        now=NOW,
        by=factories.coordinator(),
    )


@pytest.fixture
def task():
    return factories.accept(issued().assignments.for_detail().get())


def hand_in(task):
    return handing_in.hand_in(task, now=NOW, by=filler(task.bureau))


def bring(task, name="方案.pdf"):
    return attach(task, EvidenceKind.FILE, given(name, papers.PDF))


def test_document_is_asked_for_by_default_under_its_name():
    obligation = issued()

    assert (obligation.evidence, obligation.document) == ("file", NAME)


def test_what_is_no_document_asks_for_no_file():
    obligation = issued(NEWS)

    assert (obligation.evidence, obligation.document) == ("", "")


def test_document_with_a_form_of_its_own_is_written_in_the_form():
    notice = factories.filed_notice(factories.TEXT_APART)
    clause = notice.clauses.get(attachment_numbers="2")  # 质量工作年度总结, an outline

    obligation = issuing.issue(
        clause,
        bureaus=[factories.province()],
        terms=Terms(dates_of(clause)),
        now=NOW,
        by=factories.coordinator(),
    )

    assert obligation.document == ""


def test_issuer_takes_no_file_or_calls_it_otherwise():
    assert issued(evidence=()).document == ""


def test_other_name_is_kept_and_one_too_long_refused():
    with pytest.raises(IssueRefused, match="最多60字，现在61字"):
        issued(document="长" * 61)


def test_issue_page_offers_it_ticked_and_named(client):
    clause = clause_of(PLAN)
    factories.province()
    client.force_login(factories.coordinator())
    page = client.get(url(clause.notice))
    prefix = f"c{clause.pk}"

    client.post(
        url(clause.notice),
        filled_in(page) | {f"{prefix}-evidence": ["file"], f"{prefix}-document": "方案正本"},
    )

    html = page.content.decode()
    assert f'name="{prefix}-evidence" value="file" checked' in html
    assert f'value="{NAME}"' in html
    obligation = clause.obligations.get()
    assert (obligation.evidence, obligation.document) == ("file", "方案正本")


def test_empty_page_without_the_file_is_not_handed_in(task):
    with pytest.raises(FormIncomplete) as refused:
        hand_in(task)

    (problem,) = refused.value.problems[0]
    assert problem.message_zh == f"请上传“{NAME}”，或在下面填写报送内容。"
    assert fresh(task).status == Status.ACCEPTED


def test_file_alone_is_enough(task):
    bring(task)

    hand_in(task)

    assert fresh(task).status == Status.REVIEW


def test_text_alone_is_enough(task):
    save(task, {"sections": {"s1": "方案要点如下。"}}, number=0)

    hand_in(task)

    assert fresh(task).status == Status.REVIEW


def test_removed_file_does_not_count(task):
    (file,) = bring(task)
    evidence.remove(file, now=NOW, by=filler(task.bureau))

    with pytest.raises(FormIncomplete):
        hand_in(task)


def test_task_that_takes_no_document_still_wants_its_text():
    task = factories.accept(issued(NEWS).assignments.for_detail().get())

    with pytest.raises(FormIncomplete) as refused:
        hand_in(task)

    assert "尚未填写任何内容" in refused.value.problems[0][0].message_zh


def test_page_shows_the_place_and_the_way_there(client, task):
    client.force_login(filler(task.bureau))
    form = reverse("reports:form", args=[task.pk, 0])
    files = reverse("reports:evidence", args=[task.pk])

    before = client.get(form).content.decode()
    refused = client.post(form, {"revision": "0", "hand_in": "1"}).content.decode()
    upload = client.get(files).content.decode()
    bring(task)
    after = client.get(form).content.decode()
    done = client.post(form, {"revision": "1", "hand_in": "1"})

    assert NAME in before
    assert f'href="{files}">上传文件' in before
    assert f"请上传“{NAME}”" in refused
    assert f"上传{NAME}" in upload
    assert "方案.pdf" in after
    assert done.status_code == 302
    assert fresh(task).status == Status.REVIEW
    assert NAME in client.get(reverse("tasks:assignment_detail", args=[task.pk])).content.decode()


def test_name_is_changed_after_the_issue_with_the_old_one_in_the_trail(client):
    obligation, by = issued(), factories.coordinator()
    client.force_login(by)
    address = reverse("tasks:obligation_evidence", args=[obligation.pk])

    client.post(address, {"evidence": ["file"], "document": "方案正本"})

    assert fresh(obligation).document == "方案正本"
    page = client.get(reverse("tasks:obligation_detail", args=[obligation.pk])).content.decode()
    assert "其他材料的名称" in page
    assert NAME in page
    with pytest.raises(IssueRefused, match="与现在的相同"):
        asking.ask(obligation, [EvidenceKind.FILE], now=NOW, by=by)


def test_receiver_sees_no_file_before_the_bureau_has_reported(client, task):
    bring(task)
    client.force_login(factories.coordinator())

    page = client.get(reverse("reports:form", args=[task.pk, 0])).content.decode()

    assert "方案.pdf" not in page
