"""核对计数: what stands otherwise than it should is found, named and mended."""

import io

import pytest
from django.core.management import CommandError, call_command

from audit.models import AuditEvent
from tasks.actions.counts import folding, mending
from tasks.models import Assignment, UnitCount
from tests import factories
from tests.factories import NOW, TO_SUBMIT, owed_by, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued():
    zhejiang, jiangsu = factories.province(), factories.province("320000", "江苏省")
    made = factories.obligation(zhejiang, jiangsu, factories.prefecture(zhejiang))
    walk(owed_by(made, "320000"), *TO_SUBMIT)
    return made


def recount(**options) -> str:
    said = io.StringIO()
    call_command("recount", stdout=said, **options)
    return said.getvalue()


def test_what_is_true_needs_nothing(issued):
    before = list(UnitCount.objects.values())

    assert recount(verify=True) == "计数与任务一致\n"
    assert recount() == "计数与任务一致\n"
    assert list(UnitCount.objects.values()) == before
    assert not AuditEvent.objects.filter(verb="核对计数").exists()


def test_what_was_changed_beside_the_actions_is_named_and_changed_nowhere(issued):
    Assignment.objects.filter(pk=owed_by(issued, "320000").pk).update(is_late=True)

    with pytest.raises(CommandError, match=r"不一致，共2处，请运行 manage.py recount"):
        recount(verify=True)

    assert [str(each) for each in mending.differences()] == [
        "/320000/（第1级）2026-03-31：按时应为0，现为1",
        "/320000/（第2级）2026-03-31：按时应为0，现为1",
    ]


def test_rows_that_were_lost_or_made_up_are_named(issued):
    UnitCount.objects.filter(level=2, path="/330000/330100/").delete()
    made_up = UnitCount.objects.filter(level=1, path="/330000/").first()
    made_up.pk, made_up.expected, made_up.owed = None, 5, 0
    made_up.save()

    assert [str(each) for each in mending.differences()] == [
        "/330000/（第1级）2026-03-31：应报应为2，现为7",
        "/330000/330100/（第2级）2026-03-31：应报应为1，现为0，未报应为1，现为0",
    ]


def test_recount_mends_and_says_so_in_the_audit(issued):
    UnitCount.objects.filter(level=1).update(expected=9)

    said = recount()

    assert said.splitlines()[-1] == "已更正2处"
    assert recount(verify=True) == "计数与任务一致\n"
    event = AuditEvent.objects.get(verb="核对计数")
    assert event.actor_name == "系统"
    assert event.detail["count"] == 2
    assert event.detail["differences"][0].startswith("/320000/（第1级）2026-03-31：应报应为1，现为")


def test_a_table_without_rows_is_counted_anew(issued):
    UnitCount.objects.all().delete()

    mending.mend(now=NOW)

    assert list(mending.differences()) == []
    assert UnitCount.objects.fresh().exists()


def test_many_differences_are_named_in_part(issued, monkeypatch):
    monkeypatch.setattr("tasks.management.commands.recount.NAMED", 1)
    UnitCount.objects.all().delete()

    with pytest.raises(CommandError, match="共1处以上"):
        recount(verify=True)


# --- folding ---


def test_folding_puts_rows_alike_together_and_drops_what_comes_to_nothing(issued):
    task = owed_by(issued, "330000")
    walk(task, *TO_SUBMIT, "recall")
    walk(owed_by(issued, "320000"), "recall", "hand_in", "pass_review", "withdraw")
    before = UnitCount.objects.summed()
    rows = UnitCount.objects.count()

    assert folding.fold() == rows

    assert UnitCount.objects.summed() == before
    assert UnitCount.objects.count() == len(before) < rows
    assert not UnitCount.objects.filter(path="/320000/").exists()
    assert folding.fold() == 0


def test_folding_goes_on_where_it_left_off(issued, monkeypatch):
    monkeypatch.setattr(folding, "AT_ONCE", 2)
    before = UnitCount.objects.summed()

    folding.fold()

    assert UnitCount.objects.summed() == before
    assert not UnitCount.objects.fresh().exists()


def test_a_move_that_counts_nothing_writes_nothing(issued):
    rows = UnitCount.objects.count()

    walk(owed_by(issued, "330000"), "accept", "hand_in", "review_back", "hand_in", "pass_review")

    assert UnitCount.objects.count() == rows


def test_what_goes_to_many_is_a_row_a_unit_and_level():
    zhejiang = factories.province()
    cities = [factories.prefecture(zhejiang, f"33{n:02}00", f"示例{n}市") for n in range(1, 4)]
    counties = [
        factories.county(city, f"{city.code[:4]}{n:02}", f"示例{n}县")
        for city in cities
        for n in range(1, 11)
    ]

    factories.obligation(*counties)

    assert UnitCount.objects.count() == 1 + len(cities)
    assert UnitCount.objects.get(level=1).expected == len(counties)
