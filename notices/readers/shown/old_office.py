"""Texts in the streams of an old Office file (.doc, .xls, .ppt), whatever they belong to.

Chinese stands there as UTF-16; what lies between texts is no character of Chinese print.
"""

import re
from collections.abc import Iterator

_HAN = rb"[\x00-\xff][\x4e-\x9f]"
_PRINT = (
    rb"(?:" + _HAN + rb"|[\x09\x0a\x0d\x20-\x7e]\x00|\xb7\x00"
    rb"|[\x00-\x3f]\x30|[\x00-\xef]\xff|[\x00-\xff][\x20\x22\x25-\x27])"
)
_UNIT = re.compile(_PRINT, re.S)
_TEXT = re.compile(rb"(?:" + _PRINT + rb"){1,2000}", re.S)
_SECRET = re.compile(re.escape("密".encode("utf-16-le")))
_AROUND = 400
_ASCII = "".join(map(chr, range(0x20, 0x7F)))
CODES = re.compile(r'&(?:"[^"]*"|\d{1,3}|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|[A-Z])')
"""What a page header of Excel says of its type and place."""


def shown(data: bytes) -> Iterator[str]:
    """The texts around each 密级; \\r ends a paragraph there."""
    for match in _SECRET.finditer(data):
        at = match.start()
        ahead = _text_before(data, at)
        behind = _TEXT.match(data, at, at + 2 * _AROUND)
        if behind:
            found = ahead + behind.group().decode("utf-16-le", errors="replace")
            yield found.replace("\r", "\n")
            # Lengths and codes of the next record may look like letters; a page header has codes.
            yield "\n".join(line.strip(_ASCII) for line in CODES.sub("\n", found).split("\r"))


def _text_before(data: bytes, at: int) -> str:
    start = at
    while start - 2 >= max(0, at - 2 * _AROUND) and _UNIT.fullmatch(data, start - 2, start):
        start -= 2
    return data[start:at].decode("utf-16-le", errors="replace")
