"""发文机关: from the signature, else from the red head, the website's table or the title."""

import re

from notices.text.page.head import Head
from notices.text.page.tail import Tail
from notices.text.recipients import organs

_TITLE = re.compile(
    r"^(?P<who>.{2,60}?)(?:等\d+个?(?:部门|单位))?(?:联合)?(?:关于|印发|转发|批转|发布)"
)


def issuers_of(top: Head, end: Tail) -> tuple[str, ...]:
    """The bodies that issue the notice, in order of signature; empty where the text names none."""
    if end.issuers:
        return end.issuers
    listed = top.table.get("issuer")
    if listed:
        return tuple(name for name in re.split(r"[、,，\s]+", listed) if name)
    match = _TITLE.match(top.title or "")
    if match:
        named = organs.names(match["who"])
        if named and all(organs.is_organ(n) for n in named):
            return tuple(named)
    return (top.agency_line,) if top.agency_line else ()
