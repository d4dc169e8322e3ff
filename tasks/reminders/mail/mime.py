"""A mail's bytes as Django writes them, but each header that many mails share is folded once."""

import re
from email.policy import compat32
from email.utils import formatdate
from functools import lru_cache
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import RFC5322_EMAIL_LINE_LENGTH_LIMIT as MOST
from django.core.mail.message import forbid_multi_line_headers, sanitize_address

UTF_8, CRLF = "utf-8", "\r\n"
SHORT = 70  # characters of a header that is not folded
PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")
ENDS = re.compile(r"\r\n|\r|\n")
PART = 'Content-Type: {kind}; charset="utf-8"\r\nMIME-Version: 1.0\r\n'
PART += "Content-Transfer-Encoding: {bits}bit\r\n\r\n"
FOLDING = compat32.clone(linesep=CRLF)


def written(message: EmailMultiAlternatives) -> bytes:
    """Ready for a mail server. Raises BadHeaderError where a header has several lines."""
    texts = [(message.body, "text/plain"), *message.alternatives]
    bodies = [(ENDS.sub(CRLF, text), kind) for text, kind in texts]
    if any(_is_long(body) for body, _ in bodies):  # Django then encodes the part
        return message.message().as_bytes(linesep=CRLF)
    edge = f"==============={uuid4().hex}=="
    parts = [f"--{edge}{CRLF}{_part(body, kind)}{CRLF}" for body, kind in bodies]
    head = f'Content-Type: multipart/alternative;\r\n boundary="{edge}"\r\nMIME-Version: 1.0\r\n'
    return f"{head}{_headers(message)}{CRLF}{''.join(parts)}--{edge}--{CRLF}".encode()


def _part(body: str, kind: str) -> str:
    return PART.format(kind=kind, bits=7 if body.isascii() else 8) + body


@lru_cache(maxsize=256)
def envelope(address: str) -> str:
    """The address as smtplib takes it, its domain in ASCII."""
    return sanitize_address(address, UTF_8)


def _is_long(body: str) -> bool:
    return any(len(line.encode()) > MOST for line in body.split(CRLF))


def _headers(message: EmailMultiAlternatives) -> str:
    shared = _folded("Subject", message.subject) + _folded("From", message.from_email)
    own = {
        "To": ", ".join(message.to),
        "Date": formatdate(localtime=settings.EMAIL_USE_LOCALTIME),
        **message.extra_headers,
    }
    return shared + "".join(_line(name, value) for name, value in own.items())


def _line(name: str, value: str) -> str:
    if len(value) <= SHORT - len(name) and PLAIN.fullmatch(value):
        return f"{name}: {value}{CRLF}"
    return _folded(name, value)


@lru_cache(maxsize=1024)
def _folded(name: str, value: str) -> str:
    return FOLDING.fold(*forbid_multi_line_headers(name, value, UTF_8))
