"""One clause as a person corrects it: on the check page, and again before it goes out."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from django import forms

from bureaus.forms import wording
from bureaus.forms.day_input import DayInput
from notices.checking import possible_days
from notices.checking.attachment_shape import shape
from notices.checking.decisions import ONCE, Decision, rule_of
from notices.checking.evidence_asked import Wanted, in_words, joined
from notices.models import Attachment, Clause
from notices.states import DOCUMENT_LENGTH, FILLABLE, EvidenceKind
from notices.text.deadlines import set_by_hand
from notices.text.deadlines.office_time import END_OF_DAY, SHANGHAI, local_day
from notices.text.deadlines.rules import RecurringDeadline

RULE = ("freq", "rule_day", "stop_on")
SHOWN = 8  # due days that are written out
MOST = 60


def one_line(words: str) -> str:
    """What was typed into a growing box, without the line ends of typing."""
    return re.sub(r"\s*[\r\n]+\s*", "", words)


def prefix_of(clause: Clause) -> str:
    return f"clause-{clause.pk}"


class ClauseForm(wording.Form):
    """What is handed in, by whom to whom, until when and how often, and what goes with it.

    ``wanted`` is its 随报材料; without it that is not asked here.
    """

    deliverable = forms.CharField(
        label="报送内容",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "data-grow": ""}),
    )
    due_on = forms.DateField(label="截止时间", required=False, widget=DayInput)
    due_clock = forms.TimeField(
        label="截止钟点",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    freq = forms.ChoiceField(label="频次", required=False)
    rule_day = forms.CharField(label="每期截止日", max_length=20, required=False)
    stop_on = forms.DateField(label="末期不晚于", required=False, widget=DayInput)
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
        self.clause, self.wanted = clause, wanted
        self.known_rule = rule_of(clause)
        kwargs["initial"] = self._read() | kwargs.get("initial", {})
        super().__init__(*args, prefix=prefix_of(clause), **kwargs)
        self.fields["attachment_numbers"].choices = [
            (str(attachment.position), f"附件{attachment.position}　{shape(attachment)}")
            for attachment in attachments
            if attachment.kind in FILLABLE or attachment.position in clause.attachments_referred
        ]
        self.fields["freq"].choices = self._often()
        self.fields["rule_day"].widget.attrs["placeholder"] = "如 10日、月末、周五"
        if wanted is None:
            del self.fields["evidence"], self.fields["document"]

    def _often(self) -> list[tuple[str, str]]:
        is_known = self.known_rule is None or self._typed().freq != set_by_hand.AS_READ
        as_read = [] if is_known else [(set_by_hand.AS_READ, f"按原文：{self.known_rule.rule}")]
        return [*as_read, *set_by_hand.CHOICES]

    def _typed(self) -> set_by_hand.Typed:
        if self.known_rule is None:
            return set_by_hand.Typed(set_by_hand.ONCE, "", None)
        return set_by_hand.typed(self.known_rule)

    def _read(self) -> dict:
        """What was read, or set already."""
        clause, often = self.clause, self._typed()
        due = clause.due_at.astimezone(SHANGHAI) if clause.due_at else None
        at_day_end = due is None or due.time() == END_OF_DAY
        beside = {}
        if self.wanted is not None:
            beside = {"evidence": list(self.wanted.kinds), "document": self.wanted.document}
        return beside | {
            "deliverable": clause.deliverable,
            "due_on": due.date() if due else None,
            "due_clock": None if at_day_end else due.time(),
            "freq": often.freq,
            "rule_day": often.day,
            "stop_on": often.stop_on,
            "who": clause.who,
            "report_to": clause.report_to,
            "attachment_numbers": [str(number) for number in clause.attachments_referred],
        }

    def clean_deliverable(self) -> str:
        return one_line(self.cleaned_data["deliverable"])

    @property
    def is_obligation(self) -> bool:
        return True

    def clean_due_on(self) -> date | None:
        return self._possible(self.cleaned_data["due_on"])

    def clean_stop_on(self) -> date | None:
        return self._possible(self.cleaned_data["stop_on"])

    def _possible(self, day: date | None) -> date | None:
        if day and self.is_obligation and (said := possible_days.problem(day, self.clause.notice)):
            raise forms.ValidationError(said)
        return day

    def clean_attachment_numbers(self) -> str:
        numbers = sorted(int(number) for number in self.cleaned_data["attachment_numbers"])
        return ",".join(str(number) for number in numbers)

    def clean(self):
        data = super().clean()
        if data.get("due_clock") and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "填了钟点，还要填写哪一天截止")
        if self.is_obligation and not data.get("deliverable") and "deliverable" not in self.errors:
            self.add_error("deliverable", "请写明要报送什么")
        is_named = "document" in self.changed_data and data.get("document")
        if is_named and EvidenceKind.FILE not in data.get("evidence", ()):
            self.add_error("document", "写了名称，请同时勾选“其他材料”")
        is_clear = not any(name in self.errors for name in ("due_on", "due_clock", *RULE))
        data["rule"] = self._rule(data) if is_clear and self.is_obligation else None
        return data

    def _rule(self, data: dict) -> RecurringDeadline | str | None:
        """How often from now on; None where that stands as it was. Sets the day of the first."""
        if self.add_prefix("freq") not in self.data:
            return None
        freq = data["freq"] or self["freq"].initial
        if freq == set_by_hand.ONCE:
            return ONCE if self.known_rule else None
        if not self._is_touched():
            if not data["due_on"] and self["due_on"].initial:
                said = "周期报送要填首期的截止时间；只报一次的，频次改为“一次”"
                self.add_error("due_on", said)
            return None
        if freq == set_by_hand.AS_READ:
            self.add_error("freq", "改每期截止日或末期的，请在这里选定频次")
            return None
        return self._by_hand(freq, data)

    def _is_touched(self) -> bool:
        """The hour belongs to a person's own rule; of one that was read it is the first's alone."""
        is_own = self.known_rule is not None and self.known_rule.by_hand
        return not {*RULE, *(["due_clock"] if is_own else [])}.isdisjoint(self.changed_data)

    def _by_hand(self, freq: str, data: dict) -> RecurringDeadline | None:
        at = f"{data['due_clock']:%H:%M}" if data["due_clock"] else None
        try:
            rule = set_by_hand.by_hand(freq, data["rule_day"], data["stop_on"], time=at)
        except set_by_hand.NotARule as problem:
            self.add_error("rule_day", str(problem))
            return None
        is_named = data["due_on"] and "due_on" in self.changed_data
        start = data["due_on"] if is_named else self._start(data["due_on"], rule)
        first = next(iter(set_by_hand.due_from(rule, start, most=1)), None)
        if first is None:
            self.add_error("stop_on", "到这一天为止没有要报送的一期，请核对首期和末期")
        elif is_named and first != start:
            said = f"首期应合“{rule.rule}”，请改为{first}，或改“每期截止日”"
            self.add_error("due_on", said)
        data["due_on"] = first
        return rule

    def _start(self, due_on: date | None, rule: RecurringDeadline) -> date:
        """From when the first is looked for: this period, or the notice where it was due once."""
        notice = self.clause.notice
        since = notice.written_on or notice.printed_on or local_day(notice.imported_at)
        if due_on is None or self.known_rule is None:
            return since
        is_weekly = rule.freq == "weekly"
        begun = due_on - timedelta(days=due_on.weekday()) if is_weekly else due_on.replace(day=1)
        return max(since, begun)

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

    # what the page shows beside the fields

    @property
    def freq_word(self) -> str:
        chosen = dict(self.fields["freq"].choices).get(self["freq"].value(), "")
        return f"{chosen} {self['rule_day'].value() or ''}" if self.has_periods else chosen

    @property
    def has_periods(self) -> bool:
        return self["freq"].value() not in (None, "", set_by_hand.ONCE)

    @property
    def evidence_words(self) -> str:
        return in_words(kind for kind in self["evidence"].value() or () if kind in EvidenceKind)

    @property
    def when_faults(self) -> list[str]:
        """Of the day and the frequency, for a part of the page that holds no fields."""
        names = ("due_on", "due_clock", *RULE)
        return [error for name in names for error in self.errors.get(name, ())]

    def _is_moved(self, first: date) -> bool:
        return str(self["due_on"].value() or "") != str(first)

    @property
    def due_days(self) -> dict:
        """What the fields come to, for the line below them; nothing for a single day."""
        if self.is_bound and self.when_faults:
            return {}
        data = self.cleaned_data if self.is_bound else {}
        rule = data.get("rule") or self.known_rule
        first = data.get("due_on") or self["due_on"].initial
        if not isinstance(rule, RecurringDeadline) or first is None:
            return {}
        days = set_by_hand.due_from(rule, first, most=MOST + 1)
        is_whole = len(days) <= MOST
        return {
            "rule": rule.rule,
            "days": days[:SHOWN],
            "count": len(days) if is_whole else None,
            "last": days[-1] if is_whole and len(days) > SHOWN else None,
            "is_moved": isinstance(data.get("rule"), RecurringDeadline) and self._is_moved(days[0]),
            "is_endless": set_by_hand.typed(rule).stop_on is None,
        }
