"""The pages 更改时限, 撤销 and 补发 of one obligation."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from bureaus.roles import Role
from notices.calendar import work_calendar
from tasks.actions import amending, issuing
from tasks.actions.issuing import Terms
from tasks.models import Assignment, Obligation
from tasks.scheduling.dates import until
from tasks.states import Status
from tests import factories, splits
from tests.factories import NOW, SHANGHAI, TO_SUBMIT, fresh, owed_by, walk
from tests.pages import told
from tests.tasks.conftest import CODES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

LATER = {"until": "2026-04-15", "reason": "会议推迟"}


def url(obligation, verb) -> str:
    return reverse(f"tasks:obligation_{verb}", args=[obligation.pk])


def due_on(row) -> str:
    return str(fresh(row).due_at.astimezone(SHANGHAI).date())


@pytest.fixture
def periods() -> list[Obligation]:
    """Three periods of the first clause, due 10, 17 and 24 March 2026."""
    clause = factories.filed_notice().clauses.get(attachment_numbers="1")
    return [
        issuing.issue(
            clause,
            bureaus=[factories.province()],
            terms=Terms(
                until(date(2026, 3, 10) + timedelta(weeks=week), calendar=work_calendar(), said=""),
                f"第{week + 1}期",
            ),
            now=NOW,
            by=factories.coordinator(),
        )
        for week in range(3)
    ]


# --- 更改时限 -----------------------------------------------------------------------------------


def test_effect_is_seen_before_the_deadline_is_changed(office, issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT)

    seen = office.post(url(issued, "amend"), LATER)

    assert seen.status_code == 200
    effect = seen.context["effect"]
    assert (effect.moving, effect.keeping, effect.untouched) == (3, 0, 1)
    assert due_on(issued) == "2026-03-31"
    assert '<input type="hidden" name="seen" value="2026-04-15">' in seen.content.decode()

    done = office.post(url(issued, "amend"), LATER | {"seen": "2026-04-15"})

    assert done.url == reverse("tasks:obligation_detail", args=[issued.pk])
    assert told(done)[-1] == "已更改时限，提醒按新的时限重新安排"
    assert due_on(issued) == "2026-04-15"


def test_other_day_than_the_one_seen_is_shown_again(office, issued):
    answer = office.post(url(issued, "amend"), LATER | {"seen": "2026-04-14"})

    assert (answer.status_code, str(answer.context["effect"].outlook.due_on)) == (200, "2026-04-15")
    assert due_on(issued) == "2026-03-31"


def test_no_deadline_is_seen_and_set(office, issued):
    undated = {"is_undated": "on", "reason": "改为长期报送"}

    seen = office.post(url(issued, "amend"), undated)
    assert seen.context["effect"].moving == 4
    assert 'name="seen" value="none"' in seen.content.decode()
    office.post(url(issued, "amend"), undated | {"seen": "none"})

    assert fresh(issued).due_at is None


def test_short_new_deadline_is_said_to_be_a_burden(office, issued):
    seen = office.post(url(issued, "amend"), LATER | {"until": "2026-03-03"})

    assert seen.context["effect"].outlook.warnings == [
        "从现在到截止只有1个工作日，少于3个，基层可能来不及办理"
    ]


def test_day_that_is_past_is_only_warned_of(office, issued):
    seen = office.post(url(issued, "amend"), LATER | {"until": "2026-02-27"})

    assert seen.status_code == 200
    assert seen.context["effect"].outlook.warnings == [
        "截止时间2026年2月27日已过，下发后各单位立即显示为逾期"
    ]


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"reason": " "}, "reason", "请填写更改时限的原因"),
        ({"until": ""}, "until", "请填写新的截止时间，或勾选“不设截止时间”"),
        ({"is_undated": "on"}, "until", "新的截止时间和“不设截止时间”只能选一项"),
        ({"until": "2026-02-30"}, "until", "日期不对，请写成“2026-03-31”这样"),
        ({"until": "0999-01-01"}, "until", "日期应在2000年至2999年之间"),
        ({"until": "2026-03-31"}, "until", "新的截止时间与现在的相同"),
    ],
)
@pytest.mark.parametrize("seen", ["", "2026-03-31"])
def test_what_cannot_be_changed_is_said_and_nothing_is(office, issued, changes, field, said, seen):
    answer = office.post(url(issued, "amend"), LATER | changes | {"seen": seen})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [said]}
    assert fresh(issued).deadline_version == 1


def test_split_cannot_be_moved_behind_the_task_above(enter):
    task = splits.accepted()
    made = splits.split(task)
    page = enter(splits.coordinator(task.bureau))

    answer = page.post(url(made, "amend"), LATER)

    assert answer.context["form"].errors == {
        "until": ["截止时间不能晚于上级任务的截止时间2026年3月31日"]
    }
    moved = page.post(url(made, "amend"), LATER | {"until": "2026-03-27", "seen": "2026-03-27"})
    assert moved.url == reverse("tasks:split", args=[task.pk])


# --- 撤销 ---------------------------------------------------------------------------------------


def test_withdrawal_says_what_it_ends_and_then_ends_it(office, issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT, "close")
    walk(owed_by(issued, "320000"), *TO_SUBMIT)
    splits.split(factories.accept(owed_by(issued, "330000")))

    effect = office.get(url(issued, "withdraw")).context["effect"]
    assert (effect.ending, effect.waiting, effect.done) == (3, 1, 1)
    assert (effect.splits, effect.below) == (1, 3)
    answer = office.post(url(issued, "withdraw"), {"reason": "与其他文件重复"})

    assert answer.url == reverse("tasks:obligation_detail", args=[issued.pk])
    assert told(answer) == ["已撤销1个事项，尚未发出的提醒一并取消"]
    assert Assignment.objects.filter(status=Status.WITHDRAWN).count() == 6


def test_withdrawal_without_a_reason_is_refused(office, issued):
    answer = office.post(url(issued, "withdraw"), {"reason": ""})

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"reason": ["请填写撤销的原因"]}
    assert fresh(issued).state == "issued"


def test_later_periods_can_be_withdrawn_with_it(office, periods):
    first, second, third = periods

    assert office.get(url(second, "withdraw")).context["later"] == 1
    office.post(url(second, "withdraw"), {"reason": "行动提前结束", "and_later": "on"})

    assert [fresh(each).state for each in (first, second, third)] == [
        "issued",
        "withdrawn",
        "withdrawn",
    ]


def test_withdrawal_of_one_period_leaves_the_others(office, periods):
    office.post(url(periods[0], "withdraw"), {"reason": "本期免报"})

    assert [fresh(each).state for each in periods] == ["withdrawn", "issued", "issued"]


# --- 补发 ---------------------------------------------------------------------------------------


def test_units_that_have_it_are_not_offered_again(office, issued):
    late = factories.province("440000", "广东省")
    unit = factories.internal_unit()

    context = office.get(url(issued, "add")).context

    assert [tier.bureaus for tier in context["tiers"]] == [[late], [unit]]
    assert str(context["outlook"].due_on) == "2026-03-31"


def test_unit_forgotten_gets_it_late(office, issued):
    late = factories.province("440000", "广东省")

    answer = office.post(url(issued, "add"), {"bureaus": [late.pk]})

    assert answer.url == reverse("tasks:obligation_detail", args=[issued.pk])
    assert told(answer) == ["已补发给1个单位，共1项任务"]
    assert due_on(owed_by(issued, "440000")) == "2026-03-31"


def test_unit_forgotten_gets_the_later_periods_it_has_not(office, periods):
    first, _, third = periods
    late = factories.province("440000", "广东省")
    issuing.add(third, bureaus=[late], now=NOW, by=factories.coordinator())

    answer = office.post(url(first, "add"), {"bureaus": [late.pk], "and_later": "on"})

    assert told(answer) == ["已补发给1个单位，共2项任务"]
    assert [each.assignments.count() for each in periods] == [2, 2, 2]


@pytest.mark.parametrize("bureau", [None, "330000", "330100"])
def test_nobody_or_somebody_not_offered_is_refused(office, issued, bureau):
    city = factories.prefecture(factories.province())
    chosen = {"330000": factories.province(), "330100": city}.get(bureau)

    answer = office.post(url(issued, "add"), {"bureaus": [chosen.pk]} if chosen else {})

    assert answer.status_code == 422
    assert issued.assignments.count() == len(CODES)


def test_what_was_split_is_added_to_where_it_was_split(enter):
    task = splits.accepted()
    made = splits.split(task)

    answer = enter(splits.coordinator(task.bureau)).get(url(made, "add"))

    assert answer.url == reverse("tasks:split", args=[task.pk])


# --- whose it is --------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["amend", "withdraw", "add"])
def test_what_is_withdrawn_stays_so(office, issued, verb):
    amending.withdraw(issued, reason="下发有误", now=NOW, by=factories.coordinator())

    for answer in (office.get(url(issued, verb)), office.post(url(issued, verb), LATER)):
        assert answer.url == reverse("tasks:obligation_detail", args=[issued.pk])
    assert told(answer)[-1] == "该事项已撤销，不能再更改"


@pytest.mark.parametrize("verb", ["amend", "withdraw", "add"])
@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        (Role.COORDINATOR, "330000", 403),  # owes it, and issues nothing in the 总局's name
        (Role.FILLER, "100000", 403),
        (Role.COORDINATOR, "440000", 404),  # was not asked and knows nothing of it
    ],
)
def test_obligation_of_another_office_is_not_touched(enter, issued, verb, role, place, status):
    at = factories.central() if place == "100000" else factories.province(place, "示例省")
    page = enter(factories.staff(role, at))

    posted = LATER | {"bureaus": [at.pk]}
    found = [page.get(url(issued, verb)), page.post(url(issued, verb), posted)]

    assert [answer.status_code for answer in found] == [status, status]
    assert (fresh(issued).state, fresh(issued).deadline_version) == ("issued", 1)
