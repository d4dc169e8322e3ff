from collections.abc import Collection
from dataclasses import replace

from django import forms

from bureaus.forms import wording
from bureaus.forms.day_input import DayInput
from notices.checking import possible_days
from notices.checking.decisions import Decision
from notices.checking.marks import Searched
from notices.forms.clause import ClauseForm, one_line
from notices.models import Notice
from notices.states import ClauseState
from notices.text.characters.normalize import fold
from notices.text.page import doc_number


class MetadataForm(wording.Worded, forms.ModelForm):
    """What was read of the notice as a whole, to be corrected."""

    class Meta:
        model = Notice
        fields = ("title", "doc_number", "recipients_text", "written_on", "printed_on", "urgency")
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "recipients_text": forms.Textarea(attrs={"rows": 2}),
            "written_on": DayInput,
            "printed_on": DayInput,
        }
        error_messages = {"title": {"required": "请填写标题"}}

    def __init__(self, *args, instance: Notice, initial: dict | None = None, **kwargs):
        asked = instance.reading.get("title_asked", False)
        blank = {"title": ""} if asked else {}
        super().__init__(*args, instance=instance, initial=blank | (initial or {}), **kwargs)
        if asked:
            self.fields["title"].help_text = "正文里没有识别出标题，请照原件填写"

    def clean_title(self) -> str:
        return one_line(self.cleaned_data["title"])

    def clean_doc_number(self) -> str:
        """As every notice's is written, so that copies find one another."""
        typed = one_line(self.cleaned_data["doc_number"]).strip()
        return doc_number.key(fold(typed)) or typed

    def clean_recipients_text(self) -> str:
        return one_line(self.cleaned_data["recipients_text"])


class DecisionForm(ClauseForm):
    """One clause: is it a reporting obligation, and is it rightly read.

    Nothing is preselected for a clause that nobody has looked at: filing is a person's word.
    """

    CHOICES = (("yes", "确认为报送事项"), ("no", "不是报送事项"))
    field_order = ("decision", "deliverable")
    doubts: Collection[str] = ()
    """What is doubtful about the reading, in words; set by the page."""
    is_sure = False
    """Whether it may be confirmed at a glance: notices/checking/sure.py."""
    decision = forms.ChoiceField(
        label="核对",
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择“确认为报送事项”或“不是报送事项”"},
    )

    def _read(self) -> dict:
        decided = {ClauseState.CONFIRMED: "yes", ClauseState.REJECTED: "no"}
        return super()._read() | {"decision": decided.get(self.clause.state)}

    @property
    def is_obligation(self) -> bool:
        return self.cleaned_data.get("decision") == "yes"

    @property
    def is_folded(self) -> bool:
        """One line that opens; never where something typed into it is wrong."""
        return self.is_sure and not self.errors

    @property
    def is_stored(self) -> bool:
        """Confirmed already, before the notice is filed; this can be taken back."""
        return self.clause.state == ClauseState.CONFIRMED

    def value(self) -> Decision:
        return replace(super().value(), is_obligation=self.is_obligation)


class MissedClauseForm(wording.Form):
    """An obligation that the reading missed; the cleaned quote is the text's own spelling."""

    quote = forms.CharField(
        label="原文中的句子",
        widget=forms.Textarea(attrs={"rows": 2, "data-grow": ""}),
        help_text="从左侧原文中复制这句话",
        error_messages={"required": "请从左侧原文中复制要补充的句子"},
    )
    deliverable = forms.CharField(
        label="报送内容", max_length=300, error_messages={"required": "请写明要报送什么"}
    )
    due_on = forms.DateField(
        label="截止时间",
        required=False,
        widget=DayInput,
        help_text="留空为不设截止时间",
    )

    def __init__(self, *args, notice: Notice, **kwargs):
        self.notice = notice
        # these fields stand inside the form of the whole page, which is filed without them
        super().__init__(*args, prefix="missed", use_required_attribute=False, **kwargs)

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day and (said := possible_days.problem(day, self.notice)):
            raise forms.ValidationError(said)
        return day

    def clean_quote(self) -> str:
        """What a person copies from the page has lost its line ends; the stored text has not."""
        body = self.notice.body
        place = Searched(fold(body), 0, len(body)).first(self.cleaned_data["quote"])
        if place is None:
            raise forms.ValidationError("在原文中找不到这句话，请从左侧原文中复制后粘贴")
        return body[place[0] : place[1]]

    def clean(self):
        data = super().clean()
        same = self.notice.clauses.reports().filter(
            quote=data.get("quote"), deliverable=data.get("deliverable")
        )
        if not self.errors and same.exists():
            raise forms.ValidationError("这一项已经在右侧列出，不用再补充")
        return data
