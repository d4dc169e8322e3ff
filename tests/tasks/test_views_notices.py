import pytest
import time_machine
from django.urls import reverse

from bureaus.models import CalendarDay
from bureaus.roles import Role
from tasks.models import Assignment, Obligation
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = factories.TEXT_APART  # three clauses: table, outline, undated


@pytest.fixture
def office(client):
    client.force_login(factories.coordinator())
    return client


def detail(client, notice):
    return client.get(reverse("tasks:notice_detail", args=[notice.pk]))


def test_progress_counts_what_has_been_handed_in(office):
    obligation = factories.obligation(
        factories.province(), factories.province("320000", "江苏省"), text=TEXT
    )
    first = obligation.assignments.get(bureau__code="330000")
    factories.walk(first, "accept", "start", "hand_in", "pass_review", "submit")

    response = detail(office, obligation.notice)

    (row,) = response.context["obligations"]
    assert (row.handed_in, row.owed, row.own) == (1, 2, [])
    assert [clause.position for clause in response.context["unissued"]] == [2, 3]


def test_province_sees_its_own_assignment_and_not_how_far_the_others_are(client):
    obligation = factories.obligation(
        factories.province(), factories.province("320000", "江苏省"), text=TEXT
    )
    other = obligation.assignments.get(bureau__code="320000")
    factories.walk(other, "accept", "start", "hand_in", "pass_review", "submit")
    client.force_login(factories.staff(Role.FILLER, factories.province()))

    response = detail(client, obligation.notice)

    (row,) = response.context["obligations"]
    assert (row.handed_in, row.owed) == (0, 1)
    assert [own.bureau.code for own in row.own] == ["330000"]
    assert list(response.context["unissued"]) == []


def test_everything_handed_in_is_done_whatever_the_day(office):
    obligation = factories.obligation(text=TEXT)
    task = obligation.assignments.get()
    factories.walk(task, "accept", "start", "hand_in", "pass_review", "submit", "close")

    (row,) = detail(office, obligation.notice).context["obligations"]

    assert (row.light, row.remaining) == ("done", None)


def test_detail_asks_as_often_for_two_obligations_as_for_one(office, django_assert_num_queries):
    obligation = factories.obligation(text=TEXT)
    url = reverse("tasks:notice_detail", args=[obligation.notice_id])
    with django_assert_num_queries(16):
        office.get(url)
    factories.obligation(number="2")

    with django_assert_num_queries(16):
        office.get(url)


def test_telephones_are_masked_beside_the_text(office):
    response = detail(office, factories.filed_notice(TEXT))

    assert [contact["phones"] for contact in response.context["contacts"]] == [["010-****0000"]]


def test_notice_that_was_not_sent_to_a_province_is_unknown_to_it(client):
    obligation = factories.obligation(factories.province(), text=TEXT)
    client.force_login(factories.staff(Role.FILLER, factories.province("320000", "江苏省")))

    assert detail(client, obligation.notice).status_code == 404


# --- issue --------------------------------------------------------------------------------------


def issue_url(notice):
    return reverse("tasks:issue", args=[notice.pk])


def test_addressees_are_ticked_beforehand_and_internal_units_are_not(office):
    province, unit = factories.province(), factories.internal_unit()
    notice = factories.filed_notice(TEXT)

    response = office.get(issue_url(notice))

    tiers = response.context["tiers"]
    assert [(tier.label, tier.bureaus, tier.chosen_count) for tier in tiers] == [
        ("省级单位", [province], 1),
        ("内部单位", [unit], 0),
    ]
    assert response.context["task_count"] == 3


def test_preview_shows_the_reminders_and_what_speaks_against_it(office):
    CalendarDay.objects.create(day="2036-01-01", kind=CalendarDay.Kind.REST)
    notice = factories.filed_notice(TEXT.replace("2026年12月31日前", "2036年12月30日前"))

    with time_machine.travel("2026-06-01 10:00 +08:00", tick=False):
        office.force_login(factories.coordinator())
        past, ahead, undated = office.get(issue_url(notice)).context["previews"]

    assert past.ladder == []
    assert past.warnings == ["截止时间2026年3月31日已过，下发后各单位立即显示为逾期"]
    assert [rung.label for rung in ahead.ladder][:1] == ["提前10个工作日"]
    assert len(ahead.ladder) == 8
    assert (undated.ladder, undated.warnings, undated.due_on) == ([], [], None)


def test_issuing_makes_one_assignment_for_each_clause_and_unit(office):
    provinces = [factories.province(), factories.province("320000", "江苏省")]
    notice = factories.filed_notice(TEXT)
    clauses = list(notice.clauses.values_list("pk", flat=True))[:2]

    response = office.post(
        issue_url(notice), {"clauses": clauses, "bureaus": [each.pk for each in provinces]}
    )

    assert response.url == reverse("tasks:notice_detail", args=[notice.pk])
    assert Obligation.objects.count() == 2
    assert Assignment.objects.count() == 4


@pytest.mark.parametrize(
    ("left_out", "said"), [("clauses", "请至少选择一个事项"), ("bureaus", "请至少选择一个接收单位")]
)
def test_nothing_chosen_is_refused_and_the_rest_stays_ticked(office, left_out, said):
    province = factories.province()
    notice = factories.filed_notice(TEXT)
    posted = {"clauses": [notice.clauses.first().pk], "bureaus": [province.pk]}
    del posted[left_out]

    response = office.post(issue_url(notice), posted)

    assert response.status_code == 422
    assert said in response.content.decode()
    chosen = response.context["clause_count"], response.context["unit_count"]
    assert chosen == ((0, 1) if left_out == "clauses" else (1, 0))
    assert not Obligation.objects.exists()


def test_bureau_that_is_not_offered_cannot_be_chosen(office):
    city = factories.prefecture(factories.province())
    notice = factories.filed_notice(TEXT)

    response = office.post(
        issue_url(notice), {"clauses": [notice.clauses.first().pk], "bureaus": [city.pk]}
    )

    assert response.status_code == 422
    assert not Obligation.objects.exists()


def test_everything_issued_leaves_nothing_to_choose(office):
    obligation = factories.obligation(text=TEXT)
    for number in ("2", ""):
        factories.obligation(number=number)

    response = office.get(issue_url(obligation.notice))

    assert response.context["previews"] == []
    assert "这份文件没有待下发的事项" in response.content.decode()


def test_filler_may_not_issue(client):
    obligation = factories.obligation(text=TEXT)
    client.force_login(factories.staff(Role.FILLER, factories.province()))

    assert client.get(issue_url(obligation.notice)).status_code == 403
