"""Finds the bodies of attachments below the signature and reads tables and outlines."""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from notices.text.attachments import lost_grids, tables
from notices.text.attachments.listed import AttachmentList
from notices.text.attachments.tables_and_outlines import (
    AttachmentBody,
    AttachmentOutline,
    AttachmentTable,
    AttachmentText,
    OutlineSection,
)
from notices.text.characters.normalize import fold, plain
from notices.text.characters.numerals import to_int
from notices.text.page.closing import LISTED
from notices.text.page.lines import Line
from notices.text.page.tail import Tail

_MARK = re.compile(r"^附\s*(?:件|表)\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})?\s*:?$")
_GLUED = re.compile(rf"^附件 ?[一1]? ?(?P<title>[^。:;,]{{3,40}}?{LISTED})")
_SECTION = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_LIMIT = re.compile(r"(\d{3,5})\s*字\s*(?:以内|之内|左右)?")
_TITLED = re.compile(r"(?:[表单册账]|回执|模板|样式)\s*(?:[(（][^()（）]*[)）])?$")
_GOES_ON = re.compile(r"(?:填报|填表|报送|上报|申报)(?:单位|部门|机构|时间|日期)|单位\s*[:：]")
_CLOSING = re.compile(r"字数|数据支撑|总结材料|要求|控制在")
_OUTLINE = re.compile(r"提纲|模板|框架|要点|参考格式")


def is_form(body: AttachmentBody) -> bool:
    """Whether a body is to be filled in, so that its words are no instructions of the notice."""
    return isinstance(body, AttachmentTable | AttachmentOutline)


def read(
    found: list[Line], source: str, listed: AttachmentList | None, body: int, end: Tail
) -> tuple[AttachmentBody, ...]:
    """The bodies in order of place. `number` follows 附件N, else the order of appearance."""
    first = end.after if end.after < end.chrome else body
    first = max(first, listed.after if listed else 0)
    marks = [i for i in range(first, end.chrome) if _MARK.match(found[i].text)]
    out: list[Sequence[AttachmentBody]] = []
    below = not listed and not marks and body < first < end.chrome
    if below and (glued := _GLUED.match(found[first].text)):
        line = found[first]
        title = source[line.start + glued.start("title") : line.start + glued.end("title")]
        return (AttachmentText(1, title, line.start + glued.start("title"), line.end),)
    for order, i in enumerate(marks, 1):
        following = marks[order] if order < len(marks) else end.chrome
        until = min((k for k in end.furniture if i < k < following), default=following)
        match = _MARK.match(found[i].text)
        number = to_int(match["number"]) if match and match["number"] else order
        known = listed.titles[number - 1] if listed and number <= len(listed.titles) else ""
        if i + 1 < until:
            out.append(_bodies(number, known, _with_rows(found[i + 1 : until], source), source))
    return _numbered(out, len(listed.titles) if listed else 0)


def _numbered(found: list[Sequence[AttachmentBody]], listed: int) -> tuple[AttachmentBody, ...]:
    """Each with a number of its own: further tables of an attachment come after all others."""
    last = max((listed, *(bodies[0].number for bodies in found)))
    out: list[AttachmentBody] = []
    for first, *more in found:
        out.append(first)
        for table in more:
            last += 1
            if isinstance(table, AttachmentTable):
                out.append(replace(table, number=last, part_of=first.number))
    return tuple(out)


def _bodies(number: int, known: str, block: list[Line], source: str) -> Sequence[AttachmentBody]:
    """One, or several tables."""
    title, rest = _title(known, block, source)
    start, end = block[0].start, block[-1].end
    if any(len(tables.cells_of(source, line)) > 1 for line in rest):
        return tables.read(number, title, rest, source, start, end)
    sections = [i for i, line in enumerate(rest) if _SECTION.match(line.text)]
    if lost_grids.is_lost(title, rest):
        return (tables.of_labels(number, title, rest, source, start, end),)
    if len(sections) >= 2 and _OUTLINE.search(title):
        return (_outline(number, title, rest, sections, source, start, end),)
    return (AttachmentText(number, title, start, end),)


def _with_rows(block: list[Line], source: str) -> list[Line]:
    """The lines, each row of cells whole, also one that holds nothing or only a number."""
    start = source.rfind("\n", 0, block[0].start) + 1
    stop = source.find("\n", block[-1].end)
    left = deque(block)
    out: list[Line] = []
    for physical in source[start : stop if stop >= 0 else len(source)].split("\n"):
        end = start + len(physical)
        within: list[Line] = []
        while left and left[0].start < end:
            within.append(left.popleft())
        if "\t" in physical:
            text = fold(physical)
            blank = len(text) - len(text.lstrip())
            at = start if not text.strip() else start + blank
            out.append(Line(text.strip(), at, at + len(text.strip()), "body"))
        else:
            out += within
        start = end + 1
    return out


def _title(known: str, block: list[Line], source: str) -> tuple[str, list[Line]]:
    """The title above the body, which may be wrapped, and the lines below it."""
    words = ""
    want = _key(known)
    for i, line in enumerate(block[:4]):
        before = len(words)
        words += source[line.start : line.end]
        if want and _key(words) == want:
            return known, block[i + 1 :]
        if want and _key(words).startswith(want) and "\t" not in words:
            cut = next(n for n in range(before, len(words)) if _key(words[: n + 1]) == want) + 1
            while cut < len(words) and not _key(words[cut]):
                cut += 1  # a closing sign
            if _GOES_ON.match(words[cut:]):
                at = line.start + cut - before
                rest = fold(source[at : line.end])
                return known, [Line(rest, at, line.end, line.part), *block[i + 1 :]]
    first = source[block[0].start : block[0].end]
    texts = [cell for cell in tables.cells_of(source, block[0]) if cell]
    is_row = len(texts) > 1 or (first != _whole(source, block[0]) and not _TITLED.search(first))
    if known and is_row:  # the table has no title of its own
        return known, block
    return known or plain(first), block[1:]


def _whole(source: str, line: Line) -> str:
    """The line with the tabs around it."""
    return source[source.rfind("\n", 0, line.start) + 1 :].partition("\n")[0]


def _key(words: str) -> str:
    return re.sub(r"[\s“”\"《》()（）]", "", words)


def _words(source: str, line: Line) -> str:
    return source[line.start : line.end].strip()


def _outline(
    number: int,
    title: str,
    rest: list[Line],
    starts: list[int],
    source: str,
    start: int,
    end: int,
) -> AttachmentOutline:
    sections: list[OutlineSection] = []
    closing: list[str] = []
    for order, i in enumerate(starts):
        until = starts[order + 1] if order + 1 < len(starts) else len(rest)
        notes = [_words(source, line) for line in rest[i + 1 : until]]
        if order + 1 == len(starts):
            cut = next((k for k, note in enumerate(notes) if _CLOSING.search(note)), len(notes))
            notes, closing = notes[:cut], notes[cut:]
        sections.append(OutlineSection(_words(source, rest[i]), "".join(notes)))
    note = "".join(closing)
    limit = _LIMIT.search(note) or _LIMIT.search("".join(s.hint for s in sections))
    return AttachmentOutline(
        number, title, tuple(sections), note, int(limit[1]) if limit else None, start, end
    )
