"""Reporting dates given as a table or a list in the body: one obligation a row and day.

A table has a heading row that names what is handed in and when (报送内容, 报送时间); its cells come
with tabs or bars between them, or one a line. A list is announced by a sentence that asks for
reports and ends in a colon, and its numbered items give a thing and a day.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from notices.text.characters.headings import HEADING
from notices.text.characters.normalize import plain, squeeze
from notices.text.clauses import deliverables
from notices.text.clauses.obligations import ObligationReading, Setting
from notices.text.clauses.phrases import THING
from notices.text.deadlines import finding as deadline_words
from notices.text.deadlines.rules import Deadline
from notices.text.page.lines import Line

_WHEN = re.compile(
    r"^(?:(?:报送|上报|反馈|提交|填报|报告|完成)?(?:截止|时限|截至)?(?:时间|日期|时限|期限)(?:要求|节点|安排)?|时间节点|截止日期|报送频次|频次)(?:\(.*\))?$"
)
_WHAT = re.compile(
    r"^(?:报送|上报|提交|反馈|填报)?(?:内容|材料|事项|资料|项目|报表|表格|文件|名称|信息)(?:名称|内容|清单)?(?:\(.*\))?$|^(?:报表|材料|表格|任务|文件)名称$"
)
_WHO = re.compile(r"^(?:报送|责任|填报|上报|牵头|提交)(?:单位|部门|主体|处室|科室)$|^责任人$")
_TO = re.compile(
    r"^(?:接收|受理)(?:单位|部门|处室|科室)$|^(?:报送|上报|提交)(?:对象|至|方式|渠道)$"
)
_SENDS = re.compile(r"报送|上报|反馈|提交|填报|报告")
_ANNOUNCES = re.compile(r"(?:报送|上报|提交|反馈|报)[^。;]{0,40}:$")
_CELL = 60
_HEAD_CELL = 14
_CONFIDENCE = 0.72


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Timetables:
    """Obligations and the indexes of the lines they were read from."""

    obligations: tuple[ObligationReading, ...]
    used: frozenset[int]


def read(found: Sequence[Line], first: int, last: int, setting: Setting) -> Timetables:
    """Tables and lists of reporting dates in the lines [first, last)."""
    out: list[ObligationReading] = []
    used: set[int] = set()
    i = first
    while i < last:
        rows, after = _table(found, i, last, setting.source)
        if rows:
            readings = list(_of_rows(rows, setting))
            if readings:
                out += readings
                used.update(range(i, after))
                i = after
                continue
        i += 1
    for announced in range(first, last):
        if announced not in used and _ANNOUNCES.search(found[announced].text):
            items, taken = _list(found, announced, last, setting)
            out += items
            used |= taken | ({announced} if items else set())
    return Timetables(tuple(sorted(out, key=lambda o: o.start)), frozenset(used))


def _table(found: Sequence[Line], i: int, last: int, source: str) -> tuple[list[list[_Cell]], int]:
    """The rows of a table whose heading starts on line `i`, and the line after it."""
    head = _cells(found[i], source)
    if len(head) > 1:
        if not _is_heading(head):
            return [], i
        rows, after = [head], i + 1
        while after < last and (len(row := _cells(found[after], source)) > 1 or not row):
            rows += [row] if row else []
            after += 1
        return rows, after
    return _one_a_line(found, i, last)


def _one_a_line(found: Sequence[Line], i: int, last: int) -> tuple[list[list[_Cell]], int]:
    """A table with a cell a line; bare serial numbers are gone, they look like page numbers."""
    stop = i
    while stop < last and stop - i < 9 and len(found[stop].text) <= _HEAD_CELL:
        stop += 1
    serial = found[i].text in ("序号", "编号")
    if not serial and not _is_label(found[i].text):
        return [], i
    for width in range(2, min(7, stop - i) + 1):
        head = [_whole(line) for line in found[i : i + width]]
        if not _is_heading(head) or (width < stop - i and _is_label(found[i + width].text)):
            continue
        columns = head[1:] if serial else head
        rows, at = [columns], i + width
        when = next(k for k, cell in enumerate(columns) if _WHEN.match(cell.text))
        while at + len(columns) <= last:
            row = [_whole(line) for line in found[at : at + len(columns)]]
            if not _days(row[when].text, None) or len(row[when].text) > _CELL:
                break
            rows.append(row)
            at += len(columns)
        return (rows, at) if len(rows) > 1 else ([], i)
    return [], i


def _is_label(text: str) -> bool:
    return bool(_WHEN.match(text) or _WHAT.match(text) or _WHO.match(text) or _TO.match(text))


def _is_heading(cells: Sequence[_Cell]) -> bool:
    texts = [cell.text for cell in cells]
    if not any(_WHEN.match(t) for t in texts) or not any(_WHAT.match(t) for t in texts):
        return False
    return any(_SENDS.search(t) for t in texts)


def _whole(line: Line) -> _Cell:
    return _Cell(plain(line.text), line.start, line.end)


def _cells(line: Line, source: str) -> list[_Cell]:
    """The cells of a row, cut at tabs or bars."""
    text = source[line.start : line.end]
    mark = "\t" if "\t" in text else "|" if text.count("|") > 1 else None
    if mark is None:
        return [_whole(line)]
    out, at = [], line.start
    for piece in text.split(mark):
        bare = piece.strip()
        start = at + piece.find(bare) if bare else at
        if bare.strip("-: "):
            words = plain(line.text[start - line.start : start - line.start + len(bare)])
            out.append(_Cell(words, start, start + len(bare)))
        elif mark == "\t":
            out.append(_Cell("", at, at))
        at += len(piece) + 1
    return out


def _of_rows(rows: list[list[_Cell]], setting: Setting) -> Iterator[ObligationReading]:
    head = rows[0]
    places = {
        key: next((k for k, cell in enumerate(head) if pattern.match(cell.text)), None)
        for key, pattern in (("what", _WHAT), ("when", _WHEN), ("who", _WHO), ("to", _TO))
    }
    for row in rows[1:]:
        named = {k: row[p] for k, p in places.items() if p is not None and p < len(row)}
        what, when = named.get("what"), named.get("when")
        if what is None or when is None or not what.text:
            continue
        start, end = min(what.start, when.start), max(what.end, when.end)
        who, to = named.get("who"), named.get("to")
        for rule in _days(when.text, setting):
            yield ObligationReading(
                setting.source[start:end],
                start,
                end,
                (who.text if who else None) or None,
                deliverables.trim(what.text) or what.text,
                (to.text if to else None) or None,
                deliverables.attachment_refs(what.text, setting.attachments),
                rule,
                _CONFIDENCE,
            )


def _days(words: str, setting: Setting | None) -> list[Deadline]:
    """The days of a cell: `4月10日` and `每月5日` set a deadline though no 前 follows."""
    base = setting.issued_on if setting else _ANY_DAY
    text = "".join(words.split())
    found = [m.rule for m in deadline_words.find(text, base) if m.firm]
    if not found and re.search(r"\d[日月]|\d{4}[.-]", text):
        found = [m.rule for m in deadline_words.find(text.rstrip("。;") + "前", base) if m.firm]
    return found


_ANY_DAY = date(2000, 1, 1)
"""For the question whether a cell is a day at all."""


def _list(
    found: Sequence[Line], announced: int, last: int, setting: Setting
) -> tuple[list[ObligationReading], set[int]]:
    """`请报送以下材料:` and its items `1.工作方案(4月10日前);`."""
    out: list[ObligationReading] = []
    taken: set[int] = set()
    for i in range(announced + 1, last):
        line = found[i]
        mark = HEADING.match(line.text)
        if not mark or len(line.text) > _CELL or _SENDS.search(line.text):
            break
        run = squeeze(line.text, mark.end(), len(line.text))
        mentions = [m for m in deadline_words.find(run.text, setting.issued_on) if m.firm]
        what = deliverables.trim(run.text.rstrip("。;"))
        if not mentions or not THING.search(what):
            continue
        start, end = line.start + mark.end(), line.start + len(line.text.rstrip("。; "))
        taken.add(i)
        for mention in mentions:
            out.append(
                ObligationReading(
                    setting.source[start:end],
                    *(start, end, None, what.strip(":,"), None),
                    deliverables.attachment_refs(run.text, setting.attachments),
                    mention.rule,
                    _CONFIDENCE,
                )
            )
    return out, taken
