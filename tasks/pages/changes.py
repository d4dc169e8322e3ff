"""What the page 核对变动 shows: new duties, changes of confirmed ones and what these would do."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from notices.checking.decisions import Decision
from notices.forms.checking import DecisionForm
from notices.models import Clause, ClauseChange, Notice
from notices.pages.twin_words import deadline
from notices.states import ClauseState
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.forms.changes import ChangeForm
from tasks.issuing import change_effects, clause_changes
from tasks.issuing.change_effects import Amendment, Withdrawal
from tasks.issuing.clause_changes import Settlement
from tasks.models import Obligation


def waiting(notice: Notice) -> int:
    """How many new duties and changes of a filed notice wait for a person."""
    fresh = notice.clauses.reports().filter(state=ClauseState.PROPOSED).count()
    return fresh + ClauseChange.objects.filter(clause__notice=notice, decision="").count()


@dataclass(frozen=True)
class Effect:
    """One obligation that was issued, and what adopting the change would do to it; nothing where
    the change is not about it (another period, a day set since)."""

    obligation: Obligation
    amendment: Amendment | None = None
    withdrawal: Withdrawal | None = None


@dataclass(frozen=True)
class Line:
    """One change with its form."""

    change: ClauseChange
    form: ChangeForm
    effects: list[Effect]

    @property
    def old(self) -> str:
        return deadline(self.change.old_due_at, self.change.clause.deadline)

    @property
    def new(self) -> str:
        return deadline(self.change.new_due_at, self.change.new_deadline)

    @property
    def is_gone(self) -> bool:
        return self.change.kind == ClauseChange.Kind.GONE


class ChangesPage:
    """``data`` are the decisions as posted, None before anything was."""

    def __init__(
        self, notice: Notice, *, now: datetime, calendar: WorkCalendar, data: QueryDict | None
    ) -> None:
        self.notice = notice
        attachments = list(notice.attachments.all())
        fresh = notice.clauses.reports().filter(state=ClauseState.PROPOSED)
        self.decisions = [
            DecisionForm(data, clause=clause, attachments=attachments) for clause in fresh
        ]
        changes = ClauseChange.objects.filter(clause__notice=notice, decision="")
        self.lines = [
            Line(change, ChangeForm(data, change=change), _effects(change, now, calendar))
            for change in changes.select_related("clause__notice", "source")
        ]

    @property
    def is_empty(self) -> bool:
        return not (self.decisions or self.lines)

    @property
    def clauses(self) -> list[Clause]:
        """What is to be marked in the text."""
        fresh = [form.clause for form in self.decisions]
        return fresh + [line.change.clause for line in self.lines]

    def is_valid(self) -> bool:
        """Every form is judged, so that each fault stands at its place."""
        judged = [form.is_valid() for form in self.decisions]
        judged += [line.form.is_valid() for line in self.lines]
        return all(judged)

    def decided(self) -> dict[int, Decision]:
        return {form.clause.pk: form.value() for form in self.decisions}

    def settled(self) -> dict[int, Settlement]:
        return {line.change.pk: line.form.value() for line in self.lines}


def _effects(change: ClauseChange, now: datetime, calendar: WorkCalendar) -> list[Effect]:
    return [_effect(change, one, now, calendar) for one in clause_changes.issued_by(change.clause)]


def _effect(
    change: ClauseChange, obligation: Obligation, now: datetime, calendar: WorkCalendar
) -> Effect:
    if change.kind == ClauseChange.Kind.GONE:
        return Effect(obligation, withdrawal=change_effects.of_withdrawing(obligation))
    if not clause_changes.moves(change, obligation):
        return Effect(obligation)
    day = local_day(change.new_due_at) if change.new_due_at else None
    amendment = change_effects.of_amending(obligation, day, now=now, calendar=calendar)
    return Effect(obligation, amendment=amendment)
