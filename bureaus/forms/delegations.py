from django import forms

from bureaus.forms import wording
from bureaus.forms.days import DayInput
from bureaus.models import Staff


class DelegationForm(wording.Form):
    """Who acts in a person's posts, and when; colleagues only."""

    deputy = forms.ModelChoiceField(
        label="代办人",
        queryset=Staff.objects.none(),
        empty_label="请选择",
        error_messages={"invalid_choice": "请从列表中选择本单位在用的人员"},
    )
    starts_on = forms.DateField(label="开始日期", widget=DayInput, help_text="当天起生效")
    ends_on = forms.DateField(
        label="结束日期", widget=DayInput, help_text="当天仍有效，过后自动收回"
    )
    reason = forms.CharField(
        label="原因", max_length=100, required=False, help_text="如 出差、休假、参加培训"
    )

    def __init__(self, *args, absentee, today, **kwargs):
        super().__init__(*args, initial={"starts_on": today}, **kwargs)
        colleagues = Staff.objects.valid_on(today).filter(bureau=absentee.bureau_id)
        self.fields["deputy"].queryset = colleagues.exclude(pk=absentee.pk).order_by("name", "pk")
        self.fields["deputy"].label_from_instance = lambda person: (
            f"{person.name}（{person.username}）"
        )
