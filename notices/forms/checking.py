import re
from collections.abc import Iterable

from django import forms

from bureaus.forms import wording
from notices.checking.attachment_shape import shape
from notices.checking.decisions import Decision
from notices.checking.marks import Searched
from notices.models import Attachment, Clause, Notice
from notices.states import FILLABLE, ClauseState
from notices.text.characters.normalize import fold
from notices.text.deadlines.office_time import END_OF_DAY, SHANGHAI
from notices.text.page import doc_number


class MetadataForm(wording.Worded, forms.ModelForm):
    """What was read of the notice as a whole, to be corrected."""

    class Meta:
        model = Notice
        fields = ("title", "doc_number", "recipients_text", "written_on", "printed_on", "urgency")
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "recipients_text": forms.Textarea(attrs={"rows": 2}),
            "written_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "printed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        error_messages = {"title": {"required": "请填写标题"}}

    def clean_title(self) -> str:
        return one_line(self.cleaned_data["title"])

    def clean_doc_number(self) -> str:
        """As every notice's is written, so that copies find one another."""
        typed = one_line(self.cleaned_data["doc_number"]).strip()
        return doc_number.key(fold(typed)) or typed

    def clean_recipients_text(self) -> str:
        return one_line(self.cleaned_data["recipients_text"])


def one_line(words: str) -> str:
    """What was typed into a growing box, without the line ends of typing."""
    return re.sub(r"\s*[\r\n]+\s*", "", words)


def prefix_of(clause: Clause) -> str:
    return f"clause-{clause.pk}"


class DecisionForm(wording.Form):
    """One clause: is it a reporting obligation, what is handed in, until when.

    Nothing is preselected for a clause that nobody has looked at: filing is a person's word.
    """

    CHOICES = (("yes", "确认为报送事项"), ("no", "不是报送事项"))
    decision = forms.ChoiceField(
        label="核对",
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择“确认为报送事项”或“不是报送事项”"},
    )
    deliverable = forms.CharField(
        label="报送内容",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "data-grow": ""}),
    )
    due_on = forms.DateField(
        label="截止时间",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    due_clock = forms.TimeField(
        label="截止钟点",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    attachment_numbers = forms.MultipleChoiceField(
        label="按附件填报", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, clause: Clause, attachments: Iterable[Attachment], **kwargs):
        self.clause = clause
        kwargs["initial"] = self._read() | kwargs.get("initial", {})
        super().__init__(*args, prefix=prefix_of(clause), **kwargs)
        self.fields["attachment_numbers"].choices = [
            (str(attachment.position), f"附件{attachment.position}　{shape(attachment)}")
            for attachment in attachments
            if attachment.kind in FILLABLE or attachment.position in clause.attachments_referred
        ]

    def _read(self) -> dict:
        """What was read, or decided already."""
        clause = self.clause
        due = clause.due_at.astimezone(SHANGHAI) if clause.due_at else None
        at_day_end = due is None or due.time() == END_OF_DAY
        decided = {ClauseState.CONFIRMED: "yes", ClauseState.REJECTED: "no"}
        return {
            "decision": decided.get(clause.state),
            "deliverable": clause.deliverable,
            "due_on": due.date() if due else None,
            "due_clock": None if at_day_end else due.time(),
            "attachment_numbers": [str(number) for number in clause.attachments_referred],
        }

    def clean_deliverable(self) -> str:
        return one_line(self.cleaned_data["deliverable"])

    def clean_attachment_numbers(self) -> str:
        numbers = sorted(int(number) for number in self.cleaned_data["attachment_numbers"])
        return ",".join(str(number) for number in numbers)

    def clean(self):
        data = super().clean()
        if data.get("due_clock") and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "填了钟点，还要填写哪一天截止")
        if data.get("decision") == "yes" and not data.get("deliverable"):
            self.add_error("deliverable", "请写明要报送什么")
        return data

    def value(self) -> Decision:
        """What is no obligation keeps its words, whatever was left of them in the field."""
        data = self.cleaned_data
        return Decision(
            is_obligation=data["decision"] == "yes",
            deliverable=data["deliverable"] or self.clause.deliverable,
            due_on=data["due_on"],
            due_clock=data["due_clock"],
            attachment_numbers=data["attachment_numbers"],
        )


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
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="留空为不设截止时间",
    )

    def __init__(self, *args, notice: Notice, **kwargs):
        self.notice = notice
        # these fields stand inside the form of the whole page, which is filed without them
        super().__init__(*args, prefix="missed", use_required_attribute=False, **kwargs)

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
