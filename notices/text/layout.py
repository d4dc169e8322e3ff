"""The lines of a notice and the paragraphs they make up.

Text comes as found: lines broken by a page end, whole notices on one line with runs of blanks for
paragraph marks, page numbers between the halves of a sentence, list marks of a web converter.
"""

import re
from dataclasses import dataclass

_NUMERAL = "[一二三四五六七八九十]{1,3}"
HEADING = re.compile(
    rf"(?:{_NUMERAL}、|\({_NUMERAL}\)|第{_NUMERAL}[章节条]|\d{{1,2}}[.、](?!\d)|\(\d{{1,2}}\)|[①-⑳])"
)
_PAGE_NUMBER = re.compile(r"[-—_ ]*(?:第\s*)?\d{1,3}(?:\s*页)?[-—_ ]*$")
_MARKUP = re.compile(r"(?:#{1,6}|[-*+•·]|>)\s+")

# Places inside one long line where a paragraph starts, for text that lost its line breaks.
_FLAT_BREAKS = re.compile(
    r" {2,}"
    rf"|(?<=[。;:]) ?(?={_NUMERAL}、)"
    rf"|(?<=[。;:]) ?(?=\({_NUMERAL}\))"
    r"|(?<=[。;]) ?(?=\d{1,2}[.、][^\d])"
    r"|(?<=[。:])(?: |(?=联系人|附件?[:1]|抄送:|\(此件))"
    r"|(?<=如下) (?=\S)"
    r"|(?<=[。)]) ?(?=附件 ?[:1])"
    r"|(?<=号)(?: )(?=各|有关|\S{2,20}(?:局|厅|委|部|政府|单位)[,、:])"
)
_FLAT_LINE = 110
"""A line longer than this may hold several paragraphs (a line of prose on paper has 28 signs)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A stripped, non-empty line of the folded text and its offsets."""

    text: str
    start: int
    end: int


def lines(folded: str) -> list[Line]:
    """Non-empty lines in order, flat ones broken up, page numbers and list marks dropped."""
    out: list[Line] = []
    position = 0
    for physical in folded.split("\n"):
        for start, end in _pieces(physical, at_head=position < _HEAD_REACH):
            line = _line(folded, position + start, position + end)
            if line is not None:
                out.append(line)
        position += len(physical) + 1
    return out


def _line(folded: str, start: int, end: int) -> Line | None:
    text = folded[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    if mark := _MARKUP.match(text):
        start += mark.end()
        text = text[mark.end() :]
    if not text or _PAGE_NUMBER.match(text):
        return None
    return Line(text, start, start + len(text))


def _pieces(physical: str, *, at_head: bool) -> list[tuple[int, int]]:
    flat = len(physical) > _FLAT_LINE
    cuts = [m.span() for m in _FLAT_BREAKS.finditer(physical)] if flat else []
    cuts += _head_cuts(physical) if at_head else []
    cuts += _tail_cuts(physical)
    out, last = [], 0
    for start, end in sorted(cuts):
        if start >= last:
            out.append((last, start))
            last = end
    out.append((last, len(physical)))
    return out


_HEAD_CUTS = (
    # title | number
    re.compile(
        r"(?:(?<=的通知)|(?<=意见)|(?<=的决定)|(?<=的公告)|(?<=的通报)|(?<=方案)|(?<=办法)|(?<=规定)|"
        r"(?<=的函)|(?<=的批复)) ?"
        r"(?=(?!的)[\u4e00-\u9fff]{2,12}〔\d{4}〕\d)"
    ),
    # title | recipients
    re.compile(
        r"(?:(?<=的通知)|(?<=意见)|(?<=的决定)|(?<=的通报)|(?<=的函)|(?<=的公告)|(?<=\(试行\))) ?"
        r"(?=(?:各|有关|国务院|本市|全市|全省|[\u4e00-\u9fff]{2,16}(?:局|厅|委|政府|公司)[,、:])[^。《》]{0,400}?:)"
    ),
    # number | recipients
    re.compile(r"(?<=[〕\d]号) ?(?=[^\s,。;、)》])"),
)
_SALUTED = re.compile(
    r"^(?:各|有关|[^。《》]{0,80}?(?:局|厅|委|政府|部门|单位|公司|机构|办公室))[^。《》]{0,500}?:(?=\S)"
)
_NOT_SALUTED = re.compile(
    r"请|\d月|邮箱|如下:|通知:|为(?:了|贯彻|深入|进一步|做好|加强)|现将|联系|电话|时间|地址"
)
_SIGNED = (
    re.compile(
        r"(?<=[。)》])\s?(?=[\u4e00-\u9fff]{2,25}(?:局|厅|委|部|会|办公室|政府|院|署|中心)\s?(?:19|20)\d\d年\d{1,2}月\d{1,2}日)"
    ),
    re.compile(r"(?<=\d日)\s*(?=\(此件)"),
)
_HEAD_REACH = 1500
"""Offset up to which a line may hold title, number and recipients run together."""


def _head_cuts(physical: str) -> list[tuple[int, int]]:
    """Where title, number, recipients and body of a notice without line breaks meet."""
    cuts: list[tuple[int, int]] = []
    for pattern in _HEAD_CUTS:
        match = pattern.search(physical, 0, 900)
        if match:
            cuts.append(match.span())
    start = max((end for _, end in cuts), default=0)
    salutation = _SALUTED.match(physical[start:])
    if salutation and not _NOT_SALUTED.search(salutation.group()):
        at = start + salutation.end()
        cuts.append((at, at))
    return cuts


def _tail_cuts(physical: str) -> list[tuple[int, int]]:
    return [m.span() for pattern in _SIGNED for m in pattern.finditer(physical)]


_OPEN_END = re.compile(r"[\u4e00-\u9fffA-Za-z0-9,、(《“]$")
_STARTS_ANEW = re.compile(
    r"附\s*[件表]|联\s*系|电\s*话|传\s*真|邮\s*箱|抄送|主送|\(此件|\(?联系|(?:特此|此[复致])|"
    r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日$|[一二]〇"
)
_WRAPPED = 18
"""A line shorter than this that does not end a sentence is a heading, not a broken line."""


def joins(previous: Line, following: Line) -> bool:
    """Whether `following` goes on with the sentence that `previous` broke off."""
    if not _OPEN_END.search(previous.text) or len(previous.text) < _WRAPPED:
        return False
    if HEADING.match(following.text) or _STARTS_ANEW.match(following.text):
        return False
    if "\t" in previous.text or "\t" in following.text:
        return False
    if HEADING.match(previous.text) and "。" not in previous.text and len(previous.text) < 45:
        return len(following.text) < _WRAPPED and bool(re.search(r"[。;]$", following.text))
    return bool(re.search(r"[,。;:、]", previous.text + following.text))


def paragraphs(found: list[Line]) -> list[tuple[int, int]]:
    """Offsets of the paragraphs: lines, with the halves of broken sentences put together."""
    out: list[tuple[int, int]] = []
    for i, line in enumerate(found):
        if out and i and joins(found[i - 1], line):
            out[-1] = (out[-1][0], line.end)
        else:
            out.append((line.start, line.end))
    return out
