"""What a person says of the parts of 主送 that name nobody for sure, before anything goes out."""

from collections.abc import Iterable
from hashlib import sha256

from django import forms

from bureaus.forms import wording
from bureaus.models import Bureau
from notices.checking.expansion import Expansion, Gap

ADDED, NOT_HERE = "added", "not_here"
CHOICES = ((ADDED, "已在下面加选"), (NOT_HERE, "不在本系统下发"))


class RecipientsForm(wording.Form):
    """One question for each gap of the expansion: units added by hand, or nothing is sent here.

    ``more_units``: names of further units to be offered, as one would write them in 主送.
    """

    more_units = forms.CharField(
        label="加选其他下级单位",
        required=False,
        max_length=500,
        help_text="填写单位名称，用顿号隔开，如“义乌市、慈溪市”",
    )

    def __init__(self, *args, expansion: Expansion, **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.expansion = expansion
        self.gaps = {_name(at, gap): gap for at, gap in enumerate(expansion.gaps)}
        for name, gap in self.gaps.items():
            said = "请先在下面加选单位，再选“已在下面加选”；不发的，选“不在本系统下发”"
            self.fields[name] = forms.ChoiceField(
                label=f"“{gap.words}”怎样处理",
                choices=CHOICES,
                widget=forms.RadioSelect,
                error_messages={"required": said, "invalid_choice": said},
            )

    def clean_more_units(self) -> str:
        """Names that were typed and not looked up are no units yet; they are not dropped either."""
        typed: str = self.cleaned_data["more_units"]
        if typed.strip():
            said = f"“{typed}”还没有加入，请先按“加入名单”；不加的，清空这一栏"
            raise forms.ValidationError(said)
        return typed

    def questions(self) -> list[tuple[Gap, forms.BoundField]]:
        return [(gap, self[name]) for name, gap in self.gaps.items()]

    def check_added(self, chosen: Iterable[Bureau]) -> bool:
        """Whoever says that units were added has ticked one that the words did not give."""
        proposed = {bureau.pk for bureau in self.expansion.bureaus}
        if any(bureau.pk not in proposed for bureau in chosen):
            return True
        for name in self.gaps:
            if self.cleaned_data.get(name) == ADDED:
                said = "还没有加选单位，请在下面勾选；不发的，选“不在本系统下发”"
                self.add_error(name, said)
        return not self.errors

    def settled(self) -> dict[str, str]:
        """What was said of each gap, in the words of the page, for the audit."""
        said = dict(CHOICES)
        return {gap.words: said[self.cleaned_data[name]] for name, gap in self.gaps.items()}


def _name(at: int, gap: Gap) -> str:
    """Bound to the words: an answer given to other words is none to these."""
    return f"gap-{at}-{sha256(gap.words.encode()).hexdigest()[:8]}"
