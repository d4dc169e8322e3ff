"""Form controls of a saved page: what is filled in is a part of what the page says.

Offices' own systems show a document as a form: its number in a box, its text in a larger one.
"""

import re

from lxml import etree

from notices.readers.xml_parts import local

_TEXTUAL = {"", "text", "date", "month", "number", "tel", "email", "url", "datetime-local"}
_ASKS = re.compile(r"请(?:输入|选择|填写)|关键[字词]|检索|搜索|^-*(?:全部|不限)-*$")


def write_out(body: etree._Element) -> None:
    """Makes words of the controls that show any; search boxes and unfilled ones stay."""
    for node in list(body.iter("input", "textarea", "select")):
        words = _shown(node).strip()
        if words and not _ASKS.search(words):
            tail, style, hidden = node.tail, node.get("style"), node.get("hidden")
            node.clear()
            node.tag = "pre" if "\n" in words else "span"
            node.text, node.tail = words, tail
            for name, value in (("style", style), ("hidden", hidden)):
                if value is not None:
                    node.set(name, value)


def _shown(node: etree._Element) -> str:
    kind = local(node)
    if kind == "input":
        textual = (node.get("type") or "").strip().lower() in _TEXTUAL
        return (node.get("value") or "") if textual else ""
    if kind == "textarea":
        return node.text or ""
    around = (node.getprevious(), node.getparent())
    if not any(map(_says, around)) and not (node.tail or "").strip():
        return ""  # a menu of the site
    options = list(node.iter("option"))
    chosen = [one for one in options if one.get("selected") is not None]
    return "".join(map(str, (chosen or options[:1])[-1].itertext())) if options else ""


def _says(node: etree._Element | None) -> bool:
    """Whether words stand before the control, as in a sentence or beside a label."""
    return node is not None and bool((node.text or "").strip() or (node.tail or "").strip())
