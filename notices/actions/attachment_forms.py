"""Whether the form that an attachment asks for was looked at, for those who issue."""

from datetime import datetime

from notices.models import Attachment, Notice


def note_confirmed(notice: Notice, number: int, *, now: datetime) -> None:
    """Let the form go out; part of the action that confirms it. Plain text has no attachment."""
    Attachment.objects.filter(notice=notice, position=number).update(form_confirmed_at=now)
