"""What the tests share: a day, a province and two of its people."""

import pytest

from bureaus.roles import Role
from tests import factories
from tests.factories import NOW


@pytest.fixture
def monday(time_machine):
    """Monday 2 March 2026: Staff.held_posts reads the clock."""
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def zhejiang():
    return factories.province()


@pytest.fixture
def filler(zhejiang):
    return factories.staff(Role.FILLER, zhejiang)


@pytest.fixture
def reviewer(zhejiang):
    return factories.staff(Role.REVIEWER, zhejiang)
