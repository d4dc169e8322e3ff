"""How the headings and items of a notice are numbered: 一、（一）第三条 1. （1）①."""

import re

_NUMERAL = "[一二三四五六七八九十]{1,3}"
HEADING = re.compile(
    rf"(?:{_NUMERAL}、|\({_NUMERAL}\)|第{_NUMERAL}[章节条]|\d{{1,2}}[.、](?!\d)|\(\d{{1,2}}\)|[①-⑳])"
)
