"""A mailbox on disk for a site without a mail server; the web page shows its messages."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class MailboxBackend(BaseEmailBackend):
    """Writes each message to settings.MAILBOX_DIR; the same Message-ID is the same file."""

    def send_messages(self, email_messages):
        folder = Path(settings.MAILBOX_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            mime = message.message()
            target = folder / file_name(mime["Message-ID"])
            part = target.with_suffix(".part")
            part.write_bytes(mime.as_bytes())
            part.replace(target)
        return len(email_messages)


def is_used() -> bool:
    """Do mails stay on this machine, because no mail server is set?"""
    return f"{__name__}.{MailboxBackend.__name__}" == settings.EMAIL_BACKEND


@dataclass(frozen=True)
class Letter:
    """One message as the page shows it."""

    key: str
    at: datetime
    to: str
    subject: str
    text: str


def file_name(message_key: str) -> str:
    return hashlib.sha256(message_key.encode()).hexdigest()[:32] + ".eml"


def find(message_key: str) -> Letter | None:
    """The message with this Message-ID, where it lies in the mailbox."""
    path = Path(settings.MAILBOX_DIR) / file_name(message_key)
    if not path.exists():
        return None
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    return Letter(
        key=message_key,
        at=parsedate_to_datetime(message["Date"]).replace(tzinfo=UTC),  # Django writes -0000
        to=str(message["To"]),
        subject=str(message["Subject"]).strip(),
        text=body.get_content() if body else "",
    )
