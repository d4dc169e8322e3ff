import pytest
from django import forms
from django.http import QueryDict

from bureaus.models import Bureau
from bureaus.shell.chips import chips, without, without_value
from tests import factories


class Form(forms.Form):
    kind = forms.ChoiceField(
        label="类别", required=False, choices=[("", "全部"), ("组", [("a", "甲"), ("b", "乙")])]
    )
    many = forms.MultipleChoiceField(
        label="多选", required=False, choices=[("x", "子"), ("y", "丑")]
    )
    words = forms.CharField(label="词", required=False)
    unit = forms.ModelChoiceField(
        label="单位", required=False, queryset=Bureau.objects.none(), widget=forms.HiddenInput
    )


def made(query: str, **options) -> list[tuple[str, str, str]]:
    given, form = QueryDict(query), Form(QueryDict(query))
    form.fields["unit"].queryset = Bureau.objects.all()
    found = chips("/list/", given, form, **options)
    return [(chip["label"], chip["value"], chip["remove_url"]) for chip in found]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", []),
        ("kind=&words=", []),
        ("kind=a", [("类别", "甲", "/list/?all")]),
        (
            "kind=wrong&words=x",
            [("类别", "wrong", "/list/?words=x"), ("词", "x", "/list/?kind=wrong")],
        ),
        ("words=x&page=3&sort=due", [("词", "x", "/list/?sort=due")]),
        (
            "many=x&many=y&many=x",
            [("多选", "子", "/list/?many=y"), ("多选", "丑", "/list/?many=x&many=x")],
        ),
    ],
)
def test_each_value_has_a_chip_and_the_way_without_it(query, expected):
    assert made(query, everything="all") == expected


@pytest.mark.django_db
def test_a_row_is_called_by_its_name():
    bureau = factories.province()

    assert made(f"unit={bureau.pk}") == [("单位", "浙江省市场监管局", "/list/?")]
    assert made("unit=0") == [("单位", "0", "/list/?")]


def test_queries_lose_what_is_named_and_keep_the_rest():
    given = QueryDict("a=1&a=2&b=3&page=4")

    assert without(given, "a", "page") == "b=3"
    assert without_value(given, "a", "1") == "a=2&b=3"
    assert given.urlencode() == "a=1&a=2&b=3&page=4"
