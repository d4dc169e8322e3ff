"""Watermarks whose letters stand upright: pale words over the page, words in steps or in a ring.

Turned ones are found by their angle (`notices.readers.layout.slanted`).
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from notices.readers.layout.lines import Glyph
from notices.readers.layout.slanted import Inked

_PALE = 0.55
"""Lightness from which ink is pale; print that is read is darker."""
_LARGE = 1.8
"""Times the usual size from which a pale word is a watermark by itself."""
_OFTEN = 3
"""Times that a word stands on the page."""
_REACH = 6.0
"""Ems from one letter of a word in steps to the next."""
_STEP = 0.2
"""Ems that the next letter stands aside and above or below at least."""
_LEAST = 3
_TURN = 8.0
"""Degrees by which a ring turns from letter to letter at least,"""
_ROUND = 80.0
"""and all in all."""
_WORD_GAP = 2.5


def without(found: Sequence[Inked]) -> list[Glyph]:
    """The level characters, given in the order of drawing, without those of watermarks."""
    dropped = _in_steps(found) | _pale(found)
    return [one.glyph for i, one in enumerate(found) if i not in dropped]


def _in_steps(found: Sequence[Inked]) -> set[int]:
    """Letters of which each stands a step aside and above or below the one before."""
    out: set[int] = set()
    run = [0] if found else []
    for i in range(1, len(found) + 1):
        if i < len(found) and _is_step(found[i - 1], found[i]):
            run.append(i)
            continue
        if len(run) >= _LEAST and _is_drawn_aside([found[k] for k in run]):
            out.update(run)
        run = [i]
    return out


def _is_step(a: Inked, b: Inked) -> bool:
    if not _are_alike(a, b):
        return False
    x, y = _middle(a), _middle(b)
    em = a.glyph.size
    aside, below = abs(y[0] - x[0]), abs(y[1] - x[1])
    level = below < _STEP * em and aside <= 2 * em
    return aside <= _REACH * em and below <= _REACH * em and not level


def _is_drawn_aside(run: list[Inked]) -> bool:
    """Whether the letters go up or down in even steps, or round in a ring."""
    places = [_middle(one) for one in run]
    em = run[0].glyph.size
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(places)]
    x, y = median(s[0] for s in steps), median(s[1] for s in steps)
    if min(abs(x), abs(y)) >= _STEP * em:
        return all(math.hypot(s[0] - x, s[1] - y) <= 0.25 * math.hypot(x, y) for s in steps)
    lengths = [math.hypot(*step) for step in steps]
    if len(run) < _LEAST + 2 or max(lengths) > 1.5 * min(lengths) or run[0].colour is None:
        return False
    turns = [_turn(a, b) for a, b in pairwise(steps)]
    one_way = all(t > _TURN / 2 for t in turns) or all(t < -_TURN / 2 for t in turns)
    return one_way and abs(sum(turns)) >= _ROUND


def _turn(a: tuple[float, float], b: tuple[float, float]) -> float:
    turned = math.degrees(math.atan2(b[1], b[0]) - math.atan2(a[1], a[0]))
    return (turned + 180) % 360 - 180


def _words(found: Sequence[Inked], among: Sequence[int]) -> Iterator[list[int]]:
    """The runs of level letters of one size and ink, as they were drawn."""
    run: list[int] = []
    for i in among:
        if run and not (
            _are_alike(found[run[-1]], found[i]) and _follows(found[run[-1]], found[i])
        ):
            yield run
            run = []
        run.append(i)
    if run:
        yield run


def _follows(a: Inked, b: Inked) -> bool:
    gap = b.glyph.x0 - a.glyph.x1
    em = a.glyph.size
    level = abs(b.glyph.top - a.glyph.top) < _STEP * em
    return level and -0.5 * em < gap < _WORD_GAP * em


def _are_alike(a: Inked, b: Inked) -> bool:
    return a.ink == b.ink and abs(a.glyph.size - b.glyph.size) <= 0.05 * a.glyph.size


def _pale(found: Sequence[Inked]) -> set[int]:
    """Pale words that are much larger than the print or stand on the page again and again."""
    pale = [i for i, one in enumerate(found) if one.ink is not None and _light(one.ink) >= _PALE]
    if not pale:
        return set()
    if len(pale) == len(found):
        return set()  # all of the page is printed so
    light = set(pale)
    usual = median(one.glyph.size for i, one in enumerate(found) if i not in light)
    by_word: dict[str, list[list[int]]] = defaultdict(list)
    out: set[int] = set()
    for word in _words(found, pale):
        if found[word[0]].glyph.size >= _LARGE * usual:
            out.update(word)
        by_word[_text(found, word)].append(word)
    for text, words in by_word.items():
        if len(words) >= _OFTEN and len(text) > 1:
            out.update(i for word in words for i in word)
    return out


def _text(found: Sequence[Inked], word: Sequence[int]) -> str:
    return "".join(found[i].glyph.text for i in word).strip()


def _middle(one: Inked) -> tuple[float, float]:
    return (one.glyph.x0 + one.glyph.x1) / 2, (one.glyph.top + one.glyph.bottom) / 2


def _light(ink: tuple[float, float, float]) -> float:
    return 0.3 * ink[0] + 0.59 * ink[1] + 0.11 * ink[2]
