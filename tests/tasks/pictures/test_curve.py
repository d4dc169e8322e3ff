"""The curve of what was handed in: its coordinates by hand, its words and its table."""

from datetime import date, timedelta

import pytest

from tasks.pictures.curve import BARE, BOTTOM, TOP, curve
from tasks.pictures.facts import Facts, HandedIn

ISSUED, DUE = date(2026, 3, 1), date(2026, 3, 31)
TARGET = DUE - timedelta(days=1)
FACTS = {
    "issued_on": ISSUED,
    "today": date(2026, 3, 16),
    "asked": 4,
    "handed_in": [],
    "due": {DUE: 4},
    "deadlines": [DUE],
    "targets": [TARGET],
}


def drawn(**changes):
    return curve(Facts(**FACTS | changes))


def day(number: int) -> date:
    return date(2026, 3, number)


def test_curve_rises_on_each_day_by_its_share_and_ends_today():
    """From 34 to 270 are 30 days: day 6 at a sixth, day 11 at a third, today in the middle."""
    found = drawn(handed_in=[HandedIn(day(6), 1), HandedIn(day(11), 2)])

    assert (TOP, BOTTOM) == (30, 126)
    assert found.handed_in == "M34 126H73.3V102H112.7V54H152"
    assert found.due == "M34 126H270V30H270"


def test_nothing_handed_in_is_a_level_line_until_today():
    found = drawn()

    assert found.handed_in == "M34 126H152"
    assert [row.total for row in found.rows] == [0]


def test_all_handed_in_reaches_the_top():
    found = drawn(handed_in=[HandedIn(day(16), 4)])

    assert found.handed_in == "M34 126H152V30H152"


def test_one_unit_has_the_line_of_days_and_no_curve():
    found = drawn(asked=1, due={DUE: 1})

    assert (found.has_curve, found.axis_y) == (False, BARE)
    assert found.in_words == "下发 3月1日；今天 3月16日；目标日 3月30日；截止 3月31日"


def test_nothing_asked_any_more_is_drawn_all_the_same():
    found = drawn(asked=0, due={})

    assert (found.has_curve, found.due, found.rows) == (False, "", [])


def test_without_a_deadline_it_says_so():
    found = drawn(due={}, deadlines=[], targets=[], handed_in=[HandedIn(day(16), 1)])

    assert found.due == ""
    assert found.handed_in == "M34 126H270V102H270"
    assert found.in_words == "应报4个单位，已报1；下发 3月1日；今天 3月16日；没有截止时间"


def test_everything_on_the_day_of_issue_has_a_width():
    found = drawn(
        today=ISSUED,
        due={ISSUED: 4},
        deadlines=[ISSUED],
        targets=[],
        handed_in=[HandedIn(ISSUED, 2)],
    )

    assert found.handed_in == "M34 126H34V78H34"
    assert found.due == "M34 126H34V30H270"


def test_very_late_one_lengthens_the_line_and_is_counted_as_late():
    late = date(2028, 5, 20)
    found = drawn(today=late, handed_in=[HandedIn(day(11), 3), HandedIn(late, 1, late=1)])

    assert found.handed_in.endswith("H270V30H270")
    assert "应报4个单位，已报4，其中迟报1" in found.in_words
    assert "截止 2026年3月31日" in found.in_words
    assert found.rows[-1].late == 1


def test_days_of_ones_own_are_steps_of_what_is_due():
    found = drawn(due={day(16): 2, DUE: 2})

    assert found.due == "M34 126H152V78H270V30H270"


def test_table_has_every_day_that_something_came_in_or_was_due():
    found = drawn(
        handed_in=[HandedIn(day(6), 1), HandedIn(date(2026, 4, 2), 2, late=2)],
        today=date(2026, 4, 3),
    )

    assert [(row.day, row.count, row.late, row.total, row.due) for row in found.rows] == [
        (day(6), 1, 0, 1, 0),
        (DUE, 0, 0, 1, 4),
        (date(2026, 4, 2), 2, 2, 3, 4),
    ]


@pytest.mark.parametrize("asked", [2, 32, 3200])
def test_year_of_days_stays_in_the_picture(asked):
    came = [HandedIn(ISSUED + timedelta(days=number), 1) for number in range(366)]
    found = drawn(asked=asked, today=ISSUED + timedelta(days=366), handed_in=came)

    heights = [float(part.split("H")[0]) for part in found.handed_in.split("V")[1:]]
    assert len(heights) == 366
    assert min(heights) >= TOP
    assert sorted(heights, reverse=True) == heights
    assert len(found.rows) == 366


def test_of_many_deadlines_the_next_and_the_last_are_named():
    days = [date(2026, month, 10) for month in range(1, 13)]
    found = drawn(issued_on=date(2026, 1, 1), deadlines=days, targets=days)

    named = [sign.label for sign in found.signs if sign.kind == "due" and sign.label]
    assert named == ["截止 4月10日", "截止 12月10日"]
    assert sum(sign.kind == "due" for sign in found.signs) == 12
    assert sum(sign.kind == "target" for sign in found.signs) == 2


def test_picture_is_high_enough_for_its_lowest_label():
    for gap in range(30):
        found = drawn(today=DUE - timedelta(days=gap), targets=[DUE - timedelta(days=gap // 2)])

        lowest = max(sign.label_y for sign in found.signs)
        assert lowest + 3 <= found.height  # what hangs below the base line
