"""What can be seen of an act of handing in: typed features, no words of the text.

A feature is a window and what stands in it, as `before:please` or `dest:own`. The windows:
`near` the signs right before the act, `before` the rest of its part, `ahead` the parts before,
`next` what follows at once, `after` the rest of the part, `rest` the sentence behind it; `dest`,
`object` and `actor` what was read as such.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from notices.text.characters.headings import HEADING
from notices.text.characters.sentences import MASK, Sentence
from notices.text.clauses import actors, lexicon
from notices.text.clauses.actors import Actor, Speaker
from notices.text.clauses.acts import Act
from notices.text.clauses.obligations import Setting
from notices.text.deadlines.rules import Deadline, FixedDeadline, Mention, UndatedDeadline

_NEAR = 5
_HEADLINE = 60
"""Signs up to which a line without an end may be a heading."""
_REACH = 120
_OF_WORDS = lexicon.some(
    "please must promptly routine manner may not done not_done will urge improve if punish approved"
    " looked_at paper goods case application draft writer addressee private make label inner"
    " forward authority score public_at_large down"
)
_OF_REST = lexicon.some("not approved punish may addressee please will looked_at")
_OF_HEAD = lexicon.some(
    "private addressee forward if done not_done will writer inner authority label"
)
_HEAD = 14
_OF_NEXT = lexicon.some(
    "approved looked_at paper goods case application noun_tail then not label people done private"
    " may office address draft inner score public_at_large"
)
_OF_DEST = lexicon.some(
    "above down sideways lab people address office private public writer system_organ inner"
    " authority public_at_large"
)
_OF_OBJECT = lexicon.some("paper goods case application draft people")
_OF_ACTOR = lexicon.some("down sideways above private addressee public authority inner")
_MARK = re.compile(r"[将把就]")
_AS_OBJECT = re.compile(r"将(?![在于对会要来按不视适定另根形选组继逐严])|把|就(?!近|业|医|餐|地)")
_ASKED_LAST = re.compile(r"(?<!申)请[^,。]{0,40}$")
_DAYS = re.compile(r"\d{1,2} ?月 ?\d|\d ?[日号](?!常)|月[底末]|[一二三四五六七八九十]月")
_SPAN = re.compile(
    r"[\d一二三四五六七八九十两半]个?(?:工作日|小时|分钟|日内|天内|周内|月内)|每[年季月周日]"
)
_VERSION = re.compile(r"电子版|纸质版|纸质|原件|扫描件|word版|Word版|材料|盖章")
_RULES = re.compile(r"办法|规定|细则|条例|制度|预案|规则|规程|指南|方案")


def of_act(
    sentence: Sentence,
    act: Act,
    *,
    tokens: lexicon.Tokens,
    actor: Actor,
    inherited: Speaker,
    deliverable: str,
    rules: Sequence[Deadline],
    mentions: Sequence[Mention],
    is_own_day: bool,
    setting: Setting,
    order: int,
    is_followed: bool,
) -> set[str]:
    """The features that hold. ``inherited`` is who the sentences before speak of; ``order`` counts
    the acts of the sentence before this one; ``is_own_day``: the deadline stands in its part;
    ``is_followed``: a further act stands in it."""
    chunk = sentence.chunks[act.chunk]
    masked = sentence.masked
    out = {f"act:{act.kind}", f"act:{'bare' if len(act.word) == 1 else 'full'}", "any"}
    if act.end - act.start > len(act.word):
        out.add("act:to")
    before = masked[max(chunk.start, act.start - _REACH) : act.start]
    after = masked[act.dest_end : min(chunk.end, act.dest_end + _REACH)]
    windows = (
        ("near", act.start - _NEAR, act.start, _OF_WORDS),
        ("before", max(chunk.start, act.start - _REACH), act.start, _OF_WORDS),
        ("ahead", max(0, chunk.start - 2 * _REACH), chunk.start, _OF_WORDS),
        ("after", act.dest_end, min(chunk.end, act.dest_end + _REACH), _OF_NEXT),
        ("head", 0, min(_HEAD, act.start), _OF_HEAD),
        ("rest", chunk.end, chunk.end + _REACH, _OF_REST),
    )
    for window, start, end, classes in windows:
        out.update(f"{window}:{name}" for name in tokens.between(start, end) & classes)
    out.update(f"next:{name}" for name in tokens.at(act.dest_end) & _OF_NEXT)
    out.update(_of_dest(act, setting))
    out.update(_classes("object", deliverable[-24:], _OF_OBJECT))
    out.update(_of_actor(actor, inherited, act))
    out.update(_of_days(rules, is_own_day=is_own_day))
    out.update(_of_when(masked, rules, mentions))
    out.update(_of_form(sentence, act, before, after, order))
    if is_followed:
        out.add("form:followed")
    if act.is_glued:
        out.add("form:glued")
    out.update(_of_notice(setting))
    out.update(_joint(out))
    return out


def _classes(window: str, words: str, classes: frozenset[str]) -> Iterator[str]:
    for name in lexicon.Tokens(words).between(0, len(words)) & classes:
        yield f"{window}:{name}"


def _of_dest(act: Act, setting: Setting) -> Iterator[str]:
    if not act.dest:
        yield "dest:none"
        return
    yield "dest:ahead" if act.is_ahead else "dest:behind"
    if actors.is_writer(act.dest, setting.issuers) or any(
        name and (name in act.dest or act.dest in name) for name in setting.issuers
    ):
        yield "dest:own"
    tokens = lexicon.Tokens(act.dest)
    for name in tokens.between(0, len(act.dest)) & _OF_DEST:
        yield f"dest:{name}"
    for name in tokens.at(0) & _OF_DEST:
        yield f"dest_is:{name}"


def _of_actor(actor: Actor, inherited: Speaker, act: Act) -> Iterator[str]:
    yield f"speaker:{actor.speaker}"
    if actor.speaker is Speaker.NOBODY:
        yield f"inherits:{inherited}"
    else:
        yield "speaker:here" if actor.chunk == act.chunk else "speaker:ahead"
    yield from _classes("actor", actor.words, _OF_ACTOR)


def _of_days(rules: Sequence[Deadline], *, is_own_day: bool) -> Iterator[str]:
    rule = rules[0]
    yield f"day:{rule.kind}"
    if isinstance(rule, UndatedDeadline):
        yield "day:phrase" if rule.phrase else "day:none"
    elif is_own_day:
        yield "day:own"
    if len(rules) > 1:
        yield "day:several"


def _of_when(masked: str, rules: Sequence[Deadline], mentions: Sequence[Mention]) -> Iterator[str]:
    """What makes it doubtful that the day read is the one meant."""
    firm = [mention for mention in mentions if mention.firm]
    unused = [mention for mention in firm if mention.rule not in rules]
    if unused:
        yield "when:other_days"
    if len(_DAYS.findall(masked)) > len(firm):
        yield "when:unread_days"
    if isinstance(rules[0], FixedDeadline):
        if "year_inferred" in rules[0].marks:
            yield "when:year_inferred"
        if rules[0].time:
            yield "when:clock"
    if isinstance(rules[0], UndatedDeadline) and _DAYS.search(masked):
        yield "when:undated_beside_days"
    if isinstance(rules[0], UndatedDeadline) and _SPAN.search(masked):
        yield "when:undated_beside_span"


def of_days(found: Iterable[str]) -> frozenset[str]:
    """Of the features those that say whether the day is right."""
    return frozenset(name for name in found if name.startswith(("day:", "when:", "order:", "any")))


def _of_form(sentence: Sentence, act: Act, before: str, after: str, order: int) -> Iterator[str]:
    chunk = sentence.chunks[act.chunk]
    masked = sentence.masked
    yield f"order:{min(order, 2)}"
    if _AS_OBJECT.search(before):
        yield "form:object_mark"
    elif _MARK.search(before):
        yield "form:other_mark"
    if not after:
        yield "form:ends_part"
        if chunk.end >= len(masked) - 1:
            yield "form:ends_sentence"
    if len(after) > 12:
        yield "form:long_after"
    if after.endswith("的"):
        yield "form:relative"
    if re.search(r"(?:后|时|之前)$", after) and chunk.end < len(masked) - 1:
        yield "form:condition"
    if not before or act.start - chunk.start < 2:
        yield "form:begins_part"
        if not act.chunk:
            yield "form:begins_sentence"
    if before.endswith("的"):
        yield "form:noun_of"
    if _ASKED_LAST.search(before):
        yield "form:asked_here"
    if chunk.start and masked[chunk.start - 1] == ":":
        yield "form:behind_colon"
    if masked[chunk.end : chunk.end + 1] == ":":
        yield "form:before_colon"
    if HEADING.match(masked):
        yield "form:numbered"
        if not sentence.text.endswith(("。", ";")):
            yield "form:heading"
    if not sentence.text.endswith(("。", ";", "!")) and len(masked) < _HEADLINE:
        yield "form:open"
    if len(masked) < 14:
        yield "form:short"
    if MASK in before:
        yield "form:quoted"
    if "、" in after[:8]:
        yield "form:listed"
    if _VERSION.search(before):
        yield "form:version"
    if masked[act.start - 1 : act.start] in "、及和与":
        yield "form:joined"


def _of_notice(setting: Setting) -> Iterator[str]:
    if setting.asks_public:
        yield "notice:asks_public"
    if not setting.recipients:
        yield "notice:to_nobody"
    if setting.title:
        if setting.title.endswith("函"):
            yield "notice:letter"
        if "会签" in setting.title or "征求" in setting.title:
            yield "notice:asks_opinion"
        if _RULES.search(setting.title[-12:]):
            yield "notice:rules"
    else:
        yield "notice:untitled"


def _joint(found: set[str]) -> list[str]:
    return [
        f"{one}&{other}"
        for one, others in lexicon.together().items()
        if one in found
        for other in others
        if other in found
    ]
