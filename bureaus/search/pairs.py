"""A text as the set of its pairs of neighbouring characters, each a number of four bytes.

A word of two characters is in a text exactly if its pair is; a longer one only if all of its pairs
are, and then it has to be looked for in the text itself.
"""

from itertools import pairwise

_HALF = 1 << 31  # numbers of a database have a sign
_WIDEST = 0x10000  # above it two characters may make one number


def pairs(text: str) -> list[int]:
    """In order, each once; blanks and line ends are in none."""
    found = {
        ((ord(one) & 0xFFFF) << 16 | (ord(other) & 0xFFFF)) - _HALF
        for one, other in pairwise(text)
        if not (one.isspace() or other.isspace())
    }
    return sorted(found)


def is_exact(word: str) -> bool:
    """Is the word there wherever its pairs are?"""
    return len(word) == 2 and all(ord(char) < _WIDEST for char in word)
