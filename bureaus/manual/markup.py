"""Markdown of the manual as HTML: headings with anchors as on GitHub, links led elsewhere."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

# No HTML of its own: what stands in a text is shown as it stands.
PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
NO_PART_OF_ANCHORS = re.compile(r"[^\w\- ]")


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Text:
    """A text as a page shows it: the first heading is its title and no part of ``html``."""

    title: str
    headings: tuple[Heading, ...]
    html: SafeString


def rendered(
    text: str, *, link: Callable[[str], str], picture: Callable[[str], dict[str, str]]
) -> Text:
    """``link`` turns an address of the text into one of the site, ``picture`` the file of a picture
    into the attributes it gets."""
    tokens = PARSER.parse(text)
    headings = list(_with_anchors(tokens))
    for token in tokens:
        _dress(token)
        _join_lines(token.children or [])
        for child in token.children or ():
            if child.type == "link_open":
                child.attrs["href"] = link(unquote(str(child.attrs["href"])))
            elif child.type == "image":
                child.attrs.update(picture(unquote(str(child.attrs["src"]))))
    title = headings[0] if headings and headings[0].level == 1 else None
    body = tokens[3:] if title else tokens
    html = PARSER.renderer.render(body, PARSER.options, {})
    return Text(
        title=title.text if title else "",
        headings=tuple(headings[1:] if title else headings),
        html=mark_safe(html),  # noqa: S308  of our own files, and html is off
    )


def anchor(heading: str) -> str:
    """As GitHub makes it, so that a link between two files leads to the same place in both."""
    return NO_PART_OF_ANCHORS.sub("", heading.strip().lower()).replace(" ", "-")


def _with_anchors(tokens: list[Token]) -> Iterator[Heading]:
    for token, inside in pairwise(tokens):
        if token.type == "heading_open":
            words = "".join(child.content for child in inside.children or ())
            found = Heading(int(token.tag[1:]), words, anchor(words))
            token.attrs.update({"id": found.anchor, "tabindex": "-1"})
            yield found


def _dress(token: Token) -> None:
    """Tables look like those of the other pages."""
    if token.type == "table_open":
        token.attrs["class"] = "ledger"
    elif token.type == "th_open":
        token.attrs["scope"] = "col"


def _join_lines(children: list[Token]) -> None:
    """A line that was only broken to keep it short: no blank between two Chinese words."""
    for before, line_break, after in zip(children, children[1:], children[2:], strict=False):
        if (
            line_break.type == "softbreak"
            and not (before.content[-1:] + after.content[:1]).isascii()
        ):
            line_break.type, line_break.content = "text", ""
