"""What was reported earlier, matched to the blanks of a form by their names."""

from dataclasses import replace

import pytest

from reports.schemas.comparing.earlier_values import Standing, asked_by, left_out, offered, taken
from reports.schemas.comparing.earlier_values import is_like as are_like
from reports.schemas.content import sources
from reports.schemas.content.content import normalise
from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.fields import Field
from reports.schemas.definition.kinds import ColumnKind, FieldKind, Per
from reports.schemas.definition.outlines import OutlineDefinition, Section
from tests.reports.forms import annex_1, annex_1_content, annex_2
from tests.reports.tables import CASES

pytestmark = pytest.mark.once


def monthly(*columns: Column, foot: tuple[Field, ...] = ()) -> FormDefinition:
    return FormDefinition(title="月报", columns=columns, foot_fields=foot)


# The same columns as another notice numbers them, in another order, with one more.
OTHER = monthly(
    Column("c9", "参加人数", ColumnKind.INTEGER, measure="人"),
    Column("c3", "活动名称"),
    Column("c5", "形式"),
    foot=(Field("f7", "联系人及联系方式", FieldKind.CONTACT),),
)
MINE = monthly(
    Column("c1", "活动名称"),
    Column("c2", "参加人数", ColumnKind.INTEGER, measure="人"),
    foot=(Field("f1", "联系人及联系方式", FieldKind.CONTACT), Field("f2", "传真")),
)


def is_like(one, other, **fields) -> bool:
    return are_like(asked_by(one), asked_by(other), **fields)


def by_key(found) -> dict[str, tuple[str, Standing]]:
    return {one.key: (one.text, one.standing) for one in found}


def test_things_are_matched_by_name_whatever_their_ids_and_order():
    then = normalise(
        OTHER,
        {
            "rows": [{"c3": "启动仪式", "c9": "80", "c5": "线上"}],
            "foot": {"f7": "示例联系人 010-00000000"},
        },
    )
    now = normalise(MINE, {})

    found = offered(MINE, now, OTHER, then)

    assert by_key(found) == {
        "rows.0": ("活动名称：启动仪式；参加人数：80", Standing.BLANK),
        "foot.f1": ("示例联系人 010-00000000", Standing.BLANK),
    }
    assert [one.is_stale for one in found] == [True, False]
    content = taken(MINE, now, OTHER, then, {"rows.0", "foot.f1"})
    assert content["rows"] == [{"c1": "启动仪式", "c2": "80"}]
    assert content["foot"] == {"f1": "示例联系人 010-00000000", "f2": ""}
    assert now["rows"] == []  # what stood is not touched


def test_what_stands_is_told_apart_from_what_would_be_overwritten():
    now = annex_1_content(documents=1, c2="本次批示", c3="专题学习2次", c7="")
    found = offered(annex_1(), now, annex_1(), annex_1_content(documents=2))

    standing = {one.key: (one.standing, one.now, one.paths) for one in found}
    assert standing["unit.c2"] == (Standing.DIFFERS, "本次批示", ())
    assert standing["unit.c3"] == (Standing.SAME, "专题学习2次", ("unit.c3",))
    assert standing["unit.c7"] == (Standing.BLANK, "", ())
    assert standing["rows.0"] == (Standing.SAME, "", ("rows.0.c4", "rows.0.c5", "rows.0.c6"))
    assert standing["rows.1"] == (Standing.BLANK, "", ())


def test_only_what_is_chosen_is_taken_and_rows_come_after_those_that_stand():
    now = annex_1_content(documents=1, c2="本次批示")
    then = annex_1_content(documents=3, c2="上次批示", c7="上次活动")

    content = taken(annex_1(), now, annex_1(), then, {"unit.c2", "rows.0", "rows.2"})

    assert content["unit"]["c2"] == "上次批示"
    assert content["unit"]["c7"] == "开展活动5场"
    assert [row["c4"] for row in content["rows"]] == ["示例文件1", "示例文件3"]


def test_rows_of_bureaus_below_are_not_taken_over_as_ones_own():
    then = annex_1_content(documents=1)
    then["rows"].append(sources.marked({"c4": "市里文件", "c5": "市局", "c6": ""}, "330100"))

    found = offered(annex_1(), normalise(annex_1(), {}), annex_1(), then)

    assert [one.key for one in found if one.is_row] == ["rows.0"]
    assert left_out(then) == 1


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (
            Column("c1", "货值", ColumnKind.MONEY, measure="万元"),
            Column("c1", "货值", ColumnKind.MONEY, measure="元"),
        ),
        (Column("c1", "数量", ColumnKind.INTEGER), Column("c1", "数量")),
        (Column("c1", "时间", ColumnKind.DATE), Column("c1", "时间")),
    ],
)
def test_what_could_not_be_written_here_is_not_offered(mine, theirs):
    unit = Per.UNIT
    forms = [monthly(replace(one, per=unit)) for one in (mine, theirs)]
    then = normalise(forms[1], {"unit": {"c1": "3"}})

    assert offered(forms[0], normalise(forms[0], {}), forms[1], then) == []


def test_columns_of_one_name_are_never_confused():
    twice = (Column("c1", "总数", per=Per.UNIT), Column("c2", "总数", per=Per.UNIT))
    form = monthly(*twice)
    then = normalise(form, {"unit": {"c1": "甲", "c2": "乙"}})

    assert offered(form, normalise(form, {}), form, then) == []


def test_last_month_is_not_this_month():
    mine = monthly(Column("c1", "本月情况", per=Per.UNIT))
    then = monthly(Column("c1", "上月情况", per=Per.UNIT))

    assert offered(mine, normalise(mine, {}), then, normalise(then, {"unit": {"c1": "甲"}})) == []


def test_sections_are_matched_without_their_number_and_the_document_they_are_about():
    other = OutlineDefinition(
        "总结",
        (Section("s4", "二", "学习《条例》有关情况"), Section("s1", "一", "存在的问题")),
    )
    then = normalise(other, {"sections": {"s4": "学习3次", "s1": "无"}})

    found = offered(annex_2(), normalise(annex_2(), {}), other, then)

    assert [(one.key, one.label, one.text) for one in found] == [
        ("sections.s1", "一、学习《纲要》有关情况", "学习3次")
    ]


def test_likeness_goes_by_what_is_asked_for_contacts_aside():
    assert is_like(MINE, OTHER)
    assert not is_like(annex_1(), OTHER)
    assert not is_like(annex_1(), annex_2())
    one = OutlineDefinition("报送材料", (Section("s1", "", "报送内容"),))
    assert not is_like(one, one)  # one name alone says nothing
    assert is_like(one, one, is_same_notice=True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_real_table_is_filled_in_again_from_what_it_held_and_is_like_no_other(case):
    form, then = case.definition, case.content
    empty = normalise(form, {}, regions=case.regions)

    found = offered(form, empty, form, then)
    content = taken(form, empty, form, then, {one.key for one in found})

    assert normalise(form, content, regions=case.regions) == then
    assert {one.standing for one in offered(form, then, form, then)} == {Standing.SAME}
    assert [one.number for one in CASES if is_like(form, one.definition)] == [case.number]
