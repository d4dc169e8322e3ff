import json

import pytest

from reports.schemas.definition.columns import Column
from reports.schemas.definition.definition import FormDefinition, from_json
from reports.schemas.definition.fields import Field
from reports.schemas.definition.json_fields import DefinitionError
from reports.schemas.definition.kinds import ColumnKind, FieldKind, Per
from reports.schemas.definition.outlines import OutlineDefinition, Section
from tests.reports.forms import annex_1, annex_2

RICH = FormDefinition(
    title="抽查情况表",
    annex_no="附件3",
    head_fields=(Field("h1", "填报单位(盖章)", FieldKind.UNIT, required=True),),
    columns=(
        Column("c1", "序号", ColumnKind.SERIAL, per=Per.UNIT),
        Column(
            "g1",
            "企业",
            children=(
                Column("c2", "名称", required=True, max_chars=50, width=20.5),
                Column("c3", "数量(家)", ColumnKind.INTEGER, measure="家"),
            ),
        ),
        Column("c4", "进展", suggest=("起草中", "已印发")),
    ),
    foot_fields=(Field("f1", "填报日期", FieldKind.DATE),),
)


def stored(definition):
    """The definition as it comes back from a JSON column."""
    return json.loads(json.dumps(definition.to_json(), ensure_ascii=False))


@pytest.mark.parametrize(
    "definition", [RICH, annex_1(), annex_2()], ids=["rich", "annex 1", "annex 2"]
)
def test_definition_survives_storing(definition):
    assert from_json(stored(definition)) == definition


def test_stored_definition_names_the_version_of_its_format():
    assert annex_1().to_json()["version"] == 2
    assert annex_2().to_json()["version"] == 2


@pytest.mark.parametrize("definition", [RICH, annex_1(), annex_2()])
def test_definition_of_the_first_version_is_read(definition):
    assert from_json(stored(definition) | {"version": 1}) == definition


def test_leaf_columns_stand_left_to_right():
    assert [leaf.id for leaf in annex_1().leaf_columns()] == [f"c{n}" for n in range(1, 9)]


def test_columns_to_fill_in_leave_the_serial_number_out():
    definition = annex_1()

    assert [column.id for column in definition.unit_columns()] == ["c2", "c3", "c7", "c8"]
    assert [column.id for column in definition.row_columns()] == ["c4", "c5", "c6"]


def test_full_heading_carries_the_number():
    assert Section("s1", "一", "学习情况").full_heading == "一、学习情况"
    assert Section("s1", "", "学习情况").full_heading == "学习情况"


def changed(**changes):
    return stored(RICH) | changes


def with_column(**changes):
    return changed(columns=[{"id": "c1", "label": "名称"} | changes])


def nested(levels):
    column = {"id": "c1", "label": "名称"}
    for level in range(1, levels):
        column = {"id": f"g{level}", "label": "上层", "children": [column]}
    return column


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, "报表应是一组名称和值"),
        ([], "报表应是一组名称和值"),
        ({}, "种类应为table，实为None"),
        (changed(version=3, new_key=1), "格式版本是3，本系统只认识版本2及以前的，请升级系统"),
        (changed(version=True), "格式版本是True"),
        (changed(kind="key_value"), "种类应为table，实为key_value"),
        (changed(colums=[]), "不认识的项目colums"),
        (changed(title=" "), "没有报表名称"),
        (changed(title=3), "title应是一段文字"),
        (changed(columns="c1"), "columns应是一个列表"),
        (changed(columns=[]), "没有可以填写的栏目"),
        (changed(row_mode="by_month"), "row_mode只能是repeat、fixed_items"),
        (changed(columns=["c1"]), "栏目应是一组名称和值"),
        (with_column(kind="picture"), "kind只能是serial、row_label"),
        (with_column(kind="serial"), "没有可以填写的栏目"),
        (with_column(kind=["text"]), "kind只能是"),
        (with_column(per="month"), "per只能是unit、row之一"),
        (with_column(required="yes"), "required应是 true 或 false"),
        (with_column(max_chars="3000"), "max_chars应是整数"),
        (with_column(max_chars=True), "max_chars应是整数"),
        (with_column(max_chars=0), "字数上限应大于0"),
        (with_column(width=0), "宽度应在1到255之间"),
        (with_column(width="宽"), "width应是数字"),
        (with_column(suggest=[1]), "suggest应是一列文字"),
        (with_column(id="文件名称"), "编号“文件名称”只能由小写字母"),
        (with_column(label=""), "栏目c1没有名称"),
        (changed(columns=[nested(9)]), "表头超过8行"),
        (changed(columns=[{"id": "f1", "label": "名称"}]), "编号f1重复"),
        (changed(head_fields=[{"id": "h1"}]), "label应是一段文字"),
        (changed(head_fields=[{"id": "h1", "label": ""}]), "h1没有名称"),
        (changed(head_fields=[{"id": "h1", "label": "甲", "kind": "seal"}]), "kind只能是unit"),
        (stored(annex_2()) | {"sections": []}, "没有需要填写的部分"),
        (stored(annex_2()) | {"max_chars": 0}, "字数上限应大于0"),
        (stored(annex_2()) | {"sections": [{"id": "s1", "heading": ""}]}, "第s1部分没有标题"),
        (stored(annex_2()) | {"version": "1"}, "格式版本是1"),
    ],
)
def test_bad_json_is_refused_with_one_error_that_names_the_place(value, message):
    with pytest.raises(DefinitionError, match=message):
        from_json(value)


def test_header_of_eight_rows_is_read():
    definition = from_json(changed(columns=[nested(8)]))

    assert definition.header_depth() == 8


def test_reader_of_one_kind_refuses_the_other():
    with pytest.raises(DefinitionError, match="种类应为outline，实为table"):
        OutlineDefinition.from_json(stored(RICH))
