"""Which versions of units and people this request has seen in the database.

They are read with the person, by one statement, at the beginning of a request. Outside of one, and
after the request itself has changed something, none is known: then all is read from the database.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

UNITS, PEOPLE = "units", "people"  # bureaus and working days; accounts, posts, delegations

_seen: ContextVar[dict[str, int] | None] = ContextVar("bureaus_versions", default=None)


@contextmanager
def of_a_request() -> Iterator[None]:
    token = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(token)


def see(**versions: int) -> None:
    """What the database says at this moment; of no use outside a request."""
    seen = _seen.get()
    if seen is not None:
        seen.update(versions)


def forget(kind: str) -> None:
    """This request has changed it, for itself alone until it commits."""
    seen = _seen.get()
    if seen is not None:
        seen.pop(kind, None)


def known(*kinds: str) -> tuple[int, ...] | None:
    """The versions of all of these, or None where one is not known."""
    seen = _seen.get() or {}
    return tuple(seen[kind] for kind in kinds) if all(kind in seen for kind in kinds) else None
