from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from bureaus.models import Bureau, Post, Staff
from bureaus.roles import Permission, Role
from tests import factories

pytestmark = pytest.mark.django_db


def test_person_may_do_what_the_post_carries_at_exactly_that_bureau():
    zhejiang = factories.province()
    hangzhou = factories.prefecture(zhejiang)
    filler = factories.staff(Role.FILLER, zhejiang)

    assert filler.may(Permission.FILL, at=zhejiang)
    assert not filler.may(Permission.REVIEW, at=zhejiang)
    assert not filler.may(Permission.FILL, at=hangzhou)
    assert not filler.may(Permission.FILL, at=factories.central())


def test_posts_at_two_bureaus_add_up():
    zhejiang, jiangsu = factories.province(), factories.province("320000", "江苏省")
    person = factories.staff(Role.FILLER, zhejiang)
    Post.objects.create(staff=person, bureau=jiangsu, role=Role.REVIEWER)
    Post.objects.create(staff=person, bureau=zhejiang, role=Role.REVIEWER)

    assert person.bureaus_where(Permission.REVIEW) == [jiangsu, zhejiang]
    assert person.bureaus_where(Permission.FILL) == [zhejiang]
    assert not person.may(Permission.FILL, at=jiangsu)


def test_account_that_is_switched_off_may_do_nothing():
    filler = factories.staff(Role.FILLER, factories.province(), is_active=False)

    assert not filler.may(Permission.FILL, at=factories.province())
    assert filler.bureaus_where(Permission.FILL) == []


@pytest.mark.parametrize(("days", "may"), [(0, True), (-1, False)])
def test_account_past_its_day_holds_no_post(days, may):
    expires_on = timezone.localdate() + timedelta(days=days)
    filler = factories.staff(Role.FILLER, factories.province(), expires_on=expires_on)

    assert filler.may(Permission.FILL, at=factories.province()) == may


def test_post_that_is_only_proposed_carries_nothing():
    filler = factories.staff(Role.FILLER, factories.province())
    filler.posts.update(is_effective=False)

    assert not filler.may(Permission.FILL, at=factories.province())
    assert list(Staff.objects.who_may(Permission.FILL, at=factories.province())) == []


def test_who_may_on_a_day_leaves_out_expired_accounts():
    zhejiang = factories.province()
    today = timezone.localdate()
    filler = factories.staff(Role.FILLER, zhejiang, expires_on=today)

    def who_may(on):
        return list(Staff.objects.who_may(Permission.FILL, at=zhejiang, on=on))

    assert [who_may(today), who_may(today + timedelta(days=1))] == [[filler], []]


def test_superuser_holds_no_post_and_so_no_permission():
    repair = Staff.objects.create_superuser("repair", factories.PASSWORD, name="修复")

    assert repair.is_superuser
    assert repair.bureaus_where(Permission.READ) == []


def test_who_may_finds_active_holders_once_and_only_there():
    zhejiang = factories.province()
    both = factories.staff(Role.COORDINATOR, zhejiang)
    Post.objects.create(staff=both, bureau=zhejiang, role=Role.FILLER)
    filler = factories.staff(Role.FILLER, zhejiang)
    factories.staff(Role.FILLER, zhejiang, username="off", is_active=False)
    factories.staff(Role.REVIEWER, zhejiang)
    factories.staff(Role.FILLER, factories.prefecture(zhejiang))

    assert set(Staff.objects.who_may(Permission.ACCEPT, at=zhejiang)) == {both, filler}
    assert Staff.objects.who_may(Permission.ACCEPT, at=zhejiang).count() == 2


def test_same_post_twice_is_refused():
    filler = factories.staff(Role.FILLER, factories.province())

    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(staff=filler, bureau=factories.province(), role=Role.FILLER)


def test_bureau_with_staff_cannot_be_deleted():
    zhejiang = factories.province()
    factories.staff(Role.FILLER, zhejiang)

    with pytest.raises(ProtectedError):
        zhejiang.delete()

    assert Bureau.objects.filter(pk=zhejiang.pk).exists()


def test_post_is_called_by_bureau_and_role():
    filler = factories.staff(Role.FILLER, factories.province())

    assert str(filler.posts.get()) == "浙江省市场监管局 填报人"
