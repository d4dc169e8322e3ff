from datetime import date

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from bureaus.roles import Role
from notices.actions import checking
from notices.models import Clause, Notice
from notices.pages.check import CheckPage
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    person = factories.coordinator()
    client.force_login(person)
    return person


@pytest.fixture
def notice(coordinator):
    return factories.notice()


def url(notice, page="check"):
    return reverse(f"notices:{page}", args=[notice.pk])


def as_shown(page, decision="yes", **typed):
    """What a browser posts of the check page where nothing but the decisions was touched."""
    forms = [page.context["metadata"], page.context["missed"], *page.context["decisions"]]
    data = {}
    for field in (field for form in forms for field in form):
        value = field.value()
        data[field.html_name] = "" if value is None else value
    for form in page.context["decisions"]:
        data[form.add_prefix("decision")] = decision
    return data | typed


def errors(answer):
    """Field and messages of every form of the page, the clauses by their place."""
    said = dict(answer.context["metadata"].errors)
    for form in answer.context["decisions"]:
        said |= {f"{form.clause.position}-{name}": told for name, told in form.errors.items()}
    page = answer.content.decode()
    assert all(message in page for told in said.values() for message in told)
    return said


def assert_waiting(notice):
    stored = factories.fresh(notice)
    assert stored.state == "to_check"
    assert set(stored.clauses.values_list("state", flat=True)) <= {"proposed"}
    assert not AuditEvent.objects.filter(verb="核对入库").exists()


def test_page_shows_the_text_beside_what_was_read(client, notice):
    answer = client.get(url(notice))

    assert answer.status_code == 200
    assert answer.context["metadata"]["doc_number"].value() == "国市监测〔2026〕1号"
    first = answer.context["decisions"][0]
    assert first["due_on"].value() == date(2026, 3, 31)
    assert first["decision"].value() is None
    assert "现就有关事项通知如下" in answer.content.decode()


def test_filing_stores_what_was_decided(client, notice):
    answer = client.post(url(notice), as_shown(client.get(url(notice))))

    stored = factories.fresh(notice)
    assert answer["location"] == reverse("tasks:notice_detail", args=[notice.pk])
    assert (stored.state, stored.filed_by) == ("filed", factories.coordinator())
    assert set(stored.clauses.values_list("state", flat=True)) == {"confirmed"}


def test_filing_as_shown_changes_nothing(client, notice):
    client.post(url(notice), as_shown(client.get(url(notice))))

    assert AuditEvent.objects.get(verb="核对入库").detail["changed"] == {}


def test_filing_stores_corrections(client, notice):
    clause = notice.clauses.first()
    typed = {"title": "改正的\r\n标题", f"clause-{clause.pk}-due_on": "2026-04-30"}

    client.post(url(notice), as_shown(client.get(url(notice)), **typed))

    stored = factories.fresh(notice)
    assert stored.title == "改正的标题"
    assert factories.fresh(clause).strict_on == date(2026, 4, 30)
    changed = AuditEvent.objects.get(verb="核对入库").detail["changed"]
    assert set(changed) == {"title", "事项1截止时间"}


def test_clauses_that_ask_for_nothing_are_rejected(client, notice):
    client.post(url(notice), as_shown(client.get(url(notice)), decision="no"))

    assert set(notice.clauses.values_list("state", flat=True)) == {"rejected"}


def test_notice_without_clauses_can_be_filed(client, notice):
    notice.clauses.all().delete()

    client.post(url(notice), as_shown(client.get(url(notice))))

    assert factories.fresh(notice).state == "filed"


def test_undecided_clause_is_told_at_its_place(client, notice):
    last = notice.clauses.last()
    data = as_shown(client.get(url(notice)))
    data.pop(f"clause-{last.pk}-decision")

    answer = client.post(url(notice), data)

    assert answer.status_code == 422
    assert errors(answer) == {
        f"{last.position}-decision": ["请选择“确认为报送事项”或“不是报送事项”"]
    }
    assert_waiting(notice)


@pytest.mark.parametrize(
    ("field", "value", "at", "message"),
    [
        ("due_on", "2026-02-30", "1-due_on", "“2026-02-30”不是日期"),
        ("due_clock", "25:00", "1-due_clock", "“25:00”不是时间，请写成17:30这样"),
        ("deliverable", " ", "1-deliverable", "请写明要报送什么"),
        ("deliverable", "长" * 301, "1-deliverable", "最多300字，现在301字"),
        ("attachment_numbers", ["9"], "1-attachment_numbers", "请从列表中选择“按附件填报”"),
        ("decision", "maybe", "1-decision", "请从列表中选择“核对”"),
    ],
)
def test_bad_entry_is_told_at_its_place_and_nothing_stored(
    client, notice, field, value, at, message
):
    clause = notice.clauses.first()
    data = as_shown(client.get(url(notice)), **{f"clause-{clause.pk}-{field}": value})

    answer = client.post(url(notice), data)

    assert answer.status_code == 422
    (told,) = errors(answer).items()
    assert told[0] == at
    assert message in told[1][0]
    assert_waiting(notice)


def test_hour_without_a_day_is_told_at_the_day(client, notice):
    prefix = f"clause-{notice.clauses.first().pk}"
    typed = {f"{prefix}-due_on": "", f"{prefix}-due_clock": "17:00"}

    answer = client.post(url(notice), as_shown(client.get(url(notice)), **typed))

    assert errors(answer) == {"1-due_on": ["填了钟点，还要填写哪一天截止"]}
    assert_waiting(notice)


@pytest.mark.parametrize(
    ("field", "value"), [("title", " "), ("title", "长" * 301), ("written_on", "昨天")]
)
def test_bad_field_of_the_notice_is_told_there(client, notice, field, value):
    answer = client.post(url(notice), as_shown(client.get(url(notice)), **{field: value}))

    assert (answer.status_code, list(errors(answer))) == (422, [field])
    assert_waiting(notice)


def test_empty_post_files_nothing(client, notice):
    answer = client.post(url(notice))

    assert answer.status_code == 422
    assert_waiting(notice)


def test_faults_are_listed_above_with_a_link_to_each(client, notice):
    clause = notice.clauses.first()
    data = as_shown(client.get(url(notice)), **{f"clause-{clause.pk}-due_on": "x", "title": ""})

    answer = client.post(url(notice), data)

    targets = [fault.target for fault in answer.context["faults"]]
    assert targets == ["id_title", f"id_clause-{clause.pk}-due_on"]
    page = answer.content.decode()
    assert all(f'href="#{target}"' in page and f'id="{target}"' in page for target in targets)


def test_somebody_who_was_faster_is_told_of(client, notice, monkeypatch):
    data = as_shown(client.get(url(notice)))
    judge = CheckPage.is_valid

    def while_somebody_discards(page):
        checking.discard(notice, reason="重复", now=factories.NOW, by=factories.coordinator())
        return judge(page)

    monkeypatch.setattr(CheckPage, "is_valid", while_somebody_discards)
    answer = client.post(url(notice), data)

    assert answer.status_code == 422
    assert "该文件已经核对过，请刷新页面" in answer.content.decode()
    assert factories.fresh(notice).state == "discarded"


def test_filed_notice_leads_to_its_page(client, notice):
    data = as_shown(client.get(url(notice)))
    client.post(url(notice), data)

    for answer in (client.get(url(notice)), client.post(url(notice), data)):
        assert answer["location"] == reverse("tasks:notice_detail", args=[notice.pk])
    assert AuditEvent.objects.filter(verb="核对入库").count() == 1


PAGES = [("check", "get"), ("check", "post"), ("expansion", "get")]
PAGES += [("clause_add", "post"), ("discard", "post")]


@pytest.mark.parametrize(("page", "method"), PAGES)
def test_notice_one_may_not_know_of_is_not_found(client, page, method):
    notice = factories.notice()
    client.force_login(factories.staff(Role.COORDINATOR, factories.province()))

    assert getattr(client, method)(url(notice, page)).status_code == 404
    assert_waiting(notice)


@pytest.mark.parametrize(("page", "method"), PAGES)
def test_draft_of_a_lower_office_is_not_there_for_those_above(client, page, method):
    zhejiang = factories.province()
    own = factories.staff(Role.COORDINATOR, zhejiang)
    notice = factories.notice()
    Notice.objects.update(bureau=zhejiang, imported_by=own)
    client.force_login(factories.coordinator())

    assert getattr(client, method)(url(notice, page)).status_code == 404
    assert_waiting(notice)


@pytest.mark.parametrize(("page", "method"), PAGES)
def test_discarded_notice_is_gone(client, notice, page, method):
    checking.discard(notice, reason="重复", now=factories.NOW, by=factories.coordinator())

    assert getattr(client, method)(url(notice, page)).status_code == 404


@pytest.mark.parametrize("page", ["clause_add", "discard"])
def test_changes_are_not_made_by_following_a_link(client, notice, page):
    assert client.get(url(notice, page)).status_code == 405


MISSED = {
    "missed-quote": "2026年12月底前报送质量工作年度总结",
    "missed-deliverable": "年度总结",
    "missed-due_on": "2026-12-31",
}


def test_missed_clause_is_added_to_the_page(client, notice):
    data = as_shown(client.get(url(notice)), **MISSED)

    answer = client.post(url(notice, "clause_add"), data)

    added = notice.clauses.last()
    assert (answer.status_code, added.deliverable) == (200, "年度总结")
    assert added.strict_on == date(2026, 12, 31)
    assert f"已补充为事项{added.position}，请一并核对" in answer.content.decode()
    assert_waiting(notice)


def test_what_was_typed_elsewhere_stays_when_a_clause_is_added(client, notice):
    clause = notice.clauses.first()
    typed = {"title": "改正的标题", f"clause-{clause.pk}-due_on": "2026-04-30"}
    data = as_shown(client.get(url(notice)), **MISSED, **typed)

    answer = client.post(url(notice, "clause_add"), data)

    assert answer.context["metadata"]["title"].value() == "改正的标题"
    first = answer.context["decisions"][0]
    assert (first["due_on"].value(), first["decision"].value()) == ("2026-04-30", "yes")
    assert answer.context["decisions"][-1]["decision"].value() is None
    assert factories.fresh(notice).title == "市场监管总局关于报送质量工作情况的通知"


def test_quote_copied_without_its_line_ends_is_found(client, notice):
    Notice.objects.update(
        body=notice.body.replace("质量工作年度总结（附件2）", "质量工\n作年度总结")
    )

    client.post(url(notice, "clause_add"), MISSED)

    added = notice.clauses.last()
    assert added.quote == "2026年12月底前报送质量工\n作年度总结"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("missed-quote", "原文里没有的一句话", "在原文中找不到这句话，请从左侧原文中复制后粘贴"),
        ("missed-quote", "", "请从左侧原文中复制要补充的句子"),
        ("missed-deliverable", " ", "请写明要报送什么"),
        ("missed-due_on", "2026-02-30", "“2026-02-30”不是日期，请写成2026-03-31这样"),
    ],
)
def test_bad_addition_is_told_at_its_field(client, notice, field, value, message):
    before = Clause.objects.count()

    answer = client.post(url(notice, "clause_add"), MISSED | {field: value})

    assert answer.status_code == 422
    assert answer.context["missed"].errors == {field.removeprefix("missed-"): [message]}
    assert message in answer.content.decode()
    assert Clause.objects.count() == before


def test_same_addition_twice_is_refused(client, notice):
    client.post(url(notice, "clause_add"), MISSED)
    before = Clause.objects.count()

    answer = client.post(url(notice, "clause_add"), MISSED)

    assert answer.status_code == 422
    assert "这一项已经在右侧列出，不用再补充" in answer.content.decode()
    assert Clause.objects.count() == before


def test_addition_to_a_filed_notice_is_refused(client, notice):
    client.post(url(notice), as_shown(client.get(url(notice))))
    before = Clause.objects.count()

    client.post(url(notice, "clause_add"), MISSED)

    assert Clause.objects.count() == before


def test_discarding_takes_the_notice_out_of_the_library(client, notice):
    answer = client.post(url(notice, "discard"), {"reason": "重复"}, follow=True)

    assert answer.redirect_chain == [(reverse("notices:library"), 302)]
    assert "已作废，文件不再出现在文件库中" in answer.content.decode()
    assert factories.fresh(notice).state == "discarded"


def test_discarding_without_a_reason_is_told(client, notice):
    answer = client.post(url(notice, "discard"), {"reason": " "}, follow=True)

    assert answer.redirect_chain == [(url(notice), 302)]
    assert "请填写作废的原因" in answer.content.decode()
    assert_waiting(notice)


def test_discarding_a_filed_notice_is_told(client, notice):
    client.post(url(notice), as_shown(client.get(url(notice))))

    answer = client.post(url(notice, "discard"), {"reason": "重复"}, follow=True)

    assert "该文件已经核对过，不能作废" in answer.content.decode()
    assert factories.fresh(notice).state == "filed"


@pytest.mark.parametrize("extra", [0, 10])
def test_check_page_takes_the_same_queries_for_any_number_of_clauses(
    client, django_assert_num_queries, notice, extra
):
    for number in range(extra):
        checking.add_clause(
            notice,
            quote="质量工作",
            deliverable=f"材料{number}",
            due_on=None,
            now=factories.NOW,
            by=factories.coordinator(),
        )

    with django_assert_num_queries(19):
        answer = client.get(url(notice))

    assert len(answer.context["decisions"]) == notice.clauses.count()
