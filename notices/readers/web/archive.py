"""Web archives (.mht, RFC 2557): the pages of which a saved page with frames is made."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from urllib.parse import unquote, urljoin

from notices.readers.base import UnreadableDocument
from notices.readers.web.encoding import ADVICE, source_of

_MOST_PAGES = 200


@dataclass(frozen=True, slots=True)
class SavedPage:
    """One HTML part: its source, and the names by which other parts refer to it."""

    source: str
    content_id: str
    location: str

    def is_called(self, reference: str, base: str) -> bool:
        """Whether a frame of the page at `base` shows this one."""
        if reference.lower().startswith("cid:"):
            return bool(self.content_id) and unquote(reference[4:]) == self.content_id
        where = urljoin(base, reference) if base else reference
        return bool(self.location) and self.location in (reference, where)


def pages(data: bytes) -> list[SavedPage]:
    """The HTML parts, the page itself first. Raises UnreadableDocument where there is none."""
    try:
        message = message_from_bytes(data)
        start = (message.get_param("start") or "") if message.is_multipart() else ""
        found = [_page(part) for part in _html_parts(message)]
    except (RecursionError, LookupError, ValueError) as fault:
        raise UnreadableDocument(f"网页归档（mht）已损坏，无法读取。{ADVICE}") from fault
    if not found:
        raise UnreadableDocument(f"网页归档（mht）里没有找到网页正文。{ADVICE}")
    if len(found) > _MOST_PAGES:
        raise UnreadableDocument(f"网页归档（mht）里的页面过多，无法读取。{ADVICE}")
    return sorted(found, key=lambda page: not (start and page.content_id == _bare(str(start))))


def _html_parts(message: Message) -> Iterator[Message]:
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            yield part


def _page(part: Message) -> SavedPage:
    content = part.get_payload(decode=True)
    declared = str(part.get_param("charset") or "")
    source = source_of(content, declared) if isinstance(content, bytes) else ""
    return SavedPage(source, _bare(part.get("Content-ID")), _flat(part.get("Content-Location")))


def _bare(name: object) -> str:
    return _flat(name).strip("<>")


def _flat(value: object) -> str:
    """A header's value; long addresses are broken over lines."""
    return re.sub(r"\s+", "", str(value or ""))
