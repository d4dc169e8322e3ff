"""A calendar program that has a secret address and never logs in."""

from django.test import Client

from bureaus.models import Staff
from tasks.actions import feeds
from tests.factories import NOW
from tests.tasks import ics


def opened(person: Staff, bureau=None) -> str:
    """The path of a new feed of this person."""
    _, secret = feeds.open_feed(person, bureau=bureau, now=NOW, by=person)
    return f"/calendar/feed/{secret}.ics"


def read(path: str) -> ics.Component:
    """What a calendar program gets that has never logged in."""
    answer = Client().get(path)
    assert answer.status_code == 200
    return ics.read(answer.content)


def summaries(path: str) -> list[tuple[str, str]]:
    """(day, summary) of each event."""
    return [(one["DTSTART;VALUE=DATE"], one["SUMMARY"]) for one in read(path).events]
