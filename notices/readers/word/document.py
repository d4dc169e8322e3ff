"""Word documents (.docx): paragraphs and tables in the order in which they are read."""

import re
from collections.abc import Callable, Iterator
from copy import copy
from itertools import takewhile

from lxml import etree

from notices.readers import flat_tables, xml_parts
from notices.readers.aligned_text import STOP, of_stops
from notices.readers.base import UnreadableDocument
from notices.readers.containers import Package, open_zip, read_part, refuse_macros
from notices.readers.flat_tables import Cell
from notices.readers.shown import packages
from notices.readers.word.apart import UNREAD_HERE, named, words_of_diagram
from notices.readers.word.heads import heads
from notices.readers.word.notes import with_notes
from notices.readers.word.numbering import Numbering
from notices.readers.word.relations import Relations, main_part, optional
from notices.readers.word.runs import is_prompt, words_of
from notices.readers.word.unseen import Vanish, is_hidden_row
from notices.readers.xml_parts import attribute, child, local, value
from notices.text.page.secrecy import refuse_copy_number, refuse_marked

_KIND = "docx 文件"
_DEEP = "文件内部嵌套过深，无法读取。请在原程序中简化版式并另存后重新上传。"

# Wrappers that hold what would otherwise stand in their place.
_THROUGH = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"}


Embedded = Callable[[str, bytes], str]
"""Gives the text of a file inside the document, by its name and content."""


class WordReader:
    """.docx of Word and WPS. Page headers, footers, comments and deleted text are left out."""

    name = "Word 文档"
    extensions: tuple[str, ...] = (".docx",)

    def __init__(self, embedded: Embedded | None = None) -> None:
        self._embedded = embedded

    def read(self, data: bytes) -> str:
        """The text; tables as tab-separated rows, automatic numbers and notes written out.

        Raises UnreadableDocument on other formats, damage, passwords, macros and hostile content,
        ClassifiedDocument where a 密级 is shown anywhere, also where this text leaves it out.
        """
        with open_zip(data, _KIND) as archive:
            refuse_macros(archive, "docx")
            for shown in packages.shown(archive):
                refuse_marked(shown)
            part = main_part(archive)
            main = read_part(archive, part)
            if main is None:
                raise UnreadableDocument(
                    "文件缺少正文，不是完整的 docx 文件。"
                    "请在 Word 或 WPS 中另存为 docx 后重新上传。"
                )
            body = child(xml_parts.parse(main), "body")
            document = _Document(archive, Relations(archive, part), self._embedded)
            try:
                for paragraph in heads(archive, body):
                    refuse_copy_number(paragraph, "页眉或文本框中")
                text = of_stops(document.text(body))
            except RecursionError:
                raise UnreadableDocument(_DEEP) from None
        if not UNREAD_HERE.sub("", text).strip():
            raise UnreadableDocument(
                "文件里没有文字，可能只有图片。请先做文字识别，或向发文单位索取文字版后上传。"
            )
        return text


class _Document:
    """Walks the body; the blocks are lines and tables."""

    def __init__(
        self, archive: Package, relations: Relations, embedded: Embedded | None = None
    ) -> None:
        self._archive = archive
        self._relations = relations
        self._embedded = embedded
        styles = optional(archive, "word/styles.xml")
        self._numbering = Numbering(optional(archive, "word/numbering.xml"), styles)
        self._vanish = Vanish(styles)
        self._unfinished = ""
        self._notes: dict[str, dict[str, etree._Element]] = {}

    def text(self, body: etree._Element | None) -> str:
        blocks = [] if body is None else list(self._blocks(body))
        return "\n".join([*blocks, self._unfinished]).strip("\n")

    def _note(self, kind: str, wanted: str) -> str:
        """The words of a footnote or endnote, on one line."""
        if kind not in self._notes:
            root = optional(self._archive, self._relations.of_kind(f"{kind}s", f"{kind}s.xml"))
            found = [] if root is None else [n for n in root if local(n) == kind]
            self._notes[kind] = {attribute(node, "id") or "": node for node in found}
        note = self._notes[kind].pop(wanted, None)  # each once: a note may refer to itself
        if note is None:
            return ""
        inside = copy(self)
        inside._numbering, inside._unfinished = Numbering(None, None), ""
        lines = inside.text(note)
        return flat_tables.one_line(_tabless(lines))

    def _chunk(self, node: etree._Element) -> str:
        """The text of a whole file that stands here, as web editors and merging programs do it."""
        place = self._relations.by_id(attribute(node, "id"))
        data = None if place is None else read_part(self._archive, place)
        if place is None or data is None or self._embedded is None:
            raise UnreadableDocument(
                "文档里嵌入了另一个文件（网页等），没有随文件保存或无法直接读取。"
                "请在 Word 中打开，另存为新的 .docx 后重新上传。"
            )
        return self._embedded(place.rpartition("/")[2], data).strip("\n")

    def _blocks(self, parent: etree._Element) -> Iterator[str]:
        for node in parent:
            kind = local(node)
            if kind == "p":
                yield from self._paragraph(node)
            elif kind == "tbl":
                yield from self._table(node)
            elif kind in _THROUGH:
                if not is_prompt(node):
                    yield from self._blocks(node)
            elif kind == "altChunk":
                yield self._chunk(node)
            elif kind == "subDoc":
                yield named("子文档")
            elif kind == "AlternateContent":
                choice = child(node, "Choice")
                yield from self._blocks(node if choice is None else choice)

    def _paragraph(self, node: etree._Element) -> Iterator[str]:
        """The paragraph, its notes that are no part of a sentence, its text boxes."""
        properties = child(node, "pPr")
        found = words_of(node, self._vanish)
        said = [(place, self._note(kind, wanted)) for place, kind, wanted in found.notes]
        words, notes = with_notes(found.text, [(place, note) for place, note in said if note])
        words = self._unfinished + words
        if child(properties, "rPr", "del") is not None:
            # The paragraph mark was deleted: the next paragraph goes on here.
            self._unfinished = words
        else:
            self._unfinished = ""
            counts = words.strip() or not found.boxes
            yield (self._numbering.label(properties) if counts else "") + words
        yield from notes
        for box in found.boxes:
            yield from self._blocks(box)
        for relation in found.diagrams:
            yield from self._diagram(relation)
        yield from map(named, found.unread)

    def _diagram(self, relation: str) -> Iterator[str]:
        place = self._relations.by_id(relation)
        root = None if place is None else optional(self._archive, place)
        lines = [] if root is None else [line for line in words_of_diagram(root) if line.strip()]
        yield from lines or [named("图形")]

    def _table(self, node: etree._Element) -> Iterator[str]:
        rows = [row for row in _through(node, "tr") if child(row, "trPr", "del") is None]
        rows = [row for row in rows if not is_hidden_row(row)]
        if all(len(list(_through(row, "tc"))) == 1 for row in rows):
            # A frame around text, not a table.
            for row in rows:
                for cell in _through(row, "tc"):
                    yield from self._blocks(cell)
            return
        yield flat_tables.flatten([list(self._cells(row)) for row in rows])

    def _cells(self, row: etree._Element) -> Iterator[Cell]:
        before = _span(value(row, "trPr", "gridBefore"), 0)
        if before:
            yield Cell("", before)
        held: Cell | None = None
        for node in _through(row, "tc"):
            properties = child(node, "tcPr")
            if child(properties, "cellDel") is not None:
                continue  # deleted with track changes
            columns = _span(value(properties, "gridSpan"), 1)
            blocks = () if _is_in_prompt(node) else self._blocks(node)
            text = "\n".join(_tabless(block) for block in blocks)
            if _continues(properties, "hMerge") and held is not None:
                held = Cell(held.text, held.columns + columns)
                continue
            if held is not None:
                yield held
            held = Cell("" if _continues(properties, "vMerge") else text, columns)
        if held is not None:
            yield held


def _tabless(text: str) -> str:
    return text.replace("\t", " ").replace(STOP, " ")


def _through(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also inside content controls and revisions."""
    for node in parent:
        if local(node) == wanted:
            yield node
        elif local(node) in _THROUGH:
            yield from _through(node, wanted)


def _is_in_prompt(cell: etree._Element) -> bool:
    """Whether the cell, or its row, is what a content control shows before it is filled in."""
    around = takewhile(lambda node: local(node) != "tbl", cell.iterancestors())
    return any(map(is_prompt, around))


def _continues(properties: etree._Element | None, merge: str) -> bool:
    node = child(properties, merge)
    return node is not None and attribute(node, "val") != "restart"


def _span(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,4}", text) else default
