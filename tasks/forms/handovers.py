from datetime import date

from django import forms

from bureaus.forms import wording
from bureaus.models import Staff


class ColleagueField(forms.ModelChoiceField):
    """Somebody else of the same bureau whose account may be used today."""

    def __init__(self, **kwargs):
        super().__init__(
            queryset=Staff.objects.none(),
            empty_label="请选择",
            error_messages={
                "required": "请选择本单位的一名人员",
                "invalid_choice": "请从列表中选择本单位在用的人员",
            },
            **kwargs,
        )

    def label_from_instance(self, person: Staff) -> str:
        return f"{person.name}（{person.username}）"

    def offer(self, person: Staff, today: date) -> None:
        """Set whose colleagues there are to choose from."""
        colleagues = Staff.objects.valid_on(today).filter(bureau=person.bureau_id)
        self.queryset = colleagues.exclude(pk=person.pk).order_by("name", "pk")


class TransferForm(wording.Form):
    """转交承办: to whom."""

    to = ColleagueField(label="转交给")

    def __init__(self, *args, person, today, **kwargs):
        super().__init__(*args, auto_id="transfer-%s", **kwargs)
        self.fields["to"].offer(person, today)


class LeavingForm(wording.Form):
    """离岗: who goes on with it, and that this is meant."""

    successor = ColleagueField(
        label="接办人", required=False, help_text="没有未办结任务、岗位另有他人的，可以不选"
    )
    is_meant = forms.BooleanField(
        label="已核对，停用该账号",
        error_messages={"required": "请勾选“已核对，停用该账号”"},
    )

    def __init__(self, *args, person, today, **kwargs):
        super().__init__(*args, auto_id="leave-%s", **kwargs)
        self.fields["successor"].offer(person, today)
