"""The close of a notice: where the names that sign, the date and what stands below it meet.

In a text without lines the names run on from the last words of the body, a telephone number or the
list of attachments. They end at a date; they begin at a mark that no name holds, or where a name
begins that also stands over the title, in the title or before 印发.
"""

import re
from dataclasses import dataclass

from notices.text.deadlines.dates import WRITTEN_DATE
from notices.text.recipients import organs

_GOES_ON = re.compile(
    r"[ \n]?(?:[、,—~-]|(?!20\d\d年)\d|发布|公布|下发|召开|施行|实施|批准|通过|"
    r"[起前至到在以对向之内止后间的]|[上下]午|组织|开[展始]|举行|\((?!此件|信息公开|联系|主动|依申请|公开|星期))"
)
_PRINTED = re.compile(r" ?印 ?发(?! ?[给的《“关\u4e00-\u9fff])")
_CLOSED = re.compile(r"[ \n]*(?:$|\n|  |附件|\(|抄送|联系)")
_REACH, _MOST = 300, 400
"""Signs before a date in which names are looked for; dates that are looked at."""
_STAMP = re.compile(r" ?\([^()]{0,20}[章印]\)$")
_RUN = re.compile(r"(?:[\u4e00-\u9fff、 ]|\([\u4e00-\u9fff]{1,12}\))+$")
LISTED = (
    r"(?:[表案单录纲账稿]|通知|办法|指南|样式|模板|说明|回执|规则|要点|标准|意见|报告|"
    r"(?<!秘)书|细则|公开|发布|稿纸)"
)
"""How the title of an attachment or a note ends."""
_LISTED = re.compile(rf".*(?:{LISTED}|\)) *(?=(?!有限|公司|集团)[\u4e00-\u9fff]{{3}})")
_ENDED = re.compile(rf"(?:[。)》]|{organs.SUFFIX}|{LISTED})$")
"""What a date without readable names may follow as the date of the notice."""
_SENTENCE = re.compile(
    r"请|应(?!对|急)|要求|负责|组织(?!部)|开展|认真|以及|根据|关于|进行|落实|完成|按照|由|经(?!济|信|贸|开|营|管)|于|的"
)


_MISREAD = re.compile(r"\b[12][\dOoIl]{3} ?年 ?[\dOoIl]{1,2} ?月 ?[\dOoIl]{1,2} ?日", re.ASCII)
_DIGITS = str.maketrans("OoIl", "0011")


def mended(folded: str) -> str:
    """The same text with the letters in dates that recognition took for digits (2O24年4月l日)."""
    return _MISREAD.sub(lambda match: match[0].translate(_DIGITS), folded)


@dataclass(frozen=True, slots=True)
class Signature:
    """Names and date: the names stand in [start, names), the date in [day, end). Without names
    `start` is `names`; in a line of 印发 they are one line."""

    start: int
    names: int
    day: int
    end: int

    def cuts(self) -> list[tuple[int, int]]:
        """Where lines end and start around it."""
        return [(self.start, self.start), (self.names, self.day), (self.end, self.end)]

    def parts(self, start: int) -> bool:
        """Whether a cut at `start` would take the names apart."""
        return self.start < start < self.names


def read(folded: str, known: tuple[str, ...]) -> list[Signature]:
    """Each place where names sign with a date. `known` are the bodies that the opening names."""
    out: list[Signature] = []
    days = [
        m
        for m in WRITTEN_DATE.finditer(folded)
        if m.start() and not _GOES_ON.match(folded, m.end())
    ]
    for day in days if len(days) <= _MOST else days[: _MOST // 2] + days[-_MOST // 2 :]:
        low = max(0, day.start() - _REACH)
        end = low + len(folded[low : day.start()].rstrip(" \n"))
        line = folded[max(low, folded.rfind("\n", low, end) + 1) : end]
        start = _names_start(line, known)
        printed = _PRINTED.match(folded, day.end())
        if start is not None:
            first = end - len(line) + start
            day_start, last = (end, printed.end()) if printed else (day.start(), day.end())
            if start == 0 and (above := _glued_above(folded, first, known)) is not None:
                out.append(Signature(above, above, above, above))
            out.append(Signature(first, end, day_start, last))
        elif printed or not _CLOSED.match(folded, day.end()) or not _ENDED.search(line):
            continue
        elif end == day.start() or line[-1] in "。)》":
            out.append(Signature(end, end, day.start(), day.end()))
    return out


def _glued_above(folded: str, at: int, known: tuple[str, ...]) -> int | None:
    """Where known names begin that end a line above names that have lines of their own."""
    low = max(0, at - _REACH)
    for line in reversed(folded[low:at].rstrip("\n").split("\n")):
        at -= len(line) + 1
        if not organs.are_organs(line):
            found = _RUN.search(line)
            own = _own_start(found.group(), known) if found else None
            return at + found.start() + own if found and own else None
    return None


def _own_start(run: str, known: tuple[str, ...]) -> int | None:
    """Where the first known name begins from which on a run is nothing but names."""
    own = [at for name in known if (at := run.find(name)) >= 0 and organs.are_organs(run[at:])]
    return min(own, default=None)


def _names_start(line: str, known: tuple[str, ...]) -> int | None:
    """Where in `line` the names start that end it; None where it ends in no names."""
    stamp = _STAMP.search(line)
    bare = line[: stamp.start()] if stamp else line
    found = _RUN.search(bare)
    if found is None:
        return None
    run = found.group()
    in_list = _in_list(bare, found.start())
    own = _own_start(run, known)
    if own is not None and (in_list or not _SENTENCE.search(run[:own])):
        return found.start() + own
    starts = _beginnings(run, known, in_list=in_list)
    named = [at for at in starts if organs.are_organs(run[at:]) and not _SENTENCE.search(run[at:])]
    whole = [at for at in named if all(map(organs.is_organ, run[at:].split()))]
    return next((found.start() + at for at in [*whole, *named]), None)


def _in_list(line: str, at: int) -> bool | None:
    """Whether a list of attachments goes on at `at`; None where a sentence goes on there."""
    before, after = line[at - 1 : at], line[at : at + 1]
    if "附件" in line[line.rfind("。", 0, at) + 1 : at]:
        return True
    goes_on = before in tuple(".,:;、“(") or (before.isdigit() and after in tuple("年月日个项次"))
    return None if goes_on else False


def _beginnings(run: str, known: tuple[str, ...], *, in_list: bool | None) -> list[int]:
    """Where the names may begin: at the run's own start, behind a blank, a listed title, or where
    the end of a name known from the opening begins (`省乡村振兴局` of `山东省乡村振兴局`)."""
    bracket = re.match(r"\([^)]*\) *", run)
    own = [bracket.end() if bracket else 0]
    shared = max((organs.alike(run[::-1], name[::-1]) for name in known), default=0)
    out = [len(run) - shared] if shared > 3 else []
    out += [m.end() for m in re.finditer(" +", run)]
    listed = _LISTED.match(run)
    out += [listed.end()] if listed else []
    return out if in_list is None else [*out, *own] if in_list else [*own, *out]
