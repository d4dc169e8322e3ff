"""Chinese and Arabic numerals as they stand in dates and periods."""

import re

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}

NUMBER = r"(?:\d{1,4}|[〇零一二两三四五六七八九十百]{1,6})"


def leading_int(words: str) -> int:
    """The number that `3月`, `十五日`, `2023年` begin with. Raises ValueError without one."""
    found = re.match(NUMBER, words)
    return to_int(found.group() if found else "")


def to_int(words: str) -> int:
    """`15`, `十五`, `二〇二三`, `三十` as a number. Raises ValueError on anything else."""
    if words.isdigit():
        return int(words)
    if not words or any(c not in _DIGITS and c not in "十百" for c in words):
        raise ValueError(words)
    if "十" not in words and "百" not in words:
        return int("".join(str(_DIGITS[c]) for c in words))
    total, digit = 0, 0
    for char in words:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit
