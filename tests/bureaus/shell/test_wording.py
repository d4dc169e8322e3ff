import pytest
from django import forms
from django.core.validators import MaxValueValidator

from bureaus.forms import wording


class Example(wording.Form):
    name = forms.CharField(label="姓名", max_length=3)
    day = forms.DateField(label="日期", required=False)
    count = forms.IntegerField(label="份数", required=False, min_value=1, max_value=9)
    kind = forms.ChoiceField(label="种类", choices=[("a", "甲")])
    agreed = forms.BooleanField(label="已核对")
    own = forms.IntegerField(
        label="期数",
        required=False,
        error_messages={"invalid": "期数写错了"},
        validators=[MaxValueValidator(12, "一年只有12期")],
    )


RIGHT = {"name": "张三", "kind": "a", "agreed": "on"}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "请填写“姓名”"),
        ("name", "欧阳三四", "“姓名”最多3字，现在4字，请删减"),
        ("day", "昨天", "“昨天”不是日期，请写成2026-03-31这样"),
        ("day", "长" * 31, f"“{'长' * 30}…”不是日期，请写成2026-03-31这样"),
        ("count", "两份", "“两份”不是整数，请只填数字，如3"),
        ("count", "0", "“份数”不能小于1，请改正"),
        ("count", "10", "“份数”不能大于9，请改正"),
        ("kind", "", "请选择“种类”"),
        ("kind", "b", "请从列表中选择“种类”"),
        ("agreed", "", "请勾选“已核对”"),
    ],
)
def test_wrong_input_is_told_what_to_do(field, value, said):
    assert Example(RIGHT | {field: value}).errors == {field: [said]}


@pytest.mark.parametrize(("value", "said"), [("x", "期数写错了"), ("13", "一年只有12期")])
def test_what_a_field_says_itself_stands(value, said):
    assert Example(RIGHT | {"own": value}).errors == {"own": [said]}


def test_repeated_input_is_no_markup():
    told = Example(RIGHT | {"day": "<b>"}).errors["day"]

    assert "“&lt;b&gt;”不是日期" in str(told)
    assert told.as_data()[0].code == "invalid"
