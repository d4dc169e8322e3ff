from datetime import timedelta

import pytest
from django.urls import reverse

from bureaus.roles import Role
from notices.actions import addressees, checking, searching
from notices.models import Notice
from tests import factories

pytestmark = pytest.mark.django_db
URL = reverse("notices:library")


def notice(number, **fields):
    """The ``number``-th notice of the year, imported that many minutes later than the first."""
    text = factories.TEXT.replace("〔2026〕1号", f"〔2026〕{number}号")
    made = factories.notice(text, now=factories.NOW + timedelta(minutes=number))
    if fields:
        Notice.objects.filter(pk=made.pk).update(**fields)
        searching.keep(Notice.objects.get(pk=made.pk))
    return made


def numbers(answer):
    """The numbers of the listed notices, in their order."""
    return [row.doc_number.removeprefix("国市监测〔2026〕") for row in answer.context["page_obj"]]


@pytest.fixture
def coordinator(client):
    person = factories.coordinator()
    client.force_login(person)
    return person


def test_library_lists_the_latest_import_first(client, coordinator):
    for number in (1, 3, 2):
        notice(number)

    assert numbers(client.get(URL)) == ["3号", "2号", "1号"]


def test_library_shows_what_was_sent_to_the_bureau_and_nothing_else(client):
    for number in (1, 2):
        notice(number, state="filed", filed_at=factories.NOW)
    notice(3)
    sent = Notice.objects.get(doc_number__contains="〔2026〕2号")
    addressees.add(sent, [factories.province()])
    client.force_login(factories.staff(Role.FILLER, factories.province()))

    assert numbers(client.get(URL)) == ["2号"]


@pytest.mark.parametrize("role", [Role.UNIT_ADMIN, Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_library_is_empty_for_administrators(client, role):
    made = notice(1, state="filed", filed_at=factories.NOW)
    addressees.add(made, [factories.province()])
    client.force_login(factories.staff(role, factories.province()))

    assert numbers(client.get(URL)) == []


def test_discarded_notice_is_not_listed(client, coordinator):
    notice(1)
    checking.discard(notice(2), reason="重复", now=factories.NOW, by=coordinator)

    assert numbers(client.get(URL)) == ["1号"]


@pytest.fixture
def shelf(coordinator):
    notice(1)
    notice(2, state="filed", filed_at=factories.NOW, title="关于示例工作的通知")
    notice(3, is_truncated=True)
    notice(1)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["3号", "2号", "1号", "1号"]),
        ({"q": "示例"}, ["2号"]),
        ({"q": " 〔2026〕3号 "}, ["3号"]),
        ({"q": "没有的字"}, []),
        ({"state": "to_check"}, ["3号", "1号", "1号"]),
        ({"state": "filed"}, ["2号"]),
        ({"state": "truncated"}, ["3号"]),
        ({"state": "twin"}, ["1号"]),
        ({"state": "to_check", "q": "1号"}, ["1号", "1号"]),
    ],
)
def test_filters_narrow_the_list(client, shelf, query, found):
    assert numbers(client.get(URL, query)) == found


def test_filters_in_force_are_shown_with_a_way_out(client, shelf):
    chips = client.get(URL, {"state": "filed", "q": "示例", "page": "1"}).context["chips"]

    assert [(chip["label"], chip["value"]) for chip in chips] == [
        ("文号或标题", "示例"),
        ("状态", "已入库"),
    ]
    assert chips[0]["remove_url"] == f"{URL}?state=filed"


def test_unknown_state_is_told_and_filters_nothing(client, shelf):
    answer = client.get(URL, {"state": "lost"})

    assert list(answer.context["filter"].form.errors) == ["state"]
    assert "筛选条件有误" in answer.content.decode()
    assert len(numbers(answer)) == 4


def test_null_character_in_the_search_is_told(client, shelf):
    answer = client.get(URL, {"q": "a\0b"})

    assert (answer.status_code, list(answer.context["filter"].form.errors)) == (200, ["q"])


def test_second_page_keeps_the_filter(client, coordinator):
    for number in range(1, 53):
        notice(number)

    first = client.get(URL, {"state": "to_check"})
    second = client.get(URL, {"state": "to_check", "page": "2"})

    assert (len(numbers(first)), numbers(second)) == (50, ["2号", "1号"])
    assert first.context["query"] == second.context["query"] == "state=to_check"


@pytest.mark.parametrize("count", [1, 3, 50])
def test_library_takes_the_same_queries_for_any_number_of_rows(
    client, django_assert_num_queries, coordinator, count
):
    for number in range(count):
        notice(1 + number // 2)

    with django_assert_num_queries(9):
        answer = client.get(URL)

    assert len(numbers(answer)) == count


@pytest.mark.parametrize("count", [1, 3])
def test_library_of_a_bureau_takes_the_same_queries_for_any_number_of_rows(
    client, django_assert_num_queries, count
):
    for number in range(count):
        made = notice(number + 1, state="filed", filed_at=factories.NOW)
        addressees.add(made, [factories.province()])
    client.force_login(factories.staff(Role.FILLER, factories.province()))

    with django_assert_num_queries(9):
        answer = client.get(URL)

    assert len(numbers(answer)) == count


@pytest.mark.parametrize(("role", "offered"), [(Role.COORDINATOR, True), (Role.REVIEWER, False)])
def test_import_is_offered_to_those_who_may(client, role, offered):
    client.force_login(factories.staff(role, factories.central()))

    assert (reverse("notices:import") in client.get(URL).content.decode()) is offered


def test_row_leads_to_the_check_or_to_the_filed_notice(client, coordinator):
    waiting, filed = notice(1), notice(2, state="filed", filed_at=factories.NOW)

    page = client.get(URL).content.decode()

    assert reverse("notices:check", args=[waiting.pk]) in page
    assert reverse("tasks:notice_detail", args=[filed.pk]) in page
    assert reverse("notices:check", args=[filed.pk]) not in page


@pytest.mark.parametrize("count", [1, 50])
def test_library_takes_the_same_queries_for_one_row_and_for_fifty(
    client, coordinator, django_assert_num_queries, count
):
    for number in range(1, count + 1):
        notice(number)

    with django_assert_num_queries(9):
        answer = client.get(URL)

    assert len(answer.context["page_obj"].object_list) == count


def test_the_drafts_of_those_below_are_theirs(client, coordinator):
    zhejiang = factories.province()
    draft = factories.notice(factories.TEXT.replace("〔2026〕1号", "〔2026〕7号"), bureau=zhejiang)
    filed = factories.TEXT.replace("〔2026〕1号", "〔2026〕8号")
    factories.filed_notice(filed, bureau=zhejiang)
    notice(1)

    assert numbers(client.get(URL)) == ["1号", "8号"]
    assert client.get(reverse("notices:check", args=[draft.pk])).status_code == 404
    client.force_login(factories.staff(Role.COORDINATOR, zhejiang))
    assert numbers(client.get(URL)) == ["8号", "7号"]
    assert client.get(reverse("notices:check", args=[draft.pk])).status_code == 200
