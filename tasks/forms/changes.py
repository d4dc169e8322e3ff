from django import forms

from bureaus.forms import wording
from notices.models import ClauseChange
from notices.pages.twin_words import deadline
from notices.text.deadlines.office_time import local_day
from tasks.forms.verbs import ReasonField
from tasks.issuing.clause_changes import Settlement


def prefix_of(change: ClauseChange) -> str:
    return f"change-{change.pk}"


class ChangeForm(wording.Form):
    """One change of a confirmed duty: as the new copy says, or as before.

    Nothing is preselected.
    """

    decision = forms.ChoiceField(
        label="处理",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择按新件还是仍按原件"},
    )
    reason = ReasonField("理由", required=False, help_text="有关单位在任务页上看得到")

    def __init__(self, *args, change: ClauseChange, **kwargs):
        self.change = change
        kwargs["initial"] = {"reason": _reason(change)} | kwargs.get("initial", {})
        super().__init__(*args, prefix=prefix_of(change), **kwargs)
        is_gone = change.kind == ClauseChange.Kind.GONE
        old = deadline(change.old_due_at, change.clause.deadline)
        self.fields["decision"].choices = (
            ("adopted", "撤销这个事项" if is_gone else f"按新件改为{_new(change)}"),
            ("kept", "仍按原件报送" if is_gone else f"仍按{old}"),
        )

    def clean(self):
        data = super().clean()
        if data.get("decision") == "adopted" and not data.get("reason"):
            self.add_error("reason", "请填写理由，有关单位看得到")
        return data

    def value(self) -> Settlement:
        data = self.cleaned_data
        return Settlement(data["decision"] == "adopted", data["reason"])


def _new(change: ClauseChange) -> str:
    return deadline(change.new_due_at, change.new_deadline)


def _reason(change: ClauseChange) -> str:
    came = local_day(change.source.came_at)
    copy = f"{change.clause.notice.citation}（{came:%Y年%-m月%-d日}收到的文本）"
    if change.kind == ClauseChange.Kind.GONE:
        return f"来文更正：{copy}不再要求报送"
    return f"来文更正：{copy}的截止时间为{_new(change)}"
