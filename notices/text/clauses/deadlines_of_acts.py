"""Which of a sentence's deadlines belong to an act of handing in."""

import re

from notices.text.characters.sentences import MASK, Sentence
from notices.text.clauses.acts import Act
from notices.text.deadlines.rules import Deadline, Mention, UndatedDeadline

_PHRASE = re.compile(r"按(?:照)?[^,]{0,10}(?:程序|要求|规定|时限)|同时|一并")
_LABEL = re.compile(r"(?:时间|日期|时限|截止|截至|期限)[^,]{0,6}$")
_DIRECT = re.compile(r",?(?:并|务必|请)?(?:于|在)?")
_LIST = re.compile(r"[、和及与,]?(?:以及)?")
_OTHER_THING = re.compile(r"、[^,、前内]{2,14}")
"""`方案于4月10日前、总结于12月20日前报送`: another thing with a day of its own."""
_AT_LATEST = re.compile(r"[最至]迟|不[迟晚]于|不得?(?:超过|迟于|晚于)")
_BRACKET_REACH = 24
_END_OF_TIME = re.compile(r"截止|截至|时限|期限")


def of_verb(
    sentence: Sentence, verb: Act, since: int, mentions: list[Mention]
) -> tuple[list[Deadline], int | None]:
    """The rules for an act, never empty, and where the words stand when they come before it.

    A date in the verb's own part goes first; an adverb there (及时) beats a date of another act
    further ahead; else the nearest date ahead; else one behind the verb that is plainly its own.
    """
    chunk = sentence.chunks[verb.chunk]
    shown = [m for m in mentions if sentence.masked[m.start] != MASK]
    ahead = [m for m in shown if m.end <= verb.start + 1 and m.start >= since]
    own = [m for m in ahead if m.start >= chunk.start]
    firm = [m for m in (own or ahead) if m.firm]
    if firm:
        group = _list_ending(sentence, firm)
        return [m.rule for m in group], group[0].start
    if limit := _outer_limit(sentence, verb, mentions):
        return [limit.rule], None
    if own:
        end = _noted_end(sentence, verb, mentions)
        return [(end or own[-1]).rule], None if end else own[-1].start
    noted = [m for m in mentions if chunk.start <= m.start < verb.start and m.firm]
    if noted:
        return [noted[-1].rule], None
    behind = [m for m in mentions if m.start >= verb.end and m.firm]
    if behind and _dates_act(sentence, verb, behind[0]):
        return [m.rule for m in _list_starting(sentence, behind)], None
    if ahead and ahead[-1].end >= sentence.chunks[max(verb.chunk - 1, 0)].start:
        return [ahead[-1].rule], ahead[-1].start
    phrase = _PHRASE.search(sentence.masked[chunk.start : verb.start])
    return [UndatedDeadline(phrase.group() if phrase else None)], None


def _outer_limit(sentence: Sentence, verb: Act, mentions: list[Mention]) -> Mention | None:
    """`应立即报告,最迟不超过1小时`: the limit behind says more than 立即."""
    for mention in mentions:
        if mention.firm and mention.start >= verb.end:
            words = sentence.masked[max(verb.end, mention.start - 3) : mention.end]
            return mention if _AT_LATEST.search(words) else None
    return None


def _noted_end(sentence: Sentence, verb: Act, mentions: list[Mention]) -> Mention | None:
    """`按期报送(截止时间为7月15日)`, as a footnote has it: the bracket says what 按期 means."""
    for mention in mentions:
        if mention.firm and mention.start >= verb.end and sentence.masked[mention.start] == MASK:
            words = sentence.text[verb.end : mention.end].rpartition("(")[2]
            near = len(words) < _BRACKET_REACH
            return mention if near and _END_OF_TIME.search(words) else None
    return None


def _dates_act(sentence: Sentence, verb: Act, mention: Mention) -> bool:
    """Whether a date behind the verb is its own: in brackets, or with 截止 or 时间 before it."""
    between = sentence.masked[verb.dest_end : mention.start]
    if sentence.masked[mention.start] == MASK:
        return len(between) < _BRACKET_REACH
    return bool(_LABEL.search(between) or _DIRECT.fullmatch(between))


def _list_ending(sentence: Sentence, firm: list[Mention]) -> list[Mention]:
    """The last date with those listed right before it (`4月15日、8月1日前`)."""
    group = [firm[-1]]
    for mention in reversed(firm[:-1]):
        if not _listed(sentence, mention, group[0]):
            break
        group.insert(0, mention)
    return group


def _list_starting(sentence: Sentence, firm: list[Mention]) -> list[Mention]:
    group = [firm[0]]
    for mention in firm[1:]:
        if not _listed(sentence, group[-1], mention):
            break
        group.append(mention)
    return group


def _listed(sentence: Sentence, first: Mention, second: Mention) -> bool:
    between = sentence.text[first.end : second.start]
    if _OTHER_THING.fullmatch(between):
        return True
    return first.rule.kind in ("fixed", "recurring") and bool(_LIST.fullmatch(between))
