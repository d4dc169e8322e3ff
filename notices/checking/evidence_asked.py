"""What a directive asks for beside its forms: 图片, 视频, 盖章件, and files such as a 工作方案."""

from collections.abc import Iterable
from dataclasses import dataclass

from notices.models import Clause, Notice
from notices.states import AS_READ, DOCUMENT_LENGTH, EvidenceKind
from notices.text.clauses import enclosures
from notices.text.clauses.documents import as_file, documents


@dataclass(frozen=True)
class Asked:
    """A kind and the words of the directive that ask for it."""

    kind: EvidenceKind
    words: str


@dataclass(frozen=True)
class Wanted:
    """Of one clause: what its words ask for, what is to be taken, and what the file is called.

    The two differ where a person has set it. ``document`` names the deliverable where it is a
    document that no form takes; without it a bureau could only hand in an empty page.
    """

    asked: list[Asked]
    kinds: list[EvidenceKind]
    document: str


def by(clause: Clause) -> Wanted:
    """By the clause, by sentences for all of the notice, by a form with 填报单位（盖章）."""
    return by_each(clause.notice, [clause])[clause.pk]


def by_each(notice: Notice, clauses: Iterable[Clause]) -> dict[int, Wanted]:
    """The same for several clauses of one notice, by their keys."""
    spans = [
        (one.start_at, one.end_at)
        for one in notice.clauses.all()
        if one.start_at is not None and one.end_at is not None
    ]
    of_all = enclosures.in_rest(notice.body, spans)
    attached = list(notice.attachments.all())
    bodies = {one.position: one.body_json for one in attached}
    forms = {one.position for one in attached if one.is_fillable}
    found = {}
    for clause in clauses:
        readings = [*enclosures.in_clause(clause.quote, clause.deliverable), *of_all]
        line = enclosures.seal_line(bodies.get(n, "") for n in clause.attachments_referred)
        words: dict[EvidenceKind, str] = {}
        for reading in [*readings, *([line] if line else [])]:
            words.setdefault(EvidenceKind(reading.kind), reading.words)
        found[clause.pk] = _wanted(clause, words, forms.isdisjoint(clause.attachments_referred))
    return found


def _wanted(clause: Clause, words: dict[EvidenceKind, str], has_no_form: bool) -> Wanted:
    named = documents(clause.deliverable) if has_no_form else []
    if named:
        words.setdefault(EvidenceKind.FILE, "、".join(named))
    asked = [Asked(kind, words[kind]) for kind in EvidenceKind if kind in words]
    if clause.evidence == AS_READ:
        document = as_file(named, DOCUMENT_LENGTH) if named else ""
        return Wanted(asked, [one.kind for one in asked], document)
    return Wanted(asked, kinds_of(clause.evidence), clause.document)


def kinds_of(joint: str) -> list[EvidenceKind]:
    """What ``joined`` has put together."""
    return [EvidenceKind(kind) for kind in joint.split(",") if kind]


def joined(kinds: Iterable[EvidenceKind]) -> str:
    """As a clause or an obligation keeps them, in the order of ``EvidenceKind``."""
    wanted = set(kinds)
    return ",".join(kind for kind in EvidenceKind if kind in wanted)


def in_words(kinds: Iterable[str]) -> str:
    """图片、盖章件, or 无."""
    return "、".join(EvidenceKind(kind).label for kind in kinds) or "无"
