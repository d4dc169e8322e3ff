"""One reporting obligation as read, and the setting it was read in."""

import re
from dataclasses import dataclass
from datetime import date

from notices.text.deadlines.dates import BaseDay
from notices.text.deadlines.rules import Deadline

ASKS_PUBLIC = re.compile(
    r"[向对]社会(?:各界)?(?:公众|公开)?(?:公开)?(?:征求|征集)|公开征求.{0,20}意见的公告"
)
"""The public is asked for opinions; 反馈 is then no duty of anybody."""


@dataclass(frozen=True, slots=True)
class ObligationReading:
    """One deliverable with one deadline, and the words it was read from.

    `quote` is `source[start:end]`. `attachment_refs` are numbers in the notice's list, from 1.
    `confidence` is 0 to 1; below 0.7 a person should look first.
    """

    quote: str
    start: int
    end: int
    who: str | None
    deliverable: str | None
    report_to: str | None
    attachment_refs: tuple[int, ...]
    deadline: Deadline
    confidence: float

    def as_json(self) -> dict[str, object]:
        return {
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "who": self.who,
            "deliverable": self.deliverable,
            "report_to": self.report_to,
            "attachment_refs": list(self.attachment_refs),
            "deadline": self.deadline.as_json(),
            "confidence": self.confidence,
        }


@dataclass(frozen=True, slots=True)
class Setting:
    """What the rest of the notice says that a clause depends on."""

    source: str
    issued_on: BaseDay | date | None
    issuers: tuple[str, ...]
    recipients: str
    attachments: tuple[str, ...]
    asks_public: bool = False
    """The notice asks the public for opinions: 反馈 is then nobody's duty."""
    title: str = ""
