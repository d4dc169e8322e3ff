"""Elements of a web page that nobody sees, and those that only seem so.

`visibility` is inherited and may be set back: a hidden element can hold shown ones. Pages of
微信公众号 are saved with their whole text hidden until a script shows it.
"""

import re
from collections.abc import Iterator

from lxml import etree

_VISIBILITY = re.compile(r"(?:^|[;\s])visibility\s*:\s*(hidden|collapse|visible)", re.IGNORECASE)
_NO_INK = re.compile(r"(?:^|[;\s])opacity\s*:\s*0?(?:0|\.0+)\s*(?:;|!|$)", re.IGNORECASE)
"""Inside such an element nothing is shown, whatever it says itself; articles fade in from it."""
_ARTICLE = {"js_content", "js_article", "img-content", "page-content"}
"""Ids under which 微信公众号 keeps an article."""
_NEARLY_ALL = 0.8
"""Share of the page's text from which what is hidden is what a script would have shown."""
_MOST = 0.5
"""The same where no sentence at all is shown."""


def drop_invisible(body: etree._Element) -> None:
    """Takes the text out that `visibility: hidden` hides, and leaves what is shown inside."""
    nodes = list(body.iter(etree.Element))
    shown = _shown(body)
    lengths = {node: _own_length(node) for node in nodes}
    hidden = [node for node in nodes if not shown[node]]
    share = sum(lengths[node] for node in hidden) / (sum(lengths.values()) or 1)
    says = any("。" in piece for node in nodes if shown[node] for piece in _own(node))
    if share >= (_NEARLY_ALL if says else _MOST):
        return  # what a script would have shown
    for node in hidden:
        node.text = None
        for below in node:
            below.tail = None


def _own_length(node: etree._Element) -> int:
    return sum(len("".join(piece.split())) for piece in _own(node))


def _own(node: etree._Element) -> Iterator[str]:
    """The text of the element itself, without that inside other elements."""
    yield node.text or ""
    for below in node:
        yield below.tail or ""


def _shown(body: etree._Element) -> dict[etree._Element, bool]:
    out: dict[etree._Element, bool] = {}
    for node in body.iter(etree.Element):
        style = node.get("style") or ""
        declared = ["hidden"] if _NO_INK.search(style) else _VISIBILITY.findall(style)
        parent = node.getparent()
        if node.get("id") in _ARTICLE:
            out[node] = True
        elif declared:
            out[node] = declared[-1].lower() == "visible"
        else:
            out[node] = True if parent is None or node is body else out[parent]
    return out
