"""What the tests of the reports share: a folder for files, days on which the clock stands."""

from datetime import timedelta

import pytest

from tests import factories
from tests.factories import NOW, RUNGS
from tests.reports import written
from tests.reports.counted import CODES


@pytest.fixture
def folder(settings, tmp_path):
    """Where files are kept, empty."""
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture
def afternoon(time_machine):
    """Monday 2 March 2026, 12:30, the clock of ``written``."""
    time_machine.move_to(written.NOW, tick=False)


@pytest.fixture
def evening(time_machine):
    """Monday 2 March 2026, 15:30, after everything was handed in."""
    time_machine.move_to(NOW + timedelta(hours=6), tick=False)


@pytest.fixture
def day_after(time_machine):
    """Wednesday 1 April 2026, the day after everything was due."""
    time_machine.move_to(RUNGS["O1"], tick=False)


@pytest.fixture
def office(client):
    client.force_login(factories.coordinator())
    return client


@pytest.fixture
def writer(client, task):
    """Who fills in the ``task`` of the test, logged in."""
    client.force_login(written.filler(task.bureau))
    return client


@pytest.fixture
def issued():
    """One obligation for three provinces."""
    return factories.obligation(*(factories.province(*each) for each in CODES.items()))
