"""Finds the bodies of attachments below the signature and reads tables and outlines."""

import re

from notices.text.attachments.listed import AttachmentList
from notices.text.attachments.tables_and_outlines import (
    AttachmentBody,
    AttachmentOutline,
    AttachmentTable,
    AttachmentText,
    OutlineSection,
)
from notices.text.characters.normalize import plain
from notices.text.characters.numerals import to_int
from notices.text.page.closing import LISTED
from notices.text.page.lines import Line
from notices.text.page.tail import Tail

_MARK = re.compile(r"^附\s*(?:件|表)\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})?\s*:?$")
_GLUED = re.compile(rf"^附件 ?[一1]? ?(?P<title>[^。:;,]{{3,40}}?{LISTED})")
_FOOT = re.compile(r"^(?:联系人|填表人|填报人|审核人|负责人|制表人|填表日期|填报日期|备注|注)")
_UNIT = re.compile(r"^(?:填报|填表|报送|上报)(?:单位|部门|社区|机构)|盖章")
_SECTION = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_LIMIT = re.compile(r"(\d{3,5})\s*字\s*(?:以内|之内|左右)?")
_FORM = re.compile(
    r"(?:[汇统登申报情调填]\S{0,12}表|回执|名册|台账|汇总表|统计表|信息表)(?:\(.*\))?$"
)
_CELL, _FEWEST = 22, 3
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
    out: list[AttachmentBody] = []
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
            out.append(_body(number, known, found[i + 1 : until], source))
    return tuple(out)


def _body(number: int, known: str, block: list[Line], source: str) -> AttachmentBody:
    title, rest = _title(known, block, source)
    start, end = block[0].start, block[-1].end
    if any(len(_row(source, line)) > 1 for line in rest):
        return _table(number, title, rest, source, start, end, labels=False)
    sections = [i for i, line in enumerate(rest) if _SECTION.match(line.text)]
    if _is_labels(title, rest):
        return _table(number, title, rest, source, start, end, labels=True)
    if len(sections) >= 2 and _OUTLINE.search(title):
        return _outline(number, title, rest, sections, source, start, end)
    return AttachmentText(number, title, start, end)


def _title(known: str, block: list[Line], source: str) -> tuple[str, list[Line]]:
    """The title above the body, which may be wrapped, and the lines below it."""
    words = ""
    want = _key(known)
    for i, line in enumerate(block[:4]):
        words += source[line.start : line.end]
        if want and _key(words) == want:
            return known, block[i + 1 :]
    return known or plain(source[block[0].start : block[0].end]), block[1:]


def _key(words: str) -> str:
    return re.sub(r"[\s“”\"《》()（）]", "", words)


def _row(source: str, line: Line) -> tuple[str, ...]:
    """The cells of the whole physical line: leading empty ones are gone from `line` itself."""
    start = source.rfind("\n", 0, line.start) + 1
    stop = source.find("\n", line.end)
    raw = source[start : stop if stop >= 0 else len(source)].rstrip("\r")
    if "\t" not in raw and raw.count("|") > 1:
        cells = tuple(plain(cell) for cell in raw.strip().strip("|").split("|"))
        return cells if any(cell.strip("-: ") for cell in cells) else ()
    return tuple(plain(cell) for cell in raw.split("\t"))


def _is_labels(title: str, rest: list[Line]) -> bool:
    """Whether a form lost its grid and is left as labels, one a line."""
    cells = [line.text for line in rest]
    short = all(len(text) <= _CELL and not re.search("[。;]", text) for text in cells)
    return bool(_FORM.search(title)) and short and len(cells) >= _FEWEST


def _table(
    number: int, title: str, rest: list[Line], source: str, start: int, end: int, *, labels: bool
) -> AttachmentTable:
    """Rows of cells; lost ones are `labels`, one header row: the text no longer says how they
    were merged."""
    unit = foot = None
    rows: list[tuple[str, ...]] = []
    for line in rest:
        row, words = _row(source, line), _words(source, line)
        last = line is rest[-1] or ":" in line.text or not labels
        if len(row) > 1:
            rows.append(row)
        elif row and not rows and _UNIT.search(line.text):
            unit = words
        elif rows and last and _FOOT.match(line.text):
            foot = foot or words
        elif labels:
            rows.append((plain(words),))
    if labels:
        rows = [tuple(cell for row in rows for cell in row)]
    width = max(len(r) for r in rows)
    padded = [r + ("",) * (width - len(r)) for r in rows]
    depth = _header_depth(padded)
    return AttachmentTable(
        number, title, unit, tuple(padded[:depth]), tuple(padded[depth:]), foot, start, end
    )


def _words(source: str, line: Line) -> str:
    return source[line.start : line.end].strip()


def _header_depth(rows: list[tuple[str, ...]]) -> int:
    """Rows that belong to the header: the next row fills gaps to the right of a label above."""
    depth = 1
    while depth < len(rows):
        above, row = rows[depth - 1], rows[depth]
        under_gap = any(cell and not above[i] for i, cell in enumerate(row))
        over_gap = any(not cell and above[i] for i, cell in enumerate(row))
        if not (under_gap and over_gap) or any(cell.isdigit() for cell in row):
            break
        depth += 1
    return depth


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
