"""Days along a line, and labels that do not run into each other."""

import itertools
from datetime import date, timedelta

import pytest

from tasks.pictures import timeline
from tasks.pictures.timeline import DUE, ISSUED, TARGET, TODAY, Mark, placed

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
WIDTH = 280


def line(*days: date) -> timeline.Line:
    return timeline.line(days or (FIRST, LAST), left=40, right=270)


@pytest.mark.parametrize(
    ("day", "x"),
    [
        (FIRST, 40),
        (date(2026, 3, 16), 155),
        (LAST, 270),
        (date(2026, 2, 1), 40),
        (date(2026, 5, 1), 270),
    ],
)
def test_day_stands_by_its_share_of_the_line_and_never_beyond_it(day, x):
    assert line().at(day) == x


def test_line_of_one_day_has_a_length_all_the_same():
    one = line(FIRST)

    assert (one.at(FIRST), one.at(FIRST + timedelta(days=1))) == (40, 270)


def test_labels_that_do_not_meet_share_a_level():
    marks = [Mark(ISSUED, FIRST), Mark(DUE, LAST)]

    found = placed(marks, line(), today=FIRST, width=WIDTH)

    # "下发 3月1日" is 4 characters of 13 and 3 of 7 wide
    assert [(each.label, each.label_x, each.level) for each in found] == [
        ("下发 3月1日", 3.5, 0),
        ("截止 3月31日", 200, 0),
    ]


def test_labels_of_days_that_are_near_stand_below_each_other():
    near = [LAST - timedelta(days=2), LAST - timedelta(days=1), LAST]
    marks = [Mark(kind, day) for kind, day in zip((TODAY, TARGET, DUE), near, strict=True)]

    found = placed(marks, line(), today=FIRST, width=WIDTH)

    assert [each.level for each in found] == [0, 1, 2]


def test_no_two_labels_of_a_level_meet_whatever_the_days():
    for gap in range(40):
        days = [FIRST + timedelta(days=gap * number) for number in range(5)]
        kinds = (ISSUED, TODAY, TARGET, DUE, DUE)
        marks = [Mark(kind, day) for kind, day in zip(kinds, days, strict=True)]

        found = placed(marks, line(*days), today=FIRST, width=WIDTH)

        for level in {each.level for each in found}:
            ends = [
                (each.label_x, each.label_x + timeline.width_of(each.label))
                for each in found
                if each.level == level
            ]
            assert all(a[1] < b[0] for a, b in itertools.pairwise(ends))
            assert all(start >= 0 and end <= WIDTH for start, end in ends)


def test_year_is_said_where_it_is_not_this_one():
    assert timeline.day_said(LAST, FIRST) == "3月31日"
    assert timeline.day_said(LAST, date(2027, 1, 1)) == "2026年3月31日"
