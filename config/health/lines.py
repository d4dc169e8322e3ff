"""What a check says: how it is, the figure, since when, and what to do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """Each with the light that is shown beside its word."""

    FINE = "正常"
    NOTE = "注意"
    WRONG = "异常"

    @property
    def light(self) -> str:
        return {State.FINE: "normal", State.NOTE: "soon", State.WRONG: "overdue"}[self]


@dataclass(frozen=True)
class Line:
    """One part of the system. ``command`` is typed on the server, ``url_name`` a page to go to.

    ``since``: the moment that the figure speaks of. Nothing in it is secret: no password, no name
    of an account, no whole address of a service.
    """

    name: str
    state: State
    figure: str
    since: datetime | None = None
    todo: str = ""
    command: str = ""
    url_name: str = ""


def by_age(age: timedelta, *, note: timedelta, wrong: timedelta) -> State:
    """How it is when something last happened so long ago."""
    if age <= note:
        return State.FINE
    return State.NOTE if age <= wrong else State.WRONG


def span(age: timedelta) -> str:
    """A length of time in words, in its largest whole unit."""
    seconds = max(int(age.total_seconds()), 0)
    for length, word in ((86400, "天"), (3600, "小时"), (60, "分钟")):
        if seconds >= length:
            return f"{seconds // length}{word}"
    return f"{seconds}秒"
