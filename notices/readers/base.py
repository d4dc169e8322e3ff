"""What every reader of a file format promises."""

from typing import Protocol

MAX_BYTES = 20 * 1024 * 1024
"""Largest file accepted, in bytes."""


class UnreadableDocument(Exception):
    """A file that cannot be read; `message_zh` says why and what to do, fit to show a user."""

    def __init__(self, message_zh: str) -> None:
        self.message_zh = message_zh
        super().__init__(message_zh)


class Reader(Protocol):
    """Turns the bytes of one format into text."""

    name: str
    """What the office calls the format, e.g. 纯文本."""
    extensions: tuple[str, ...]
    """File name endings in lower case, with the dot."""

    def read(self, data: bytes) -> str:
        """The text. Raises UnreadableDocument on anything else."""
        ...
