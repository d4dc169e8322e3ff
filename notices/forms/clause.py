"""One clause as a person corrects it: on the check page, and again before it goes out."""

import re
from collections.abc import Iterable
from dataclasses import replace

from django import forms

from notices.checking.attachment_shape import shape
from notices.checking.decisions import Decision
from notices.checking.evidence_asked import Wanted, in_words, joined
from notices.forms.deadline import DeadlineForm
from notices.models import Attachment, Clause
from notices.states import DOCUMENT_LENGTH, FILLABLE, EvidenceKind


def one_line(words: str) -> str:
    """What was typed into a growing box, without the line ends of typing."""
    return re.sub(r"\s*[\r\n]+\s*", "", words)


def prefix_of(clause: Clause) -> str:
    return f"clause-{clause.pk}"


class ClauseForm(DeadlineForm):
    """What is handed in, by whom to whom, until when and how often, and what goes with it.

    ``wanted`` is its 随报材料; without it that is not asked here.
    """

    deliverable = forms.CharField(
        label="报送内容",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "data-grow": ""}),
    )
    who = forms.CharField(label="责任单位", max_length=200, required=False)
    report_to = forms.CharField(label="报送对象", max_length=200, required=False)
    attachment_numbers = forms.MultipleChoiceField(
        label="按附件填报", required=False, widget=forms.CheckboxSelectMultiple
    )
    evidence = forms.MultipleChoiceField(
        label="随报材料",
        required=False,
        choices=EvidenceKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="不勾选的种类各单位不能上传",
    )
    document = forms.CharField(label="其他材料的名称", max_length=DOCUMENT_LENGTH, required=False)

    def __init__(
        self,
        *args,
        clause: Clause,
        attachments: Iterable[Attachment],
        wanted: Wanted | None = None,
        **kwargs,
    ):
        self.wanted = wanted
        super().__init__(*args, clause=clause, prefix=prefix_of(clause), **kwargs)
        self.initial = self._read() | self.initial
        self.fields["attachment_numbers"].choices = [
            (str(attachment.position), f"附件{attachment.position}　{shape(attachment)}")
            for attachment in attachments
            if attachment.kind in FILLABLE or attachment.position in clause.attachments_referred
        ]
        if wanted is None:
            del self.fields["evidence"], self.fields["document"]

    def _read(self) -> dict:
        """What was read, or set already."""
        clause = self.clause
        beside = {}
        if self.wanted is not None:
            beside = {"evidence": list(self.wanted.kinds), "document": self.wanted.document}
        read = {
            "deliverable": clause.deliverable,
            "who": clause.who,
            "report_to": clause.report_to,
            "attachment_numbers": [str(number) for number in clause.attachments_referred],
        }
        return read | self._when() | beside

    def clean_deliverable(self) -> str:
        return one_line(self.cleaned_data["deliverable"])

    def clean_attachment_numbers(self) -> str:
        numbers = sorted(int(number) for number in self.cleaned_data["attachment_numbers"])
        return ",".join(str(number) for number in numbers)

    def clean(self):
        data = super().clean()
        if self.is_obligation and not data.get("deliverable") and "deliverable" not in self.errors:
            self.add_error("deliverable", "请写明要报送什么")
        is_named = "document" in self.changed_data and data.get("document")
        if is_named and EvidenceKind.FILE not in data.get("evidence", ()):
            self.add_error("document", "写了名称，请同时勾选“其他材料”")
        return data

    def value(self) -> Decision:
        """What is no obligation keeps its words, whatever was left of them in the field."""
        data = self.cleaned_data
        decision = Decision(
            is_obligation=True,
            deliverable=data["deliverable"] or self.clause.deliverable,
            due_on=data["due_on"],
            due_clock=data["due_clock"],
            attachment_numbers=data["attachment_numbers"],
            who=self._kept("who"),
            report_to=self._kept("report_to"),
            rule=data["rule"],
        )
        if self.wanted is None or self.add_prefix("document") not in self.data:
            return decision
        kinds = joined(map(EvidenceKind, data["evidence"]))
        document = data["document"] if EvidenceKind.FILE in data["evidence"] else ""
        if (kinds, document) == (joined(self.wanted.kinds), self.wanted.document):
            return decision
        return replace(decision, evidence=kinds, document=document)

    def _kept(self, name: str) -> str | None:
        """None for what this post does not speak of."""
        return one_line(self.cleaned_data[name]) if self.add_prefix(name) in self.data else None

    @property
    def evidence_words(self) -> str:
        return in_words(kind for kind in self["evidence"].value() or () if kind in EvidenceKind)
