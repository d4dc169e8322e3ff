from datetime import datetime, timedelta

import pytest

from audit.models import AuditEvent
from bureaus.roles import Role
from tasks.actions import bulk, issuing
from tasks.actions.bulk import Wish
from tasks.actions.issuing import Terms
from tasks.errors import NotYourPost, TransitionDenied
from tasks.models import Assignment, Urge, UrgeSheet
from tasks.reminders.actions import urge_sheets, urging
from tasks.scheduling.dates import dates_of
from tests import factories, splits
from tests.factories import NOW, SHANGHAI, owed_by, walk
from tests.tasks.conftest import CODES
from tests.threads import at_once

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def urge(task, *, now=NOW, by=None):
    return urging.urge(task, note="请抓紧", now=now, by=by or factories.coordinator()).sheet


def do(rows, *, now=NOW):
    return bulk.do(rows, Wish("urge", note="请抓紧"), now=now, by=factories.coordinator())


def numbers() -> list[str]:
    return [str(sheet) for sheet in UrgeSheet.objects.order_by("pk")]


def test_sheets_are_numbered_by_year(issued):
    new_year = datetime(2027, 1, 1, 0, 0, tzinfo=SHANGHAI)
    urge(owed_by(issued, "330000"))
    urge(owed_by(issued, "320000"))

    urge(owed_by(issued, "330000"), now=new_year - timedelta(seconds=1))
    urge(owed_by(issued, "320000"), now=new_year)

    assert numbers() == ["催办〔2026〕1号", "催办〔2026〕2号", "催办〔2026〕3号", "催办〔2027〕1号"]


def test_every_issuing_bureau_has_numbers_of_its_own():
    task = splits.accepted()
    below = splits.split(task).assignments.for_detail().first()
    urge(task)

    assert str(urge(below, by=splits.coordinator(task.bureau))) == "催办〔2026〕1号"
    assert UrgeSheet.objects.count() == 2


def test_refused_urge_takes_no_number(issued):
    task = owed_by(issued, "330000")
    urge(task)
    with pytest.raises(TransitionDenied, match="24小时内已催办过"):
        urge(task, now=NOW + timedelta(hours=1))

    assert str(urge(owed_by(issued, "320000"))) == "催办〔2026〕2号"


def test_urge_that_breaks_after_its_number_gives_it_back(issued, monkeypatch):
    monkeypatch.setattr(urging.trail, "record", lambda *args, **known: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        urge(owed_by(issued, "330000"))
    monkeypatch.undo()

    assert str(urge(owed_by(issued, "330000"))) == "催办〔2026〕1号"


def test_bulk_gives_each_bureau_one_sheet_for_all_it_is_urged_about(issued):
    clause = issued.notice.clauses.confirmed().exclude(pk=issued.clause_id).first()
    second = issuing.issue(
        clause,
        bureaus=[factories.province(*each) for each in list(CODES.items())[:2]],
        terms=Terms(dates_of(clause)),
        now=NOW,
        by=factories.coordinator(),
    )
    rows = list(Assignment.objects.order_by("bureau_path", "pk").select_related("bureau"))

    outcomes = do(rows)

    assert [one.refusal for one in outcomes] == [""] * 6
    held = {
        str(sheet): (sheet.bureau.code, sheet.urges.count()) for sheet in UrgeSheet.objects.all()
    }
    assert held == {
        "催办〔2026〕1号": ("110000", 1),
        "催办〔2026〕2号": ("320000", 1),
        "催办〔2026〕3号": ("330000", 2),
        "催办〔2026〕4号": ("650000", 2),
    }
    assert owed_by(second, "330000").pk in [
        urge.milestone.assignment_id for urge in Urge.objects.filter(sheet__bureau__code="330000")
    ]


def test_bulk_row_that_was_urged_already_stands_on_no_new_sheet(issued):
    urge(owed_by(issued, "330000"))

    outcomes = do(list(issued.assignments.for_detail()), now=NOW + timedelta(hours=1))

    assert [bool(one.sheet) for one in outcomes] == [True, True, False, True]
    assert "24小时内已催办过" in outcomes[2].refusal
    assert numbers() == [f"催办〔2026〕{number}号" for number in (1, 2, 3, 4)]


def test_bulk_row_that_breaks_leaves_no_gap(issued, monkeypatch):
    """The first row of a bureau breaks after it was numbered; the next row takes the number."""
    rows = list(issued.assignments.for_detail())
    record, calls = urging.trail.record, []

    def break_once(*args, **known):
        calls.append(args)
        return 1 / 0 if len(calls) == 1 else record(*args, **known)

    monkeypatch.setattr(urging.trail, "record", break_once)

    outcomes = do(rows)

    assert "系统出错" in outcomes[0].refusal
    assert numbers() == [f"催办〔2026〕{number}号" for number in (1, 2, 3)]


def test_bureau_confirms_once_and_it_is_in_the_trail(issued):
    task = owed_by(issued, "330000")
    sheet = urge(task)
    filler = factories.staff(Role.FILLER, task.bureau)

    urge_sheets.confirm(sheet, now=NOW + DAY, by=filler)

    sheet.refresh_from_db()
    assert (sheet.read_at, sheet.read_by) == (NOW + DAY, filler)
    event = AuditEvent.objects.about(task).get(verb="确认收到催办")
    assert (event.chain, event.detail) == ("330000", {"sheet": "催办〔2026〕1号"})
    with pytest.raises(TransitionDenied, match="已经确认收到"):
        urge_sheets.confirm(sheet, now=NOW + DAY, by=filler)
    assert AuditEvent.objects.filter(verb="确认收到催办").count() == 1


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.APPROVER, Role.UNIT_ADMIN])
def test_receipt_is_for_those_who_accept(issued, role):
    task = owed_by(issued, "330000")
    sheet = urge(task)

    with pytest.raises(NotYourPost):
        urge_sheets.confirm(sheet, now=NOW, by=factories.staff(role, task.bureau))


def test_receipt_by_the_bureau_that_urged_is_refused(issued):
    sheet = urge(owed_by(issued, "330000"))

    with pytest.raises(NotYourPost):
        urge_sheets.confirm(sheet, now=NOW, by=factories.coordinator())


def test_sheet_keeps_the_deadline_of_its_day(issued):
    task = owed_by(issued, "330000")
    sheet = urge(task)
    Assignment.objects.filter(pk=task.pk).update(due_at=None)

    assert sheet.urges.get().due_at == task.due_at


def test_what_is_handed_in_gets_no_sheet(issued):
    task = owed_by(issued, "330000")
    walk(task, "accept", "hand_in", "pass_review", "submit")

    with pytest.raises(TransitionDenied):
        urge(task)

    assert numbers() == []


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_and_no_double_however_many_urge_at_once():
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 23)]
    rows = list(factories.obligation(*bureaus).assignments.for_detail())
    by = factories.coordinator()
    deeds = [lambda row=row: urge(row, by=by) for row in rows]

    results = at_once(deeds)

    assert [type(result).__name__ for result in results] == ["UrgeSheet"] * 12
    assert sorted(UrgeSheet.objects.values_list("number", flat=True)) == list(range(1, 13))
