"""The head of a notice: urgency, number, title and 主送机关, and where the body starts."""

import re
from dataclasses import dataclass
from itertools import takewhile

from notices.text.characters.normalize import plain
from notices.text.page import doc_number, site_table, titles
from notices.text.page.lines import Line

_URGENCY = re.compile(r"\(?(特急|加急|特提|平急|急件)\)?(?:[·.・]?明电)?$")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the body; `body` is the index of the body's first line.

    `over` are the bodies of 发文机关标志.
    """

    title: str | None
    doc_number: str | None
    recipients_text: str | None
    urgency: str | None
    over: tuple[str, ...]
    table: dict[str, str]
    body: int


def read(found: list[Line], source: str) -> Head:
    """Reads the head; `source` is the original text, from which the wording is taken."""
    table = site_table.read(found)
    body = next((i for i, line in enumerate(found) if line.part == "body"), 0)
    body = max(body, table.after)
    listed = doc_number.search(table.values.get("doc_number", ""))
    title = table.values.get("title") or _words(found, "title", source)
    addressed = re.sub(r"\s+", "", _words(found, "recipients", source)).rstrip("：:")
    return Head(
        _bare(plain(title)) or None,
        listed.value if listed else _number(found[:body]),
        addressed or None,
        _urgency(found[:body]),
        titles.names_over([line.text for line in takewhile(lambda line: not line.part, found)]),
        table.values,
        body,
    )


def _words(found: list[Line], part: str, source: str) -> str:
    own = [line for line in found if line.part == part]
    return source[own[0].start : own[-1].end] if own else ""


def _number(head: list[Line]) -> str | None:
    """The number that is part of the opening, else one that has a line of its own."""
    own = [doc_number.search(line.text) for line in head if line.part == "number"]
    lines = (doc_number.of_line(line.text) for line in head if line.part != "title")
    return next((number.value for number in own if number), None) or next(filter(None, lines), None)


def _bare(title: str) -> str:
    """A title without the number before it and the 《》 around it."""
    number = doc_number.search(title)
    if number and number.start == 0:
        title = title[number.end :].strip()
    inner = title[1:-1]
    return inner if title == f"《{inner}》" and titles.TITLE_END.search(inner[-9:]) else title


def _urgency(head: list[Line]) -> str | None:
    words = (_URGENCY.match(line.text.replace(" ", "")) for line in head)
    return next((match[1] for match in words if match), None)
