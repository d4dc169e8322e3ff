"""What the tests of the pages share: a clock that stands, and people who have logged in."""

from datetime import timedelta

import pytest

from bureaus.actions.registry import load_workdays
from bureaus.models import Staff
from bureaus.roles import Role
from tasks.models import Assignment
from tests import factories, splits
from tests.factories import NOW, owed_by
from tests.tasks import told

# in the reverse of the administrative order, so that no order of making can be mistaken for it
CODES = {"650000": "示例区", "330000": "浙江省", "320000": "江苏省", "110000": "北京市"}


@pytest.fixture
def clock(time_machine):
    """Monday 2 March 2026, 12:30; moved by the tests that need another day."""
    time_machine.move_to(NOW + timedelta(hours=3), tick=False)
    return time_machine


@pytest.fixture
def enter(client):
    def log_in(person: Staff):
        client.force_login(person)
        return client

    return log_in


@pytest.fixture
def office(clock, enter):
    return enter(factories.coordinator())


@pytest.fixture
def issued():
    """One obligation for four provinces."""
    return factories.obligation(*(factories.province(*each) for each in CODES.items()))


@pytest.fixture
def provinces():
    return [factories.province("320000", "江苏省"), factories.province()]


@pytest.fixture
def filler(issued) -> Staff:
    """Who fills in for one of the four."""
    return factories.staff(Role.FILLER, owed_by(issued, "330000").bureau)


@pytest.fixture
def task() -> Assignment:
    """Accepted by 浙江, which may split it."""
    return splits.accepted()


@pytest.fixture
def chief(enter, task):
    """The coordinator of the province that has the task, logged in."""
    return enter(splits.coordinator(task.bureau))


@pytest.fixture
def site(settings):
    settings.SITE_URL = "https://tasks.example.test"


@pytest.fixture
def workdays():
    load_workdays()


@pytest.fixture
def here():
    """A province with somebody in each post, under a ministry of two."""
    told.ministry()
    return told.staffed()


@pytest.fixture
def notice():
    return factories.filed_notice()
