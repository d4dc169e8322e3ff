from datetime import timedelta

import pytest

from tasks.actions import milestones
from tasks.models import Milestone
from tests import factories
from tests.factories import RUNGS

pytestmark = pytest.mark.django_db


def test_arming_twice_leaves_one_row_a_rung():
    task = factories.assignment()

    assert milestones.arm([task], now=factories.NOW) == 10

    assert dict(task.milestones.values_list("kind", "at")) == RUNGS


def test_arming_late_writes_only_what_is_still_ahead():
    task = factories.assignment()
    Milestone.objects.all().delete()

    assert milestones.arm([task], now=RUNGS["T0"]) == 5

    assert set(task.milestones.values_list("kind", flat=True)) == {"O1", "O2", "O3", "S", "C"}


def test_arming_after_the_last_rung_writes_nothing():
    task = factories.assignment()
    Milestone.objects.all().delete()

    assert milestones.arm([task], now=RUNGS["C"] + timedelta(days=1)) == 0
    assert not Milestone.objects.exists()


def test_new_version_of_a_deadline_has_a_ladder_of_its_own():
    task = factories.assignment()
    task.deadline_version = 2

    milestones.arm([task], now=factories.NOW)

    assert sorted(set(task.milestones.values_list("deadline_version", flat=True))) == [1, 2]
    assert task.milestones.count() == 20


def test_disarming_one_leaves_the_others_armed():
    zhejiang, jiangsu = factories.province(), factories.province("320000", "江苏省")
    first, second = factories.obligation(zhejiang, jiangsu).assignments.all()

    milestones.disarm([first])

    assert not first.milestones.armed().exists()
    assert second.milestones.armed().count() == 10
