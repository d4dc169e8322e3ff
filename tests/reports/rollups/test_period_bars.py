"""报送率 and 及时率 by period as small pictures: their coordinates by hand, and their words."""

import itertools
from types import SimpleNamespace

import pytest

from reports.rollups import period_bars
from reports.rollups.period_bars import BOTTOM, LEFT, RIGHT, TOP, WIDEST, WIDTH
from reports.rollups.rates import Tally
from reports.rollups.statistics import UnitLine, UnitTable

HALF = Tally(expected=4, actual=2, dated=4, on_time=1, overdue=2)
ALL = Tally(expected=4, actual=4, dated=4, on_time=4)
NONE_IN = Tally(expected=4, dated=4, overdue=4)
NOT_DUE = Tally(expected=4, not_due=4)
UNDATED = Tally(expected=4, actual=1, not_due=3)
NOTHING = Tally()


def bars(*cells: Tally, names=None) -> list[period_bars.Bar]:
    names = names or [f"2026年{number}月" for number in range(1, len(cells) + 1)]
    return panel(cells, names).bars


def panel(cells, names) -> period_bars.Panel:
    unit = SimpleNamespace(short_name="浙江省市场监管局")
    line = UnitLine(unit, NOTHING, is_own=False, cells=cells)
    (found,) = period_bars.panels(UnitTable(unit, [line], list(names)))
    return found


def test_bar_is_as_high_as_the_share_that_came_in():
    """Of the 68 between top and bottom half is 34; a quarter came in time."""
    (bar,) = bars(HALF)

    assert (bar.filled, bar.filled_y, bar.timely_y) == (34, 44, 61)
    assert (bar.x, bar.width) == (46, 28)  # seven tenths of a column of 40, in its middle


@pytest.mark.parametrize(
    ("tally", "kind", "filled", "timely_y"),
    [
        (ALL, "rated", 68, TOP),
        (NONE_IN, "rated", 0, BOTTOM),
        (UNDATED, "rated", 68, None),
        (NOT_DUE, "not-due", 0, None),
        (NOTHING, "not-asked", 0, None),
    ],
)
def test_what_is_not_due_is_none_of_the_rates(tally, kind, filled, timely_y):
    (bar,) = bars(tally)

    assert (bar.kind, bar.filled, bar.timely_y) == (kind, filled, timely_y)


def test_words_say_every_period():
    found = panel([HALF, NOT_DUE, NOTHING, UNDATED], ["一月", "二月", "三月", "四月"])

    assert found.in_words == (
        "一月：报送率50.0%，及时率25.0%；二月：未到期；三月：没有下发；四月：报送率100%，及时率—"
    )


@pytest.mark.parametrize("count", [1, 2, 6, 24])
def test_columns_stand_apart_and_inside(count):
    found = bars(*[HALF] * count)

    assert found[0].timely_from >= LEFT - 1
    assert found[-1].timely_to <= RIGHT + 1
    for left, right in itertools.pairwise(found):
        assert left.x + left.width < right.x
    assert all(bar.width <= WIDEST for bar in found)


@pytest.mark.parametrize("count", [1, 2, 3, 24])
@pytest.mark.parametrize("name", ["2026年{}月", "2026年第{}季度", "2026年上半年第{}次"])
def test_names_below_neither_meet_nor_leave_the_picture(count, name):
    found = panel([HALF] * count, [name.format(number) for number in range(1, count + 1)])

    if found.last:
        room = period_bars._room(found.last) - 6
        assert LEFT + period_bars._room(found.first) <= found.last_x - room
        assert found.last_x <= WIDTH


def test_units_keep_their_order_and_nothing_adds_them_up():
    units = [SimpleNamespace(short_name=name) for name in ("北京", "江苏", "浙江")]
    lines = [UnitLine(unit, ALL, is_own=False, cells=[ALL]) for unit in units]

    found = period_bars.panels(UnitTable(units[0], lines, ["一月"]))

    assert [each.line.bureau for each in found] == units
