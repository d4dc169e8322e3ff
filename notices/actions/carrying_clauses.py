"""The duties of a notice and of its copy put together; part of the action that merges the two."""

from collections.abc import Mapping

from notices.checking.marks import Searched
from notices.checking.twins import Comparison
from notices.models import Clause, ClauseChange, Notice, Source
from notices.states import ClauseState, NoticeState
from notices.text.characters.normalize import fold
from notices.text.comparing import items

PLACE = ("quote", "start_at", "end_at")


class Clauses:
    """The duties of both copies, put together one by one."""

    def __init__(self, comparison: Comparison, source: Source, numbers: Mapping[int, int]) -> None:
        self.notice, self.source, self.numbers = comparison.old, source, numbers
        self.old, self.new = comparison.old_clauses, comparison.new_clauses
        self.body = Searched(fold(self.notice.body), 0, len(self.notice.body))
        positions = self.notice.clauses.reports().values_list("position", flat=True)
        self.last = max(positions, default=0)
        self.added: list[Clause] = []
        self.changes: list[ClauseChange] = []

    def settle(self, pair: items.Pair) -> None:
        old = self.old[pair.old.key] if pair.old else None
        new = self.new[pair.new.key] if pair.new else None
        if old and new:
            self._known(old, new, is_moved=pair.is_moved)
        elif new:
            self.last += 1
            attachments = self._numbers(new)
            self.added.append(
                copied(new, self.notice, position=self.last, attachment_numbers=attachments)
            )
        elif old:
            self._gone(old)

    def _known(self, old: Clause, new: Clause, *, is_moved: bool) -> None:
        """A person's word stays; what nobody has filed yet is read anew, confirmed or not."""
        _take(old, new, PLACE)
        old.who, old.report_to = new.who or old.who, new.report_to or old.report_to
        if self._is_open(old):
            old.state = ClauseState.PROPOSED
            if old.confidence is not None:
                _take(old, new, ("deliverable", "confidence"))
                old.attachment_numbers = self._numbers(new)
            _take(old, new, (*ClauseChange.DEADLINE, "needs_confirming"))
        else:
            old.attachment_numbers = old.attachment_numbers or self._numbers(new)
            old.changes.filter(decision="").delete()
            if is_moved and old.state == ClauseState.CONFIRMED:
                self._change(old, ClauseChange.Kind.MOVED, new)
        old.save()

    def _gone(self, old: Clause) -> None:
        """What the new copy does not ask for: its words may still stand there."""
        place = self.body.first(old.quote)
        old.changes.filter(decision="").delete()
        if self._is_open(old) and old.confidence is not None and place is None:
            old.delete()
            return
        old.start_at, old.end_at = place or (None, None)
        old.save(update_fields=["start_at", "end_at"])
        if place is None and not self._is_open(old) and old.state == ClauseState.CONFIRMED:
            self._change(old, ClauseChange.Kind.GONE, None)

    def _is_open(self, old: Clause) -> bool:
        return old.state == ClauseState.PROPOSED or self.notice.state == NoticeState.TO_CHECK

    def _change(self, old: Clause, kind: ClauseChange.Kind, new: Clause | None) -> None:
        change = ClauseChange(clause=old, source=self.source, kind=kind, old_due_at=old.due_at)
        for name in ClauseChange.DEADLINE if new else ():
            setattr(change, f"new_{name}", getattr(new, name))
        change.save()
        self.changes.append(change)

    def _numbers(self, new: Clause) -> str:
        """The attachments that a clause of the new copy refers to, as they are numbered now."""
        found = {self.numbers.get(number, number) for number in new.attachments_referred}
        return ",".join(str(number) for number in sorted(found))


def _take(old: Clause, new: Clause, names: tuple[str, ...]) -> None:
    for name in names:
        setattr(old, name, getattr(new, name))


def copied(clause: Clause, notice: Notice, **changed: object) -> Clause:
    """The same row for another notice; the upload keeps its own."""
    made: Clause = Clause.objects.get(pk=clause.pk)
    made.pk, made.notice, made.state = None, notice, ClauseState.PROPOSED
    made._state.adding = True
    for name, value in changed.items():
        setattr(made, name, value)
    made.save()
    return made
