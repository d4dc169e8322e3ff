"""What a directive asks for beside its forms: 图片, 视频, 盖章件, 其他材料."""

from collections.abc import Iterable
from dataclasses import dataclass

from notices.models import Clause, Notice
from notices.text.clauses import enclosures
from tasks.states import EvidenceKind


@dataclass(frozen=True)
class Asked:
    """A kind and the words of the directive that ask for it."""

    kind: EvidenceKind
    words: str


def by(clause: Clause) -> list[Asked]:
    """By the clause, by sentences for all of the notice, by a form with 填报单位（盖章）."""
    return by_each(clause.notice, [clause])[clause.pk]


def by_each(notice: Notice, clauses: Iterable[Clause]) -> dict[int, list[Asked]]:
    """The same for several clauses of one notice, by their keys."""
    spans = [
        (one.start_at, one.end_at)
        for one in notice.clauses.all()
        if one.start_at is not None and one.end_at is not None
    ]
    of_all = enclosures.in_rest(notice.body, spans)
    forms = dict(notice.attachments.values_list("position", "body_json"))
    found = {}
    for clause in clauses:
        readings = [*enclosures.in_clause(clause.quote, clause.deliverable), *of_all]
        line = enclosures.seal_line(forms.get(n, "") for n in clause.attachments_referred)
        words: dict[EvidenceKind, str] = {}
        for reading in [*readings, *([line] if line else [])]:
            words.setdefault(EvidenceKind(reading.kind), reading.words)
        found[clause.pk] = [Asked(kind, words[kind]) for kind in EvidenceKind if kind in words]
    return found


def joined(kinds: Iterable[EvidenceKind]) -> str:
    """As an obligation keeps them, in the order of ``EvidenceKind``."""
    wanted = set(kinds)
    return ",".join(kind for kind in EvidenceKind if kind in wanted)


def in_words(kinds: Iterable[str]) -> str:
    return "、".join(EvidenceKind(kind).label for kind in kinds) or "无"
