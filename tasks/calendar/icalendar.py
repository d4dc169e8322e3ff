"""A calendar of last moments as text/calendar (RFC 5545, 7986), by the library ``icalendar``. Pure.

Escaping, folding at 75 octets and the order of lines are the library's. A deadline that ends with
its day is a whole day; one that is set by the hour is a moment in UTC, so that no time zone has to
be described. Nothing in it depends on when it is asked for: what has not changed reads the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, vDuration, vText
from icalendar import Event as Component

PRODUCT = "-//SAMR report tracker//Calendar//ZH"
REFRESH = timedelta(hours=6)
KEPT = {"\n", "\t"}


@dataclass(frozen=True)
class Event:
    """A last moment: of a whole ``day``, or ``at`` an hour of it.

    ``uid`` stays the same for ever; ``sequence`` rises when the day is changed or the event is
    cancelled. ``changed_at``: when what it says last became another. ``alarms``: how long before
    its beginning a calendar program reminds.
    """

    uid: str
    sequence: int
    day: date
    summary: str
    description: str
    category: str
    url: str
    changed_at: datetime
    at: datetime | None = None
    is_cancelled: bool = False
    alarms: tuple[timedelta, ...] = ()


def written(name: str, events: Iterable[Event], *, note: str = "") -> bytes:
    """The whole calendar under a ``name``; ``note`` tells its reader what it holds."""
    calendar = Calendar()
    for key, value in (
        ("version", "2.0"),
        ("prodid", PRODUCT),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("name", vText(clean(name))),  # of these names the library knows no type
        ("x-wr-calname", vText(clean(name))),
        ("description", clean(note)),
        ("x-wr-caldesc", vText(clean(note))),
        ("x-wr-timezone", "Asia/Shanghai"),
    ):
        calendar.add(key, value)
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for event in events:
        calendar.add_component(_event(event))
    found: bytes = calendar.to_ical()
    return found


def _event(event: Event) -> Component:
    made = Component()
    changed = event.changed_at.astimezone(UTC).replace(microsecond=0)
    for key, value in (
        ("uid", clean(event.uid)),
        ("dtstamp", changed),
        ("last-modified", changed),
        ("sequence", event.sequence),
        ("summary", clean(event.summary)),
        ("description", clean(event.description)),
        ("categories", [clean(event.category)]),
        ("status", "CANCELLED" if event.is_cancelled else "CONFIRMED"),
        ("transp", "TRANSPARENT"),  # a due day does not make its reader busy
        ("url", event.url),
    ):
        made.add(key, value)
    if event.at is None:
        made.add("dtstart", event.day)
        made.add("dtend", event.day + timedelta(days=1))
    else:  # without an end it ends at the same moment (3.6.1)
        made.add("dtstart", event.at.astimezone(UTC))
    for before in event.alarms:
        made.add_component(_alarm(event, before))
    return made


def _alarm(event: Event, before: timedelta) -> Alarm:
    """Relative to the beginning: Outlook takes no trigger that names a moment."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -before)
    alarm.add("description", clean(event.summary))
    return alarm


def clean(text: str) -> str:
    """``text`` without control characters; its lines end as those of the library do."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in text if char in KEPT or (char >= " " and char != "\x7f"))
