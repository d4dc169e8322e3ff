"""What comes in with the verbs of an assignment, made clean; the action says if it may be done."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.urls import reverse_lazy

from bureaus.calendar import YEARS
from bureaus.forms import wording
from bureaus.forms.day_input import DayInput
from bureaus.forms.unit_field import BureauField
from bureaus.models import Staff
from tasks.models.reminder import NOTE_LENGTH
from tasks.scheduling.dates import ROUND_WORKDAYS

REASON_LENGTH = 2000


def named(person: Staff) -> str:
    """Two people of one name are told apart by their accounts."""
    return f"{person.name} {person.username}"


class DayField(forms.DateField):
    """A day that sums of moments bear."""

    def __init__(self, **kwargs):
        said = f"日期应在{YEARS[0]}年至{YEARS[-1]}年之间"
        super().__init__(
            widget=DayInput,
            validators=[
                MinValueValidator(date(YEARS[0], 1, 1), said),
                MaxValueValidator(date(YEARS[-1], 12, 31), said),
            ],
            error_messages={
                "required": "请填写日期",
                "invalid": "日期不对，请写成“2026-03-31”这样",
            },
            **kwargs,
        )


class ReasonField(forms.CharField):
    """Some lines of text. That it must not be empty is for the table of moves to say."""

    def __init__(self, label: str = "原因", *, most: int = REASON_LENGTH, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(
            label=label,
            max_length=most,
            widget=forms.Textarea(attrs={"rows": 3, "data-grow": True}),
            error_messages={
                "required": f"请填写{label}",
                "max_length": f"{label}不能超过{most}个字，请删减",
            },
            **kwargs,
        )


class MoveForm(wording.Form):
    """A verb of the table: the reason, the last day of a new round, whose task it is instead."""

    reason = ReasonField()
    until = DayField(label="最迟重新报送", required=False)
    suggested = BureauField(label="建议转给的单位", required=False, scope="下发范围内其他单位")


class UrgeForm(wording.Form):
    """催办: what is printed on the sheet besides."""

    note = ReasonField("附言", most=NOTE_LENGTH)


class PassOnForm(wording.Form):
    """转办: to whom, and why."""

    to = BureauField(
        label="转给",
        scope="下发范围内、还没有这项任务的单位",
        widget=forms.TextInput(
            attrs={"list": "bureaus", "data-suggest": reverse_lazy("bureaus:bureau_suggest")}
        ),
        help_text="输入名称、地区或代码",
        error_messages={"required": "请填写转给哪个单位"},
    )
    reason = ReasonField(required=True)


class ExtensionForm(wording.Form):
    """申请延期: until when, and why."""

    until = DayField(label="申请延至")
    reason = ReasonField("理由", required=True)


class DecisionForm(wording.Form):
    """答复延期申请: as asked, until another day, or not."""

    GRANT, OTHER_DAY, REFUSE = "grant", "other_day", "refuse"
    CHOICES = ((GRANT, "同意"), (OTHER_DAY, "同意，但改为下面的日期"), (REFUSE, "不同意"))

    decision = forms.ChoiceField(
        label="答复",
        choices=CHOICES,
        initial=GRANT,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择同意或不同意", "invalid_choice": "请选择同意或不同意"},
    )
    until = DayField(label="改为延至", required=False)
    opinion = ReasonField("意见")

    def clean(self):
        given = self.cleaned_data
        wants_day = given.get("decision") == self.OTHER_DAY
        if wants_day and not given.get("until") and "until" not in self.errors:
            self.add_error("until", "请填写改为延至哪一天")
        if given.get("decision") == self.REFUSE and not given.get("opinion", "").strip():
            self.add_error("opinion", "请填写不同意的理由")
        return given

    @property
    def is_granted(self) -> bool:
        return self.cleaned_data["decision"] != self.REFUSE

    @property
    def day(self) -> date | None:
        """The other day; None where it stays as asked."""
        is_other = self.cleaned_data["decision"] == self.OTHER_DAY
        return self.cleaned_data["until"] if is_other else None


class HandlerForm(wording.Form):
    """分派承办人: one of those who fill in forms there, or nobody."""

    handler = forms.ModelChoiceField(
        label="承办人",
        queryset=Staff.objects.none(),
        required=False,
        empty_label="（未指定）",
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"invalid_choice": "请从列表中选择承办人：须是本单位有“填报”岗位的在用人员"},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = people
        self.fields["handler"].label_from_instance = named


class BulkForm(wording.Form):
    """What a verb on many rows asks for besides the rows."""

    reason = ReasonField()
    until = DayField(label="最迟重新报送", required=False)
    note = ReasonField(
        "附言",
        most=NOTE_LENGTH,
        help_text=f"印在催办单上，也显示在任务页，不写进邮件；最多{NOTE_LENGTH}个字",
    )
    handler = forms.ModelChoiceField(
        label="承办人",
        queryset=Staff.objects.none(),
        error_messages={"required": "请选择承办人", "invalid_choice": "请从列表中选择承办人"},
    )

    def __init__(self, *args, verb, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = verb.needs_reason
        self.fields["until"].help_text = f"不填的，给{ROUND_WORKDAYS}个工作日，不早于原截止时间"
        self.fields["handler"].queryset = people
        self.fields["handler"].label_from_instance = named
        asked = {
            "reason": verb.needs_reason,
            "until": verb.needs_day,
            "note": verb.takes_note,
            "handler": verb.needs_handler,
        }
        for name, is_asked in asked.items():
            if not is_asked:
                del self.fields[name]
