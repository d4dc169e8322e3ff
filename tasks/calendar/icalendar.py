"""A calendar of all-day events as text/calendar (RFC 5545, 7986). Pure.

Only what a list of due days needs: no times of day, so no time zones; no repetition, no alarms.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

PRODUCT = "-//SAMR report tracker//Calendar//ZH"
REFRESH = "PT6H"
LINE = 75  # octets without the line break (RFC 5545, 3.1)
KEPT = {"\n", "\t"}


@dataclass(frozen=True)
class Event:
    """One day. ``uid`` stays the same for ever; ``sequence`` rises when the day is changed."""

    uid: str
    sequence: int
    day: date
    summary: str
    description: str
    category: str
    url: str


def written(name: str, events: Iterable[Event], *, note: str = "", now: datetime) -> bytes:
    """The whole calendar under a ``name``; ``note`` tells its reader what it holds."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        f"DESCRIPTION:{escaped(note)}",
        f"X-WR-CALDESC:{escaped(note)}",
        "X-WR-TIMEZONE:Asia/Shanghai",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    ]
    for event in events:
        lines += _event(event, now)
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in folded(line))


def _event(event: Event, now: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{escaped(event.uid)}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(event.summary)}",
        f"DESCRIPTION:{escaped(event.description)}",
        f"CATEGORIES:{escaped(event.category)}",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",  # a due day does not make its reader busy
        f"URL:{event.url}",
        "END:VEVENT",
    ]


def escaped(text: str) -> str:
    """``text`` as a value of type TEXT (RFC 5545, 3.3.11); control characters are left out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(char for char in text if char in KEPT or (char >= " " and char != "\x7f"))
    for char in ("\\", ";", ","):
        text = text.replace(char, f"\\{char}")
    return text.replace("\n", "\\n")


def folded(line: str) -> Iterator[bytes]:
    """``line`` in pieces of at most 75 octets, all but the first begun by a space.

    No character is cut: the octets that follow the first of a UTF-8 character begin with bits 10.
    """
    octets = line.encode()
    start, room = 0, LINE
    lead = b""
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0b1100_0000 == 0b1000_0000:
            end -= 1
        yield lead + octets[start:end]
        start, room, lead = end, LINE - 1, b" "
    yield lead + octets[start:]
