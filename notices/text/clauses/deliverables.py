"""What is handed in, and which attachment of the notice it is."""

import re
from datetime import date

from notices.text.characters.sentences import Sentence
from notices.text.clauses.acts import Act
from notices.text.clauses.phrases import ADVERB, MODAL, OBJECT_MARK, THING
from notices.text.deadlines import finding as deadline_words
from notices.text.deadlines.rules import Mention

BEFORE_VERB = re.compile(rf"(?:{MODAL}|{ADVERB}|于|在|向□*|,|各)+$")
_MARKED = re.compile(OBJECT_MARK)
_LEADING = re.compile(rf"^(?:{MODAL}|{ADVERB}|认真|全面|仔细|切实|一次|对照职责)")
_NOTE = re.compile(
    r"\((?:附件|附表|见附|详见|附后|格式|样式|模板|含|包括|包含|不少于|不超过|不多于|一式|电子版|纸质版|加盖|盖章|须|需|以下简称|\d)"
    r"[^()]*\)?|\(\)"
)
_NO_OBJECT = re.compile(
    r"备案|研究(?!报告|成果)|协调|解决|统一|审[核批阅]|批准|汇总(?!表)|复制|存档|处|并|等[,。]|一次(?:$|[,。])|和反映|邮箱|时间|日期|时限|截止"
)
_ENUMERATION = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|第[一二三四五六七八九十百]{1,5}条|\d{1,2}[.、]|[一二三四五六]是|①|②|③)"
)
_CONDITION = re.compile(
    r"^(?:电话|口头)$|(?:盖章|加盖公章|审核|审批|审查|签字|同意|通过|结束|完成|分析|汇总|填写|研究)后$|传达$|必要时$"
)
_WORKING_UP = re.compile(
    r"^(?:(?:[\u4e00-\u9fff、()]{2,30}(?:应当|应|要|须|请))?(?:负责)?"
    r"(?:收集|汇总(?!表|情况|材料|后的|结果|统计)|填写|填报|形成|撰写|编制|起草|制定(?!的)|制订(?!的)|结合实际|结合本地实际|研究提出|提出|建立|健全|梳理|测算|提炼|整理(?!后)|"
    r"总结(?!报告|材料|评估|表|提纲|会|情况|和|、|$)|连同|凡是发现|如发现|凡是|对于|遇有)(?:好|有|本)?)"
)
_CASE = re.compile(
    r"(?:^|[,;]|[中时]|期间)(?:凡是?|如|若|对|一旦|各[地市县单位]{1,3})?(?:发生|发现|出现|遇有|遇到|遭遇|如遇|遇(?![到有])|如有|存在)有?(?P<thing>(?!的)[^,;]{2,30}?)(?:的|时|后)?$"
)
_BY = re.compile(
    r"由(?![此于])[\u4e00-\u9fff()、]{1,16}?(?:确定|制定|审核|汇总|提出|负责|统一|整理)?(?:后|并)?$"
    r"|经(?!济|营|费|验)[^,]{1,16}后$|(?:不少于|不超过|各?不得少于)[^,]{1,12}$"
)
_ACTION = re.compile(
    r"^(?:细化|列出|明确|详细|完善|说明|提出|采取|做好|加强|开展|落实|严格|加大|推进|强化|组织|完成|进行|制定|督促|指导)"
)
_DONE_TO = re.compile(
    r"对(?P<thing>[^,]{2,30}?)(?:进行|开展|作)(?:全面|严格|认真|逐一|严密)?(?P<act>[\u4e00-\u9fff]{2,6})$"
)
_ORGAN = re.compile(r"(?:部门|政府|机关|机构|单位|[局厅委部院署会办])$")
_REFS = re.compile(
    r"附\s*[件表]\s*((?:\d{1,2}|[一二三四五六七八九十])(?:(?:、|和|,|-|—|至)(?:附[件表])?\d{1,2})*)?"
)
_TITLE = re.compile(r"《([^《》]{4,})》")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_REACH = 160
"""Signs around a verb among which its object stands."""
_NO_DAY = date(2000, 1, 1)
"""Days are only looked for to be cut away; which year they fall in does not matter."""


def after_verb(sentence: Sentence, verb: Act) -> str:
    """The object that follows the verb in its own part of the sentence; "" without one."""
    chunk = sentence.chunks[verb.chunk]
    words = sentence.text[verb.dest_end : min(chunk.end, verb.dest_end + _REACH)]
    if not re.match(r"[\u4e00-\u9fff《“\d]", words) or not re.search(r"[\u4e00-\u9fff]{2}", words):
        return ""
    words = re.sub(r"\((?:附件|见附|详见|附后|格式).*$", "", words)
    return "" if _NO_OBJECT.match(words) else words


def of_verb(
    sentence: Sentence, verb: Act, since: int, mentions: list[Mention]
) -> tuple[str | None, int | None]:
    """What is handed in, and its offset where it stands before the verb's own part.

    `since` is where the sentence's previous act ended: nothing before it belongs to this one.
    """
    chunk = sentence.chunks[verb.chunk]
    before = sentence.text[max(chunk.start, since, verb.start - _REACH) : verb.start]
    match = _MARKED.search(before)
    if match:
        return trim(match["object"]), None
    after = trim(after_verb(sentence, verb))
    if after:
        return after, None
    words = trim(before)
    if before.lstrip(",、").startswith("连同"):  # what goes along with the thing is not the thing
        return _further_ahead(sentence, verb, since, mentions)
    if len(words) < 2 or _CONDITION.search(words) or _ORGAN.search(words):
        return _further_ahead(sentence, verb, since, mentions)
    if _ACTION.match(words):
        ahead, at = _further_ahead(sentence, verb, since, mentions)
        if ahead and not _ACTION.match(ahead):
            return ahead, at
    return _as_report(words), None


def _further_ahead(
    sentence: Sentence, verb: Act, since: int, mentions: list[Mention]
) -> tuple[str | None, int | None]:
    """The nearest earlier part that names a thing, a case (`发生…的`), or at least an action."""
    spare: tuple[str, int] | None = None
    for index in range(verb.chunk - 1, -1, -1):
        previous = sentence.chunks[index]
        if previous.start < since:
            break
        words = sentence.text[max(previous.start, previous.end - _REACH) : previous.end]
        if any(m.start <= previous.start and m.end >= previous.end for m in mentions):
            continue
        match = _MARKED.search(words)
        case = None if THING.search(words.removesuffix("的")) else _CASE.search(words)
        thing = trim(match["object"] if match else case["thing"] if case else words)
        thing = thing.removesuffix("的")
        if len(thing) < 2 or (_CONDITION.search(thing) and not case):
            continue
        if case and not THING.search(thing):
            thing += "情况"
        if (THING.search(thing) or case) and not _ACTION.match(thing):
            return thing, previous.start
        if not _ORGAN.search(thing):
            spare = spare or (_as_report(thing), previous.start)
    return spare or (None, None)


def _as_report(words: str) -> str:
    """`发现重大隐患的` and `开展自查` name a case and an action: what is told is how they stand."""
    case = _CASE.search(words)
    if case and not THING.search(words):
        return trim(case["thing"]) + "情况"
    done = _DONE_TO.match(words)
    if done:
        return f"{done['thing']}{done['act']}情况"
    return words + "情况" if _ACTION.match(words) and not THING.search(words) else words


def shared_out(words: str | None, days: int) -> list[str] | None:
    """`整改方案和整改情况分别于A前、B前报`: as many things as days, one each; else None."""
    if not words or days < 2:
        return None
    parts = re.split(r"、|和|及|以及", words)
    noun = THING.search(parts[-1])
    if len(parts) != days or noun is None or not all(parts):
        return None
    return [part if THING.search(part) else part + noun.group() for part in parts]


def of_title(title: str) -> str:
    """What a notice `关于报送…的通知` asks for; "" for titles of another kind."""
    match = _ASKED_IN_TITLE.search(title)
    return (match["what"] or match["work"]) if match else ""


_ASKED_IN_TITLE = re.compile(
    r"关于(?:及时|按时|做好|进一步做好|开展|组织)?(?:(?:报送|上报|提交|填报)(?P<what>.{2,40}?)|(?P<work>.{2,40}?)(?:报送|上报|填报)工作)的(?:紧急)?(?:通知|函)"
)


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
    for mention in reversed(deadline_words.find(words, _NO_DAY)):
        if mention.firm:
            words = words[: mention.start] + words[mention.end :]
    words = re.sub(r"\((?:,|、)?\)", "", words)
    previous = None
    while previous != words:
        previous = words
        words = re.sub(r"向[\u4e00-\u9fff()、]{1,40}$", "", words)
        words = BEFORE_VERB.sub("", words).strip(",、:。;")
        words = _BY.sub("", words) if len(words) > 4 else words
        words = _ENUMERATION.sub("", words, count=1)
        words = _LEADING.sub("", words) if len(words) > 4 else words
        words = _WORKING_UP.sub("", words).removeprefix("的")
    if re.search(r"[和并或及]$", words) and len(words) < 5:
        return ""
    return words if _CHINESE.search(words) else ""  # an address, a number
