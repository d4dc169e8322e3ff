"""Dated work that is no report: 制定方案, 3月底前完成自查, 一个月内集中宣贯.

A person sees these beside the obligations, because a report that falls due later presupposes them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from notices.text.characters.headings import HEADING
from notices.text.characters.sentences import Chunk, Paragraph, Sentence
from notices.text.clauses import actors
from notices.text.clauses.actors import Actor, Speaker
from notices.text.clauses.clauses import MOST
from notices.text.clauses.obligations import ObligationReading, Setting
from notices.text.deadlines import finding as deadline_words
from notices.text.deadlines.rules import Deadline, Mention, RecurringDeadline


@dataclass(frozen=True, slots=True)
class RequirementReading:
    """Work to be done by a day. `quote` is `source[start:end]`; `action` is what is to be done."""

    quote: str
    start: int
    end: int
    who: str | None
    action: str
    deadline: Deadline

    def as_json(self) -> dict[str, object]:
        return {
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "who": self.who,
            "action": self.action,
            "deadline": self.deadline.as_json(),
        }


_ACT = re.compile(
    r"(?:完成|制定|制订|出台|印发|开展|进行|组织|召开|建立|建成|落实|整改|启动|部署|传达|学习|宣贯|自查|排查|梳理|"
    r"修订|清理|公布|公开|公示|更新|明确|确定|成立|举办|配备|录入|填写|上线|办结|核查|检查|督查|抽查|验收|评估|摸底|动员|宣传|签订|张贴|"
    r"发放|培训|抽检|处置|整治|编制|形成|取得|设立|调整|纠正|销毁|核实|复查|总结|推进|实施|做好|安装|接入|归集|移交|编印|公告|"
    r"集中|全面|健全|完善|确保|实现|解决|消除|取缔|注销|清退|拨付|下达|分解|转发|配齐|达到)"
)
_LEAD = re.compile(
    r"^(?:[,、:]|要|应当?|须|需|必须|务必|请|全面|基本|全部|集中|组织|认真|抓紧|统一|分别|至少|原则上|各|再|均|都|并|普遍|"
    r"各[地市县区]{1,2}局?|(?:对|将|把|就|按照?|根据|结合|围绕)[^,]{1,40}?"
    rf"(?={_ACT.pattern}))*"
)
_MODAL = re.compile(
    r"^(?:[,、:]|要|应当?|须|需|必须|务必|请|再|均|都|并|原则上|组织(?=开展|召开|举办)|各[地市县区]{1,2}局?)*"
)
_NO_WORK = re.compile(
    r"施行|起执行|生效|有效期|废止|报名|报到|考试|申请|申报|受理|放假|逾期|入场|签到|时间[为:]|期限[为:]|时段|不得|不予|"
    r"(?<![许认不])可(?!能|靠|持续)|已(?:经)?(?:完成|于)|截至|应诉|复议|起诉|批准|核准|许可|缴[纳费]|力争|目标|发展成为|以来|期间,?[^,]{0,6}$"
)
_HEAD = re.compile(rf"(?:\(□+\))?(?:{HEADING.pattern})?")
_GOAL = re.compile(r"到20\d\d年|达到\d|覆盖率|[增提]长?高?\d")
_CARRIED = 12
"""Sentences over which a subject is carried on."""


def read(
    paragraphs: Sequence[Paragraph], setting: Setting, obligations: Sequence[ObligationReading]
) -> list[RequirementReading]:
    """Dated work in the paragraphs, in order; what an obligation already speaks of is left out."""
    taken = [(item.start, item.end) for item in obligations]
    out: list[RequirementReading] = []
    if len(obligations) >= MOST:
        return out  # no directive; a person is told so
    for paragraph in paragraphs:
        for index, sentence in enumerate(paragraph.sentences):
            if len(out) >= MOST:
                return out[:MOST]
            if not _DATED.search(sentence.masked) or not _ACT.search(sentence.masked):
                continue
            mentions = deadline_words.find(sentence.text, setting.issued_on)
            if not any(mention.firm for mention in mentions):
                continue
            actor = _actor(paragraph.sentences[max(0, index - _CARRIED) : index + 1], setting)
            if actor.speaker not in (Speaker.WRITER, Speaker.PRIVATE):
                out.extend(_of_sentence(paragraph, sentence, setting, taken, mentions, actor.words))
    return out


def _actor(nearby: Sequence[Sentence], setting: Setting) -> Actor:
    """The subject of the last sentence, or of the nearest before it that has one."""
    for sentence in reversed(nearby):
        found = actors.of_act(sentence, len(sentence.text), setting.issuers, setting.recipients)
        if found.words:
            return found
    return actors.NOBODY


def _of_sentence(
    paragraph: Paragraph,
    sentence: Sentence,
    setting: Setting,
    taken: Sequence[tuple[int, int]],
    mentions: Sequence[Mention],
    inherited: str,
) -> Iterator[RequirementReading]:
    for mention in mentions:
        if not mention.firm or _is_daily(mention) or not sentence.masked[mention.start].strip("□"):
            continue
        found = _action(sentence, mention)
        if found is None:
            continue
        start, action = found
        first, after = paragraph.run.span(
            sentence.start + min(start, mention.start), sentence.start + action.end
        )
        if any(a < after and first < b for a, b in taken):
            continue
        words = sentence.text[action.start : action.end]
        own = actors.of_act(sentence, mention.start, setting.issuers, setting.recipients)
        who = own.words or inherited or None
        yield RequirementReading(
            setting.source[first:after], first, after, who, words, mention.rule
        )


def _is_daily(mention: Mention) -> bool:
    """Routine of every day (每日测温) is no date that anybody waits for."""
    return isinstance(mention.rule, RecurringDeadline) and mention.rule.freq in ("daily", "weekly")


_DATED = re.compile(
    r"[\d一二三四五六七八九十两]个?(?:日|月|年|天|工作日|周|季度|小时)[^,]{0,9}[前底内末起]|年[底末内终]|节前|每(?:个|半)?[年季月]"
)


def _action(sentence: Sentence, mention: Mention) -> tuple[int, Chunk] | None:
    """Where the quote starts and the span of the work that a day is set for."""
    index = sentence.chunk_at(mention.start)
    chunk = sentence.chunks[index]
    if _NO_WORK.search(sentence.masked[chunk.start : chunk.end]):
        return None
    start, end = mention.end, chunk.end
    if not sentence.masked[start:end].strip():
        if index + 1 >= len(sentence.chunks):
            return _work_ahead(sentence, mention, chunk)
        start, end = sentence.chunks[index + 1].start, sentence.chunks[index + 1].end
    words = sentence.masked[start:end]
    lead, modal = _LEAD.match(words), _MODAL.match(words)
    act = start + (lead.end() if lead else 0)
    start += modal.end() if modal else 0
    if not _ACT.match(sentence.masked, act) or _NO_WORK.search(words) or _GOAL.search(words):
        return None
    head = _HEAD.match(sentence.masked, chunk.start)
    return max(chunk.start, head.end() if head else 0), Chunk(start, end)


def _work_ahead(sentence: Sentence, mention: Mention, chunk: Chunk) -> tuple[int, Chunk] | None:
    """`动员部署(3月底前)` and `完成时限为3月底前`: the work stands before the day."""
    act = _ACT.search(sentence.masked, chunk.start, mention.start)
    return (chunk.start, Chunk(act.start(), mention.start)) if act else None
