"""What an obligation is found by; part of the actions that write it or its notice."""

from collections.abc import Iterable

from bureaus.search import keeping
from tasks.models import Obligation, ObligationText, search_text


def keep(obligations: Iterable[Obligation]) -> None:
    """Write it as they and their notices stand now."""
    keeping.keep(ObligationText, obligations, search_text)
