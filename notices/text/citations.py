"""The numbers of other notices that a notice names: 转发, 落实 or 根据 what, or merely 引用.

Sources: 公文 cites another by its title in 《》 and its 文号 in brackets behind it; several numbers
of one body share the 机关代字: 国市监质发〔2021〕60号、61号; 〔2021〕60、61号.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from notices.text.characters.normalize import fold, squeeze
from notices.text.page import doc_number

MOST = 40  # numbers of one notice; a catalogue of documents names hundreds, and passes none on
_REACH = 90  # signs of the sentence looked at before and after a number
_SHARED = re.compile(r"〔((?:19|20)\d\d)〕(\d{1,5})(?=(?:[、,和及与]\d{1,5})*[、,和及与]\d{1,5}号)")
_MORE = re.compile(
    r"号?\)?[、,和及与](?:〔((?:19|20)\d\d)〕)?(\d{1,5})(?=号|[、,和及与]\d{1,5})(?:号)?"
)
_CODE_BEGINS = re.compile(
    r".*(?:根据|按照|依据|依照|遵照|参照|执行|贯彻|印发|下发|以及|来文|提供|会签|现将|"
    r"见|将|按|以|经|和|及|与|由|在|对|如)(?=..)"
)
_END = re.compile(r"[。;!?]")


class Kind(StrEnum):
    """How a notice names another, from the strongest to the weakest."""

    FORWARDS = "forwards"
    CARRIES_OUT = "carries_out"
    RESTS_ON = "rests_on"
    NAMES = "names"


_BEFORE = (
    (Kind.FORWARDS, re.compile(r"转发|转去|转给|翻印")),
    (Kind.CARRIES_OUT, re.compile(r"落实|贯彻")),
    (Kind.RESTS_ON, re.compile(r"根据|按照|依据|依照|遵照")),
)
_AFTER = re.compile(r"转发|印发(?:给|你|至|各)|转给|翻印|转去")
_RANK = list(Kind)


@dataclass(frozen=True, slots=True)
class Citation:
    """A number as ``doc_number`` writes it, and how it is named."""

    number: str
    kind: Kind


def citations(text: str, own: str | None) -> list[Citation]:
    """Each number once, with the strongest way it is named, in the order of the text.

    ``own`` is the notice's number, which is none of them.
    """
    folded = fold(text)
    run = squeeze(folded, 0, len(folded)).text
    found: dict[str, Kind] = {}
    mine = doc_number.key(fold(own or ""))
    for number, start, end in _numbers(run):
        if number == mine or (number not in found and len(found) == MOST):
            continue
        kind = _kind(run, start, end)
        if number not in found or _RANK.index(kind) < _RANK.index(found[number]):
            found[number] = kind
    return [Citation(number, kind) for number, kind in found.items()]


def _numbers(run: str) -> Iterator[tuple[str, int, int]]:
    """Every number with its place; those that share the 机关代字 of the one before, too."""
    # 〔2021〕60、61号 has no 号 of its own for the first
    run = _SHARED.sub(lambda one: f"〔{one[1]}〕{one[2]}号"[: len(one.group())], run)
    at = 0
    while (year := _YEAR.search(run, at)) is not None:
        at = year.end()
        code = _code(run, year.start())
        if not code:
            continue
        start, which = year.start() - len(code), year[1]
        yield f"{code}〔{which}〕{int(year[2])}号", start, at
        while more := _MORE.match(run, at):
            if more.end() > len(run):
                break
            at, which = more.end(), more[1] or which
            yield f"{code}〔{which}〕{int(more[2])}号", start, at


_YEAR = re.compile(r"〔((?:19|20)\d\d)〕(?:第)?(\d{1,5})(?:号|(?=[、,和及与]\d{1,5}))")
_HAN = re.compile(r"(?:[\u4e00-\u9fff]|\([\u4e00-\u9fff]{1,4}\))+$")
_LONGEST = 14


def _code(run: str, year: int) -> str:
    """The 机关代字 before the year, without the words of the sentence that run into it.

    In brackets it stands alone: (和政办发〔2020〕1号).
    """
    found = _HAN.search(run, max(0, year - _REACH), year)
    if found is None:
        return ""
    made = doc_number.search(f"{found.group()}〔2000〕1号")
    code = made.value.partition("〔")[0] if made else found.group()
    begins = None if run[: year - len(code)].endswith("(") else _CODE_BEGINS.match(code)
    code = code[begins.end() :] if begins else code
    return code if 2 <= len(code) <= _LONGEST else ""


def _kind(run: str, start: int, end: int) -> Kind:
    """By the words of its sentence: 转发 may stand before the number or after it."""
    before, after = run[max(0, start - _REACH) : start], run[end : end + _REACH]
    before = _END.split(before)[-1]
    after = _END.split(after)[0]
    if _AFTER.search(after) or _BEFORE[0][1].search(before):
        return Kind.FORWARDS
    return next((kind for kind, words in _BEFORE[1:] if words.search(before)), Kind.NAMES)
