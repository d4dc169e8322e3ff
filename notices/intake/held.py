"""Files whose title is asked for: kept until it is typed, so that they need not be sent again.

The page carries a signed name of them; it is good for the person who sent them, for a day.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.core import signing

from bureaus.models import Staff
from notices.intake import spool

_SALT = "notices.intake.held"
_LONGEST = timedelta(days=1)


def hold(files: Sequence[spool.File], *, by: Staff) -> str:
    """Keep the files; returns what the page has to carry, empty where there are none."""
    return signing.dumps([by.pk, spool.put(files)], salt=_SALT) if files else ""


def files(token: str, *, by: Staff) -> list[spool.File]:
    """The files; none where they were dropped, or are another person's."""
    name = _name(token, by)
    try:
        return spool.get(name) if name else []
    except FileNotFoundError:
        return []


def drop(token: str, *, by: Staff) -> None:
    """Forget the files; nothing where they are gone or are another person's."""
    name = _name(token, by)
    if name:
        spool.drop(name)


def _name(token: str, by: Staff) -> str:
    try:
        owner, name = signing.loads(token, salt=_SALT, max_age=_LONGEST) if token else (None, "")
    except signing.BadSignature:
        return ""
    return str(name) if owner == by.pk else ""
