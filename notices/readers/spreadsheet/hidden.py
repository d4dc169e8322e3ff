"""Rows and columns of an .xlsx that nobody sees: hidden, filtered away, folded, or of no size."""

import io
import posixpath
import re
from dataclasses import dataclass

from lxml import etree

from notices.readers import xml_parts
from notices.readers.containers import Package, read_part
from notices.readers.xml_parts import attribute, local

_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True, slots=True)
class Hidden:
    """What of a sheet is not shown; numbers count from 0."""

    rows: frozenset[int] = frozenset()
    columns: tuple[tuple[int, int], ...] = ()
    """The first and the last column of each hidden run."""

    def has_row(self, row: int) -> bool:
        """Whether the row is hidden."""
        return row in self.rows

    def has_column(self, column: int) -> bool:
        """Whether the column is hidden."""
        return any(first <= column <= last for first, last in self.columns)


def hidden_places(archive: Package) -> dict[str, Hidden]:
    """What is hidden of each sheet, by the sheet's name."""
    return {name: _hidden(part) for name, part in sheets(archive).items()}


def sheets(archive: Package) -> dict[str, bytes]:
    """The part of each sheet, by the sheet's name."""
    book = read_part(archive, _BOOK)
    relations = read_part(archive, _RELATIONS)
    if book is None or relations is None:
        return {}
    targets = {
        attribute(node, "Id"): posixpath.join("xl", (attribute(node, "Target") or ""))
        for node in xml_parts.parse(relations)
    }
    out = {}
    for node in xml_parts.parse(book).iter(etree.Element):
        target = targets.get(_relation(node)) if local(node) == "sheet" else None
        part = None if target is None else read_part(archive, target)
        if part is not None:
            out[attribute(node, "name") or ""] = part
    return out


def _relation(sheet: etree._Element) -> str | None:
    """The `r:id`; a sheet has other attributes that end in Id."""
    return next((str(v) for k, v in sheet.attrib.items() if str(k).endswith("}id")), None)


def _hidden(part: bytes) -> Hidden:
    xml_parts.refuse_entities(part)
    rows, columns, row = set(), [], -1
    found = etree.iterparse(
        io.BytesIO(part),
        events=("end",),
        tag=("{*}row", "{*}col"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,  # calamine says what is damaged
    )
    for _, node in found:
        if local(node) == "row":
            number = node.get("r") or ""
            row = int(number) - 1 if re.fullmatch(r"[0-9]{1,7}", number) else row + 1
            if _is_hidden(node, "ht"):
                rows.add(row)
        elif _is_hidden(node, "width"):
            first, last = node.get("min") or "", node.get("max") or ""
            if re.fullmatch(r"[0-9]{1,5} [0-9]{1,5}", f"{first} {last}"):
                columns.append((int(first) - 1, int(last) - 1))
        node.clear()
        while node.getprevious() is not None:
            del node.getparent()[0]
    return Hidden(frozenset(rows), tuple(columns))


def _is_hidden(node: etree._Element, size: str) -> bool:
    marked = (node.get("hidden") or "").lower() in ("1", "true", "on")
    return marked or re.fullmatch(r"0+(?:\.0*)?", node.get(size) or "") is not None
