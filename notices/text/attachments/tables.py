"""The tables on an attachment's pages: rows of cells, and the lines above and below them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from notices.text.attachments import lost_grids
from notices.text.attachments.headers import depth
from notices.text.attachments.tables_and_outlines import AttachmentTable
from notices.text.characters.normalize import indent_of, plain
from notices.text.page.lines import Line

Cells = tuple[str, ...]

_NUMBERED = r"附?表\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2}(?:[-.]\d{1,2})?)(?!\d|\s*[个份张式])"
_CAPTION = re.compile(
    rf"{_NUMBERED}(?:[^。]{{0,40}})$"
    r"|[^:。,]{2,40}(?<![填报])(?:表|表格|台账|清单|名册|名单|一览|回执)(?:\([^()]*\))?$"
)
_CONTINUED = re.compile(r"\(?\s*(?:续\s*表|续上表|接上页|转下页)[^。]{0,6}$")
_NOTE = re.compile(
    r"\s*(?:备\s*注|注|(?:填\s*[表报]|有关)?\s*(?:说\s*明|须\s*知))\s*\d{0,2}\s*(?:[:：、.]\s*|$)"
)
_UNIT = re.compile(r"^(?:填报|填表|报送|上报|申报)(?:单位|部门|社区|机构)|盖\s*章")
_FOOT = re.compile(
    r"(?:联系人|填[表报]人|报送人|经办人|制表人?|审[核批]人?|复核人?|签发人|(?:单位|部门|统计)?负责人"
    r"|(?:单位)?领导|填[表报]日期|填[表报]时间|报出日期|联系电话|电话|手机|电子邮箱)"
)
_LABEL = re.compile(r"(?:^|\s)[^\s:。;]{1,20}\s*:")
_NAME = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\))?[^。;:,_(][^。;:,_]{0,29}$"
)
_TOTAL = re.compile(r"[合总小]\s*计$")
_GAP = "    "
"""Between lines that are put on one."""


@dataclass(frozen=True)
class _Item:
    """A line of the page: its folded text, its words, its cells (one where it is no row)."""

    text: str
    words: str
    cells: Cells
    is_form: bool = False
    """Do labels of the table's own cells end with colons?"""

    @property
    def has_labels(self) -> bool:
        """姓名： among several cells of a row, of which others are no such labels."""
        labels = [cell.endswith((":", "：")) and "其中" not in cell for cell in self.cells if cell]
        return any(labels) and not all(labels)

    @property
    def is_caption(self) -> bool:
        return bool(_CAPTION.match(self.text))

    @property
    def is_note(self) -> bool:
        return bool(_NOTE.match(self.text))

    @property
    def asks(self) -> bool:
        """Is it one of labels with blanks behind them, 填表人： 联系电话：?"""
        labels = [label.split() for label in self.text.split(":")[:-1]]
        is_short = all(len(label[-1] if label else "") <= 20 for label in labels)
        has_label = bool(labels) and bool(_LABEL.search(self.text))
        known = _UNIT.search(self.text) or _FOOT.match(self.text) or has_label
        return bool(known) and is_short and "。" not in self.text and "其中" not in self.text

    @property
    def is_row(self) -> bool:
        """A text alone at the left of a row is a line where it speaks of the table."""
        if len(self.cells) < 2:
            return False
        is_lone = bool(self.cells[0]) and not any(self.cells[1:])
        speaks = self.is_caption or self.is_note or (":" in self.text and self.asks)
        speaks = speaks and not (self.is_form and self.text.endswith(":"))
        return not (is_lone and speaks) and not _CONTINUED.match(self.text)


@dataclass
class _Piece:
    """A table: its rows, and the lines above and below them."""

    above: list[_Item] = field(default_factory=list)
    rows: list[Cells] = field(default_factory=list)
    """A row of one cell reaches across."""
    below: list[_Item] = field(default_factory=list)


def cells_of(source: str, line: Line) -> Cells:
    """The cells of the whole physical line: leading empty ones are gone from `line` itself."""
    start = source.rfind("\n", 0, line.start) + 1
    stop = source.find("\n", line.end)
    raw = source[start : stop if stop >= 0 else len(source)].rstrip("\r")
    if "\t" not in raw and raw.count("|") > 1:
        cells = tuple(plain(cell) for cell in raw.strip().strip("|").split("|"))
        return cells if any(cell.strip("-: ") for cell in cells) else ()
    return tuple(_indented(cell) for cell in raw.split("\t"))


def _indented(cell: str) -> str:
    """The cell with the blanks of a full sign's width at its left, by which parts stand in."""
    words = plain(cell)
    return indent_of(cell) + words if words else ""


def read(
    number: int, title: str, lines: Sequence[Line], source: str, start: int, end: int
) -> tuple[AttachmentTable, ...]:
    """The tables among the lines, of which at least one has cells. `number` and the offsets are
    those of the attachment and hold for all of them."""
    pieces = _pieces([_item(line, source) for line in lines])
    tables = tuple(_table(number, title, piece, start, end) for piece in pieces)
    if len(tables) == 1:
        return tables
    return tuple(
        replace(table, title=_caption(piece) or (f"{title}（{place}）" if place > 1 else title))
        for place, (table, piece) in enumerate(zip(tables, pieces, strict=True), start=1)
    )


def of_labels(
    number: int, title: str, lines: Sequence[Line], source: str, start: int, end: int
) -> AttachmentTable:
    """The table of a form that lost its grid."""
    piece = _Piece()
    labels: list[str] = []
    for line in lines:
        item = _item(line, source)
        may_end = line is lines[-1] or ":" in line.text
        if not labels and (_UNIT.search(line.text) or item.asks):
            piece.above.append(item)
        elif labels and may_end and (_FOOT.match(line.text) or item.is_note):
            piece.below.append(item)
        else:
            labels.append(plain(item.words))
    piece.rows = lost_grids.rows_of(labels)
    return replace(_table(number, title, piece, start, end), lost_grid=True)


def _item(line: Line, source: str) -> _Item:
    return _Item(line.text, source[line.start : line.end].strip(), cells_of(source, line))


def _pieces(items: Sequence[_Item]) -> list[_Piece]:
    if any(item.has_labels for item in items):
        items = [replace(item, is_form=True) for item in items]
    last = max((i for i, item in enumerate(items) if item.is_row), default=-1)
    pieces: list[_Piece] = []
    between: list[_Item] = []
    for place, item in enumerate(items):
        if not item.cells or _CONTINUED.match(item.text):
            continue
        if not item.is_row and not (pieces and _is_name(item, within=place < last)):
            between.append(item)
            continue
        cells = item.cells if item.is_row else (plain(item.words),)
        if not pieces:
            first: list[Cells] = [
                (plain(one.words),) for one in between[-1:] if _is_name(one, within=True)
            ]
            pieces.append(_Piece(above=between, rows=first))
        elif between:
            _part(pieces, between, cells)
        pieces[-1].rows.append(cells)
        between = []
    if pieces:
        pieces[-1].below += between
    return pieces


def _is_name(item: _Item, *, within: bool) -> bool:
    """Is a line without tabs, below rows, a row of which only its name is left?"""
    if item.is_row or item.is_caption or item.is_note or _FOOT.match(item.text) or item.asks:
        return False
    return bool(_TOTAL.match(item.text) or (within and _NAME.match(item.text)))


def _part(pieces: list[_Piece], between: list[_Item], cells: Cells) -> None:
    """What stands between rows: lines that name a table or ask for something begin a new one."""
    starts = [i for i, item in enumerate(between) if item.is_caption]
    if not starts and cells != pieces[-1].rows[0]:
        starts = [i for i, item in enumerate(between) if _UNIT.search(item.text)]
    cut = starts[0] if starts else len(between)
    pieces[-1].below += between[:cut]
    if starts:
        pieces.append(_Piece(above=between[cut:]))


def _caption(piece: _Piece) -> str:
    return next((item.words for item in piece.above if item.is_caption), "")


def _table(number: int, title: str, piece: _Piece, start: int, end: int) -> AttachmentTable:
    width = max(len(row) for row in piece.rows)
    rows = [row + ("",) * (width - len(row)) for row in piece.rows]
    top = depth(rows)
    rows[top:] = [
        whole if len(row) > 1 else row
        for row, whole in zip(piece.rows[top:], rows[top:], strict=True)
    ]
    asked, notes = _parted(item for item in piece.above if not item.is_caption or item.asks)
    foot, more = _parted(piece.below)
    return AttachmentTable(
        *(number, title, _GAP.join(asked) or None),
        *(tuple(rows[:top]), tuple(_once(rows, top)), _GAP.join(foot) or None),
        *(start, end, (*notes, *more)),
    )


def _once(rows: list[Cells], top: int) -> list[Cells]:
    """The rows below the header, which a long table repeats on each page."""
    body: list[Cells] = []
    at = top
    while at < len(rows):
        again = 0
        if sum(map(bool, rows[0])) > 1:
            while again < top and at + again < len(rows) and rows[at + again] == rows[again]:
                again += 1
        if not again:
            body.append(rows[at])
        at += again or 1
    return body


def _parted(items: Iterable[_Item]) -> tuple[list[str], list[str]]:
    """The words of lines to be filled in, and the notes; 填表说明： alone says nothing."""
    asked: list[str] = []
    notes: list[str] = []
    is_noted = False
    for item in items:
        if not item.is_note and (item.asks or _UNIT.search(item.text) or _FOOT.match(item.text)):
            asked.append(item.words)
        elif item.is_note or is_noted or "。" in item.text:
            is_noted = True
            notes += [item.words] if _NOTE.sub("", item.text, count=1) else []
    return asked, notes
