"""The texts of all parts of an OFD package, object by object: turned ones, templates, annotations,
and the pages that the picture of a stamp carries inside it."""

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from notices.readers import xml_parts
from notices.readers.archive_names import entries
from notices.readers.base import UnreadableDocument
from notices.readers.containers import ZIP, Package, open_zip, read_part
from notices.readers.shown import markup
from notices.readers.xml_parts import local

_STAMPS = (".dat", ".esl", ".ofd")
_DEPTH = 2
_SAYING = ("Remark", "Title")


def in_package(archive: Package, depth: int = 0) -> Iterator[str]:
    """A text for each part. Raises UnreadableDocument as `read_part` does."""
    for name, entry in entries(archive).items():
        ending = name.lower().rpartition(".")[2]
        if ending == "xml":
            data = read_part(archive, entry.filename) or b""
            if "密".encode() in data or b"&#" in data or b"\x00" in data[:200]:
                yield _of_part(data)
        elif f".{ending}" in _STAMPS and depth < _DEPTH:
            yield from _in_stamp(read_part(archive, entry.filename) or b"", depth)


def _of_part(data: bytes) -> str:
    try:
        return "\n\n".join(_objects(xml_parts.parse(data)))
    except UnreadableDocument:
        return markup.stripped(data)


def _objects(root: etree._Element) -> Iterator[str]:
    for node in root.iter():
        kind = local(node)
        if kind == "TextObject":
            codes = [(c.text or "").strip("\r\n\t") for c in node if local(c) == "TextCode"]
            yield "".join(codes)
            yield from codes if len(codes) > 1 else ()
        elif kind in _SAYING:
            yield node.text or ""


def _in_stamp(data: bytes, depth: int) -> Iterator[str]:
    """A seal (GB/T 38540) holds its picture among signatures; it may be an OFD of its own."""
    at = data.find(ZIP)
    if at < 0 or not zipfile.is_zipfile(io.BytesIO(data[at:])):
        return
    with open_zip(data[at:]) as inside:
        yield from in_package(inside, depth + 1)
