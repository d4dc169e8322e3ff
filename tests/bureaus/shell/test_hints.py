"""Five hints for each post on the desk: switched off by the person, and on again."""

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from bureaus.actions import hints as switching
from bureaus.models import Post
from bureaus.roles import Role
from bureaus.shell import hints
from tests import factories
from tests.bureaus import delegated
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.mark.parametrize("role", Role)
def test_every_post_has_five(role):
    assert len(hints.HINTS[role]) == 5


@pytest.mark.parametrize("role", Role)
def test_desk_shows_them_until_they_are_switched_off(client, role):
    person = factories.staff(role, factories.central())
    client.force_login(person)
    first = client.get("/")

    answer = client.post(reverse("bureaus:hints_hide"), {"role": role}, follow=True)

    assert first.content.decode().count('<ol class="hints">') == 1
    assert '<ol class="hints">' not in answer.content.decode()
    assert AuditEvent.objects.about(person).get().verb == "设置工作台提示"
    assert "在工作台重新显示" in client.get(reverse("bureaus:help")).content.decode()
    assert client.post(reverse("bureaus:hints_show"), follow=True).context["hint_role"] == role


def test_another_post_has_hints_of_its_own(client, zhejiang, filler):
    Post.objects.create(staff=filler, bureau=zhejiang, role=Role.UNIT_ADMIN)
    client.force_login(filler)

    shown = [client.get("/").context["hint_role"]]
    for _ in range(2):
        client.post(reverse("bureaus:hints_hide"), {"role": shown[-1]})
        shown.append(client.get("/").context["hint_role"])

    assert shown == [Role.FILLER, Role.UNIT_ADMIN, None]
    assert factories.fresh(filler).hints_off == "filler,unit_admin"


def test_switching_off_again_is_not_recorded_again(filler):
    switching.hide(Role.FILLER, now=NOW, by=filler)
    switching.hide(Role.FILLER, now=NOW, by=filler)
    switching.restore(now=NOW, by=filler)
    switching.restore(now=NOW, by=filler)

    assert AuditEvent.objects.about(filler).count() == 2


def test_unknown_post_is_refused(client, filler):
    client.force_login(filler)

    assert client.post(reverse("bureaus:hints_hide"), {"role": "king"}).status_code == 404
    assert client.get(reverse("bureaus:hints_hide")).status_code == 405


def test_hints_are_not_those_of_whom_one_stands_in_for(client, filler, reviewer):
    delegated.make(reviewer, filler)
    client.force_login(filler)

    assert client.get("/").context["hint_role"] == Role.FILLER
    assert hints.own_roles(factories.fresh(filler)) == [Role.FILLER]


def test_all_roles_off_fit_the_column(filler):
    for role in Role:
        switching.hide(role, now=NOW, by=filler)

    assert len(factories.fresh(filler).hints_off) <= 120
