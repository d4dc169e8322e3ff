from dataclasses import replace
from datetime import time

import pytest

from tasks.ladder.plan import USUAL, Plan, faults
from tasks.ladder.rungs import LADDER


def test_usual_plan_is_the_usual_ladder_and_in_order():
    assert USUAL.rungs == LADDER
    assert faults(USUAL) == []
    assert USUAL.in_words() == (
        "提前10、5、3、1个工作日和目标日当天，9:00发出；逾期后提醒3次，"
        "第4个工作日告知本单位上级，第5个工作日告知下发单位"
    )


def test_plan_without_the_overdue_part_ends_with_the_day_itself():
    plan = Plan(ahead=(2, 1), overdue=0, superior=None, coordinator=None)

    assert [rung.kind for rung in plan.rungs] == ["T-2", "T-1", "T0"]
    assert faults(plan) == []
    assert plan.in_words().endswith("逾期后不再提醒")


def test_day_out_of_bounds_is_told_once_and_not_measured_against():
    assert faults(replace(USUAL, superior=99)) == [
        ("superior", "告知本单位上级应在逾期后第1到60个工作日")
    ]


@pytest.mark.parametrize(
    ("changed", "part", "said"),
    [
        ({"ahead": (61, 1)}, "ahead", "提前的工作日数应在1到60之间"),
        ({"ahead": (1, 0)}, "ahead", "提前的工作日数应在1到60之间"),
        ({"ahead": (3, 5, 1)}, "ahead", "提前的工作日数应从大到小，不能重复"),
        ({"ahead": (3, 3, 1)}, "ahead", "提前的工作日数应从大到小，不能重复"),
        ({"ahead": (9, 8, 7, 6, 5, 4, 3, 2, 1)}, "ahead", "目标日之前最多提醒8次，请减少"),
        (
            {"ahead": (10, 5)},
            "ahead",
            "“提前1个工作日”和“目标日当天”两次提醒不能取消，请写上1",
        ),
        ({"overdue": 4}, "overdue", "逾期后最多提醒3次"),
        (
            {"superior": 3},
            "superior",
            "告知本单位上级应晚于承办人的最后一次逾期提醒（逾期后第3个工作日）",
        ),
        (
            {"coordinator": 4},
            "coordinator",
            "告知下发单位应晚于告知本单位上级（逾期后第4个工作日）",
        ),
        ({"coordinator": 61}, "coordinator", "告知下发单位应在逾期后第1到60个工作日"),
        ({"hour": time(8, 59)}, "hour", "发出时间应在9:00至18:00之间"),
        ({"hour": time(18, 1)}, "hour", "发出时间应在9:00至18:00之间"),
    ],
)
def test_plan_out_of_bounds_says_what_to_do(changed, part, said):
    assert (part, said) in faults(replace(USUAL, **changed))


@pytest.mark.parametrize(
    "changed",
    [
        {"ahead": (60, 1)},
        {"ahead": (8, 7, 6, 5, 4, 3, 2, 1)},
        {"superior": None, "coordinator": 4},
        {"hour": time(18, 0)},
        {"overdue": 0, "superior": 1, "coordinator": 2},
    ],
)
def test_plan_at_the_bounds_is_in_order(changed):
    assert faults(replace(USUAL, **changed)) == []
