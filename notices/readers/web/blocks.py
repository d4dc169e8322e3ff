"""The elements of a web page as blocks of text: paragraphs, list items, tables."""

import re
from dataclasses import dataclass

from lxml import etree

from notices.readers import flat_tables
from notices.readers.flat_tables import Cell
from notices.readers.web import labels as web_labels
from notices.readers.xml_parts import local

_BLOCKS = {
    *("address", "article", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt"),
    *("fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
    *("hr", "legend", "li", "main", "ol", "p", "pre", "section", "td", "th", "tr", "ul", "details"),
    *("summary", "table", "tbody", "thead", "tfoot", "html", "hgroup", "option"),
}
_CJK = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”]"
_SOURCE_WRAP = re.compile(rf"(?<={_CJK})[ \t\r\f]*\n[ \t\r\n\f]*(?={_CJK})")
"""A line end of the HTML source between Chinese characters, which is no blank in the text."""
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_INDENT = re.compile(r"[ \t\r\n\f]*(\u3000*)")
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、|\d{1,2}[.、]|[(（]")
GAP = "\x1f"
"""Stands in a block's text after an inline element that holds just a label, like
`<b>索引号</b> 2021-…`, where a colon may be missing; sources have no control characters left."""
_LONG_CELL = 300
"""Characters in a cell from which a table may be a frame around prose."""


@dataclass(frozen=True, slots=True)
class Block:
    """A line, or the lines of a table, and the element it begins in."""

    text: str
    node: etree._Element


def blocks(root: etree._Element) -> list[Block]:
    """The blocks below `root` in document order, empty ones left out."""
    walk = _Walk()
    walk.into(root)
    walk.flush()
    return walk.out


class _Walk:
    def __init__(self) -> None:
        self.out: list[Block] = []
        self._words: list[str] = []
        self._node: etree._Element | None = None
        self._number = ""
        self._items: dict[etree._Element, int] = {}
        self._verbatim = 0

    def into(self, node: etree._Element) -> None:
        kind = local(node)
        if kind == "table" and self._table(node):
            return
        self._verbatim += kind == "pre"
        if kind in _BLOCKS:
            self.flush()
        if kind == "li":
            self._count(node)
        self._add(node.text, node)
        for below in node:
            if local(below) == "br":
                self.flush()
            elif local(below):
                self.into(below)
                if local(below) not in _BLOCKS:
                    self._close_label()
            self._add(below.tail, node)
        if kind in _BLOCKS:
            self.flush()
        self._verbatim -= kind == "pre"

    def flush(self) -> None:
        """Ends the line."""
        text = _SOURCE_WRAP.sub("", "".join(self._words))
        text = _BLANKS.sub(" ", text).strip().strip(GAP)
        if text and self._node is not None:
            number = "" if _NUMBERED.match(text) else self._number
            self.out.append(Block(number + text, self._node))
            self._number = ""
        self._words, self._node = [], None

    def _add(self, text: str | None, node: etree._Element) -> None:
        lines = (text or "").split("\n") if self._verbatim else [text or ""]
        for i, line in enumerate(lines):
            if i:
                self.flush()
            if self._node is None and line.strip():
                self._node = node
            if line:
                self._words.append(line)

    def _count(self, node: etree._Element) -> None:
        """The number of an item of an `ol`, which stands nowhere in the page's text."""
        self._number = ""
        parent = node.getparent()
        if parent is None or local(parent) != "ol":
            return
        if parent not in self._items:
            start = parent.get("start") or "1"
            self._items[parent] = int(start) - 1 if re.fullmatch(r"[0-9]{1,4}", start) else 0
        self._items[parent] += 1
        if "none" not in (parent.get("style") or ""):
            self._number = f"{self._items[parent]}. "

    def _close_label(self) -> None:
        words = "".join(self._words) if len(self._words) <= 4 else ""
        if not words.rstrip().endswith((":", "：")) and web_labels.label_of(words):
            self._words.append(GAP)

    def _table(self, node: etree._Element) -> bool:
        """Whether the table was taken as one; False for a mere frame around other blocks."""
        if node.find(".//table") is not None:
            return False
        rows = [[_cell(c) for c in row if local(c) in ("td", "th")] for row in node.iter("tr")]
        if max((len(row) for row in rows), default=0) < 2 or _is_frame(rows):
            return False
        self.flush()
        texts = [[flat_tables.one_line(cell.text) for cell in row] for row in rows]
        if _labels(texts) >= 2:
            for row in texts:
                cells = [text.replace(GAP, "：") for text in row]
                self.out += [Block(line, node) for line in web_labels.pairs(cells)]
            return True
        for caption in node.iter("caption"):
            self.into(caption)
        if text := flat_tables.flatten(rows).replace(GAP, ""):
            self.out.append(Block(text, node))
        return True


def _labels(rows: list[list[str]]) -> int:
    """How many labels of a site have their value with them; headings side by side have none."""
    found: set[str] = set()
    for row in rows:
        for text, following in zip(row, [*row[1:], ""], strict=False):  # a row may have no cell
            label = web_labels.label_of(text)
            is_paired = label and following and not web_labels.label_of(following)
            if is_paired or web_labels.is_labelled(text):
                found.add(label or text)
    return len(found)


def _cell(node: etree._Element) -> Cell:
    text = "\n".join(block.text for block in blocks(node))
    indent = _INDENT.match(str(node.xpath("string()")))
    text = (indent[1] if indent and text else "") + text
    return Cell(text, _span(node.get("colspan")), _span(node.get("rowspan")))


def _span(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,4}", text) else 1


def _is_frame(rows: list[list[Cell]]) -> bool:
    """Whether one cell holds most of the text and several paragraphs of it."""
    cells = [cell.text for row in rows for cell in row]
    longest = max(cells, key=len)
    return (
        len(longest) > _LONG_CELL
        and longest.count("\n") >= 2
        and len(longest) > 0.6 * sum(map(len, cells))
    )
