"""发文机关: from the signature, else from the website's table, the title or the red head."""

import re

from notices.text.page.head import Head
from notices.text.page.tail import Tail
from notices.text.page.titles import issuers_in

_INNER = re.compile(r"(?:处|科|(?<!公)室|团工委)$")
"""How the name of an office inside a body ends."""


def issuers_of(top: Head, end: Tail) -> tuple[str, ...]:
    """The bodies that issue the notice, in order of signature; empty where the text names none."""
    named = issuers_in(top.title or "") or top.over
    if end.issuers and not (named and all(_INNER.search(name) for name in end.issuers)):
        return end.issuers
    listed = top.table.get("issuer")
    if listed:
        return tuple(name for name in re.split(r"[、,，\s]+", listed) if name)
    return named or end.issuers
