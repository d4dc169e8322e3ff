"""A mail server on a free loopback port that keeps what it receives."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller

from scripts.valkey import free_port

FULL_NOW, FULL = "452 4.2.2 mailbox full", "552 5.2.2 mailbox full"


@dataclass
class Inbox:
    """What arrived, and how the server behaves.

    ``refused``: recipients it turns away; ``answers``: what it says to a recipient instead;
    ``delay``: seconds it takes over each mail.
    """

    url: str
    messages: list[EmailMessage] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    answers: dict[str, str] = field(default_factory=dict)
    delay: float = 0

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in self.refused:
            return "550 no such mailbox"
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.delay:
            await asyncio.sleep(self.delay)
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@contextmanager
def server(port: int = 0, tls: ssl.SSLContext | None = None) -> Iterator[Inbox]:
    """Start a server; yield its inbox, whose ``url`` is fit for EMAIL_URL; stop it.

    ``port``: where another was before it. With ``tls`` it offers STARTTLS.
    """
    port = port or free_port()
    scheme = "smtp+tls" if tls else "smtp"
    inbox = Inbox(f"{scheme}://127.0.0.1:{port}")
    controller = Controller(inbox, hostname="127.0.0.1", port=port, tls_context=tls)
    controller.start()
    try:
        yield inbox
    finally:
        controller.stop()
