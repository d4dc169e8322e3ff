"""The rows of a key–value form: which cells are labels, which head a section or the rows beside
them, what is printed at the foot of a blank."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reports.schemas.proposing.header_tree import clean_label
from reports.schemas.proposing.ticks import has_ticks

_CLOSING = re.compile(r"盖\s*章|签\s*(?:字|名|章)|年\s*月\s*日|公\s*章")
_BRACKETED = re.compile(r"[（(][^（）()]*[)）]|年月日|[^（(年]+|.")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）])"
)
_FEWEST_OF_LIST = 3
_MOST_BESIDE = 5  # rows a photo stands beside
_LONG = re.compile("经历|简历|简介|事迹|意见|情况|说明|内容|成效|理由|奖惩|业绩|备注")
_FIRST_OF_LIST = re.compile(r"姓名|名称|序号|(?:起止)?(?:时间|日期|年月|年度|年份)")
_PHOTO = re.compile(r"(?:一寸|二寸|免冠|粘?贴)?(?:彩色)?(?:照片|相片)(?:处|粘贴处)?")

Label = tuple[int, str]
"""Column and text."""


@dataclass(frozen=True, slots=True)
class BoxLine:
    """A row: its labels from the column `left`, all its cells, and at its left the heading `side`
    with the number of rows it stands over; 0 where one above stands there already. At its right
    there may be a place for a `photo`, which takes `right` columns of it and of rows below."""

    labels: tuple[Label, ...]
    cells: tuple[str, ...]
    is_section: bool = False
    left: int = 0
    side: str = ""
    tall: int = 0
    photo: str = ""
    photo_tall: int = 0
    right: int = 0

    @property
    def width(self) -> int:
        """Columns it needs: a blank behind the last label."""
        behind = 1 if self.is_section or self.is_list else 2
        return max(len(self.cells), self.labels[-1][0] + behind) + self.right

    @property
    def is_list(self) -> bool:
        """Are they headings of a list below, 姓名 | 职务 | 电话, without a blank?"""
        places = [column for column, _ in self.labels]
        is_whole = places == list(range(self.left, len(self.cells)))
        begins = bool(self.side) is bool(self.left)
        return is_whole and begins and len(places) >= _FEWEST_OF_LIST

    def labels_to(self, width: int) -> Iterator[tuple[Label, int]]:
        """Each label with the column at which the next one, or nothing, begins."""
        ends = [*(column for column, _ in self.labels[1:]), width]
        return zip(self.labels, ends, strict=True)


def box_lines(rows: Sequence[Sequence[str]]) -> list[BoxLine]:
    """The rows that say something."""
    written = [tuple(row) for row in rows if any(cell.strip() for cell in row)]
    wide = max((len(row) for row in written), default=0)
    across = [len(row) == 1 < wide for row in written]
    grid = _narrowed([row + ("",) * (wide - len(row)) for row in written])
    found = [BoxLine(_labels(row), row) for row in grid]
    if not all(line.labels for line in found):
        return []
    found = [
        replace(line, is_section=across[i] or _is_section(found, i)) for i, line in enumerate(found)
    ]
    return _with_photo(_with_sides(found))


def closing_of(cells: Sequence[str]) -> tuple[str, ...]:
    """（单位盖章） and 年 月 日, each on a line of its own."""
    cells = [cell for cell in cells if not has_ticks(cell)]
    parts = [one for cell in cells for one in _BRACKETED.findall(re.sub(r"\s", "", cell))]
    return tuple("年　　月　　日" if part == "年月日" else part for part in parts)


def said_in(cells: Sequence[str]) -> str:
    """What is printed where a blank would stand: 本单位承诺……。"""
    return "".join(text for cell in cells if _is_said(text := clean_label(cell)))


def _labels(row: Sequence[str]) -> tuple[Label, ...]:
    cells = [(column, clean_label(cell).rstrip(":：")) for column, cell in enumerate(row)]
    return tuple((c, text) for c, text in cells if text and (c == 0 or not _is_printed(text)))


def _is_printed(text: str) -> bool:
    """Does it stand in a blank rather than name one?"""
    return _is_closing(text) or _is_said(text) or has_ticks(text)


def _is_said(text: str) -> bool:
    return text.endswith("。") and not has_ticks(text)


def _is_closing(text: str) -> bool:
    """What is printed at the foot of a blank is no label: （单位盖章）, 年 月 日."""
    return bool(_CLOSING.search(text)) and not text.endswith("意见")


def _is_section(lines: Sequence[BoxLine], place: int) -> bool:
    """一、基本情况 alone over rows that are not numbered so."""
    labels = lines[place].labels
    if len(labels) > 1 or labels[0][0] or not _NUMBERED.match(labels[0][1]):
        return False
    is_last = place + 1 == len(lines)
    return not is_last and not _NUMBERED.match(lines[place + 1].labels[0][1])


def _with_sides(lines: Sequence[BoxLine]) -> list[BoxLine]:
    """Headings at the side: a label at the left of another, over rows that begin beside it."""
    out: list[BoxLine] = []
    place = 0
    while place < len(lines):
        tall = _tall(lines, place)
        line = lines[place]
        if tall:
            heading = line.labels[0][1]
            out.append(replace(line, labels=line.labels[1:], left=1, side=heading, tall=tall))
            out += [replace(one, left=1) for one in lines[place + 1 : place + tall]]
        else:
            out.append(line)
        place += tall or 1
    return out


def _tall(lines: Sequence[BoxLine], place: int) -> int:
    """The rows a heading at the side stands over, if one begins here; among them is a blank."""
    line = lines[place]
    end = place + 1
    while end < len(lines) and lines[end].labels[0][0] == 1:
        end += 1
    has_blank = any(one.labels[-1][0] + 1 < len(one.cells) for one in lines[place:end])
    is_one = end == place + 1 and len(line.labels) < _FEWEST_OF_LIST
    if end == place + 1 and line.is_list:  # 主要成员 | 姓名 | 职务
        heads = _FIRST_OF_LIST.match(line.labels[1][1]) and not _FIRST_OF_LIST.match(
            line.labels[0][1]
        )
        return 1 if heads else 0
    begins = [column for column, _ in line.labels[:2]] == [0, 1] and not line.is_section
    return end - place if begins and has_blank and not is_one else 0


def _with_photo(lines: list[BoxLine]) -> list[BoxLine]:
    """照片 in the last column of the first row: it stands beside rows below that do not reach so
    far, as far as they are short ones."""
    if not lines or not _PHOTO.fullmatch(lines[0].labels[-1][1]):
        return lines
    last = lines[0].labels[-1][0]
    if last < 2 or any("".join(line.cells[last + 1 :]).strip() for line in lines):
        return lines
    lines = [replace(line, cells=line.cells[: last + 1]) for line in lines]
    first = lines[0]
    tall = 1
    while tall < min(len(lines), _MOST_BESIDE) and _is_beside(lines[tall], last):
        tall += 1
    beside = [replace(line, cells=line.cells[:last], right=1) for line in lines[:tall]]
    photo = first.labels[-1][1]
    beside[0] = replace(beside[0], labels=first.labels[:-1], photo=photo, photo_tall=tall)
    return [*beside, *lines[tall:]]


def _is_beside(line: BoxLine, last: int) -> bool:
    is_long = line.is_section or line.is_list or _LONG.search(line.labels[0][1])
    return not line.cells[last] and not is_long


def _narrowed(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Without columns that stand for nothing but the width of a blank at their left."""
    empty = [not any(cell.strip() for cell in column) for column in zip(*rows, strict=True)]
    kept = [c for c in range(len(empty)) if not (c > 1 and empty[c] and empty[c - 1])]
    return [tuple(row[c] for c in kept) for row in rows]
