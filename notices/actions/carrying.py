"""What a notice takes over from a fuller or corrected copy; part of the action that merges them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from notices.checking import citations
from notices.checking.marks import Searched
from notices.checking.twins import FACTS, Comparison
from notices.models import Attachment, Citation, Clause, ClauseChange, Notice, Source
from notices.states import AttachmentKind, ClauseState, NoticeState
from notices.text.characters.normalize import fold
from notices.text.comparing import items

DEADLINE = ("due_at", "strict_on", "target_on", "review_on", "deadline_json", "explanation")
PLACE = ("quote", "start_at", "end_at")
READING = {  # of a field of the notice, its name in the reading
    "written_on": "written_date",
    "printed_on": "printed_date",
    "published_on": "published_date",
}


@dataclass(frozen=True)
class Carried:
    """Duties that are new and wait to be checked, confirmed ones that say otherwise, and the
    attachments that changed, in words."""

    added: list[Clause] = field(default_factory=list)
    changes: list[ClauseChange] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)

    @property
    def detail(self) -> dict[str, object]:
        return {
            "added": [clause.deliverable for clause in self.added],
            "changed": [str(change) for change in self.changes],
            "forms": self.forms,
        }


def carry(comparison: Comparison, source: Source) -> Carried:
    """Write it all on the notice that stays; within the caller's transaction and audit event."""
    old, new = comparison.old, comparison.new
    pairs, forms = comparison.duties, said_of_forms(comparison)  # while the rows stand as they did
    numbers = _attachments(comparison)
    _facts(old, new)
    old.citations.all().delete()
    Citation.objects.bulk_create(citations.rows(old))
    clauses = _Clauses(comparison, source, numbers)
    for pair in pairs:
        clauses.settle(pair)
    old.clauses.requirements().delete()
    for work in new.clauses.requirements():
        _copy(work, old)
    return Carried(clauses.added, clauses.changes, forms)


def said_of_forms(comparison: Comparison) -> list[str]:
    """附件1：增加1栏（金额）."""
    said = []
    for pair in comparison.attachments:
        if not pair.is_changed:
            continue
        words = "新增" if pair.old is None else "新件中没有" if pair.new is None else ""
        words = words or "，".join(pair.changes)
        said += [
            f"附件{one.position}《{one.title}》：{words}" for one in (pair.new or pair.old,) if one
        ]
    return said


def _facts(old: Notice, new: Notice) -> None:
    """What the new copy says, but where a person has corrected what the old one said."""
    before = old.reading
    for name in FACTS:
        value, was = getattr(new, name), _read(before, name)
        is_corrected = was is not None and str(getattr(old, name) or "") != was
        if name == "title" and not was:  # named after its file, until a person has checked it
            is_corrected = old.state != NoticeState.TO_CHECK
        if value and name != "doc_number" and not is_corrected:
            setattr(old, name, value)
    for name in ("body", "reading_json", "source_name", "digest", "is_truncated"):
        setattr(old, name, getattr(new, name))
    old.save()


def _read(reading: Mapping[str, object], name: str) -> str | None:
    """As it was read, to see whether a person has written something else since."""
    if name not in ("title", "recipients_text", "written_on", "printed_on", "urgency"):
        return None
    return str(reading.get(READING.get(name, name)) or "")


def _attachments(comparison: Comparison) -> dict[int, int]:
    """Take over the attachments; returns the number that each of the new copy has from now on.

    A filed notice keeps its numbers, for forms are known by them; what is new comes at the end.
    """
    old, keeps = comparison.old, comparison.old.state == NoticeState.FILED
    mine = {one.position: one for one in old.attachments.all()}
    theirs = {one.position: one for one in comparison.new.attachments.all()}
    numbers: dict[int, int] = {}
    kept: list[Attachment] = []
    last = max(mine, default=0) if keeps else max(theirs, default=0)
    for pair in comparison.attachments:
        was = mine.get(pair.old.position) if pair.old else None
        comes = theirs.get(pair.new.position) if pair.new else None
        if was and comes:
            position = was.position if keeps else comes.position
        elif was and keeps:
            position = was.position
        elif comes and not keeps:
            position = comes.position
        else:
            last += 1
            position = last
        if comes:
            numbers[comes.position] = position
        kept.append(_joined(was, comes, position, old))
    _write(old, kept)
    return numbers


def _joined(
    was: Attachment | None, comes: Attachment | None, position: int, notice: Notice
) -> Attachment:
    """The new copy's attachment, but no body is lost that only the old one has."""
    row = was or Attachment(notice=notice)
    row.position = position
    if comes:
        row.title = comes.title or row.title
        if was is None or comes.kind != AttachmentKind.MISSING:
            row.kind, row.body_json = comes.kind, comes.body_json
    return row


def _write(notice: Notice, rows: list[Attachment]) -> None:
    """Positions may change places, so those that move make room first."""
    for aside, row in enumerate((row for row in rows if row.pk), start=10_000):
        Attachment.objects.filter(pk=row.pk).update(position=aside)
    for row in rows:
        row.save()


class _Clauses:
    """The duties of both copies, put together one by one."""

    def __init__(self, comparison: Comparison, source: Source, numbers: Mapping[int, int]) -> None:
        self.notice, self.source, self.numbers = comparison.old, source, numbers
        self.old, self.new = comparison.old_clauses, comparison.new_clauses
        self.body = Searched(fold(self.notice.body), 0, len(self.notice.body))
        self.last = max((clause.position for clause in self.old.values()), default=0)
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
                _copy(new, self.notice, position=self.last, attachment_numbers=attachments)
            )
        elif old:
            self._gone(old)

    def _known(self, old: Clause, new: Clause, *, is_moved: bool) -> None:
        """A person's word stays; what nobody has decided yet is read anew."""
        _take(old, new, PLACE)
        old.who, old.report_to = new.who or old.who, new.report_to or old.report_to
        if old.state == ClauseState.PROPOSED:
            if old.confidence is not None:
                _take(old, new, ("deliverable", "confidence"))
                old.attachment_numbers = self._numbers(new)
            _take(old, new, (*DEADLINE, "needs_confirming"))
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
        if old.state == ClauseState.PROPOSED and old.confidence is not None and place is None:
            old.delete()
            return
        old.start_at, old.end_at = place or (None, None)
        old.save(update_fields=["start_at", "end_at"])
        if place is None and old.state == ClauseState.CONFIRMED:
            self._change(old, ClauseChange.Kind.GONE, None)

    def _change(self, old: Clause, kind: ClauseChange.Kind, new: Clause | None) -> None:
        change = ClauseChange(clause=old, source=self.source, kind=kind, old_due_at=old.due_at)
        for name in (
            "due_at",
            "strict_on",
            "target_on",
            "review_on",
            "deadline_json",
            "explanation",
        ):
            if new:
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


def _copy(clause: Clause, notice: Notice, **changed: object) -> Clause:
    """The same row for another notice; the upload keeps its own."""
    made: Clause = Clause.objects.get(pk=clause.pk)
    made.pk, made.notice, made.state = None, notice, ClauseState.PROPOSED
    made._state.adding = True
    for name, value in changed.items():
        setattr(made, name, value)
    made.save()
    return made
