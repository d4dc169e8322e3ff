"""Radicals that print programs put in the place of the characters they look like.

A font draws ⽂ (Kangxi radical) and 文 with one shape, and a program that makes a PDF from shapes
may name the wrong one; browsers do so for every such character.
"""

import unicodedata

_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_COMPATIBLE = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0xF900, 0xFA6E), *range(0xFA70, 0xFADA))
}
# CJK Radicals Supplement: those that are whole characters of today's writing. Unicode itself
# equates only two of them.
_SUPPLEMENT = dict(
    zip(
        map(ord, "⺁⺟⺠⺫⻁⻃⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳"),
        "厂母民目虎西西见角贝车長长门青韦页风飞食首马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
_TABLE = {**_KANGXI, **_COMPATIBLE, **_SUPPLEMENT}


def unified(text: str) -> str:
    """The text with look-alike radicals as ordinary characters."""
    return text.translate(_TABLE)
