"""Tells the notice on a saved web page from what the site puts around it.

General marks only, no knowledge of single sites: HTML's own semantics, hidden elements, the words
that class names and ids are made of, and the share of text that is links.
"""

import re
from itertools import islice

from lxml import etree

from notices.readers.web.controls import write_out
from notices.readers.web.labels import LABELS
from notices.readers.web.stylesheet import hidden_by_rule
from notices.readers.web.unseen import drop_invisible
from notices.readers.xml_parts import local

_NEVER_TEXT = {
    *("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas"),
    *("nav", "footer", "aside", "button", "input", "select", "textarea", "audio", "video", "map"),
    *("head", "link", "meta", "frameset", "applet", "datalist", "menu", "dialog"),
}
_ROLES = {
    *("navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar"),
    *("toolbar", "dialog", "alertdialog"),
}
_HIDDEN = re.compile(
    r"display\s*:\s*none|font-size\s*:\s*(?:[01](?:px|pt)|0(?:em|rem|%)?)\s*(?:;|!|$)"
    r"|clip-path\s*:\s*inset\(\s*(?:100|50)%|(?<![-\w])clip\s*:\s*rect\(\s*0(?:px)?[\s,]+0(?:px)?[\s,]+0"
    r"|transform\s*:\s*scale\(\s*0\s*[,)]|filter\s*:\s*opacity\(\s*0%?\s*\)"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}|mso-hide\s*:\s*all|(?<![-\w])color\s*:\s*transparent"
    r"|(?<![-\w])(?:(?:max-)?height|width)\s*:\s*0(?:px)?\s*;.{0,200}overflow\s*:\s*hidden",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_CHROME_WORDS = {
    *("header", "foot", "topbar", "crumb", "crumbs", "ad", "ads", "advert", "banner", "logo"),
    *("search", "login", "tool", "tools", "toolbar", "print", "comment", "comments", "hot"),
    *("social", "wechat", "weixin", "weibo", "ewm", "erweima", "pager", "wza", "accessibility"),
    *("skip", "fontsize", "menu", "popup", "relate", "xgwj", "xgwz", "xgyd", "xglj", "xgxx"),
    *("xgzc", "xiangguan", "daohang", "dqwz", "weizhi", "fenxiang", "dibu", "yqlj", "wzdt"),
}
_CHROME_PREFIXES = (
    *("nav", "footer", "breadcrumb", "share", "sharing", "bdshare", "bshare", "related"),
    *("copyright", "sidebar", "pagin", "qrcode", "friend", "recommend"),
)
_FILE = re.compile(
    r"\.(?:docx?|xlsx?|wps|et|pdf|ofd|zip|rar|7z|ceb|pptx?|txt|jpe?g|png)(?:[?#]|$)", re.IGNORECASE
)
_MOST = 0.75
"""Share of the page's prose that the element with the notice's body holds."""
_WRAPS = 0.3
"""Share of the prose from which an element is a frame around the notice, whatever its name."""


class Page:
    """A page without what is never shown, and its measures: `prose` and `linked` are characters
    outside and inside links, `links` counts links to other pages."""

    def __init__(self, body: etree._Element) -> None:
        self.body = body
        write_out(body)
        ruled_out = set(hidden_by_rule(body))
        for node in list(body.iter(etree.Element)):
            if node is not body and (node in ruled_out or _is_never_shown(node)):
                _drop(node)
        drop_invisible(body)
        self.prose: dict[etree._Element, int] = {}
        self.linked: dict[etree._Element, int] = {}
        self.links: dict[etree._Element, int] = {}
        self._measure()

    def _measure(self) -> None:
        self.prose, self.linked, self.links = {}, {}, {}
        nodes = list(self.body.iter(etree.Element))
        inside = {node for node in nodes if node.tag == "a"}
        for node in nodes:
            parent = node.getparent()
            if parent is not None and parent in inside:
                inside.add(node)
        for node in reversed(nodes):
            prose = linked = links = 0
            own = _length(node.text)
            for below in node:
                own += _length(below.tail)
                prose += self.prose.get(below, 0)
                linked += self.linked.get(below, 0)
                links += self.links.get(below, 0)
            if node in inside:
                linked += own
            else:
                prose += own
            self.prose[node], self.linked[node] = prose, linked
            self.links[node] = links + (node.tag == "a" and not is_file_link(node))

    def prune(self, keep: etree._Element | None) -> None:
        """Removes chrome outside and inside the notice; never an ancestor of `keep`."""
        kept = set() if keep is None else {keep, *keep.iterancestors()}
        total = self.prose[self.body] or 1
        for node in list(self.body.iter(etree.Element)):
            if node is self.body or node in kept:
                continue
            if self.prose[node] > _WRAPS * total:
                continue
            if _is_named_chrome(node) or self._is_list_of_links(node):
                _drop(node)
        self._measure()

    def main(self) -> etree._Element:
        """The smallest element with nearly all of the prose: the notice's body."""
        node = self.body
        total = self.prose[node]
        while True:
            below = next((c for c in node if self.prose.get(c, 0) >= _MOST * total), None)
            if below is None or local(below) in ("p", "ul", "ol", "dl", "pre"):
                break
            node = below
        while local(node) in ("table", "tbody", "thead", "tr") and node is not self.body:
            above = node.getparent()
            if above is None:
                break
            node = above
        return node

    def _is_list_of_links(self, node: etree._Element) -> bool:
        if local(node) not in ("ul", "ol", "div", "table", "dl", "section", "p", "td"):
            return False
        return self.links[node] >= 3 and self.linked[node] > 2 * self.prose[node]


def _drop(node: etree._Element) -> None:
    """Takes the element out and leaves the text that follows it in its place."""
    parent = node.getparent()
    if parent is None:
        return
    if node.tail:
        before = node.getprevious()
        if before is None:
            parent.text = (parent.text or "") + node.tail
        else:
            before.tail = (before.tail or "") + node.tail
    parent.remove(node)


def _length(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def is_file_link(node: etree._Element) -> bool:
    """Whether an `a` leads to a document rather than to another page."""
    return bool(_FILE.search(node.get("href") or "") or _FILE.search((node.text or "").strip()))


def _is_never_shown(node: etree._Element) -> bool:
    return (
        local(node) in _NEVER_TEXT
        or node.get("hidden") is not None
        or (node.get("role") or "").lower() in _ROLES
        or _HIDDEN.search(node.get("style") or "") is not None
    )


def names(node: etree._Element) -> set[str]:
    """The words that the class names and the id are made of, in lower case."""
    named = f"{node.get('class') or ''} {node.get('id') or ''}"[:300]
    return {word.lower() for word in _WORD.findall(named)}


def _is_named_chrome(node: etree._Element) -> bool:
    if local(node) not in ("div", "section", "header", "ul", "ol", "dl", "table", "td", "span"):
        return False
    words = names(node) | ({"header"} if local(node) == "header" else set())
    if any(word in _CHROME_WORDS or word.startswith(_CHROME_PREFIXES) for word in words):
        return not _belongs_to_notice(node)
    return False


def _belongs_to_notice(node: etree._Element) -> bool:
    """Whether the element is the table of labels above the notice or a list of attachments."""
    if any(is_file_link(link) for link in islice(node.iter("a"), 50)):
        return True
    text = "".join("".join(map(str, islice(node.itertext(), 200)))[:5000].split())
    return sum(label in text for label in LABELS if len(label) > 2) >= 2
