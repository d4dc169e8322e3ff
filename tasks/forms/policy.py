"""What comes in with a plan of reminders, made clean."""

import re
from datetime import time

from django import forms

from bureaus.forms import wording
from tasks.ladder.plan import FIRST_HOUR, LAST_HOUR, MOST_AHEAD, MOST_OVERDUE, Plan, faults

SEPARATORS = re.compile(r"[\s,，、;；]+")
FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


def workday_field(label: str, help_text: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        help_text=help_text,
        error_messages={"invalid": "请填整数，或留空", "min_value": "请填1以上的整数，或留空"},
    )


class PolicyForm(wording.Form):
    """The parts of a plan, and the version that the person has seen; gives it as ``plan``."""

    ahead = forms.CharField(
        label="提前几个工作日",
        max_length=40,
        help_text="从大到小，用顿号隔开，如 10、5、3、1；目标日当天另有一次",
        error_messages={
            "required": "请填写提前几个工作日，如 10、5、3、1",
            "max_length": f"太长了，最多写{MOST_AHEAD}次，如 10、5、3、1",
        },
    )
    overdue = forms.TypedChoiceField(
        label="逾期后提醒承办人",
        coerce=int,
        choices=[(count, f"{count}次" if count else "不提醒") for count in range(MOST_OVERDUE + 1)],
        help_text="每个工作日一次",
    )
    superior = workday_field("逾期后第几个工作日告知本单位上级", "一次；不填的不告知")
    coordinator = workday_field("逾期后第几个工作日告知下发单位", "一次；不填的不告知")
    hour = forms.TimeField(
        label="发出时间",
        widget=forms.TimeInput(
            attrs={
                "type": "time",
                "min": f"{FIRST_HOUR:%H:%M}",
                "max": f"{LAST_HOUR:%H:%M}",
            },
            format="%H:%M",
        ),
        help_text=f"{FIRST_HOUR:%-H:%M}至{LAST_HOUR:%-H:%M}，只在工作日发出",
        error_messages={"required": "请填写发出时间", "invalid": "请把时间写成 9:00 这样"},
    )
    urgent_waits = forms.BooleanField(
        label="特急、加急文件的新任务等动态也等静默时段（夜间和节假日）过后再发邮件",
        required=False,
        help_text="不勾选的，特急、加急文件的动态随时发出",
    )
    seen = forms.IntegerField(
        label="页面版本",
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), "请刷新页面后重新填写"),
    )

    def clean_ahead(self) -> tuple[int, ...]:
        said = SEPARATORS.split(self.cleaned_data["ahead"].translate(FULL_WIDTH).strip(" 、，,"))
        if not all(re.fullmatch(r"[0-9]{1,4}", part) for part in said):
            raise forms.ValidationError("只填工作日数，用顿号隔开，如 10、5、3、1")
        return tuple(int(part) for part in said)

    def clean(self) -> dict:
        given = super().clean()
        if self.errors:
            return given
        for part, said in faults(self.plan):
            self.add_error(part, said)
        return given

    @property
    def plan(self) -> Plan:
        given = self.cleaned_data
        return Plan(**{part: given[part] for part in PARTS})


PARTS = ("ahead", "overdue", "superior", "coordinator", "hour", "urgent_waits")


def initial(plan: Plan, *, seen: int) -> dict[str, str | int | bool | time | None]:
    """The form as it stands for a plan."""
    given = {part: getattr(plan, part) for part in PARTS}
    return given | {"ahead": "、".join(map(str, plan.ahead)), "seen": seen}
