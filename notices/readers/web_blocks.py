"""The elements of a web page as blocks of text: paragraphs, list items, tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from notices.readers import tables, web_labels
from notices.readers.tables import Cell
from notices.readers.xml_parts import local

_BLOCKS = {
    *("address", "article", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt"),
    *("fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
    *("hr", "legend", "li", "main", "ol", "p", "pre", "section", "td", "th", "tr", "ul", "details"),
    *("summary", "table", "tbody", "thead", "tfoot", "html", "hgroup", "option"),
}
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_HAN_GAP = re.compile(r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]) \n(?=[\u3000-\u9fff\uff00-\uffef])")
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
        self._verbatim = 0

    def into(self, node: etree._Element) -> None:
        kind = local(node)
        if kind == "table" and self._table(node):
            return
        self._verbatim += kind == "pre"
        if kind in _BLOCKS:
            self.flush()
            self._mark(node)
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

    def _add(self, text: str | None, node: etree._Element) -> None:
        if not text:
            return
        if self._verbatim:
            *lines, last = text.split("\n")
            for line in lines:
                self._add_words(line, node)
                self.flush()
            text = last
        self._add_words(text, node)

    def _add_words(self, text: str, node: etree._Element) -> None:
        if self._node is None and text.strip():
            self._node = node
        self._words.append(text)

    def flush(self) -> None:
        """Ends the line."""
        text = _BLANKS.sub(_blank, "".join(self._words)).replace("\n", "").strip()
        if text and self._node is not None:
            self.out.append(Block(text, self._node))
        self._words, self._node = [], None

    def _mark(self, node: etree._Element) -> None:
        """Writes the number of an item of an `ol`."""
        parent = node.getparent()
        if local(node) != "li" or parent is None or local(parent) != "ol":
            return
        if (parent.get("style") or "").replace(" ", "").find("list-style:none") >= 0:
            return
        before = sum(1 for item in node.itersiblings("li", preceding=True))
        start = parent.get("start") or "1"
        number = before + (int(start) if re.fullmatch(r"[0-9]{1,4}", start) else 1)
        self._words.append(f"{number}. ")

    def _close_label(self) -> None:
        """`<b>索引号</b> 2021-…`: the colon that the layout made unnecessary."""
        words = "".join(self._words[-4:])
        if len(self._words) <= 4 and not words.rstrip().endswith((":", "：")):
            if web_labels.label_of(words):
                self._words.append("：")
