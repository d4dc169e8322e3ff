"""The title of the notice on a web page: which element shows it, and what the page calls itself."""

import re

from lxml import etree

from notices.readers.web.chrome import names
from notices.readers.xml_parts import local, words

_SHORTEST, _LONGEST = 8, 200
_META = {"articletitle", "og:title", "dc.title", "title"}
_CUT = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+|(?<=[^\d\s])-(?=\D)|(?<=通知)-+")
_NOTICE = re.compile(
    r"(?:通知|意见|决定|方案|办法|函|通报|公告|通告|批复|规定|细则|指南|要点)[)）》”]*$"
)
_SITE = re.compile(r"(?:局|厅|委|部|府|网|网站|平台|办公室|中心|委员会|门户|公开|专栏|首页|正文)$")
"""How the names of sites and columns end, which stand in headings and titles as well."""
_TITLE_WORDS = {"title", "biaoti", "bt", "headline", "subject", "tit"}


def called(root: etree._Element) -> list[str]:
    """What the page's head says its title is, best first."""
    out = [
        meta.get("content") or ""
        for meta in root.iter("meta")
        if (meta.get("name") or meta.get("property") or "").lower() in _META
    ]
    out += [words(node) for node in root.iter("title")][:1]
    return [text.strip() for text in out if _key(text)]


def element(body: etree._Element, titles: list[str]) -> etree._Element | None:
    """The element that shows one of `titles`, headings before classes before anything else."""
    wanted = [_key(title) for title in titles]
    best: etree._Element | None = None
    rank = 99
    lengths = _lengths(body)
    for node in body.iter(etree.Element):
        if not _SHORTEST <= lengths[node] <= _LONGEST:
            continue
        own = _rank(node)
        if own >= rank:
            continue
        text = _key(words(node))
        known = any(text in title for title in wanted) and not _SITE.search(text)
        if known or (own <= 3 and ("关于" in text or _NOTICE.search(text))):
            best, rank = node, own
    return best


def fallback(titles: list[str]) -> str | None:
    """The title as the page's head has it, without the site's name; None if it is no notice's."""
    for title in titles:
        for piece in sorted(_CUT.split(title), key=len, reverse=True):
            if len(piece) >= _SHORTEST and _NOTICE.search(piece):
                return piece
    return None


def _rank(node: etree._Element) -> int:
    kind = local(node)
    if kind in ("h1", "h2", "h3", "h4"):
        return int(kind[1])
    if kind in ("a", "li", "option", "script", "style"):
        return 99
    return 5 if names(node) & _TITLE_WORDS else 6


def _lengths(body: etree._Element) -> dict[etree._Element, int]:
    """Characters below each element, blanks aside."""
    out: dict[etree._Element, int] = {}
    for node in reversed(list(body.iter(etree.Element))):
        own = len(_key(node.text or ""))
        out[node] = own + sum(out[c] + len(_key(c.tail or "")) for c in node if c in out)
    return out


def _key(text: str) -> str:
    return "".join(text.split())
