"""Several things in one act, each with its own day: 5月底前将方案、9月底前将报告报送总局."""

import re
from itertools import pairwise

from notices.text.characters.sentences import Sentence
from notices.text.clauses.acts import Act
from notices.text.clauses.deliverables import trim
from notices.text.clauses.phrases import THING
from notices.text.deadlines.rules import Deadline, Mention

_MARK = re.compile(r"^(?:分别)?(?:将|把)|(?:、|,|和|及|以及|并)(?:于|在)?$|^(?:、|,|和|及|以及|并)")
_TOGETHER = re.compile(r"(?:分别|一并|及时|,)*")
_LONGEST = 20


def of_verb(
    sentence: Sentence, verb: Act, since: int, mentions: list[Mention]
) -> list[tuple[str, Deadline]]:
    """The things with their days, in order, where every day has its thing; else nothing.

    The thing stands behind its day (5月底前将方案) or before it (方案于5月底前).
    """
    first = max(sentence.chunks[verb.chunk].start, since)
    days = [m for m in mentions if m.firm and m.start >= first and m.end <= verb.start]
    if len(days) < 2:
        return []
    text = sentence.text
    between = [text[a.end : b.start] for a, b in pairwise(days)]
    head, rest = text[first : days[0].start], text[days[-1].end : verb.start]
    things = [_thing(words) for words in (*between, rest)]
    if not all(things) and _TOGETHER.fullmatch(rest):
        things = [_thing(words) for words in (head, *between)]
    return [(thing, day.rule) for thing, day in zip(things, days, strict=True) if all(things)]


def _thing(words: str) -> str:
    previous = None
    while previous != words:
        previous, words = words, _MARK.sub("", words)
    found = trim(words)
    return found if len(found) <= _LONGEST and THING.search(found) else ""
