"""What is handed in, and which attachment of the notice it is."""

import re
from datetime import date

from notices.text import deadline_words
from notices.text.deadlines import Mention
from notices.text.phrases import ADVERB, MODAL, OBJECT_MARK
from notices.text.sentences import Sentence
from notices.text.verbs import Verb

BEFORE_VERB = re.compile(rf"(?:{MODAL}|{ADVERB}|于|在|向□*|,)+$")
_MARKED = re.compile(OBJECT_MARK)
_LEADING = re.compile(rf"^(?:{MODAL}|{ADVERB})")
_NOTE = re.compile(r"\((?:附件|见附|详见|附后|格式|含)[^()]*\)?")
_NO_OBJECT = re.compile(r"备案|汇总|复制|存档|处|并|等[,。]|和反映|邮箱")
_ENUMERATION = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|第[一二三四五六七八九十百]{1,5}条|\d{1,2}[.、])"
)
_CONDITION = re.compile(r"(?:盖章|加盖公章|审核|审批|签字|同意|通过|结束|完成|分析)后$|传达$")
_WORKING_UP = re.compile(
    r"^(?:(?:[\u4e00-\u9fff、()]{2,30}(?:应当|应|要|须|请))?(?:负责)?"
    r"(?:收集|汇总|填写|形成|撰写|编制|研究提出|建立|梳理|测算|连同|如遇|遇有|凡是发现|如发现|凡是|对于)(?:有|本)?)"
)
_REFS = re.compile(
    r"附\s*[件表]\s*((?:\d{1,2}|[一二三四五六七八九十])(?:(?:、|和|,|-|—|至)(?:附[件表])?\d{1,2})*)?"
)
_TITLE = re.compile(r"《([^《》]{4,})》")


def after_verb(sentence: Sentence, verb: Verb) -> str:
    """The object that follows the verb in its own part of the sentence; "" without one."""
    chunk = sentence.chunks[verb.chunk]
    words = sentence.text[verb.dest_end : chunk.end]
    if not re.match(r"[\u4e00-\u9fff《“]", words) or not re.search(r"[\u4e00-\u9fff]{2}", words):
        return ""
    words = re.sub(r"\((?:附件|见附|详见|附后|格式).*$", "", words)
    return "" if _NO_OBJECT.match(words) else words


def of_verb(
    sentence: Sentence, verb: Verb, since: int, mentions: list[Mention]
) -> tuple[str | None, int | None]:
    """What is handed in, and its offset where it stands before the verb's own part.

    `since` is where the sentence's previous act ended: nothing before it belongs to this one.
    """
    chunk = sentence.chunks[verb.chunk]
    before = sentence.text[max(chunk.start, since) : verb.start]
    match = _MARKED.search(before)
    if match:
        return trim(match["object"]), None
    after = after_verb(sentence, verb)
    if after:
        return trim(after), None
    words = trim(before)
    if len(words) >= 2 and not _CONDITION.search(words):
        return words, None
    for index in range(verb.chunk - 1, -1, -1):
        previous = sentence.chunks[index]
        if previous.start < since:
            break
        words = sentence.text[previous.start : previous.end]
        match = _MARKED.search(words)
        words = trim(match["object"] if match else words)
        whole_date = any(m.start <= previous.start and m.end >= previous.end for m in mentions)
        if len(words) >= 2 and not whole_date and not _CONDITION.search(words):
            return words, previous.start
    return None, None


def attachment_refs(words: str, titles: tuple[str, ...]) -> tuple[int, ...]:
    """Numbers of the attachments that `words` name by 附件N or by a title in 《》."""
    refs: list[int] = []
    for match in _REFS.finditer(words):
        numbers = re.findall(r"\d{1,2}", match[1] or "")
        refs.extend(int(n) for n in numbers)
        if not numbers and len(titles) == 1:
            refs.append(1)
    named = _TITLE.findall(words)
    for number, title in enumerate(titles, 1):
        if any(len(name) > 5 and (name in title or title in name) for name in named):
            refs.append(number)
    return tuple(dict.fromkeys(n for n in refs if 1 <= n <= max(len(titles), 1)))


def trim(words: str) -> str:
    """A noun phrase without adverbs, modal words, dates and notes on attachments."""
    words = _NOTE.sub("", words)
    words = re.sub(r"向[\u4e00-\u9fff()、]{1,40}$", "", words)
    previous = None
    while previous != words:
        previous = words
        words = BEFORE_VERB.sub("", words).strip(",、:。;")
        words = _LEADING.sub("", words) if len(words) > 4 else words
    words = _ENUMERATION.sub("", words, count=1)
    words = _WORKING_UP.sub("", words)
    if re.search(r"[和并或及]$", words) and len(words) < 5:
        return ""
    dated = [m for m in deadline_words.find(words, date(2000, 1, 1)) if m.firm]
    for mention in reversed(dated):
        words = words[: mention.start] + words[mention.end :]
    return BEFORE_VERB.sub("", words).strip(",、:。;")
