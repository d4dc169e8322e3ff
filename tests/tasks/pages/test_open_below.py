"""转发分解: the task above waits for those below, who see nothing of it."""

import pytest

from audit.models import AuditEvent
from bureaus.models import Bureau
from bureaus.roles import Role
from tasks.actions import amending, transitions
from tasks.errors import TransitionDenied
from tasks.models import Assignment, Obligation
from tasks.states import Status
from tests import factories
from tests.factories import TO_SUBMIT, fresh, walk
from tests.splits import NOW, accepted, child, cities, coordinator, split

pytestmark = pytest.mark.django_db

TO_APPROVAL = ("hand_in", "pass_review")


# --- the task above waits for those below ---


def province_with(count: int, still_open: int) -> Assignment:
    """A province ready to sign, split among ``count`` cities; the last have not reported."""
    task = accepted()
    made = split(task, *cities(task.bureau, count))
    for row in made.assignments.for_detail().order_by("bureau_path")[: count - still_open]:
        walk(row, *TO_SUBMIT)
    return walk(task, *TO_APPROVAL)


def submit(task: Assignment, reason: str = "") -> Assignment:
    by = factories.actor(task, "submit")
    return transitions.move(task, "submit", now=NOW, reason=reason, by=by)


def test_province_with_3_of_20_open_is_told_so_by_name_and_goes_on_with_a_reason():
    task = province_with(20, still_open=3)

    with pytest.raises(TransitionDenied) as denied:
        submit(task)

    names = "示例18市市场监管局、示例19市市场监管局、示例20市市场监管局"
    assert str(denied.value) == f"下级{names}尚未报送，仍要签发报送的，请填写原因"
    assert fresh(task).status == Status.APPROVAL

    submit(task, "时限已到，三市数据另行补报")

    assert fresh(task).status == Status.SUBMITTED
    event = AuditEvent.objects.about(task).get(verb="签发报送")
    assert event.detail["reason"] == "时限已到，三市数据另行补报"
    assert event.detail["open_below"] == {
        "331800": "示例18市市场监管局",
        "331900": "示例19市市场监管局",
        "332000": "示例20市市场监管局",
    }


def test_message_names_the_first_five_and_counts_the_rest():
    with pytest.raises(TransitionDenied, match="示例4市市场监管局、示例5市市场监管局等7个单位尚未"):
        submit(province_with(7, still_open=7))


def test_province_whose_cities_are_all_in_owes_no_reason():
    task = submit(province_with(3, still_open=0))

    event = AuditEvent.objects.about(task).get(verb="签发报送")
    assert "open_below" not in event.detail


@pytest.mark.parametrize(
    ("verbs", "is_open"),
    [
        ((), True),
        (("accept", "hand_in"), True),
        (("decline",), True),
        (("accept", "report_nil", "pass_review", "submit"), False),
        ((*TO_SUBMIT, "return_"), True),
        ((*TO_SUBMIT, "close"), False),
        ((*TO_SUBMIT, "close", "correct"), False),
        (("withdraw",), False),
    ],
)
def test_what_counts_as_open_below(verbs, is_open):
    task = accepted()
    (hangzhou,) = cities(task.bureau, 1)

    walk(child(split(task, hangzhou), hangzhou), *verbs)

    assert Assignment.objects.open_below(task).exists() == is_open


def test_withdrawn_split_holds_nobody_up():
    task = accepted()
    amending.withdraw(split(task), reason="改为代填", now=NOW, by=coordinator(task.bureau))

    assert submit(walk(task, *TO_APPROVAL)).status == Status.SUBMITTED


def test_children_of_another_task_hold_nobody_up():
    zhejiang, jiangsu = factories.province(), factories.province("320000", "江苏省")
    issued = factories.obligation(zhejiang, jiangsu)
    own, other = (
        factories.accept(factories.owed_by(issued, code)) for code in ("330000", "320000")
    )
    split(other, factories.prefecture(jiangsu, "320100", "南京市"))

    assert submit(walk(own, *TO_APPROVAL)).status == Status.SUBMITTED


# --- who sees what ---


def seen_by(bureau: Bureau) -> set[str]:
    person = factories.staff(Role.FILLER, bureau)
    return set(Assignment.objects.visible_to(person).values_list("bureau__code", flat=True))


def test_each_sees_its_own_and_those_below_alone():
    task = accepted()
    hangzhou, ningbo, _ = cities(task.bureau)
    split(task, hangzhou, ningbo)

    assert seen_by(hangzhou) == {"330100"}
    assert seen_by(task.bureau) == {"330000", "330100", "330200"}
    assert seen_by(factories.province("320000", "江苏省")) == set()


def test_obligation_of_the_task_above_is_not_known_below():
    task = accepted()
    hangzhou, *_ = cities(task.bureau)
    made = split(task, hangzhou)

    person = factories.staff(Role.FILLER, hangzhou)

    assert list(Obligation.objects.visible_to(person)) == [made]


def test_what_a_province_asks_below_is_no_concern_of_the_bureau_above():
    task = accepted()
    made = split(task)
    concerns = {
        bureau.code: set(Obligation.objects.concerning(coordinator(bureau)))
        for bureau in (factories.central(), task.bureau, cities(task.bureau)[0])
    }

    assert concerns == {
        "100000": {task.obligation},
        "330000": {task.obligation, made},
        "330100": {made},
    }
