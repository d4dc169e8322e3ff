"""Pictures of the pages of a file, to be looked at beside its text.

Drawn when asked for, in a process of its own: nothing that the file holds but its look reaches a
browser. A zip shows the pages of all files in it that have any.
"""

import threading
from base64 import b64decode

from notices.readers import confined
from notices.readers.base import UnreadableDocument
from notices.readers.containers import has_pages, sniff

MAX_PAGES = 300
"""Pages of a file that are offered; a directive with all its attachments stays below 100."""
_SECONDS = 20.0
_AT_ONCE = threading.BoundedSemaphore(2)
"""Drawings at a time of one web process, however many pages a browser asks for."""


def count_pages(data: bytes) -> int:
    """How many pages can be shown; 0 where the file has none, is damaged or locked."""
    program = _program(data)
    if program is None:
        return 0
    try:
        found = int(confined.run(program, data, seconds=_SECONDS))
    except UnreadableDocument:
        return 0
    return min(found, MAX_PAGES)


def page_picture(data: bytes, number: int) -> bytes:
    """Page `number`, counted from 1, as PNG or, where that is large, JPEG.

    Raises UnreadableDocument where it cannot be drawn.
    """
    program = _program(data)
    if program is None:
        raise UnreadableDocument("原件没有可以查看的页面。请下载后打开。")
    with _AT_ONCE:
        return b64decode(confined.run(program, data, seconds=_SECONDS, words=(str(number),)))


def _program(data: bytes) -> str | None:
    """What draws the pages of such a file."""
    if has_pages(data):
        return "notices.readers.paper.pages"
    return "notices.readers.paper.zipped" if sniff(data) == "zip 压缩包" else None
