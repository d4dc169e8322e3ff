"""One 签收 for all that a notice asks of a bureau, and 签收并填报 in one step."""

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from bureaus.roles import Role
from tasks.actions import accepting
from tasks.errors import TransitionDenied
from tasks.models import Assignment
from tasks.states import Status
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def tasks() -> list[Assignment]:
    """Two items of one notice for 浙江, one of them for 江苏 as well."""
    zhejiang, jiangsu = factories.province(), factories.province("320000", "江苏省")
    first = factories.obligation(zhejiang, jiangsu)
    second = factories.obligation(zhejiang, number="2")
    return [factories.owed_by(each, "330000") for each in (first, second)]


def statuses() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in Assignment.objects.order_by("pk").select_related("bureau"):
        found.setdefault(row.bureau.code, []).append(row.status)
    return found


def test_one_signature_is_for_all_of_the_notice_and_for_no_other_bureau(tasks):
    by = factories.staff(Role.FILLER, factories.province())

    signed = accepting.accept_all(tasks[1], now=factories.NOW, by=by)

    assert {each.pk for each in signed} == {each.pk for each in tasks}
    assert statuses() == {"330000": ["accepted", "accepted"], "320000": ["pending"]}
    assert AuditEvent.objects.filter(verb="签收").count() == 2


def test_what_was_declined_or_is_in_hand_stays_as_it_is(tasks):
    factories.walk(tasks[0], "decline")

    accepting.accept_all(
        tasks[1], now=factories.NOW, by=factories.staff(Role.FILLER, factories.province())
    )

    assert statuses()["330000"] == ["declined", "accepted"]


def test_signing_twice_is_refused_and_signs_nothing(tasks):
    factories.walk(tasks[0], "accept")

    with pytest.raises(TransitionDenied):
        accepting.accept_all(
            tasks[0], now=factories.NOW, by=factories.staff(Role.FILLER, factories.province())
        )

    assert statuses()["330000"] == ["accepted", "pending"]


def test_the_page_offers_a_filler_to_sign_and_go_on_to_the_form(tasks, enter):
    client = enter(factories.staff(Role.FILLER, factories.province()))
    page = client.get(reverse("tasks:assignment_detail", args=[tasks[0].pk])).content.decode()
    url = reverse("tasks:assignment_move", args=[tasks[0].pk, "accept"])

    answer = client.post(f"{url}?then=fill", follow=True)

    assert f'action="{url}?then=fill"' in page
    assert "签收并填报</button>" in page
    form = reverse("reports:form", args=[tasks[0].pk, 1])
    assert answer.redirect_chain == [(form, 302)]
    assert "已签收，本文件的2项任务一并签收" in answer.content.decode()
    assert statuses()["330000"] == [Status.ACCEPTED, Status.ACCEPTED]


def test_who_fills_in_nothing_only_signs(tasks, enter):
    client = enter(factories.staff(Role.COORDINATOR, factories.province()))

    page = client.get(reverse("tasks:assignment_detail", args=[tasks[0].pk])).content.decode()

    assert "签收</button>" in page
    assert "签收并填报" not in page
