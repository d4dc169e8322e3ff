"""What a .docx shows at the head of its pages beside the text: page headers and frames up there."""

import re
from collections.abc import Iterator

from lxml import etree

from notices.readers import xml_parts
from notices.readers.base import UnreadableDocument
from notices.readers.containers import Package, read_part
from notices.readers.xml_parts import local

_HEADER = re.compile(r"word/header\d*\.xml")
_FIRST = 8
"""Paragraphs and tables of the body to which a frame at the head of the first page may belong."""
_LONGEST = 40


def heads(archive: Package, body: etree._Element | None) -> Iterator[str]:
    """The short paragraphs of page headers, of frames and of tables at the head of the body."""
    for name, entry in archive.parts.items():
        if _HEADER.fullmatch(name):
            yield from _paragraphs(_parsed(read_part(archive, entry.filename)))
    for block in () if body is None else list(body)[:_FIRST]:
        for inside in block.iter("{*}txbxContent", "{*}tbl"):
            yield from _paragraphs(inside)


def _parsed(data: bytes | None) -> etree._Element | None:
    try:
        return None if data is None else xml_parts.parse(data)
    except UnreadableDocument:  # no part of the text; 密级 is looked for in it all the same
        return None


def _paragraphs(root: etree._Element | None) -> Iterator[str]:
    for paragraph in () if root is None else root.iter("{*}p"):
        text = "".join(node.text or "" for node in paragraph.iter() if local(node) == "t")
        if 0 < len(text.strip()) <= _LONGEST:
            yield text
