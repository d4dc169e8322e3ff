"""The page 委托代办, of the person and of those who manage the account."""

import pytest
from django.urls import reverse

from bureaus.models import Delegation
from bureaus.roles import Role
from tests import factories
from tests.bureaus.delegated import DAY, TODAY, make, other_bureau
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def posted(deputy, **changed):
    days = {"starts_on": TODAY.isoformat(), "ends_on": (TODAY + DAY).isoformat()}
    return {"deputy": str(deputy.pk), **days, "reason": "休假", **changed}


def test_page_makes_shows_and_takes_back(client, filler, reviewer):
    client.force_login(filler)
    url = reverse("bureaus:delegations")

    client.post(url, posted(reviewer))
    made = Delegation.objects.get()
    given = client.get(url).context["given"]
    client.post(reverse("bureaus:delegation_end", args=[made.pk]))

    assert [(row["delegation"], row["state"]) for row in given] == [(made, "代办中")]
    assert factories.fresh(made).ended_at == NOW


def test_page_tells_what_is_wrong_and_stores_nothing(client, zhejiang, filler, reviewer):
    client.force_login(filler)
    url = reverse("bureaus:delegations")

    outside = client.post(url, posted(other_bureau(zhejiang)))
    past = client.post(url, posted(reviewer, starts_on="2026-03-01"))

    assert (outside.status_code, past.status_code) == (422, 422)
    assert "请从列表中选择本单位在用的人员" in outside.content.decode()
    assert "开始日期已过" in past.content.decode()
    assert not Delegation.objects.exists()


def test_deputy_sees_it_and_the_shell_says_for_whom(client, filler, reviewer):
    made = make(filler, reviewer)
    client.force_login(reviewer)

    context = client.get(reverse("bureaus:delegations")).context

    assert [row["delegation"] for row in context["held"]] == [made]
    assert context["given"] == []
    assert context["post_names"] == ["填报人（代测试填报人）", "审核人"]


def test_person_page_hands_over_for_somebody(client, zhejiang, filler, reviewer):
    client.force_login(factories.staff(Role.UNIT_ADMIN, zhejiang))
    url = reverse("bureaus:person_delegate", args=[filler.pk])

    wrong = client.post(url, posted(reviewer, ends_on=""))
    right = client.post(url, posted(reviewer))

    assert (wrong.status_code, right.status_code) == (422, 302)
    page = client.get(reverse("bureaus:person", args=[filler.pk])).content.decode()
    assert reverse("bureaus:delegation_end", args=[Delegation.objects.get().pk]) in page


def test_menu_leads_to_the_page_for_those_who_work_only(client, zhejiang, filler):
    url = reverse("bureaus:delegations")
    found = {}
    for person in (filler, factories.staff(Role.UNIT_ADMIN, zhejiang)):
        client.force_login(person)
        found[person.username] = url in client.get(reverse("bureaus:help")).content.decode()

    assert found == {"330000.filler": True, "330000.unit_admin": False}


@pytest.mark.parametrize("count", [1, 50])
def test_page_takes_the_same_queries_for_any_number(
    client, django_assert_num_queries, filler, reviewer, count
):
    for number in range(count):
        made = make(filler, reviewer, TODAY + number * DAY, TODAY + number * DAY)
    assert made
    client.force_login(filler)

    with django_assert_num_queries(10):
        client.get(reverse("bureaus:delegations"))
