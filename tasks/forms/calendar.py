import re
from datetime import date

from django import forms

from bureaus.calendar import YEARS
from bureaus.forms import wording
from bureaus.forms.unit_field import BureauField
from bureaus.models import Bureau


class CalendarForm(wording.Form):
    """Which month of the calendar, whose rows, and of which bureau with those below it."""

    SCOPES = (("mine", "等我办理"), ("all", "本单位及下级"))

    scope = forms.ChoiceField(
        label="范围", choices=SCOPES, required=False, widget=forms.HiddenInput
    )
    month = forms.CharField(
        label="月份", required=False, widget=forms.DateInput(attrs={"type": "month"})
    )
    bureau = BureauField(label="单位及下级", required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bureau"].bureaus = Bureau.objects.visible_to(user)

    def clean_month(self) -> date | None:
        """The first day of the month; None where none is asked for."""
        said = self.cleaned_data["month"]
        if not said:
            return None
        found = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", said)
        if found is None or int(found[1]) not in YEARS:
            raise forms.ValidationError(
                f"“{said}”不是月份，请写成“2026-03”这样，年份在{YEARS[0]}至{YEARS[-1]}之间"
            )
        return date(int(found[1]), int(found[2]), 1)
