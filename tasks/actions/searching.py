"""What an obligation is found by follows it and its notice; part of the actions that write them."""

from collections.abc import Iterable

from bureaus.search import keeping
from tasks.models import Obligation, ObligationText, search_text


def keep(obligations: Iterable[Obligation]) -> None:
    """Write it as they and their notices stand now."""
    keeping.keep(ObligationText, obligations, search_text)
