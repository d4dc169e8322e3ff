"""All that an office package (.docx, .xlsx, .pptx) shows anywhere, raw: a paragraph a line.

Body, page headers and footers, notes, comments, text boxes, WordArt, watermarks, hidden sheets,
text that was deleted with track changes, embedded pages and documents. For looking at, not for
reading: no order, nothing left out, nothing cleaned.
"""

import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from notices.readers import xml_parts
from notices.readers.archive_names import entries
from notices.readers.base import UnreadableDocument
from notices.readers.containers import ZIP, Package, open_zip, read_part
from notices.readers.shown import markup
from notices.readers.shown.old_office import CODES
from notices.readers.xml_parts import attribute, local

_UNSEEN = ("docprops/", "customxml/", "_rels/", "[content_types].xml")
_PARAGRAPHS = {"p", "si", "is", "comment", "txbxContent", "tc", "row", "c"}
_WORDS = {"t", "delText"}
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_PAGE_EDGES = {
    f"{page}{edge}" for page in ("odd", "even", "first") for edge in ("Header", "Footer")
}
_TOLD = ("promptTitle", "prompt", "errorTitle", "error")  # beside a cell that is filled in
_MARKED = {"hyperlink", "docPr", "cNvPr"}
"""What may say something where the mouse rests on it."""
_UNREAD = {"rt", "instrText", "delInstrText"}
_STAR = "★"
"""Stands for every sign of a symbol font: 密级 is joined to its term by one."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_OTHER_ENCODING = re.compile(rb"encoding\s*=\s*[\"'](?!utf-?8|us-ascii)", re.I)
_DEPTH = 2


def shown(archive: Package, depth: int = 0) -> Iterator[str]:
    """The text of every part that can hold a 密级. Raises UnreadableDocument as `read_part`."""
    for name, entry in entries(archive).items():
        if not name.lower().startswith(_UNSEEN) and not name.lower().endswith(".rels"):
            yield _part(archive, entry, name.lower(), depth)


def _part(archive: Package, entry: zipfile.ZipInfo, name: str, depth: int) -> str:
    if name.endswith((".xml", ".vml")):
        data = read_part(archive, entry.filename) or b""
        if not _may_say_secret(data):
            return ""
        try:
            return "\n\n".join(_walked(xml_parts.parse(data)))
        except UnreadableDocument:  # too large or damaged: looked at nevertheless
            return markup.stripped(data)
    if name.endswith((".htm", ".html", ".xhtml", ".mht", ".mhtml", ".txt", ".rtf")):
        return markup.shown(read_part(archive, entry.filename) or b"")
    if name.endswith((".docx", ".xlsx", ".pptx", ".docm", ".zip")) and depth < _DEPTH:
        inner = read_part(archive, entry.filename) or b""
        if inner.startswith(ZIP):
            with open_zip(inner) as archive_inside:
                return "\n".join(shown(archive_inside, depth + 1))
    return ""


def _may_say_secret(data: bytes) -> bool:
    """False only where a part in UTF-8 has no 密 in it: nearly all parts of nearly all files."""
    is_utf8 = b"\x00" not in data[:200] and not _OTHER_ENCODING.search(data[:200])
    return not is_utf8 or "密".encode() in data or b"&#" in data


def _walked(root: etree._Element) -> Iterator[str]:
    """Depth first with a stack of its own; a text box inside a paragraph is a text of its own."""
    texts: list[list[str]] = [[]]
    for event, node in etree.iterwalk(root, events=("start", "end")):
        kind = local(node)
        if event == "start":
            if kind in _PARAGRAPHS:
                texts.append([])
            elif kind in _WORDS or (kind == "text" and not len(node)):
                if not any(local(above) in _UNREAD for above in node.iterancestors()):
                    texts[-1].append(node.text or "")
            elif kind in _BREAKS:
                texts[-1].append(_BREAKS[kind])
            elif kind == "sym":
                texts[-1].append(_STAR)
            else:
                yield from _named(kind, node)
        elif kind in _PARAGRAPHS:
            yield "".join(texts.pop())
    yield "".join(texts[0])


def _named(kind: str, node: etree._Element) -> Iterator[str]:
    """What is shown but no text of a paragraph."""
    if kind == "textpath":
        yield attribute(node, "string") or ""
    elif kind == "lvlText":
        yield attribute(node, "val") or ""
    elif kind == "sheet":
        yield attribute(node, "name") or ""
    elif kind == "definedName":
        yield attribute(node, "name") or ""
        yield from re.findall(r'"([^"]+)"', node.text or "")
    elif kind == "dataValidation":
        yield from (attribute(node, told) or "" for told in _TOLD)
    elif kind in _MARKED:
        yield from (attribute(node, said) or "" for said in ("tooltip", "descr", "title"))
    elif kind == "textbox":  # of a comment or control in an old drawing
        yield "".join(str(text) for text in node.itertext())
    elif kind in _PAGE_EDGES:
        yield CODES.sub("\n", node.text or "")
        yield CODES.sub("", node.text or "")
    elif kind == "numFmt":
        yield from re.findall(r'"([^"]+)"', attribute(node, "formatCode") or "")
    elif kind == "v" and _HAN.search(node.text or ""):
        yield node.text or ""
