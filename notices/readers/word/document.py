"""Word documents (.docx): paragraphs and tables in the order in which they are read."""

import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from notices.readers import flat_tables, xml_parts
from notices.readers.base import UnreadableDocument
from notices.readers.containers import open_zip, read_part, refuse_macros
from notices.readers.flat_tables import Cell
from notices.readers.shown import packages
from notices.readers.word.numbering import Numbering
from notices.readers.word.runs import text_of
from notices.readers.xml_parts import attribute, child, local, value
from notices.text.page.secrecy import refuse_marked

_KIND = "docx 文件"
_MAIN = "word/document.xml"
_DEEP = "文件内部嵌套过深，无法读取。请在原程序中简化版式并另存后重新上传。"

# Wrappers that hold what would otherwise stand in their place.
_THROUGH = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"}


class WordReader:
    """.docx of Word and WPS. Page headers, footers, comments and deleted text are left out."""

    name = "Word 文档"
    extensions: tuple[str, ...] = (".docx",)

    def read(self, data: bytes) -> str:
        """The text; tables as tab-separated rows, automatic numbers written out.

        Raises UnreadableDocument on other formats, damage, passwords, macros and hostile content,
        ClassifiedDocument where a 密级 is shown anywhere, also where this text leaves it out.
        """
        with open_zip(data, _KIND) as archive:
            refuse_macros(archive, "docx")
            for shown in packages.shown(archive):
                refuse_marked(shown)
            main = read_part(archive, _main_part(archive))
            if main is None:
                raise UnreadableDocument(
                    "文件缺少正文，不是完整的 docx 文件。"
                    "请在 Word 或 WPS 中另存为 docx 后重新上传。"
                )
            numbering = _optional(archive, "word/numbering.xml")
            styles = _optional(archive, "word/styles.xml")
            body = child(xml_parts.parse(main), "body")
        try:
            text = _Document(Numbering(numbering, styles)).text(body)
        except RecursionError:
            raise UnreadableDocument(_DEEP) from None
        if not text.strip():
            raise UnreadableDocument(
                "文件里没有文字，可能只有图片。请先做文字识别，或向发文单位索取文字版后上传。"
            )
        return text


def _optional(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    data = read_part(archive, name)
    return None if data is None else xml_parts.parse(data)


def _main_part(archive: zipfile.ZipFile) -> str:
    """The body's part as the package says; some writers number it (document2.xml)."""
    relations = _optional(archive, "_rels/.rels")
    for node in () if relations is None else relations:
        kind = attribute(node, "Type") or ""
        if kind.endswith("/officeDocument"):
            return (attribute(node, "Target") or _MAIN).lstrip("/")
    return _MAIN


class _Document:
    """Walks the body; the blocks are lines and tables."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._unfinished = ""

    def text(self, body: etree._Element | None) -> str:
        blocks = [] if body is None else list(self._blocks(body))
        return "\n".join([*blocks, self._unfinished]).strip("\n")

    def _blocks(self, parent: etree._Element) -> Iterator[str]:
        for node in parent:
            kind = local(node)
            if kind == "p":
                yield from self._paragraph(node)
            elif kind == "tbl":
                yield from self._table(node)
            elif kind in _THROUGH:
                yield from self._blocks(node)
            elif kind == "AlternateContent":
                choice = child(node, "Choice")
                yield from self._blocks(node if choice is None else choice)

    def _paragraph(self, node: etree._Element) -> Iterator[str]:
        """The paragraph and then the text boxes anchored in it."""
        properties = child(node, "pPr")
        words, boxes = text_of(node)
        words = self._unfinished + words
        if child(properties, "rPr", "del") is not None:
            # The paragraph mark was deleted: the next paragraph goes on here.
            self._unfinished = words
        else:
            self._unfinished = ""
            label = self._numbering.label(properties) if words.strip() or not boxes else ""
            yield label + words
        for box in boxes:
            yield from self._blocks(box)

    def _table(self, node: etree._Element) -> Iterator[str]:
        rows = [row for row in _through(node, "tr") if child(row, "trPr", "del") is None]
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
            columns = _span(value(properties, "gridSpan"), 1)
            text = "\n".join(block.replace("\t", " ") for block in self._blocks(node))
            if _continues(properties, "hMerge") and held is not None:
                held = Cell(held.text, held.columns + columns)
                continue
            if held is not None:
                yield held
            held = Cell("" if _continues(properties, "vMerge") else text, columns)
        if held is not None:
            yield held


def _through(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also inside content controls and revisions."""
    for node in parent:
        if local(node) == wanted:
            yield node
        elif local(node) in _THROUGH:
            yield from _through(node, wanted)


def _continues(properties: etree._Element | None, merge: str) -> bool:
    node = child(properties, merge)
    return node is not None and attribute(node, "val") != "restart"


def _span(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,4}", text) else default
