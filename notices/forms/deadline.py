"""Until when and how often: the fields of a clause's deadline, and what they come to."""

from datetime import date, timedelta

from django import forms

from bureaus.forms import wording
from bureaus.forms.day_input import DayInput
from notices.checking import possible_days
from notices.checking.decisions import ONCE, rule_of
from notices.models import Clause
from notices.text.deadlines import set_by_hand
from notices.text.deadlines.office_time import END_OF_DAY, SHANGHAI, local_day
from notices.text.deadlines.rules import RecurringDeadline

RULE = ("freq", "rule_day", "stop_on")
WHEN = ("due_on", "due_clock", *RULE)
SHOWN = 8  # due days that are written out
MOST = 60


class DeadlineForm(wording.Form):
    """The last day with its hour; where it recurs, of the first period, and the rule of all."""

    due_on = forms.DateField(label="截止时间", required=False, widget=DayInput)
    due_clock = forms.TimeField(
        label="截止钟点",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    freq = forms.ChoiceField(label="频次", required=False)
    rule_day = forms.CharField(
        label="每期截止日",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "如 10日、月末、周五"}),
    )
    stop_on = forms.DateField(label="末期不晚于", required=False, widget=DayInput)

    def __init__(self, *args, clause: Clause, **kwargs):
        self.clause = clause
        self.known_rule = rule_of(clause)
        super().__init__(*args, **kwargs)
        self.fields["freq"].choices = self._often()

    def _often(self) -> list[tuple[str, str]]:
        is_known = self.known_rule is None or self._typed().freq != set_by_hand.AS_READ
        as_read = [] if is_known else [(set_by_hand.AS_READ, f"按原文：{self.known_rule.rule}")]
        return [*as_read, *set_by_hand.CHOICES]

    def _typed(self) -> set_by_hand.Typed:
        if self.known_rule is None:
            return set_by_hand.Typed(set_by_hand.ONCE, "", None)
        return set_by_hand.typed(self.known_rule)

    def _when(self) -> dict:
        """What was read, or set already."""
        due, often = self.clause.due_at, self._typed()
        due = due.astimezone(SHANGHAI) if due else None
        return {
            "due_on": due.date() if due else None,
            "due_clock": None if due is None or due.time() == END_OF_DAY else due.time(),
            "freq": often.freq,
            "rule_day": often.day,
            "stop_on": often.stop_on,
        }

    @property
    def is_obligation(self) -> bool:
        return True

    def clean_due_on(self) -> date | None:
        day = self.cleaned_data["due_on"]
        if day and self.is_obligation:
            typed = "due_on" in self.changed_data
            judge = possible_days.problem if typed else possible_days.too_early
            _refuse(judge(day, self.clause.notice))
        return day

    def clean_stop_on(self) -> date | None:
        day = self.cleaned_data["stop_on"]
        if day and self.is_obligation and "stop_on" in self.changed_data:
            _refuse(possible_days.problem(day, self.clause.notice))
        return day

    def clean(self):
        data = super().clean()
        if data.get("due_clock") and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "填了钟点，还要填写哪一天截止")
        is_blank = self.is_obligation and not data.get("due_on") and "due_on" not in self.errors
        if is_blank and (said := possible_days.unsaid(self.clause)):
            self.add_error("due_on", said)
        is_clear = not any(name in self.errors for name in WHEN)
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

    # what the page shows beside the fields

    @property
    def freq_word(self) -> str:
        chosen = dict(self.fields["freq"].choices).get(self["freq"].value(), "")
        return f"{chosen} {self['rule_day'].value() or ''}" if self.has_periods else chosen

    @property
    def has_periods(self) -> bool:
        return self["freq"].value() not in (None, "", set_by_hand.ONCE)

    @property
    def when_faults(self) -> list[str]:
        """Of the day and the frequency, for a part of the page that holds no fields."""
        return [error for name in WHEN for error in self.errors.get(name, ())]

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
        if not days:
            return {}
        is_whole = len(days) <= MOST
        return {
            "rule": rule.rule,
            "days": days[:SHOWN],
            "count": len(days) if is_whole else None,
            "last": days[-1] if is_whole and len(days) > SHOWN else None,
            "is_moved": isinstance(data.get("rule"), RecurringDeadline) and self._is_moved(days[0]),
            "is_endless": set_by_hand.typed(rule).stop_on is None,
        }


def _refuse(said: str) -> None:
    if said:
        raise forms.ValidationError(said)
