from django import forms

from reports.schemas.columns import Column, ColumnKind, Per
from reports.schemas.revision import ColumnChoice

KINDS = [
    (ColumnKind.TEXT.value, "短文字"),
    (ColumnKind.LONGTEXT.value, "长文字"),
    (ColumnKind.INTEGER.value, "整数"),
    (ColumnKind.DECIMAL.value, "小数"),
    (ColumnKind.DATE.value, "日期"),
]
PER = [(Per.ROW.value, "每行填一次"), (Per.UNIT.value, "每个单位填一次")]
MAX_LIMIT = 100_000
BOUNDS = {
    "min_value": "字数上限应大于0，不限的请留空",
    "max_value": "字数上限不能超过100000",
    "invalid": "请填写数字",
}


class ColumnForm(forms.Form):
    """What one column of a proposed table holds, how often it is filled in, and how much."""

    kind = forms.ChoiceField(label="内容", choices=KINDS)
    per = forms.ChoiceField(label="填写", choices=PER)
    required = forms.BooleanField(label="必填", required=False)
    max_chars = forms.IntegerField(
        label="字数上限",
        required=False,
        min_value=1,
        max_value=MAX_LIMIT,
        error_messages=BOUNDS,
    )

    def __init__(self, *args, column: Column, **kwargs):
        self.column = column
        kwargs["initial"] = {
            "kind": column.kind.value,
            "per": column.per.value,
            "required": column.required,
            "max_chars": column.max_chars,
        }
        super().__init__(*args, prefix=column.id, **kwargs)

    def choice(self) -> ColumnChoice:
        data = self.cleaned_data
        return ColumnChoice(
            kind=ColumnKind(data["kind"]),
            per=Per(data["per"]),
            required=data["required"],
            max_chars=data["max_chars"],
        )


class OutlineForm(forms.Form):
    """The limit of an outline."""

    max_chars = forms.IntegerField(
        label="总字数上限",
        required=False,
        min_value=1,
        max_value=MAX_LIMIT,
        error_messages=BOUNDS,
        help_text="留空表示不限",
    )
