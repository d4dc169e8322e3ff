"""What a page's own style sheet hides by class or id, as far as simple rules say."""

import re

from lxml import etree

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_RULE = re.compile(r"([^{}@;]{1,300})\{([^{}]{0,2000})\}")
_NESTED = re.compile(
    r"@[^{};]{1,300}\{(?:[^{}]{0,300}\{[^{}]{0,2000}\}\s{0,99}){0,2000}[^{}]{0,99}\}"
)
_NONE = re.compile(r"(?:^|[;\s])display\s*:\s*none", re.IGNORECASE)
_SIMPLE = re.compile(r"(?:([a-zA-Z][a-zA-Z0-9]*))?([.#])([\w-]+)")
_MOST = 100_000
"""Characters of style sheets that are looked at."""
_SHARE = 0.5
"""Share of the page's text from which what is hidden is what a script would have shown."""


def hidden_by_rule(body: etree._Element) -> list[etree._Element]:
    """The elements that `display: none` of a rule for their class or id hides, without those for
    other media; none where that would be most of the page."""
    rules = _rules(body)
    if not rules:
        return []
    found: list[etree._Element] = []
    within: set[etree._Element] = set()
    for node in body.iterdescendants(etree.Element):
        if node.getparent() in within:
            within.add(node)
        elif _matches(node, rules):
            within.add(node)
            found.append(node)
    return found if sum(map(_length, found)) < _SHARE * _length(body) else []


def _length(node: etree._Element) -> int:
    return len("".join("".join(map(str, node.itertext())).split()))


def _rules(body: etree._Element) -> set[tuple[str, str, str]]:
    """Tag (or empty), `.` or `#`, and name of each selector."""
    sheets = (node.text or "" for node in body.getroottree().iter("style"))
    text = _NESTED.sub("", _COMMENT.sub("", "\n".join(sheets)[:_MOST]))
    out = set()
    for match in _RULE.finditer(text):
        for selector in match[1].split(",") if _NONE.search(match[2]) else ():
            simple = _SIMPLE.fullmatch(selector.strip())
            if simple:
                out.add(((simple[1] or "").lower(), simple[2], simple[3]))
    return out


def _matches(node: etree._Element, rules: set[tuple[str, str, str]]) -> bool:
    names = [(".", name) for name in (node.get("class") or "").split()]
    names.append(("#", node.get("id") or ""))
    tag = str(node.tag).lower()
    return any((owner, sign, name) in rules for sign, name in names for owner in ("", tag))
