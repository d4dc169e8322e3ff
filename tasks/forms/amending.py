from django import forms

from bureaus.forms import wording
from tasks.forms.verbs import DayField, ReasonField


class AmendForm(wording.Form):
    """更改时限: the new last day, or none, and why."""

    until = DayField(label="新的截止时间", required=False)
    is_undated = forms.BooleanField(label="不设截止时间", required=False)
    reason = ReasonField("更改时限的原因", required=True, help_text="各单位在任务页上看得到")

    def clean(self):
        data = super().clean()
        day, is_undated = data.get("until"), data.get("is_undated")
        if day and is_undated:
            self.add_error("until", "新的截止时间和“不设截止时间”只能选一项")
        elif not day and not is_undated and "until" not in self.errors:
            self.add_error("until", "请填写新的截止时间，或勾选“不设截止时间”")
        return data


class HappenedForm(wording.Form):
    """填写起算之日: when that happened from which the deadline counts."""

    day = DayField(label="起算之日")


class OwnDayForm(HappenedForm):
    """The same of one bureau; another day later with its reason."""

    reason = ReasonField("更改的原因", help_text="下发单位看得到")


class WhoEntersForm(wording.Form):
    """由谁填写起算之日."""

    who = forms.ChoiceField(
        label="由谁填写", choices=(("issuer", "由下发单位填写"), ("bureau", "由各单位填写"))
    )


class WithdrawForm(wording.Form):
    """撤销事项: why, and whether the later periods of the same clause go with it."""

    reason = ReasonField("撤销的原因", required=True, help_text="各单位在任务页上看得到")
    and_later = forms.BooleanField(label="以后各期一并撤销", required=False)
