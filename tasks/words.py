"""Which obligations and assignments some words mean.

An assignment is found by its obligation, by the notice of that and by the bureau that owes it. The
words are looked for in those small tables, never in every assignment.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

from bureaus.models import Bureau
from bureaus.search import keeping
from bureaus.search.among import Among
from bureaus.search.asked import Asked
from bureaus.search.spelling import squeezed
from tasks.models import Obligation, ObligationText, search_text
from tasks.querysets.assignments import AssignmentQuerySet
from tasks.querysets.obligations import ObligationQuerySet

HANDFUL = 20  # obligations that a database does best to go by, wherever their rows stand in a list


def obligations(rows: ObligationQuerySet, asked: Asked) -> ObligationQuerySet:
    """Of ``rows`` those that hold every word, themselves or in title and 文号 of their notice."""
    found = ObligationText.objects.holding(asked.words).values("pk")
    return rows.filter(pk__in=found) if asked else rows.none()


def assignments(rows: AssignmentQuerySet, asked: Asked) -> AssignmentQuerySet:
    """Of ``rows`` those of which the obligation or the bureau's short name holds each word."""
    places = _places(asked)
    of_matter = [word for word in asked.words if not places[word]]
    if not asked:
        return rows.none()
    if of_matter:
        rows = _asking(rows, _keys(of_matter))
    for word in asked.words:
        if places[word]:
            owed_there = Among("bureau_path", places[word])
            rows = rows.filter(Q(Among("obligation_id", _keys([word]))) | Q(owed_there))
    return rows


def keep(matters: Iterable[Obligation]) -> None:
    """What they are found by, as they and their notices stand now; part of the actions that write
    either."""
    keeping.keep(ObligationText, matters, search_text)


def _asking(rows: AssignmentQuerySet, keys: list[int]) -> AssignmentQuerySet:
    if not keys:
        return rows.none()
    if len(keys) > HANDFUL:
        return rows.filter(Among("obligation_id", keys))
    # Out of their table, and never one alone: a single key the planner puts into the rows and
    # walks the order again. 0 is the key of none.
    return rows.filter(obligation__in=Obligation.objects.filter(pk__in=[*keys, 0]))


def _keys(words: list[str]) -> list[int]:
    """Of the obligations that hold all of them: found once, whatever is asked of the rows."""
    return list(ObligationText.objects.holding(words).values_list("pk", flat=True))


def _places(asked: Asked) -> dict[str, list[str]]:
    """By word, the paths of the bureaus whose short name holds it."""
    named = reduce(or_, (Q(short_name__icontains=word) for word in asked.words), Q(pk__in=()))
    found = Bureau.objects.filter(named).order_by().values_list("short_name", "path")
    names = [(squeezed(name), path) for name, path in found]
    return {word: [path for name, path in names if word in name] for word in asked.words}
