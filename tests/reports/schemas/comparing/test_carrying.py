from dataclasses import replace

import pytest

from reports.schemas.comparing.carrying import carried
from reports.schemas.content.content import normalise
from reports.schemas.content.sources import MARK
from reports.schemas.definition.choices import Choice
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.kinds import ColumnKind, Per, RowMode
from reports.schemas.definition.outlines import OutlineDefinition, Section
from tests.reports.forms import annex_1, annex_2
from tests.reports.tables import CASES, by_name

FORM = FormDefinition(
    "表",
    (
        Column("c1", "名称"),
        Column("c2", "数量", ColumnKind.INTEGER),
        Column("c3", "说明", per=Per.UNIT),
    ),
)
WRITTEN = normalise(
    FORM, {"rows": [{"c1": "甲", "c2": "1"}, {"c1": "乙", "c2": "2"}], "unit": {"c3": "好"}}
)


def left_of(found):
    return [(place.label, place.text) for place in found.left]


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_unchanged_form_keeps_every_text_of_every_real_table(case):
    found = carried(case.definition, case.content, case.definition)

    assert found.content == case.content
    assert found.left == ()


@pytest.mark.parametrize("case", CASES, ids=by_name)
def test_form_with_nothing_in_common_loses_no_text(case):
    def texts(node):
        if isinstance(node, dict):
            return [one for value in node.values() for one in texts(value)]
        return [one for value in node for one in texts(value)] if isinstance(node, list) else [node]

    other = FormDefinition("别的表", (Column("zz", "别的"),))

    found = carried(case.definition, case.content, other)

    content = {name: part for name, part in case.content.items() if name != "regions"}
    assert sorted(place.text for place in found.left) == sorted(filter(None, texts(content)))


def test_renamed_and_moved_column_keeps_what_was_written():
    other = replace(
        FORM,
        columns=(
            Column("c3", "改名的说明", per=Per.UNIT),
            Column("g1", "上级", children=(FORM.columns[1], FORM.columns[0])),
        ),
    )

    found = carried(FORM, WRITTEN, other)

    assert found.content["rows"] == [{"c1": "甲", "c2": "1"}, {"c1": "乙", "c2": "2"}]
    assert found.content["unit"] == {"c3": "好"}
    assert found.left == ()


def test_removed_column_is_left_with_its_words():
    found = carried(FORM, WRITTEN, replace(FORM, columns=FORM.columns[1:]))

    assert left_of(found) == [("第1行 名称", "甲"), ("第2行 名称", "乙")]
    assert found.content["rows"] == [{"c2": "1"}, {"c2": "2"}]


def test_text_that_is_no_number_leaves_a_column_of_numbers():
    other = replace(
        FORM, columns=(replace(FORM.columns[0], kind=ColumnKind.INTEGER), FORM.columns[1])
    )

    found = carried(FORM, WRITTEN, other)

    assert left_of(found) == [("说明", "好"), ("第1行 名称", "甲"), ("第2行 名称", "乙")]
    assert [row["c1"] for row in found.content["rows"]] == ["", ""]


def test_answer_that_is_offered_no_more_is_left():
    old = FormDefinition(
        "表", (Column("c1", "性质", ColumnKind.CHOICE, choices=(Choice("国有"), Choice("民营"))),)
    )
    new = FormDefinition("表", (replace(old.columns[0], choices=(Choice("国有"), Choice("外资"))),))
    written = normalise(old, {"rows": [{"c1": "国有"}, {"c1": "民营"}]})

    found = carried(old, written, new)

    assert found.content["rows"] == [{"c1": "国有"}]
    assert left_of(found) == [("第2行 性质", "民营")]


def test_text_that_is_too_long_now_stays_to_be_cut():
    other = replace(FORM, columns=(replace(FORM.columns[0], max_chars=1), *FORM.columns[1:]))
    written = normalise(FORM, {"rows": [{"c1": "甲乙丙", "c2": "1"}]})

    assert carried(FORM, written, other).content["rows"] == [{"c1": "甲乙丙", "c2": "1"}]


def test_row_of_another_bureau_keeps_its_mark():
    written = normalise(FORM, {"rows": [{"c1": "甲", "c2": "1", MARK: "330100:0123456789ab"}]})

    assert carried(FORM, written, FORM).content == written


def test_rows_of_a_table_of_fixed_items_are_left():
    fixed = FormDefinition(
        "表",
        (Column("c9", "项目", ColumnKind.ROW_LABEL), FORM.columns[1]),
        row_mode=RowMode.FIXED_ITEMS,
        rows=CASES[0].definition.rows[:1],
    )

    found = carried(FORM, WRITTEN, fixed)

    assert len(found.left) == 5


def test_sections_are_carried_by_their_ids():
    old = annex_2()
    new = OutlineDefinition("提纲", (old.sections[1], Section("s9", "", "新的")))
    written = normalise(old, {"sections": {"s1": "一", "s2": "二"}})

    found = carried(old, written, new)

    assert found.content == {"sections": {"s2": "二", "s9": ""}}
    assert [place.text for place in found.left] == ["一"]


def test_plain_text_that_becomes_a_table_is_left_whole():
    written = normalise(annex_2(), {"sections": {"s1": "一", "s2": "二"}})

    assert [place.text for place in carried(annex_2(), written, annex_1()).left] == ["一", "二"]
