"""Whether an act of handing in is a duty of the addressees, and a new one."""

import re

from notices.text.characters.headings import HEADING
from notices.text.characters.sentences import Sentence
from notices.text.clauses import actors, deliverables
from notices.text.clauses.obligations import Setting
from notices.text.clauses.phrases import ADVERB, DUTY, MODAL, OBJECT_MARK
from notices.text.clauses.verbs import Verb
from notices.text.deadlines.rules import Mention

_INVITES = re.compile(r"(?:鼓励|支持(?!方|措|政|资|单|情)|允许|倡导|推动|引导)")
_ASKS = re.compile(r"(?<!申)请|[要应须](?!件|素|急|对)")
_TOPIC = re.compile(r"意见|建议|问题|情况")
_HEADLINE = re.compile(r"^(?:\d{1,2}[.、]|\(?[一二三四五六七八九十]{1,3}[)、])?[^,。;:]{2,26}$")
_LOCAL = re.compile(r"属地|所在地|当地|登记|注册地|主管|业务主管")
_ROUTE = re.compile(
    r"^(?:同时|并|再|后|由|且|并同时|直接|经[^,]*后|审核后|汇总后|由其|统一|随后|以及|[,、])*$"
)
_DUTY = re.compile(DUTY)
_OBJECT = re.compile(OBJECT_MARK)


def binds(
    sentence: Sentence, verb: Verb, mentions: list[Mention], setting: Setting, inherited: str
) -> bool:
    """Whether the act is a duty of a public body towards the issuer or a superior.

    `inherited` is the subject of the sentence before, for a sentence that names none.
    """
    if setting.asks_public and verb.word.endswith("反馈"):
        return False
    if not _is_public(sentence, verb, setting, inherited):
        return False
    chunk = sentence.chunks[verb.chunk]
    before = sentence.masked[chunk.start : verb.start]
    if _INVITES.match(HEADING.sub("", sentence.masked, count=1)) and not re.search(
        r"请|要|应", before
    ):
        return False
    if _HEADLINE.match(sentence.masked) and not sentence.text.endswith("。"):
        dated = any(m.firm for m in mentions)
        if not (verb.dest and (dated or "请" in before)):
            return False
    if verb.dest:
        return True
    dated = any(m.firm and m.end <= chunk.end for m in mentions)
    if verb.word.endswith("反馈") or ("传" in verb.word and "回传" not in verb.word):
        after = sentence.masked[verb.end : chunk.end]
        asked = _ASKS.search(sentence.masked[: verb.start])
        topic = _TOPIC.search(sentence.masked[: verb.start] + after)
        return bool(asked and (dated or topic))
    return bool(dated or _DUTY.search(before) or _OBJECT.search(before))


def _is_public(sentence: Sentence, verb: Verb, setting: Setting, inherited: str) -> bool:
    own = actors.of_sentence(sentence, verb.start)
    if actors.announces(sentence, verb.start) or actors.is_issuer(own, setting.issuers):
        return False
    if own:
        return not actors.is_private(own, setting.recipients)
    if actors.in_private_case(sentence):
        return False
    return not (_LOCAL.match(verb.dest) and actors.is_private(inherited, setting.recipients))


def only_routes(sentence: Sentence, verb: Verb, last: Verb, mentions: list[Mention]) -> bool:
    """Whether the act hands on what the act before handed in: the same duty, not another."""
    if any(last.end <= m.start and m.end <= verb.start and m.firm for m in mentions):
        return False
    chunk = sentence.chunks[verb.chunk]
    before = sentence.masked[max(chunk.start, last.dest_end) : verb.start]
    if _OBJECT.search(before) or deliverables.after_verb(sentence, verb):
        return False
    bare = re.sub(r"向[^,]*$", "", deliverables.BEFORE_VERB.sub("", before))
    bare = re.sub(rf"{MODAL}|{ADVERB}|电子版|纸质版|纸质|原件|扫描件|[Ww]ord版|材料|向.*", "", bare)
    return len(bare) < 3 or bool(_ROUTE.match(sentence.masked[last.dest_end : verb.start]))
