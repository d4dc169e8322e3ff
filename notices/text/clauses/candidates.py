"""Everything in a sentence that may ask for a report, with its words, its days and its features."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from notices.text.characters.headings import HEADING
from notices.text.characters.normalize import Run
from notices.text.characters.sentences import Sentence
from notices.text.clauses import (
    actors,
    acts,
    deadlines_of_acts,
    deliverables,
    destinations,
    features,
    lexicon,
    paired_deadlines,
    report_systems,
)
from notices.text.clauses.actors import Actor, Speaker
from notices.text.clauses.acts import Act
from notices.text.clauses.obligations import ObligationReading, Setting
from notices.text.clauses.phrases import THING
from notices.text.deadlines import finding as deadline_words
from notices.text.deadlines.rules import Deadline, Mention, RecurringDeadline

_MAY_REPORT = re.compile("[报送反馈交备寄传发申复返告供退汇推录]")
_LABELLED = re.compile(
    r"^(?P<number>\(□+\)|\d{1,2}[.、]|[一二三四五六七八九十]{1,3}、)?(?P<what>[\u4e00-\u9fff《》□]{2,20}?)??"
    r"(?:报送|上报|反馈|提交)(?:的)?(?:截止|截至)?(?:时间|日期|时限|期限)(?:为|是|:|[调整顺延变更]{2}[为至到])"
)
_KEPT = re.compile(r"实行|坚持")
"""`实行日报告制度` sets one up; `严格执行…制度` may only remind of one."""
_NEXT_ACT = re.compile(r"(?:,|并(?:向社会|通过|抄送|公布|及时采取|按))")
_TOPIC = 24
_BARE_THINGS = ("电子版", "纸质版", "材料", "有关材料", "相关材料", "以上材料", "上述材料")
_CARRIED = 40
"""Sentences over which a subject is carried on."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One act and the readings it would give, one a day; nothing says yet that it is a duty."""

    readings: tuple[ObligationReading, ...]
    features: frozenset[str]
    kind: str = "act"
    """"label": names a thing and its day, and so dates what was asked before it; "system": a duty
    to report named as a system; "noun": an act that may only be part of a thing (信息报送)."""


def of_sentence(
    run: Run, sentence: Sentence, setting: Setting, earlier: Sequence[Sentence]
) -> list[Candidate]:
    """The candidates of a sentence, from left to right; ``earlier`` are the sentences before it."""
    return list(_Reader(run, sentence, setting, earlier).candidates())


class _Reader:
    """Reads one sentence of a paragraph."""

    def __init__(
        self, run: Run, sentence: Sentence, setting: Setting, earlier: Sequence[Sentence]
    ) -> None:
        self.run = run
        self.sentence = sentence
        self.setting = setting
        self.earlier = earlier

    @cached_property
    def mentions(self) -> list[Mention]:
        return deadline_words.find(self.sentence.text, self.setting.issued_on)

    @cached_property
    def tokens(self) -> lexicon.Tokens:
        return lexicon.Tokens(self.sentence.masked)

    @cached_property
    def inherited(self) -> Actor:
        """The subject of the nearest earlier sentence that has one."""
        for sentence in reversed(self.earlier[-_CARRIED:]):
            own = self._actor(sentence, len(sentence.text))
            if own.words:
                return own
        return actors.NOBODY

    def candidates(self) -> Iterator[Candidate]:
        if not _MAY_REPORT.search(self.sentence.masked):
            return
        since = order = 0
        system = report_systems.find(self.sentence)
        found = [
            act
            for act in acts.find(self.sentence, self.tokens)
            if not (system and system[0] <= act.start < system[1])
            # 公开征求意见: an answer is nobody's duty
            and not (self.setting.asks_public and act.kind == "reply")
        ]
        for act, following in zip_longest(found, found[1:]):
            is_followed = following is not None and following.chunk == act.chunk
            candidate = self._candidate(act, since, order, is_followed=is_followed)
            yield candidate
            if candidate.kind != "noun":
                since, order = act.dest_end, order + 1
        if system:
            yield self._system(*system)
        if not found:
            yield from self._labelled()

    def _candidate(self, act: Act, since: int, order: int, *, is_followed: bool) -> Candidate:
        sentence = self.sentence
        rules, due_at = deadlines_of_acts.of_verb(sentence, act, since, self.mentions)
        deliverable, object_at = deliverables.of_verb(sentence, act, since, self.mentions)
        actor = self._actor(sentence, act.start)
        found = features.of_act(
            sentence,
            act,
            tokens=self.tokens,
            actor=actor,
            inherited=self.inherited.speaker,
            deliverable=deliverable or "",
            rules=rules,
            mentions=self.mentions,
            is_own_day=due_at is not None and due_at >= sentence.chunks[act.chunk].start,
            setting=self.setting,
            order=order,
            is_followed=is_followed,
        )
        readings = self._readings(act, since, actor, rules, (due_at, object_at), deliverable)
        kind = "noun" if act.is_glued and not act.dest else "act"
        return Candidate(tuple(readings), frozenset(found), kind)

    def _readings(
        self,
        act: Act,
        since: int,
        actor: Actor,
        rules: Sequence[Deadline],
        needed: tuple[int | None, int | None],
        deliverable: str | None,
    ) -> Iterator[ObligationReading]:
        sentence = self.sentence
        if deliverable is None or deliverable in _BARE_THINGS:
            deliverable = self._topic() or deliverable
        start = self._start(act, since, [place for place in needed if place is not None])
        who = self._who(actor)
        if deliverable and who and deliverable.startswith(who) and len(deliverable) > len(who) + 1:
            deliverable = deliverables.trim(deliverable.removeprefix(who))
        quote, first, after = self._quote(start, self._end(act))
        words = sentence.text[start : sentence.chunks[act.chunk].end] + (deliverable or "")
        respective = "分别" in sentence.masked[start : act.end]
        parts = deliverables.shared_out(deliverable, len(rules)) if respective else None
        if apart := paired_deadlines.of_verb(sentence, act, since, self.mentions):
            parts, rules = [thing for thing, _ in apart], [rule for _, rule in apart]
        for order, rule in enumerate(rules):
            yield ObligationReading(
                quote,
                first,
                after,
                who,
                parts[order] if parts else deliverable,
                self._report_to(act),
                deliverables.attachment_refs(words, self.setting.attachments),
                rule,
                0.0,
            )

    def _labelled(self) -> Iterator[Candidate]:
        """`自查报告报送截止时间:6月15日` standing alone names a thing and its day."""
        match = _LABELLED.match(self.sentence.masked)
        if match is None:
            return
        firm = [mention.rule for mention in self.mentions if mention.firm]
        first = match.start("what") if match["what"] else match.end("number")
        named = self.sentence.text[match.start("what") : match.end("what")]
        words = named or deliverables.of_title(self.setting.title) or None
        if firm:
            yield self._bare("label", first, len(self.sentence.text.rstrip("。;")), words, firm)

    def _system(self, begin: int, stop: int, words: str, rule: RecurringDeadline) -> Candidate:
        """`实行日报告、零报告制度`: a duty to report in every period, named as a system."""
        first = self.sentence.chunks[self.sentence.chunk_at(begin)]
        last = self.sentence.chunks[self.sentence.chunk_at(stop - 1)]
        kind = "system" if _KEPT.search(self.sentence.masked, begin, stop) else "system_asked"
        return self._bare(kind, first.start, last.end, words, [rule])

    def _bare(
        self,
        kind: str,
        start: int,
        end: int,
        words: str | None,
        rules: Sequence[Deadline],
    ) -> Candidate:
        """A candidate without a verb of its own."""
        quote, first, after = self._quote(start, end)
        actor = self._actor(self.sentence, start + 1)
        who = self._who(actor)
        readings = tuple(
            ObligationReading(quote, first, after, who, words, None, (), rule, 0.0)
            for rule in rules
        )
        found = {"any", f"act:{kind}", f"speaker:{actor.speaker}", f"day:{rules[0].kind}"}
        found |= {f"around:{name}" for name in self.tokens.between(start, end)}
        return Candidate(readings, frozenset(found), kind)

    def _actor(self, sentence: Sentence, position: int) -> Actor:
        return actors.of_act(sentence, position, self.setting.issuers, self.setting.recipients)

    def _who(self, actor: Actor) -> str | None:
        if actor.words:
            return actor.words
        earlier = self.inherited
        return None if earlier.speaker is Speaker.WRITER else earlier.words or None

    def _topic(self) -> str | None:
        """`(二)工作总结。12月10日前报送` names the thing in the run-in heading."""
        last = self.earlier[-1] if self.earlier else None
        if last is None or last.start or not self.sentence.start or len(last.text) > _TOPIC:
            return None
        head = HEADING.match(last.text)
        words = deliverables.trim(last.text[head.end() :].rstrip("。;:")) if head else ""
        return words if THING.search(words) else None

    def _start(self, act: Act, since: int, needed: list[int]) -> int:
        """The start of the part that holds the act, or of an earlier one that is needed."""
        sentence = self.sentence
        chunk = sentence.chunks[act.chunk]
        starts = [sentence.chunks[sentence.chunk_at(p)].start for p in needed]
        start = max(min([chunk.start, *starts]), since)
        words = sentence.text[start : chunk.end]
        bare = HEADING.sub("", words.lstrip(",、:"), count=1)
        return min(start + len(words) - len(bare), act.start)

    def _end(self, act: Act) -> int:
        """The end of the act's own part, cut before a further act in it."""
        chunk = self.sentence.chunks[act.chunk]
        cut = _NEXT_ACT.search(self.sentence.masked[act.dest_end : chunk.end])
        return act.dest_end + cut.start() if cut and cut.start() else chunk.end

    def _quote(self, start: int, end: int) -> tuple[str, int, int]:
        first, after = self.run.span(self.sentence.start + start, self.sentence.start + end)
        return self.setting.source[first:after], first, after

    def _report_to(self, act: Act) -> str | None:
        words = act.destination(self.sentence)
        return destinations.spelled_out(words, self.setting.issuers) if words else None
