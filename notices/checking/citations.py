"""Which notices name one another, as far as a person may see them."""

from collections import defaultdict
from dataclasses import dataclass

from bureaus.models import Staff
from notices.models import Citation, Notice
from notices.text.citations import citations


@dataclass(frozen=True)
class Cited:
    """A number that a notice names, and the notices of that number that this person may see."""

    number: str
    kind: str
    notices: list[Notice]


def rows(notice: Notice) -> list[Citation]:
    """Unsaved rows, one for each number that the text names."""
    return [
        Citation(notice=notice, number=found.number, kind=Citation.Kind(found.kind))
        for found in citations(notice.body, notice.doc_number)
    ]


def linked(notice: Notice, user: Staff) -> dict[str, list[Cited]]:
    """For notices/_citations.html."""
    return {"cites": cites(notice, user), "cited_by": cited_by(notice, user)}


def cites(notice: Notice, user: Staff) -> list[Cited]:
    """What it names, whether it is in the library or not; in the order of the text."""
    named = list(notice.citations.all())
    found: dict[str, list[Notice]] = defaultdict(list)
    numbers = {one.number for one in named}
    for other in _seen(user).same_numbers(numbers).exclude(pk=notice.pk) if numbers else ():
        found[other.doc_number].append(other)
    return [Cited(one.number, one.get_kind_display(), found[one.number]) for one in named]


def cited_by(notice: Notice, user: Staff) -> list[Cited]:
    """Those that name it, the latest first, one line each."""
    if not notice.doc_number:
        return []
    naming = _seen(user).citing(notice.doc_number).exclude(pk=notice.pk)
    return [Cited(other.citation, Citation.Kind(other.cited_as).label, [other]) for other in naming]


def _seen(user: Staff):
    seen = Notice.objects.visible_to(user).originals()
    return seen.select_related("bureau").defer("body", "reading_json")
