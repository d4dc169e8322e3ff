"""What a notice takes over from a fuller or corrected copy; part of the action that merges them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from notices.actions import searching
from notices.actions.carrying_attachments import take_over
from notices.actions.carrying_clauses import Clauses, copied
from notices.checking import citations
from notices.checking.twins import FACTS, Comparison
from notices.models import Citation, Clause, ClauseChange, Notice, Source
from notices.states import NoticeState

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
    pairs, forms = comparison.duties, comparison.said_of_forms()  # while the rows stand as they did
    numbers = take_over(comparison)
    _facts(old, new)
    old.citations.all().delete()
    Citation.objects.bulk_create(citations.rows(old))
    searching.keep(old)
    clauses = Clauses(comparison, source, numbers)
    for pair in pairs:
        clauses.settle(pair)
    old.clauses.requirements().delete()
    for work in new.clauses.requirements():
        copied(work, old)
    return Carried(clauses.added, clauses.changes, forms)


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
