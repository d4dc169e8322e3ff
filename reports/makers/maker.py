"""What a maker is told and what it tells: an order in, a file written piece by piece, its progress.

A maker keeps no more than one piece in memory and changes nothing in the database.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bureaus.models import Bureau, Staff
from notices.files.store import Writer
from reports.errors import ReportError

Params = Mapping[str, Any]  # keys and words that JSON knows; never a row
Progress = Callable[[int, int], None]  # so many pieces of so many; raises where it is to stop


class SubjectClosed(ReportError):
    """What the file is about is not, or no longer, for this person's eyes."""


@dataclass(frozen=True)
class Order:
    """``now`` is when the making began: the day that stands on what is made."""

    params: Params
    title: str
    bureau: Bureau
    by: Staff
    now: datetime


class Maker(Protocol):
    """``ENDING`` is that of the file name, with its dot."""

    ENDING: str

    def check(self, user: Staff, params: Params) -> None:
        """Raise SubjectClosed where this person may not have such a file; asked three times: when
        it is asked for, when it is made and when it is fetched.
        """

    def make(self, order: Order, out: Writer, progress: Progress) -> None:
        """Write the whole file. Raises ReportError where there is nothing to make it from."""
