"""What a page's own style sheet hides by class or id, as far as simple rules say."""

import re

from lxml import etree

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_RULE = re.compile(r"([^{}@;]{1,300})\{([^{}]{0,2000})\}")
_NESTED = re.compile(
    r"@[^{};]{1,300}\{(?:[^{}]{0,300}\{[^{}]{0,2000}\}\s{0,99}){0,2000}[^{}]{0,99}\}"
)
_DISPLAY = re.compile(r"(?:^|[;\s])display\s*:\s*([\w-]+)", re.IGNORECASE)
_INVISIBLE = re.compile(r"(?:^|[;\s])visibility\s*:\s*hidden", re.IGNORECASE)
Rules = dict[tuple[str, str, str], bool]
_SIMPLE = re.compile(r"(?:([a-zA-Z][a-zA-Z0-9]*))?([.#])([\w-]+)")
_MOST = 100_000
"""Characters of style sheets that are looked at."""
_SHARE = 0.5
"""Share of the page's text from which what is hidden is what a script would have shown."""


def hidden_by_rule(body: etree._Element) -> list[etree._Element]:
    """The elements that the last rule for their class or id hides, without those for
    other media; none where that would be most of the page."""
    rules = _rules(body)
    if not any(rules.values()):
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


def _rules(body: etree._Element) -> Rules:
    """By tag (or empty), `.` or `#`, and name of each selector, whether the last rule hides."""
    sheets = (node.text or "" for node in body.getroottree().iter("style"))
    text = _NESTED.sub("", _COMMENT.sub("", "\n".join(sheets)[:_MOST]))
    out: Rules = {}
    for match in _RULE.finditer(text):
        hides = _hides(match[2])
        for selector in () if hides is None else match[1].split(","):
            simple = _SIMPLE.fullmatch(selector.strip())
            if simple and hides is not None:
                out[((simple[1] or "").lower(), simple[2], simple[3])] = hides
    return out


def _hides(declared: str) -> bool | None:
    """Whether declarations hide; None where they say nothing of it."""
    displays = _DISPLAY.findall(declared)
    if displays:
        return bool(displays[-1].lower() == "none")
    return True if _INVISIBLE.search(declared) else None


def _matches(node: etree._Element, rules: Rules) -> bool:
    """Whether the element is hidden; its own style and its id count before its classes."""
    own = _DISPLAY.findall(node.get("style") or "")
    if own:
        return bool(own[-1].lower() == "none")
    tag = str(node.tag).lower()
    ids = [rules.get((owner, "#", node.get("id") or "")) for owner in (tag, "")]
    classes = [
        rules.get((owner, ".", name))
        for owner in (tag, "")
        for name in (node.get("class") or "").split()
    ]
    said = [one for one in ids if one is not None][:1] or [c for c in classes if c is not None]
    return bool(said) and all(said)
