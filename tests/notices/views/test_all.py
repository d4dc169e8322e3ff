import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import AuditEvent
from bureaus.roles import Role
from notices.models import Notice
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = factories.TEXT_APART  # three clauses: table, outline, undated


@pytest.fixture
def office(client):
    client.force_login(factories.coordinator())
    return client


def page(response):
    return response.content.decode()


def filing(notice, **changes):
    """What the check page posts when everything is found right."""
    posted = {
        "title": notice.title,
        "doc_number": notice.doc_number,
        "recipients_text": notice.recipients_text,
        "written_on": notice.written_on or "",
        "printed_on": notice.printed_on or "",
        "urgency": notice.urgency,
    }
    for clause in notice.clauses.all():
        due = clause.due_at.astimezone(factories.SHANGHAI).date() if clause.due_at else ""
        posted |= {
            f"clause-{clause.pk}-decision": "yes",
            f"clause-{clause.pk}-deliverable": clause.deliverable,
            f"clause-{clause.pk}-due_on": due,
            f"clause-{clause.pk}-due_clock": "",
            f"clause-{clause.pk}-attachment_numbers": [str(n) for n in clause.attachments_referred],
        }
    return posted | changes


# --- library ------------------------------------------------------------------------------------


def test_library_lists_the_newest_first(office):
    first = factories.notice(TEXT)
    second = factories.notice(TEXT.replace("1号", "2号"), now=factories.NOW.replace(day=3))

    response = office.get(reverse("notices:library"))

    assert list(response.context["page_obj"]) == [second, first]


def test_library_filters_by_state_and_shows_the_filter(office):
    factories.notice(TEXT)
    filed = factories.filed_notice(TEXT.replace("1号", "2号"))

    response = office.get(reverse("notices:library"), {"state": "filed"})

    assert list(response.context["page_obj"]) == [filed]
    assert response.context["chips"] == [
        {"label": "状态", "value": "已入库", "remove_url": f"{reverse('notices:library')}?"}
    ]


def test_library_asks_as_often_for_three_as_for_one(office, django_assert_num_queries):
    factories.notice(TEXT)
    with django_assert_num_queries(9):
        office.get(reverse("notices:library"))
    factories.notice(TEXT.replace("1号", "2号"))
    factories.notice(TEXT.replace("1号", "3号"))

    with django_assert_num_queries(4):
        office.get(reverse("notices:library"))


# --- import -------------------------------------------------------------------------------------


def test_pasted_text_with_browser_line_ends_is_stored_with_line_feeds(office):
    response = office.post(reverse("notices:import"), {"pasted": TEXT.replace("\n", "\r\n")})

    notice = Notice.objects.get()
    assert response.url == reverse("notices:check", args=[notice.pk])
    assert "\r" not in notice.body
    clause = notice.clauses.first()
    assert notice.body[clause.start_at : clause.end_at] == clause.quote


def test_uploaded_file_leads_to_its_check_page(office):
    upload = SimpleUploadedFile("通知.txt", TEXT.encode("gb18030"))

    response = office.post(reverse("notices:import"), {"file": upload})

    notice = Notice.objects.get()
    assert response.url == reverse("notices:check", args=[notice.pk])
    assert notice.source_name == "通知.txt"


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({}, "请选择一个文件，或粘贴公文正文"),
        ({"pasted": "随便写一句话"}, "没有识别出公文标题"),
        ({"file": SimpleUploadedFile("a.rar", b"Rar!")}, "暂不支持“.rar”压缩包"),
    ],
)
def test_what_cannot_be_imported_is_refused_with_a_reason(office, posted, said):
    response = office.post(reverse("notices:import"), posted)

    assert response.status_code == 422
    assert said in page(response)
    assert not Notice.objects.exists()


def test_classified_text_leaves_nothing_but_the_fact(office):
    response = office.post(reverse("notices:import"), {"pasted": f"机密★1年\n{TEXT}"})

    assert response.status_code == 422
    assert "没有保存任何内容" in page(response)
    assert "报送质量工作情况" not in page(response)
    assert not Notice.objects.exists()
    assert AuditEvent.objects.filter(verb="拒收疑似涉密文件").count() == 1


def test_filler_may_not_import(client):
    client.force_login(factories.staff(Role.FILLER, factories.province()))

    assert client.get(reverse("notices:import")).status_code == 403


# --- check --------------------------------------------------------------------------------------


def test_nothing_is_decided_beforehand(office):
    notice = factories.notice(TEXT)

    response = office.get(reverse("notices:check", args=[notice.pk]))

    assert response.context["decided"] == 0
    assert len(response.context["decisions"]) == 3


def test_undecided_clause_is_named_and_nothing_is_filed(office):
    notice = factories.notice(TEXT)
    clause = notice.clauses.get(position=2)
    posted = filing(notice)
    del posted[f"clause-{clause.pk}-decision"]

    response = office.post(reverse("notices:check", args=[notice.pk]), posted)

    assert response.status_code == 422
    assert [(fault.label, fault.text) for fault in response.context["faults"]] == [
        ("事项2 核对", "请选择“确认为报送事项”或“不是报送事项”")
    ]
    assert factories.fresh(notice).state == "to_check"


def test_filing_stores_decisions_and_corrections(office):
    notice = factories.notice(TEXT)
    clause = notice.clauses.get(position=1)
    third = notice.clauses.get(position=3)
    changes = {
        "title": "改正后的\r\n标题",
        f"clause-{clause.pk}-due_on": "2026-04-15",
        f"clause-{clause.pk}-attachment_numbers": ["2", "1"],
        f"clause-{third.pk}-decision": "no",
        f"clause-{third.pk}-deliverable": "",
    }

    response = office.post(reverse("notices:check", args=[notice.pk]), filing(notice, **changes))

    assert response.url == reverse("tasks:notice_detail", args=[notice.pk])
    filed = factories.fresh(notice)
    assert (filed.state, filed.title) == ("filed", "改正后的标题")
    states = list(filed.clauses.values_list("state", flat=True))
    assert states == ["confirmed", "confirmed", "rejected"]
    first = factories.fresh(clause)
    assert f"{first.due_at.astimezone(factories.SHANGHAI):%Y-%m-%d %H:%M}" == "2026-04-15 23:59"
    assert first.attachment_numbers == "1,2"
    assert factories.fresh(third).deliverable == third.deliverable


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("due_clock", "17:00", "填了钟点，还要填写哪一天截止"),
        ("deliverable", "", "请写明要报送什么"),
        ("attachment_numbers", ["7"], "请从列表中选择“按附件填报”"),
    ],
)
def test_faulty_decision_is_told_at_its_clause(office, field, value, said):
    notice = factories.notice(TEXT)
    undated = notice.clauses.get(position=3)

    posted = filing(notice, **{f"clause-{undated.pk}-{field}": value})
    response = office.post(reverse("notices:check", args=[notice.pk]), posted)

    assert response.status_code == 422
    (fault,) = response.context["faults"]
    assert fault.label.startswith("事项3")
    assert said in fault.text
    assert factories.fresh(notice).state == "to_check"


def test_missed_clause_is_added_without_losing_what_was_typed(office):
    notice = factories.notice(TEXT.replace("测试用", "测试\n\n用"))
    posted = filing(notice, title="打了一半的标题") | {
        "missed-quote": "现就有关事项通知如下",
        "missed-deliverable": "补充的材料",
        "missed-due_on": "2026-05-01",
    }

    response = office.post(reverse("notices:clause_add", args=[notice.pk]), posted)

    added = notice.clauses.get(position=4)
    assert (added.quote, added.deliverable) == ("现就有关事项通知如下", "补充的材料")
    assert response.status_code == 200
    assert response.context["metadata"]["title"].value() == "打了一半的标题"
    assert response.context["decided"] == 3
    assert response.context["faults"] == []


def test_missed_clause_is_found_across_line_ends_and_kept_in_the_texts_spelling(office):
    notice = factories.notice(TEXT.replace("现就有关事项通知", "现就有关\n\n事项通知"))
    posted = {"missed-quote": "现就有关事项通知如下", "missed-deliverable": "补充的材料"}

    office.post(reverse("notices:clause_add", args=[notice.pk]), posted)

    assert notice.clauses.get(position=4).quote == "现就有关\n\n事项通知如下"


@pytest.mark.parametrize(
    ("quote", "deliverable", "said"),
    [
        ("原文里没有的话", "材料", "在原文中找不到这句话，请从左侧原文中复制后粘贴"),
        ("", "材料", "请从左侧原文中复制要补充的句子"),
        ("现就有关事项通知如下", "", "请写明要报送什么"),
    ],
)
def test_missed_clause_that_cannot_be_added_is_explained(office, quote, deliverable, said):
    notice = factories.notice(TEXT)
    posted = {"missed-quote": quote, "missed-deliverable": deliverable}

    response = office.post(reverse("notices:clause_add", args=[notice.pk]), posted)

    assert response.status_code == 422
    assert [fault.text for fault in response.context["faults"]] == [said]
    assert notice.clauses.count() == 3


def test_missed_clause_sent_twice_is_added_once(office):
    notice = factories.notice(TEXT)
    posted = {"missed-quote": "现就有关事项通知如下", "missed-deliverable": "补充的材料"}

    office.post(reverse("notices:clause_add", args=[notice.pk]), posted)
    response = office.post(reverse("notices:clause_add", args=[notice.pk]), posted)

    assert response.status_code == 422
    assert "这一项已经在右侧列出，不用再补充" in page(response)
    assert notice.clauses.count() == 4


def test_recipients_as_typed_are_expanded_without_being_stored(office):
    factories.province()
    notice = factories.notice(TEXT)
    url = reverse("notices:expansion", args=[notice.pk])

    response = office.get(url, {"recipients_text": "各省、自治区、直辖市市场监管局，有关单位："})

    assert [tier.label for tier in response.context["expansion"].tiers] == ["省级"]
    assert "有关单位" in page(response)
    assert factories.fresh(notice).recipients_text == factories.RECIPIENTS


def test_discarding_takes_a_reason(office):
    notice = factories.notice(TEXT)
    url = reverse("notices:discard", args=[notice.pk])

    refused = office.post(url, {"reason": " "}, follow=True)
    done = office.post(url, {"reason": "网页正文不全"})

    assert "请填写作废的原因" in page(refused)
    assert done.url == reverse("notices:library")
    assert factories.fresh(notice).state == "discarded"


def test_filed_notice_leads_from_its_check_page_to_its_own(office):
    notice = factories.filed_notice(TEXT)

    response = office.get(reverse("notices:check", args=[notice.pk]))

    assert response.url == reverse("tasks:notice_detail", args=[notice.pk])


def test_notice_to_be_checked_is_unknown_to_a_province(client):
    notice = factories.notice(TEXT)
    client.force_login(factories.staff(Role.FILLER, factories.province()))

    assert client.get(reverse("notices:check", args=[notice.pk])).status_code == 404
