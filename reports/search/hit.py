"""What the search shows of one thing, and what a kind of things is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bureaus.models import Staff
from bureaus.search.asked import Asked
from bureaus.search.excerpts import Run
from bureaus.search.finding import Found


@dataclass(frozen=True)
class Hit:
    """``url`` opens it for whom it was found for; ``facts`` is a line, ``excerpt`` the words."""

    title: list[Run]
    url: str
    facts: str = ""
    excerpt: list[Run] = field(default_factory=list)


@dataclass(frozen=True)
class Kind:
    """``find`` gives the keys of what this person may open, ``show`` the hits of some of them."""

    code: str
    label: str
    short: str
    find: Callable[[Staff, Asked, int], Found]
    show: Callable[[Staff, Sequence[int], Asked], list[Hit]]
    takes_one: bool = False
    """Looks for a single character, too."""
    is_typed: bool = True
    """Is offered while one types: what is read within a few milliseconds."""
