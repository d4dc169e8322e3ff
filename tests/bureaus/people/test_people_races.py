"""Two administrators at the same moment: one is done, the other is told, nothing is doubled."""

import pytest
from django.utils import timezone

from audit.models import AuditEvent
from bureaus.actions import delegations, people, posts
from bureaus.errors import BureauError
from bureaus.models import Delegation, Post, Staff
from bureaus.roles import Role
from tests import factories
from tests.factories import NOW
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def refused(results):
    return [result for result in results if isinstance(result, BureauError)]


def test_two_delegations_of_the_same_days(zhejiang):
    now = timezone.now()
    filler = factories.staff(Role.FILLER, zhejiang)
    deputies = [factories.staff(role, zhejiang) for role in (Role.REVIEWER, Role.APPROVER)]
    days = {"starts_on": timezone.localdate(now), "ends_on": timezone.localdate(now)}

    results = at_once(
        [
            lambda deputy=deputy: delegations.make(
                filler, deputy=deputy, **days, now=now, by=factories.fresh(filler)
            )
            for deputy in deputies
        ]
    )

    assert len(refused(results)) == 1
    assert Delegation.objects.count() == 1


def test_two_people_do_not_hand_over_to_one_another(zhejiang):
    now = timezone.now()
    pair = [factories.staff(role, zhejiang) for role in (Role.FILLER, Role.REVIEWER)]
    days = {"starts_on": timezone.localdate(now), "ends_on": timezone.localdate(now)}

    results = at_once(
        [
            lambda one=one, other=other: delegations.make(
                one, deputy=other, **days, now=now, by=factories.fresh(one)
            )
            for one, other in (pair, pair[::-1])
        ]
    )

    assert len(refused(results)) == 1
    assert Delegation.objects.count() == 1


def test_confirmation_and_refusal_of_one_post(settings, zhejiang):
    settings.SEPARATE_ADMINS = True
    person = Staff.objects.create_user("someone", name="某人", bureau=zhejiang)
    post = posts.grant(
        person,
        Role.FILLER,
        bureau=zhejiang,
        now=NOW,
        by=factories.staff(Role.UNIT_ADMIN, zhejiang),
    )
    by = factories.staff(Role.SECURITY_ADMIN, factories.central())

    results = at_once(
        [
            lambda: posts.confirm(factories.fresh(post), now=NOW, by=factories.fresh(by)),
            lambda: posts.refuse(
                factories.fresh(post), reason="重复", now=NOW, by=factories.fresh(by)
            ),
        ]
    )

    losers = [each for each in results if isinstance(each, BureauError | Post.DoesNotExist)]
    assert len(losers) == 1
    decided = AuditEvent.objects.filter(verb__in=["确认岗位", "不同意岗位"])
    assert decided.count() == 1
    assert person.posts.count() == (1 if decided.get().verb == "确认岗位" else 0)


def test_two_posts_that_are_to_be_apart(settings, zhejiang):
    settings.SEPARATE_ADMINS = True
    person = Staff.objects.create_user("someone", name="某人", bureau=zhejiang)
    by = factories.staff(Role.SYSTEM_ADMIN, factories.central())

    results = at_once(
        [
            lambda role=role: posts.grant(
                person, role, bureau=zhejiang, now=NOW, by=factories.fresh(by)
            )
            for role in (Role.AUDITOR, Role.SECURITY_ADMIN)
        ]
    )

    assert len(refused(results)) == 1
    assert person.posts.count() == 1


def test_two_accounts_of_the_same_name(zhejiang):
    by = factories.staff(Role.UNIT_ADMIN, zhejiang)

    results = at_once(
        [
            lambda name=name: people.add(
                zhejiang, username="xiaowang", name=name, now=NOW, by=factories.fresh(by)
            )
            for name in ("王小明", "王小红")
        ]
    )

    assert [str(each) for each in refused(results)] == [
        "账号xiaowang已被使用（停用的账号也不再给他人使用），请换一个"
    ]
    assert Staff.objects.filter(username="xiaowang").count() == 1
