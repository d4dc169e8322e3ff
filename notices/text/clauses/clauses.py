"""Reporting obligations: sentences that tell the addressees to hand something in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from notices.text.characters.headings import HEADING
from notices.text.characters.normalize import Run
from notices.text.characters.sentences import Paragraph, Sentence
from notices.text.clauses import (
    actors,
    deadlines_of_acts,
    deliverables,
    destinations,
    duties,
    paired_deadlines,
    report_systems,
    verbs,
)
from notices.text.clauses.obligations import ObligationReading, Setting
from notices.text.clauses.phrases import THING
from notices.text.clauses.verbs import Verb
from notices.text.deadlines import finding as deadline_words
from notices.text.deadlines.rules import (
    Deadline,
    FixedDeadline,
    Mention,
    RecurringDeadline,
    UndatedDeadline,
)

_MAY_REPORT = re.compile("[报送反馈交备寄传发申复返告供]")
_LATER_DATE = re.compile(r"(?:报送|上报|提交|反馈|报名|备案|截止|截至)(?:时间|日期|时限)|截[止至]")
_LABELLED = re.compile(
    r"^(?P<number>\(□+\)|\d{1,2}[.、]|[一二三四五六七八九十]{1,3}、)?(?P<what>[\u4e00-\u9fff《》□]{2,20}?)??"
    r"(?:报送|上报|反馈|提交)(?:的)?(?:截止|截至)?(?:时间|日期|时限)(?:为|是|:)"
)
_ROUTE_LABEL = re.compile(
    rf"(?:{HEADING.pattern})?(?:材料)?(?:报送|上报|反馈|提交)(?:方式|途径|渠道|地址|地点|格式|形式):"
)
"""`2.报送方式:纸质版报综合科` says how, not what or when."""
_SAME_AGAIN = re.compile(r"完成上述(?:工作|任务|事项)|按上述(?:要求|程序|规定)|(?:以此|依此)类推")
_NOTE = re.compile(r"\((?![^()]*(?:局|司|处|科|室|部|办|委|厅|中心|组)\))[^()]*\)?")
_RUN_IN = re.compile(rf"(?:{HEADING.pattern})[^,:;。]{{2,12}}。")
_NEXT_ACT = re.compile(r"(?:,|并(?:向社会|通过|抄送|公布|及时采取|按))")


def read(paragraphs: Sequence[Paragraph], setting: Setting) -> list[ObligationReading]:
    """The obligations of the paragraphs, in order of their place in the text."""
    out: list[ObligationReading] = []
    carried: list[Sentence] = []
    for paragraph in paragraphs:
        before, heads = len(out), False
        for sentence in paragraph.sentences:
            reader = _SentenceReader(paragraph.run, sentence, setting, carried)
            found = list(reader.obligations())
            if not found and len(out) > before:
                found = list(reader.repetition(out[-1]))
                if not found:
                    out[-1] = reader.dating(out[-1])
            if not found and len(out) == before:
                found = list(reader.labelled())
            heads |= not sentence.start and _is_heading(sentence, found)
            out.extend(found)
            carried.append(sentence)
        if len(out) == before:
            carried.clear()
        elif heads and len(out) > before + 1:
            del out[before]
    return out


def _is_heading(sentence: Sentence, found: Sequence[ObligationReading]) -> bool:
    """`(二)定期报送。` is named after a duty and is none where the next sentences say it."""
    undated = [one for one in found if isinstance(one.deadline, UndatedDeadline)]
    return len(found) == len(undated) == 1 and _RUN_IN.fullmatch(sentence.text) is not None


_TOPIC = 24
_BARE_THINGS = ("电子版", "纸质版", "材料", "有关材料", "相关材料", "以上材料", "上述材料")
_CARRIED = 40
"""Sentences over which a subject is carried on."""


class _SentenceReader:
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
    def inherited(self) -> str:
        """The subject of the nearest earlier sentence that has one; "" where it is the issuer's."""
        for sentence in reversed(self.earlier[-_CARRIED:]):
            own = actors.of_sentence(sentence, len(sentence.text))
            if own:
                return "" if actors.is_issuer(own, self.setting.issuers) else own
        return ""

    def obligations(self) -> Iterator[ObligationReading]:
        """The duties of this sentence, from left to right."""
        if not _MAY_REPORT.search(self.sentence.masked):
            return
        routed = _ROUTE_LABEL.match(self.run.text)
        found = verbs.find(self.sentence)
        last: Verb | None = None
        periodic = False
        for verb in found:
            if not duties.binds(self.sentence, verb, self.mentions, self.setting, self.inherited):
                continue
            if last and duties.only_routes(self.sentence, verb, last, self.mentions):
                continue
            for reading in self._readings(verb, last):
                if routed and isinstance(reading.deadline, UndatedDeadline):
                    continue
                periodic |= isinstance(reading.deadline, RecurringDeadline)
                yield reading
            last = verb
        if not periodic:
            yield from self._report_system({verb.chunk for verb in found})

    def repetition(self, previous: ObligationReading) -> Iterator[ObligationReading]:
        """`每年1月底前完成上述工作` after an obligation is that obligation again."""
        if not _SAME_AGAIN.search(self.sentence.masked):
            return
        firm = [m for m in self.mentions if m.firm]
        if not firm or not isinstance(firm[0].rule, RecurringDeadline | FixedDeadline):
            return
        quote, start, end = self._quote(0, len(self.sentence.text.rstrip("。;!?")))
        yield replace(
            previous, quote=quote, start=start, end=end, deadline=firm[0].rule, confidence=0.75
        )

    def dating(self, previous: ObligationReading) -> ObligationReading:
        """`报送截止时间为5月10日` is a sentence of its own that dates the one before."""
        rule = previous.deadline
        if not isinstance(rule, UndatedDeadline) or rule.phrase:
            return previous
        if not _LATER_DATE.search(self.sentence.masked):
            return previous
        firm = [m for m in self.mentions if m.firm]
        return replace(previous, deadline=firm[0].rule) if firm else previous

    def labelled(self) -> Iterator[ObligationReading]:
        """`自查报告报送截止时间:6月15日` standing alone names a thing and its day."""
        match = _LABELLED.match(self.sentence.masked)
        if match is None:
            return
        firm = [m for m in self.mentions if m.firm]
        first = match.start("what") if match["what"] else match.end("number")
        quote, start, end = self._quote(first, len(self.sentence.text.rstrip("。;")))
        named = self.sentence.text[match.start("what") : match.end("what")]
        words = named or deliverables.of_title(self.setting.title) or None
        for mention in firm:
            yield ObligationReading(
                quote, start, end, self.inherited or None, words, None, (), mention.rule, 0.68
            )

    def _report_system(self, taken: set[int]) -> Iterator[ObligationReading]:
        """`实行日报告、零报告制度`: a duty to report in every period, named as a system."""
        found = report_systems.find(self.sentence)
        if found is None:
            return
        begin, stop, words, rule = found
        at = self.sentence.chunk_at(stop - 1)
        if at in taken:
            return
        first = self.sentence.chunks[self.sentence.chunk_at(begin)]
        quote, start, end = self._quote(first.start, self.sentence.chunks[at].end)
        yield ObligationReading(quote, start, end, self._who(begin), words, None, (), rule, 0.7)

    def _readings(self, verb: Verb, last: Verb | None) -> Iterator[ObligationReading]:
        sentence = self.sentence
        since = last.dest_end if last else 0
        rules, due_at = deadlines_of_acts.of_verb(sentence, verb, since, self.mentions)
        deliverable, object_at = deliverables.of_verb(sentence, verb, since, self.mentions)
        if deliverable is None or deliverable in _BARE_THINGS:
            deliverable = self._topic() or deliverable
        start = self._start(verb, since, [p for p in (due_at, object_at) if p is not None])
        who = self._who(verb.start)
        if deliverable and who and deliverable.startswith(who) and len(deliverable) > len(who) + 1:
            deliverable = deliverables.trim(deliverable.removeprefix(who))
        quote, first, after = self._quote(start, self._end(verb))
        words = sentence.text[start : sentence.chunks[verb.chunk].end] + (deliverable or "")
        respective = "分别" in sentence.masked[start : verb.end]
        parts = deliverables.shared_out(deliverable, len(rules)) if respective else None
        if apart := paired_deadlines.of_verb(sentence, verb, since, self.mentions):
            parts, rules = [thing for thing, _ in apart], [rule for _, rule in apart]
        for order, rule in enumerate(rules):
            yield ObligationReading(
                quote,
                first,
                after,
                who,
                parts[order] if parts else deliverable,
                self._destination(verb),
                deliverables.attachment_refs(words, self.setting.attachments),
                rule,
                self._confidence(verb, rule, deliverable),
            )

    def _who(self, position: int) -> str | None:
        return actors.of_sentence(self.sentence, position) or self.inherited or None

    def _topic(self) -> str | None:
        """`(二)工作总结。12月10日前报送` names the thing in the run-in heading."""
        last = self.earlier[-1] if self.earlier else None
        if last is None or last.start or not self.sentence.start or len(last.text) > _TOPIC:
            return None
        head = HEADING.match(last.text)
        words = deliverables.trim(last.text[head.end() :].rstrip("。;:")) if head else ""
        return words if THING.search(words) else None

    def _start(self, verb: Verb, since: int, needed: list[int]) -> int:
        """The start of the part that holds the verb, or of an earlier one that is needed."""
        sentence = self.sentence
        chunk = sentence.chunks[verb.chunk]
        starts = [sentence.chunks[sentence.chunk_at(p)].start for p in needed]
        start = max(min([chunk.start, *starts]), since)
        words = sentence.text[start : chunk.end]
        bare = HEADING.sub("", words.lstrip(",、:"), count=1)
        return min(start + len(words) - len(bare), verb.start)

    def _end(self, verb: Verb) -> int:
        """The end of the verb's own part, cut before a further act in it."""
        chunk = self.sentence.chunks[verb.chunk]
        cut = _NEXT_ACT.search(self.sentence.masked[verb.dest_end : chunk.end])
        return verb.dest_end + cut.start() if cut and cut.start() else chunk.end

    def _quote(self, start: int, end: int) -> tuple[str, int, int]:
        first, after = self.run.span(self.sentence.start + start, self.sentence.start + end)
        return self.setting.source[first:after], first, after

    def _destination(self, verb: Verb) -> str | None:
        if not verb.dest:
            return None
        at = self.sentence.masked.find(verb.dest, verb.start)
        if at < 0 or at > verb.dest_end:
            at = self.sentence.masked.rfind(verb.dest, 0, verb.end)
        if at < 0:
            return None
        words = _NOTE.sub("", self.sentence.text[at : at + len(verb.dest)])
        return destinations.spelled_out(words.removesuffix("邮箱") or words, self.setting.issuers)

    def _confidence(self, verb: Verb, rule: Deadline, deliverable: str | None) -> float:
        score = 0.6 + 0.12 * bool(verb.dest) + 0.1 * bool(deliverable)
        if isinstance(rule, UndatedDeadline):
            score += 0.04 * bool(rule.phrase)
        else:
            score += 0.12
        head = self.sentence.masked[: verb.start]
        score += 0.04 * bool(re.search(r"请|应当|要", head))
        return round(min(score, 0.98), 2)
