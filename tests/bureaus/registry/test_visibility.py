import pytest

from bureaus.models import Bureau, Post, Staff
from bureaus.roles import Permission, Role
from bureaus.visibility import visible
from tests import factories

pytestmark = pytest.mark.django_db
ADMINISTRATORS = {Role.UNIT_ADMIN, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR}


@pytest.fixture(autouse=True)
def tree():
    factories.internal_unit()
    factories.province("320000", "江苏省")
    factories.prefecture(factories.province())


def seen(user, **options):
    rows = Bureau.objects.filter(visible(user, path="path", **options))
    return list(rows.values_list("code", flat=True))


@pytest.mark.parametrize("role", sorted(set(Role) - ADMINISTRATORS))
def test_reader_sees_the_own_bureau_and_those_below(role):
    assert seen(factories.staff(role, factories.province())) == ["330000", "330100"]


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("at", [factories.province, factories.central])
def test_administrators_see_nothing(role, at):
    assert seen(factories.staff(role, at())) == []


def test_central_office_sees_every_bureau():
    assert seen(factories.coordinator()) == ["100000", "320000", "330000", "330100", "N10"]


def test_prefecture_sees_neither_its_province_nor_its_neighbours():
    hangzhou = factories.prefecture(factories.province())
    factories.prefecture(factories.province(), "330200", "宁波市")

    assert seen(factories.staff(Role.FILLER, hangzhou)) == ["330100"]


def test_two_posts_show_both_subtrees():
    person = factories.staff(Role.FILLER, factories.prefecture(factories.province()))
    jiangsu = factories.province("320000", "江苏省")
    Post.objects.create(staff=person, bureau=jiangsu, role=Role.REVIEWER)

    assert seen(person) == ["320000", "330100"]


def test_other_permission_shows_where_that_one_is_held():
    person = factories.staff(Role.UNIT_ADMIN, factories.province())

    assert seen(person, permission=Permission.STAFF) == ["330000", "330100"]
    assert seen(person, permission=Permission.GRANT) == []


def test_person_without_a_post_sees_nothing():
    assert (
        seen(Staff.objects.create_user("nobody", name="无岗位", bureau=factories.province())) == []
    )


def test_superuser_sees_nothing():
    assert seen(Staff.objects.create_superuser("repair", name="修复")) == []


def test_account_that_is_switched_off_sees_nothing():
    assert seen(factories.staff(Role.FILLER, factories.province(), is_active=False)) == []
