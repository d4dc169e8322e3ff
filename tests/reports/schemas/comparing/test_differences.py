"""Figures and units of two roll-ups held beside each other."""

from reports.schemas.comparing.differences import (
    ALL,
    FigureChange,
    Side,
    Unit,
    changed_figures,
    changed_units,
)
from reports.schemas.content.content import normalise
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import ColumnKind, RowMode
from reports.schemas.definition.rows import Row
from reports.schemas.rolling.tallies import Tallies

FIXED = FormDefinition(
    "检查情况表",
    (
        Column("c1", "类别", ColumnKind.ROW_LABEL),
        Column("c2", "数量", ColumnKind.INTEGER),
        Column("c3", "其中", ColumnKind.INTEGER),
        Column("c4", "其余", ColumnKind.INTEGER, formula="c2 - c3"),
    ),
    row_mode=RowMode.FIXED_ITEMS,
    rows=(Row("r1", ("检查",)), Row("r2", ("处罚",))),
)
ROWS = FormDefinition("台账", (Column("c1", "名称"), Column("c2", "数量", ColumnKind.INTEGER)))


def side(definition, **contents):
    """A roll-up of these units; all of them changed."""
    made = Side(definition, {}, Tallies(definition))
    for name, data in contents.items():
        content = normalise(definition, data)
        made.whole.add(name, content)
        made.own[name] = Tallies(definition)
        made.own[name].add(name, content)
    return made


def units(**states):
    return {code: Unit(code, f"{code}局", *state) for code, state in states.items()}


def test_units_that_came_left_changed_or_were_no_longer_asked():
    old = units(a=("已报", 1), b=("已报", 2), c=("未报",), d=("未报",), e=("零报告",))
    new = units(a=("已报", 1), b=("已报", 7), c=("已报", 3), e=("未报",), f=("未报",))

    assert [(one.name, one.words) for one in changed_units(old, new)] == [
        ("b局", "内容有变"),
        ("c局", "未报→已报"),
        ("d局", "未报→未列入"),
        ("e局", "零报告→未报"),
        ("f局", "未列入→未报"),
    ]


def test_figures_of_all_then_of_each_unit_that_reported_both_times():
    old = side(FIXED, a={"items": {"r1": {"c2": "10", "c3": "4"}}})
    new = side(
        FIXED,
        a={"items": {"r1": {"c2": "12", "c3": "4"}}},
        b={"items": {"r1": {"c2": "无"}, "r2": {"c2": "5"}}},
    )
    changed = changed_units(units(a=("已报", 1), b=("未报",)), units(a=("已报", 2), b=("已报", 3)))

    assert changed_figures(old, new, changed) == [
        FigureChange(ALL, "检查", "数量", "10", "12"),
        FigureChange(ALL, "检查", "其余", "6", "8"),
        FigureChange(ALL, "处罚", "数量", "", "5"),
        FigureChange("a局", "检查", "数量", "10", "12"),
        FigureChange("a局", "检查", "其余", "6", "8"),
    ]


def test_figures_of_repeated_rows_are_those_of_their_columns():
    old = side(ROWS, a={"rows": [{"c1": "甲", "c2": "3"}]})
    new = side(ROWS, a={"rows": [{"c1": "甲", "c2": "3"}, {"c1": "乙", "c2": "4"}]})

    assert changed_figures(old, new, []) == [FigureChange(ALL, "", "数量", "3", "7")]
