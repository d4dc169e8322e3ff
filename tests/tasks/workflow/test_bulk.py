from datetime import date, timedelta

import pytest

from audit.models import AuditEvent
from bureaus.roles import Role
from tasks.actions import bulk, extensions, transitions
from tasks.actions.bulk import Wish
from tasks.models import Assignment, Extension
from tasks.pages.bulk_verbs import BULK_VERBS, bulk_verbs
from tasks.reminders.actions import urging
from tasks.scheduling.dates import last_moment
from tasks.states import MOVES, Status
from tests import factories
from tests.factories import NOW, fresh, walk

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)
NIL = ("accept", "report_nil", "pass_review", "submit")


@pytest.fixture
def rows():
    """Three provinces: the first has reported nil, the second has accepted, the third has not."""
    units = (("110000", "北京市"), ("320000", "江苏省"), ("330000", "浙江省"))
    issued = factories.obligation(*(factories.province(*unit) for unit in units))
    found = list(issued.assignments.for_detail().order_by("bureau_path"))
    walk(found[0], *NIL)
    walk(found[1], "accept")
    return found


def do(rows, verb, *, by=None, **given) -> list[str]:
    wish = Wish(verb, **given)
    found = bulk.do(rows, wish, now=LATER, by=by or factories.coordinator())
    return [outcome.refusal for outcome in found]


def foreseen(rows, verb, *, by=None) -> list[str]:
    by = by or factories.coordinator()
    return [outcome.refusal for outcome in bulk.foresee(rows, verb, now=LATER, by=by)]


def statuses(rows) -> list[str]:
    return [fresh(row).status for row in rows]


def test_rows_that_fit_are_done_and_the_others_say_why_not(rows):
    assert foreseen(rows, "close") == [
        "",
        "任务当前为“已签收”，不能核收",
        "任务当前为“待签收”，不能核收",
    ]
    assert do(rows, "close") == [
        "",
        "任务当前为“已签收”，不能核收，请刷新页面",
        "任务当前为“待签收”，不能核收，请刷新页面",
    ]
    assert statuses(rows) == [Status.CLOSED, Status.ACCEPTED, Status.PENDING]


def test_foreseeing_changes_nothing(rows):
    before = AuditEvent.objects.count()

    for verb in BULK_VERBS:
        foreseen(rows, verb)

    assert AuditEvent.objects.count() == before
    assert statuses(rows) == [Status.SUBMITTED, Status.ACCEPTED, Status.PENDING]


@pytest.mark.parametrize("verb", ["extend", "urge", "assign", "close"])
def test_foreseeing_takes_the_same_queries_for_one_row_and_for_many(
    rows, verb, django_assert_max_num_queries
):
    by = factories.coordinator()
    assert by.held_posts
    for row in rows[1:]:
        urging.urge(row, now=NOW, by=by)

    for some in (rows[1:2], rows):
        with django_assert_max_num_queries(1):
            bulk.foresee(some, verb, now=LATER, by=by)


def test_return_gives_all_the_same_reason_and_day(rows):
    walk(rows[1], *NIL[1:])

    assert do(rows[:2], "return_", reason="缺一栏", until=date(2026, 4, 10)) == ["", ""]

    for row in rows[:2]:
        assert fresh(row).return_reason == "缺一栏"
        assert fresh(row).due_at == last_moment(date(2026, 4, 10))


def test_return_without_a_reason_is_refused_row_by_row(rows):
    assert do(rows[:1], "return_", reason=" ") == ["请填写退回补正的原因"]
    assert statuses(rows[:1]) == [Status.SUBMITTED]


def test_extensions_are_granted_as_each_was_asked_for(rows):
    for row, day in zip(rows[1:], (date(2026, 4, 7), date(2026, 4, 10)), strict=True):
        by = factories.staff(Role.FILLER, row.bureau)
        extensions.request(row, until=day, reason="示例", now=NOW, by=by)

    expected = ["没有等待答复的延期申请", "", ""]
    assert foreseen(rows, "extend") == expected
    assert do(rows, "extend") == expected

    assert [fresh(row).due_at for row in rows[1:]] == [
        last_moment(date(2026, 4, 7)),
        last_moment(date(2026, 4, 10)),
    ]
    assert set(Extension.objects.values_list("state", flat=True)) == {"granted"}


def test_urging_passes_over_those_urged_within_the_gap(rows):
    urging.urge(rows[1], now=NOW + timedelta(hours=1), by=factories.coordinator())

    expected = [
        "任务当前为“已报送”，不需要催办",
        "24小时内已催办过（测试收文管理 3月2日 10:30），为减轻基层负担，3月3日 10:30以后可以再催",
        "",
    ]
    assert foreseen(rows, "urge") == expected
    assert do(rows, "urge", note="请抓紧") == expected
    assert rows[2].milestones.get(kind="U1").urge.note == "请抓紧"


def test_work_is_given_out_in_ones_own_bureau_alone(rows):
    own = factories.staff(Role.COORDINATOR, rows[2].bureau)
    handler = factories.staff(Role.FILLER, rows[2].bureau)

    refusals = do(rows, "assign", handler=handler, by=own)

    assert [bool(refusal) for refusal in refusals] == [True, True, False]
    assert fresh(rows[2]).handler == handler


def test_row_that_breaks_is_undone_whole_and_the_others_go_on(rows, monkeypatch, caplog):
    walk(rows[1], *NIL[1:])
    record = transitions.trail.record

    def breaks_for_the_first(verb, subject, **given):
        if subject.pk == rows[0].pk:
            raise RuntimeError("disk full")
        return record(verb, subject, **given)

    monkeypatch.setattr(transitions.trail, "record", breaks_for_the_first)

    assert do(rows[:2], "close") == [bulk.BROKEN, ""]

    assert statuses(rows[:2]) == [Status.SUBMITTED, Status.CLOSED]
    assert "disk full" in caplog.text


def test_row_moved_by_somebody_else_meanwhile_is_refused_alone(rows):
    walk(rows[1], *NIL[1:])
    seen_before = list(Assignment.objects.for_list().order_by("bureau_path"))[:2]
    walk(rows[0], "close")

    refusals = do(seen_before, "close")

    assert refusals == ["该任务刚刚已被他人办理，请刷新页面查看最新状态", ""]


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (Role.COORDINATOR, list(BULK_VERBS)),
        (Role.FILLER, ["accept", "assign"]),
        (Role.REVIEWER, []),
        (Role.UNIT_ADMIN, []),
    ],
)
def test_verbs_below_the_ledger_are_those_of_ones_posts(role, names):
    person = factories.staff(role, factories.province())

    assert [verb.name for verb in bulk_verbs(person)] == names


def test_verbs_ask_for_what_their_moves_need():
    for verb in BULK_VERBS.values():
        if verb.name in MOVES:
            assert verb.needs_reason == MOVES[verb.name].needs_reason
