"""Acts of handing in (报送, 反馈, 报…备案 …): all that may be one, for nothing is decided here."""

import re
from dataclasses import dataclass
from itertools import islice

from notices.text.characters.sentences import Sentence
from notices.text.clauses import destinations, lexicon

_MOST = 12
"""A sentence that hands in more often than this is no sentence but noise."""
_MOST_LOOKED_AT = 60
_REACH = 240
"""Signs before and behind an act that can say something of it."""
_SUFFIX = re.compile(r"[给至到送入往]?")
_ALONE = re.compile(r"(?:随时|及时|一条就|再|不)$")
"""`紧急情况随时报`: 报 with nobody named."""
_NOTE = re.compile(r"\((?![^()]*(?:局|司|处|科|室|部|办|委|厅|中心|组)\))[^()]*\)?")
_FREE = re.compile(r"[前内底末日时后并再和应予以件稿表单式]$")
_OF_DUTY = lexicon.some("please must promptly routine manner will may not not_done done")
_NOUNS = ("report", "apply", "file")
_NEEDS_SOMEBODY = ("报到", "告知", "移交至", "送达", "传真")
_FAR = 16
"""A name of more signs is not what one sign alone hands something to."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act of handing in; offsets are within the sentence, `dest` is "" where none is named.

    `is_ahead`: the organ stands before the verb (向省局报告); `is_glued`: right behind a word that
    puts no duty, as a noun does (自查报告, 信息报送).
    """

    start: int
    end: int
    word: str
    kind: str
    dest: str
    dest_end: int
    chunk: int
    is_ahead: bool
    is_glued: bool

    def destination(self, sentence: Sentence) -> str:
        """The organ as the text spells it, without notes in brackets; "" where none is named."""
        if not self.dest:
            return ""
        at = sentence.masked.find(self.dest, self.start)
        if at < 0 or at > self.dest_end:
            at = sentence.masked.rfind(self.dest, 0, self.end)
        if at < 0:
            return ""
        words = _NOTE.sub("", sentence.text[at : at + len(self.dest)])
        return words.removesuffix("邮箱") or words


def find(sentence: Sentence, tokens: lexicon.Tokens) -> list[Act]:
    """All acts of a sentence, from left to right; the first dozen where it is noise."""
    out: list[Act] = []
    for match in islice(lexicon.acts().finditer(sentence.masked), _MOST_LOOKED_AT):
        act = _act(sentence, tokens, match)
        if act is None:
            continue
        between = sentence.masked[out[-1].end : act.start] if out else ""
        if out and (_completes(out[-1], act, between) or _is_its_object(out[-1], act)):
            continue
        if out and _is_thing(out[-1], act):
            out.pop()
        out.append(act)
        if len(out) == _MOST:
            break
    return out


def _is_its_object(last: Act, act: Act) -> bool:
    """`报送自查|报告`: the word behind is what the act before hands in."""
    return act.is_glued and act.kind in _NOUNS and not act.dest and last.chunk == act.chunk


def _is_thing(last: Act, act: Act) -> bool:
    """`将自查报告|报省局`: the word before is part of what is handed in."""
    return last.is_glued and not last.dest and last.chunk == act.chunk


def _completes(last: Act, act: Act, between: str) -> bool:
    """`报省局|备案`, `报告和反映`: the second word only completes the first."""
    if act.chunk != last.chunk:
        return False
    return act.start <= last.dest_end + 2 if act.kind == "file" else between in ("和", "及", "、")


def _act(sentence: Sentence, tokens: lexicon.Tokens, match: re.Match[str]) -> Act | None:
    word = match.group()
    kind = lexicon.kind_of(word)
    if kind is None:
        return None
    index = sentence.chunk_at(match.start())
    chunk = sentence.chunks[index]
    suffix = _SUFFIX.match(sentence.masked, match.end(), chunk.end)
    end = suffix.end() if suffix and word != "报到" else match.end()
    before = sentence.masked[max(chunk.start, match.start() - _REACH) : match.start()]
    after = sentence.masked[end : min(chunk.end, end + _REACH)]
    dest, dest_end, is_ahead = destinations.find(before, after, end)
    if dest and not is_ahead and lexicon.begins_with_act(dest):
        dest, dest_end = "", end
    if len(word) == 1 and not _goes_somewhere(word, before, dest, is_ahead=is_ahead):
        return None
    if word in _NEEDS_SOMEBODY and end == match.end() and (not dest or is_ahead):
        return None
    is_glued = not is_ahead and _is_glued(before, tokens, match.start())
    return Act(match.start(), end, word, kind, dest, dest_end, index, is_ahead, is_glued)


def _is_glued(before: str, tokens: lexicon.Tokens, end: int) -> bool:
    if not before or not "\u4e00" <= before[-1] <= "\u9fff" or _FREE.search(before):
        return False
    return not tokens.ending(end) & _OF_DUTY


def _goes_somewhere(word: str, before: str, dest: str, *, is_ahead: bool) -> bool:
    if word == "报":
        return bool(dest or _ALONE.search(before))
    return bool(dest) and not is_ahead and len(dest) <= _FAR
