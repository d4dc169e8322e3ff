"""Reporting obligations: of all candidates those that the model takes for duties."""

import re
from collections.abc import Sequence
from dataclasses import replace

from notices.text.characters.headings import HEADING
from notices.text.characters.sentences import Paragraph, Sentence
from notices.text.clauses import candidates, model
from notices.text.clauses.candidates import Candidate
from notices.text.clauses.model import Judge
from notices.text.clauses.obligations import ObligationReading, Setting
from notices.text.deadlines import finding as deadline_words
from notices.text.deadlines.rules import FixedDeadline, RecurringDeadline, UndatedDeadline

MOST = 200
"""More than so many duties no directive has: a person is told that the rest was not read."""
_MOST_CANDIDATES = 1000
_LATER_DATE = re.compile(
    r"(?:报送|上报|提交|反馈|报名|备案|截止|截至)(?:时间|日期|时限)|截[止至]|时间不[晚迟]于"
)
_SAME_AGAIN = re.compile(r"完成上述(?:工作|任务|事项)|按上述(?:要求|程序|规定)|(?:以此|依此)类推")
_RUN_IN = re.compile(rf"(?:{HEADING.pattern})[^,:;。]{{2,12}}。")
_FAINT = 0.25
"""A duty that is likely, with a day that is likely not its own: the same material handed on."""
_SHARED = 0.5
"""Of the shorter quote: more in common, with the same day, is one duty said twice."""


def read(
    paragraphs: Sequence[Paragraph], setting: Setting, judge: Judge = model.sure
) -> list[ObligationReading]:
    """The obligations of the paragraphs, in order of their place in the text; at most ``MOST``."""
    out: list[ObligationReading] = []
    carried: list[Sentence] = []
    looked_at = 0
    for paragraph in paragraphs:
        before, heads = len(out), False
        for sentence in paragraph.sentences:
            if len(out) >= MOST or looked_at >= _MOST_CANDIDATES:
                return out[:MOST]
            found = candidates.of_sentence(paragraph.run, sentence, setting, carried)
            looked_at += len(found)
            carried.append(sentence)
            if len(out) > before:
                found = [candidate for candidate in found if candidate.kind != "label"]
            kept = _kept(found, judge)
            if not kept and len(out) > before:
                kept = _again(paragraph, sentence, setting, out[-1])
                if not kept:
                    out[-1] = _dated(sentence, setting, out[-1])
            heads |= not sentence.start and _is_heading(sentence, kept)
            out.extend(kept)
        if heads and len(out) > before + 1:
            del out[before]
    return out


def _kept(found: Sequence[Candidate], judge: Judge) -> list[ObligationReading]:
    """What the judge takes, in order; of the same words with the same day the surer one."""
    taken: list[tuple[float, ObligationReading]] = []
    for candidate, sure in _taken(found, judge):
        for reading in candidate.readings:
            mine = replace(reading, confidence=round(sure * model.sure_of_days(candidate), 2))
            if mine.confidence < _FAINT:
                continue
            same = next((k for k, (_, other) in enumerate(taken) if _is_same(mine, other)), None)
            if same is None:
                taken.append((sure, mine))
            elif sure > taken[same][0]:
                taken[same] = (sure, mine)
    return [reading for _, reading in taken]


def _taken(found: Sequence[Candidate], judge: Judge) -> list[tuple[Candidate, float]]:
    """The candidates that are duties. What may be a noun, or is only named as a system, gives way
    to an act that says the same beside it."""
    least = model.model().least
    judged = [(candidate, judge(candidate)) for candidate in found]
    taken = [(candidate, sure) for candidate, sure in judged if sure >= least]
    acts = [candidate for candidate, _ in taken if candidate.kind == "act"]
    periodic = any(_recurs(candidate) for candidate in acts)
    return [
        (candidate, sure)
        for candidate, sure in taken
        if not (candidate.kind == "noun" and acts)
        and not (candidate.kind.startswith("system") and periodic)
    ]


def _recurs(candidate: Candidate) -> bool:
    return any(isinstance(one.deadline, RecurringDeadline) for one in candidate.readings)


def _is_same(one: ObligationReading, other: ObligationReading) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    shorter = min(one.end - one.start, other.end - other.start)
    return shared >= _SHARED * shorter and one.deadline == other.deadline


def _is_heading(sentence: Sentence, kept: Sequence[ObligationReading]) -> bool:
    """`(二)定期报送。` is named after a duty and is none where the next sentences say it."""
    undated = [one for one in kept if isinstance(one.deadline, UndatedDeadline)]
    return len(kept) == len(undated) == 1 and _RUN_IN.fullmatch(sentence.text) is not None


def _again(
    paragraph: Paragraph, sentence: Sentence, setting: Setting, previous: ObligationReading
) -> list[ObligationReading]:
    """`每年1月底前完成上述工作` after an obligation is that obligation again."""
    if not _SAME_AGAIN.search(sentence.masked):
        return []
    firm = [m for m in deadline_words.find(sentence.text, setting.issued_on) if m.firm]
    if not firm or not isinstance(firm[0].rule, RecurringDeadline | FixedDeadline):
        return []
    end = len(sentence.text.rstrip("。;!?"))
    first, after = paragraph.run.span(sentence.start, sentence.start + end)
    quote = setting.source[first:after]
    return [
        replace(
            previous, quote=quote, start=first, end=after, deadline=firm[0].rule, confidence=0.75
        )
    ]


def _dated(sentence: Sentence, setting: Setting, previous: ObligationReading) -> ObligationReading:
    """`报送截止时间为5月10日` is a sentence of its own that dates the one before."""
    rule = previous.deadline
    if not isinstance(rule, UndatedDeadline) or rule.phrase:
        return previous
    if not _LATER_DATE.search(sentence.masked):
        return previous
    firm = [m for m in deadline_words.find(sentence.text, setting.issued_on) if m.firm]
    return replace(previous, deadline=firm[0].rule) if firm else previous
