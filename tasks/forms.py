from django import forms

from bureaus.models import Bureau
from notices.models import Clause


class IssueForm(forms.Form):
    """Which bureaus get the confirmed clauses; preselected from the recipients that were read."""

    clauses = forms.ModelMultipleChoiceField(
        label="下发事项",
        queryset=Clause.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一个事项"},
    )
    bureaus = forms.ModelMultipleChoiceField(
        label="接收单位",
        queryset=Bureau.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一个接收单位"},
    )

    def __init__(self, *args, clauses, bureaus, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["clauses"].queryset = clauses
        self.fields["bureaus"].queryset = bureaus
