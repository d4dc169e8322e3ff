"""Who has to act: the writer speaks of itself until it asks (请, 各X, somebody named)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from notices.text.characters.sentences import Sentence
from notices.text.clauses import lexicon


class Speaker(StrEnum):
    """Whose duty a clause is."""

    WRITER = "writer"  # the issuer or a co-issuer speaks of itself
    ASKED = "asked"  # whoever was written to: 请, 各X, 你局, a named recipient
    PUBLIC = "public"  # a public body that is named
    PRIVATE = "private"  # an enterprise, an applicant, a person
    NOBODY = "nobody"  # no subject


@dataclass(frozen=True, slots=True)
class Actor:
    """The subject in force: its class, its words ("" where 请 alone asks), and its part."""

    speaker: Speaker
    words: str
    chunk: int


NOBODY = Actor(Speaker.NOBODY, "", -1)
_LEAD = re.compile(
    r"(?:\d{1,2}[.、]|\(□+\)|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]{1,5}条|另外|同时|凡|因此|其中|"
    r"[一二三四五]是|…+|希望|但|并|经□+同意|鉴于|为此|,)*"
)
_ASKS = re.compile(r"(?<!申)请(?!示|假|求|进|柬)")
_BY = re.compile(r"(?<![理自缘])由(?!于|此)")
_CUE = re.compile(
    r"应当|应(?!急|对|用|有|聘|届)|要(?!求|点|素|件|闻)|须|需(?!求)|务必|可(?!能|持|靠|行|视|疑|再)|负责|请|于(?!是)|在|每|将|及时|立即|定期|分别|按|"
    r"对(?!象|口)|根据|会同|结合|汇总|认真|统一|组织(?!部)|从|发现|接到|收到|遇|也|均|都|不(?!同|良)|切实|加强|建立|通过|自(?!治|然|贸|来|查|主)|"
    r"完成|制定|为|参照|依据|依照|确(?!诊)|有(?!关|限|色)|牵头|针对|填写|填报|没有|出具|收集|推荐|初审|审查|报(?!社|业|名)|提交|已|曾|拟|正|现|先|还|再|"
    r"汇总|形成|执行|贯彻|\d"
)
_LONGEST = 60
_NO_NAME = re.compile(
    r"及时|立即|(?:报告|情况|总结|材料)(?:和|及|、|的)|[表名方总清][单案结]?\(|阶段|步骤|报送|上报|[日时底旬].{0,4}前|工作$|期间|以上|如下|[,:;。]"
)
_ENDS = re.compile(
    r"(?:[局厅委部办会院署站所处科司社馆校园户者人员方地州县市区省队室行库场组]|单位|部门|机关|政府|企业|公司|机构|组织|中心|小组|办公室|乡镇|街道|城市|"
    r"地区|各级|平台|团体|海关|总社|主体|基地|你们|双方|人民|各地)(?:\(□+\))?$"
)
_EACH = re.compile(
    r"各(?!类|种|项|自|方面|环节|阶段|界|样)(?:有关|相关|级)?(?:地区各部门|地区|单位|部门|地|"
    r"[省市县区](?:[\u4e00-\u9fff]{0,8}?局)?|省份|校|镇|村|科室|处室)(?:\(□+\))?"
)
_BODY = re.compile(r"部门|政府|机关|各地|主管|单位$|[局厅委办]$")


def of_act(sentence: Sentence, position: int, issuers: Sequence[str], recipients: str) -> Actor:
    """The subject in force at an offset of the sentence; NOBODY where the sentence has none."""
    last = sentence.chunk_at(position)
    asked: Actor | None = None
    for index in range(last, -1, -1):
        chunk = sentence.chunks[index]
        end = min(chunk.end, position) if index == last else chunk.end
        found = _of_part(sentence.masked[chunk.start : end])
        if found is None:
            continue
        first, after, asks = found
        words = sentence.text[chunk.start + first : chunk.start + after]
        if asks and not words:
            asked = asked or Actor(Speaker.ASKED, "", index)
            continue
        if asked:
            is_them = lexicon.anywhere("addressee").match(words)
            return Actor(Speaker.ASKED, words if is_them else "", asked.chunk)
        return Actor(
            _speaker(words, asks=asks, issuers=issuers, recipients=recipients), words, index
        )
    return asked or NOBODY


def _of_part(masked: str) -> tuple[int, int, bool] | None:
    """Where the subject stands in a part between commas, and whether 请 asks it."""
    by = max((match.end() for match in _BY.finditer(masked)), default=None)
    if by is not None and (named := _name(masked, by)):
        return *named, False
    asked = _ASKS.search(masked)
    lead = _LEAD.match(masked)
    start = lead.end() if lead else 0
    if asked and asked.start() - start <= _LONGEST:
        ahead = masked[start : asked.start()]
        if ahead and _ENDS.search(ahead) and not _NO_NAME.search(ahead):
            return start, asked.start(), True
        each = _EACH.match(masked, start)
        if each and each.end() <= asked.start():
            return each.start(), each.end(), True
        return *(_name(masked, asked.end()) or (asked.end(), asked.end())), True
    if named := _name(masked, start):
        return *named, False
    each = _EACH.match(masked, start)
    return (each.start(), each.end(), False) if each else None


def _name(masked: str, start: int) -> tuple[int, int] | None:
    """The name that begins at `start` and goes up to a word that says what is done."""
    for cue in _CUE.finditer(masked, start + 1, start + _LONGEST):
        words = masked[start : cue.start()]
        if _ENDS.search(words) and not _NO_NAME.search(words):
            return start, cue.start()
    words = masked[start : start + _LONGEST]
    whole = start + len(words) == len(masked)
    if whole and len(words) > 1 and _ENDS.search(words) and not _NO_NAME.search(words):
        return start, len(masked)
    return None


def _speaker(words: str, *, asks: bool, issuers: Sequence[str], recipients: str) -> Speaker:
    if is_writer(words, issuers) and not asks:
        return Speaker.WRITER
    if is_private(words, recipients):
        return Speaker.PRIVATE
    if asks or lexicon.anywhere("addressee").match(words) or _is_recipient(words, recipients):
        return Speaker.ASKED
    return Speaker.PUBLIC


def _is_recipient(words: str, recipients: str) -> bool:
    return len(words) > 2 and words in recipients


def is_writer(words: str, issuers: Sequence[str]) -> bool:
    """Whether the words mean the issuer or a co-issuer: 我局, 部, 省住建厅."""
    if lexicon.anywhere("writer").match(words):
        return not re.search(r"属|直|各", words[2:4])
    if words in lexicon.words("system_organ"):
        return True
    names = [*issuers, *(re.sub(r"(?<=[局厅委部])办公[厅室]$", "", name) for name in issuers)]
    return any(_abbreviates(words, name) for name in names)


def _abbreviates(words: str, name: str) -> bool:
    """省住建厅 for 湖北省住房和城乡建设厅: the same signs in the same order, same ending."""
    if len(words) < 2 or words[-1] != name[-1] or len(words) > len(name):
        return False
    signs = iter(name)
    return all(char in signs for char in words)


def is_private(words: str, recipients: str) -> bool:
    """Whether the duty is an enterprise's, a school's or a person's that was not written to."""
    found = lexicon.anywhere("private").findall(words)
    if not found or lexicon.anywhere("authority").search(words):
        return False
    if "任何单位" in words or "单位和个人" in words:
        return False
    rest = lexicon.anywhere("private").sub("", words)
    return not _BODY.search(rest) and not any(word in recipients for word in found)
