import re
from datetime import date

from django import forms
from django.core.validators import MaxValueValidator

from bureaus import wording
from bureaus.calendar import YEARS
from bureaus.fields import BureauField
from bureaus.models import Bureau, Staff
from notices.models import Clause
from tasks.dates import SOON_RANGE, SOON_WORKDAYS
from tasks.ladder import local_day
from tasks.models import Assignment
from tasks.verb_forms import DayField, ReasonField


def soon_field() -> forms.IntegerField:
    limits = {"min_value": SOON_RANGE[0], "max_value": SOON_RANGE[-1]}
    said = f"请填{SOON_RANGE[0]}到{SOON_RANGE[-1]}的整数"
    return forms.IntegerField(
        label="临期线",
        initial=SOON_WORKDAYS,
        help_text="距目标日不超过几个工作日时显示为临期",
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), said),
        **limits,
    )


class IssueForm(wording.Form):
    """Which bureaus get the confirmed clauses; preselected from the recipients that were read.

    ``must_be_needed`` asks 是否确需报送 (burden.is_passed_down).
    """

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

    def __init__(self, *args, clauses, bureaus, must_be_needed, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["clauses"].queryset = clauses
        self.fields["bureaus"].queryset = bureaus
        if not must_be_needed:
            del self.fields["is_needed"], self.fields["need"]


class SoonForm(wording.Form):
    """调整临期线 of what is out already."""

    soon_workdays = soon_field()


class AmendForm(wording.Form):
    """更改时限: the new last day, or none, and why."""

    until = DayField(label="新的截止日期", required=False)
    is_undated = forms.BooleanField(label="不设截止日期", required=False)
    reason = ReasonField("更改时限的原因", required=True, help_text="各单位在任务页上看得到")

    def clean(self):
        data = super().clean()
        day, is_undated = data.get("until"), data.get("is_undated")
        if day and is_undated:
            self.add_error("until", "新的截止日期和“不设截止日期”只能选一项")
        elif not day and not is_undated and "until" not in self.errors:
            self.add_error("until", "请填写新的截止日期，或勾选“不设截止日期”")
        return data


class WithdrawForm(wording.Form):
    """撤销事项: why, and whether the later periods of the same clause go with it."""

    reason = ReasonField("撤销的原因", required=True, help_text="各单位在任务页上看得到")
    and_later = forms.BooleanField(label="以后各期一并撤销", required=False)


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


class EarlierDayField(DayField):
    """The last day of bureaus below: no later than one's own, and none only where one has none."""

    def stay_within(self, assignment: Assignment) -> None:
        self.required = assignment.due_at is not None
        if assignment.due_at is None:
            return
        latest = local_day(assignment.due_at)
        said = f"下级的截止日期不能晚于本级的截止日期{latest:%Y年%-m月%-d日}"
        self.validators = [*self.validators, MaxValueValidator(latest, said)]
        self.widget.attrs["max"] = latest.isoformat()


class SplitForm(wording.Form):
    """转发分解: which bureaus below are asked, by which day, and why it is needed at all.

    ``seen_day`` is the day whose reminders and warnings stood on the page.
    """

    bureaus = forms.ModelMultipleChoiceField(
        label="下级单位",
        queryset=Bureau.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一个下级单位"},
    )
    due_on = EarlierDayField(label="下级截止日期")
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

    bureaus = forms.ModelMultipleChoiceField(
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
