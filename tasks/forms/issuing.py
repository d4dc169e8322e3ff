from django import forms
from django.core.validators import MaxValueValidator

from bureaus.forms import wording
from bureaus.forms.several import SeveralField
from bureaus.manual.terms import TERMS
from bureaus.models import Bureau
from notices.models import Clause
from notices.text.deadlines.office_time import local_day
from tasks.forms.verbs import DayField
from tasks.models import Assignment
from tasks.scheduling.dates import SOON_RANGE, SOON_WORKDAYS


def soon_field() -> forms.IntegerField:
    limits = {"min_value": SOON_RANGE[0], "max_value": SOON_RANGE[-1]}
    said = f"请填{SOON_RANGE[0]}到{SOON_RANGE[-1]}的整数"
    return forms.IntegerField(
        label="临期线",
        initial=SOON_WORKDAYS,
        help_text=f"{TERMS['临期线'].meaning}；目标日是{TERMS['目标日'].meaning}",
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), said),
        **limits,
    )


class IssueForm(wording.Form):
    """Which bureaus get the confirmed clauses; preselected from the recipients that were read.

    ``must_be_needed`` asks 是否确需报送 (burden.is_passed_down), ``is_later`` why the day lies
    after the one that a bureau above has set.
    """

    clauses = SeveralField(
        label="下发事项",
        queryset=Clause.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一个事项"},
    )
    bureaus = SeveralField(
        label="接收单位",
        queryset=Bureau.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一个接收单位"},
    )
    soon_workdays = soon_field()
    is_needed = forms.BooleanField(
        label="已核对：现有数据不能满足，确需下级报送",
        error_messages={"required": "现有数据能满足的不要下发；确需下级报送的请勾选"},
    )
    need = forms.CharField(
        label="确需报送的理由",
        max_length=200,
        help_text="下级单位在任务页上看得到",
        error_messages={"required": "请填写确需报送的理由"},
    )

    later_seen = forms.BooleanField(
        label="已知晓：晚于上级要求，本级将无法按时报送",
        error_messages={"required": "晚于上级要求的，请改早，或勾选并说明理由"},
    )
    later = forms.CharField(
        label="晚于上级要求的理由",
        max_length=200,
        help_text="记入办理记录，下级单位看得到",
        error_messages={"required": "请填写晚于上级要求的理由"},
    )

    def __init__(self, *args, clauses, bureaus, must_be_needed, is_later=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_later:
            del self.fields["later_seen"], self.fields["later"]
        self.fields["clauses"].queryset = clauses
        self.fields["bureaus"].queryset = bureaus
        if not must_be_needed:
            del self.fields["is_needed"], self.fields["need"]


class SoonForm(wording.Form):
    """调整临期线 of what is out already."""

    soon_workdays = soon_field()


class EarlierDayField(DayField):
    """The last day of bureaus below: no later than one's own, and none only where one has none."""

    def stay_within(self, assignment: Assignment) -> None:
        self.required = assignment.due_at is not None
        if assignment.due_at is None:
            return
        latest = local_day(assignment.due_at)
        said = f"下级的截止时间不能晚于本级的截止时间{latest:%Y年%-m月%-d日}"
        self.validators = [*self.validators, MaxValueValidator(latest, said)]
        self.widget.attrs["max"] = latest.isoformat()


class SplitForm(wording.Form):
    """转发分解: which bureaus below are asked, by which day, and why it is needed at all.

    ``seen_day`` is the day whose reminders and warnings stood on the page.
    """

    bureaus = SeveralField(
        label="下级单位",
        queryset=Bureau.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一个下级单位"},
    )
    due_on = EarlierDayField(label="下级截止时间")
    is_needed = forms.BooleanField(
        label="已核对：本级现有数据不能满足，确需下级报送",
        error_messages={"required": "现有数据能满足的请直接代填；确需下级报送的请勾选"},
    )
    need = forms.CharField(
        label="确需报送的理由",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "data-grow": ""}),
        help_text="下级单位在任务页上看得到",
        error_messages={"required": "请填写确需报送的理由"},
    )
    seen_day = forms.CharField(
        label="页面所示日期", required=False, max_length=10, widget=forms.HiddenInput
    )

    def __init__(self, *args, assignment, bureaus, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bureaus"].queryset = bureaus
        self.fields["due_on"].stay_within(assignment)


class AddUnitsForm(wording.Form):
    """More bureaus below for a task that is split already."""

    bureaus = SeveralField(
        label="增加单位",
        queryset=Bureau.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一个要增加的单位"},
    )

    def __init__(self, *args, bureaus, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bureaus"].queryset = bureaus


class LateUnitsForm(AddUnitsForm):
    """补发: units that were not asked yet, for this period or all that follow too."""

    and_later = forms.BooleanField(label="以后各期一并补发", required=False)
