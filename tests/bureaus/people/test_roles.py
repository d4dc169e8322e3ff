import pytest

from bureaus.roles import GRANTED, Permission, Role, roles_with

ADMINISTRATORS = {Role.UNIT_ADMIN, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR}


def test_every_role_stands_in_the_table():
    assert set(GRANTED) == set(Role)


def test_every_permission_is_granted_to_some_role():
    assert frozenset().union(*GRANTED.values()) == set(Permission)


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_administrators_hold_one_power_each_and_see_no_task(role):
    assert len(GRANTED[role]) == 1
    assert Permission.READ not in GRANTED[role]


def test_administrators_powers_are_apart():
    powers = [GRANTED[role] for role in sorted(ADMINISTRATORS)]

    assert len(frozenset().union(*powers)) == len(powers)


@pytest.mark.parametrize("role", sorted(set(Role) - ADMINISTRATORS))
def test_those_who_work_on_tasks_read_and_administer_nothing(role):
    administer = frozenset().union(*(GRANTED[each] for each in ADMINISTRATORS))

    assert Permission.READ in GRANTED[role]
    assert not GRANTED[role] & administer


def test_filling_reviewing_and_signing_are_three_peoples_posts():
    three = (Permission.FILL, Permission.REVIEW, Permission.APPROVE)

    assert [roles_with(each) for each in three] == [
        [Role.FILLER],
        [Role.REVIEWER],
        [Role.APPROVER],
    ]


def test_roles_with_a_permission_come_in_the_order_of_the_table():
    assert roles_with(Permission.ACCEPT) == [Role.COORDINATOR, Role.FILLER]
