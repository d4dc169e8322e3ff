import hashlib
from datetime import date, datetime

import pytest

from audit.models import AuditEvent
from bureaus.actions import registry
from bureaus.roles import Role
from notices.actions import checking, ingest
from notices.checking.decisions import as_read
from notices.errors import NoticeError
from notices.models import Attachment, Clause, Notice
from notices.text.page.secrecy import ClassifiedDocument
from notices.text.reading import read
from tests import factories

pytestmark = pytest.mark.django_db


def take_in(text=factories.TEXT, *, bureau=None, by=None, now=factories.NOW, **options):
    return ingest.take_in(
        text,
        source_name=options.pop("source_name", "通知.txt"),
        bureau=bureau or factories.central(),
        now=now,
        by=by or factories.coordinator(),
        **options,
    )


def stored():
    return (Notice.objects.count(), Attachment.objects.count(), Clause.objects.count())


def test_notice_is_stored_whole():
    notice = factories.fresh(take_in())

    assert notice.body == factories.TEXT
    assert notice.digest == hashlib.sha256(factories.TEXT.encode()).hexdigest()
    assert (notice.state, notice.imported_at) == ("to_check", factories.NOW)
    assert (notice.imported_by, notice.bureau) == (factories.coordinator(), factories.central())
    assert (notice.source_name, notice.is_example, notice.is_truncated) == (
        "通知.txt",
        False,
        False,
    )


def test_what_was_read_stands_in_the_notices_fields():
    notice = factories.fresh(take_in())

    assert notice.title == str(notice) == "市场监管总局关于报送质量工作情况的通知"
    assert notice.doc_number == notice.citation == "国市监测〔2026〕1号"
    assert notice.issuer_names == ["市场监管总局"]
    assert notice.recipients_text == factories.RECIPIENTS
    assert notice.written_on == date(2026, 3, 2)


def test_reading_is_kept_as_it_was():
    notice = take_in()
    Notice.objects.update(title="人工改过的标题")

    kept = factories.fresh(notice).reading

    assert {key: kept[key] for key in read(factories.TEXT).as_json()} == read(
        factories.TEXT
    ).as_json()
    assert (kept["signed_date"], kept["listed_date"]) == ("2026-03-02", None)


def test_every_duty_becomes_a_clause_where_it_stands_in_the_text():
    clauses = list(take_in().clauses.all())

    duties = read(factories.TEXT).obligations
    assert [clause.quote for clause in clauses] == [duty.quote for duty in duties]
    assert [clause.position for clause in clauses] == list(range(1, len(duties) + 1))
    assert len(clauses) > 1
    for clause in clauses:
        assert factories.TEXT[clause.start_at : clause.end_at] == clause.quote
        assert (clause.state, clause.kind) == ("proposed", "report")


def test_dated_clause_has_its_three_dates_and_says_why():
    registry.load_workdays()

    clause = take_in().clauses.get(attachment_numbers="1")

    assert clause.due_at == datetime(2026, 3, 31, 23, 59, 59, tzinfo=factories.SHANGHAI)
    assert clause.strict_on == clause.target_on == date(2026, 3, 30)  # 前 strictly read
    assert (clause.needs_confirming, clause.review_on) == (False, None)
    assert "于2026年3月31日前" in clause.explanation
    assert clause.deadline["date"] == "2026-03-31"
    assert str(clause) == clause.deliverable == "质量工作进展情况"
    assert clause.attachments_referred == [1]


def test_clause_without_a_date_is_to_be_looked_at_again():
    clause = take_in().clauses.get(quote__contains="及时")

    assert (clause.due_at, clause.strict_on, clause.target_on) == (None, None, None)
    assert clause.review_on == date(2026, 3, 16)
    assert clause.attachments_referred == []


def test_dates_outside_the_loaded_calendar_need_a_person():
    assert take_in().clauses.get(attachment_numbers="1").needs_confirming


def test_day_that_only_the_import_dates_needs_a_person():
    text = "关于报送整改情况的通知\n各市市场监督管理局：\n请于5月20日前将整改情况报送省局。\n"

    clause = take_in(text).clauses.get()

    assert clause.deadline["date"] == f"{factories.NOW.year}-05-20"
    assert clause.explanation.count("年份待核定") == 1
    assert clause.needs_confirming


def test_attachments_are_stored_with_what_they_ask_for():
    table, outline = take_in().attachments.all()

    assert (str(table), table.kind) == ("附件1 质量工作进展情况表", "table")
    assert '"领导同志批示情况"' in table.body_json
    assert (str(outline), outline.kind) == ("附件2 质量工作年度总结提纲", "outline")
    assert '"max_chars": 3000' in outline.body_json


def test_attachment_without_its_body_is_known_to_be_missing():
    cut = factories.TEXT[: factories.TEXT.index("附件2\n")]

    missing = take_in(cut).attachments.get(position=2)

    assert (missing.kind, missing.body_json) == ("missing", "")


def test_import_is_recorded_without_the_text():
    notice = take_in()

    event = AuditEvent.objects.about(notice).get()
    assert (event.chain, event.verb, event.at) == ("100000", "导入文件", factories.NOW)
    assert event.detail == {
        "doc_number": "国市监测〔2026〕1号",
        "digest": notice.digest,
        "clauses": notice.clauses.count(),
        "twin_of": None,
    }


def test_example_is_marked():
    assert take_in(is_example=True).is_example


def test_notice_without_a_number_is_called_by_its_title():
    notice = take_in(factories.TEXT.removeprefix("国市监测〔2026〕1号\n"))

    assert notice.doc_number == ""
    assert notice.citation == "《市场监管总局关于报送质量工作情况的通知》"


def test_second_of_the_same_number_is_a_twin():
    first = take_in()

    second = take_in(factories.TEXT.replace("重要情况", "重大情况"))

    assert (first.twin_of, second.twin_of) == (None, first)


def test_twin_of_a_twin_points_to_the_original():
    first, second, third = take_in(), take_in(), take_in()

    assert (second.twin_of, third.twin_of) == (first, first)


def test_notices_without_a_number_are_no_twins():
    bare = factories.TEXT.removeprefix("国市监测〔2026〕1号\n")

    assert [take_in(bare).twin_of, take_in(bare).twin_of] == [None, None]


def test_same_number_at_another_bureau_is_no_twin():
    take_in()
    zhejiang = factories.province()

    other = take_in(bureau=zhejiang, by=factories.staff(Role.COORDINATOR, zhejiang))

    assert other.twin_of is None


def discard(notice):
    checking.discard(notice, reason="重复", now=factories.NOW, by=factories.coordinator())


def test_discarded_notice_has_no_twins():
    discard(take_in())

    assert take_in().twin_of is None


def test_oldest_copy_takes_the_place_of_a_discarded_original():
    first, second, third = take_in(), take_in(), take_in()

    discard(first)
    fourth = take_in()

    assert factories.fresh(second).twin_of is None
    assert factories.fresh(third).twin_of == second
    assert fourth.twin_of == second


@pytest.mark.parametrize("mark", ["机密★5年", "绝密", "秘密★长期", "000123\n秘密"])
def test_classified_document_is_refused_and_nothing_stored(mark):
    before = AuditEvent.objects.count()

    with pytest.raises(ClassifiedDocument, match="可能是涉密公文"):
        take_in(f"{mark}\n{factories.TEXT}")

    assert (stored(), AuditEvent.objects.count()) == ((0, 0, 0), before)


def test_refusal_of_a_classified_document_is_kept_as_a_bare_fact():
    ingest.refuse_classified(
        bureau=factories.central(), now=factories.NOW, by=factories.coordinator()
    )

    event = AuditEvent.objects.get()
    assert (event.verb, event.actor_name) == ("拒收疑似涉密文件", "测试收文管理")
    assert (event.detail, event.subject_kind, event.subject_name) == ({}, "", "")


@pytest.mark.parametrize("text", ["今天天气很好。", "", "各单位：\n请报送。"])
def test_text_without_a_title_is_refused(text):
    with pytest.raises(NoticeError, match="没有识别出公文标题"):
        take_in(text)

    assert stored() == (0, 0, 0)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR}))
def test_person_without_the_post_is_refused(role):
    person = factories.staff(role, factories.central())

    with pytest.raises(NoticeError, match="您在市场监管总局没有“导入文件”权限"):
        take_in(by=person)

    assert stored() == (0, 0, 0)


def test_coordinator_of_another_bureau_is_refused():
    person = factories.staff(Role.COORDINATOR, factories.province())

    with pytest.raises(NoticeError, match="没有“导入文件”权限"):
        take_in(by=person)

    assert stored() == (0, 0, 0)


def test_overlong_names_are_cut_and_nothing_else():
    title = f"市场监管总局关于报送{'质量' * 200}工作情况的通知"
    text = factories.TEXT.replace("市场监管总局关于报送质量工作情况的通知", title)

    notice = factories.fresh(take_in(text, source_name="长" * 300))

    assert notice.body == text
    assert (len(notice.title), len(notice.source_name)) == (300, 200)


def test_text_longer_than_any_notice_is_refused():
    with pytest.raises(NoticeError, match="正文超过50万字"):
        factories.notice(factories.TEXT + "字" * 500_000)

    assert not Notice.objects.exists()


def test_dated_work_that_is_no_report_is_kept_apart_and_needs_no_decision():
    text = factories.TEXT_APART.replace(
        "现就有关事项通知如下（测试用示例）：",
        "现就有关事项通知如下（测试用示例）：\n\n各地要在2026年3月20日前制定实施方案。",
    )
    taken = factories.notice(text)

    (work,) = taken.clauses.requirements()
    decisions = {clause.pk: as_read(clause) for clause in taken.clauses.reports()}
    filed = checking.file(
        taken, metadata={}, decisions=decisions, now=factories.NOW, by=factories.coordinator()
    )

    assert "制定实施方案" in work.deliverable
    assert work.due_at.astimezone(factories.SHANGHAI).date() == date(2026, 3, 20)
    assert work not in filed.clauses.confirmed()


def test_two_tables_on_the_page_of_an_attachment_are_both_asked_for():
    second = "表二：宣传情况\n类别\t单位\t数量\n发放资料\t份\t\n媒体报道\t篇\t\n"
    text = factories.TEXT.replace("附件2\n", f"{second}附件2\n", 1)

    notice = take_in(text)

    assert [(one.position, one.title, one.kind) for one in notice.attachments.all()] == [
        (1, "质量工作进展情况表", "table"),
        (2, "质量工作年度总结提纲", "outline"),
        (3, "表二：宣传情况（附件1）", "table"),
    ]
    assert notice.clauses.get(attachment_numbers="1,3").attachments_referred == [1, 3]
