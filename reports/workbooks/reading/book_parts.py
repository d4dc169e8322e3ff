"""The parts of a workbook as its relationships name them, whichever program wrote it.

Excel, WPS and the offices on the web spell the same package in different ways: other names of
namespaces (“Strict Open XML”), prefixes, absolute names of parts, `\\` in them. Elements are found
by their local names, parts by their relationships, and what does not say what a cell holds (styles
beyond number formats, themes, properties, charts) is not read, so that nothing there can fail.
"""

import posixpath
from dataclasses import dataclass
from typing import Any

from lxml import etree

from notices.readers.containers import Package, open_zip, read_part

_USUAL = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet as the workbook lists it; `name` is that of its part."""

    title: str
    is_hidden: bool
    name: str


class BookParts:
    """Raises UnreadableDocument, KeyError and what lxml raises where the package is damaged."""

    def __init__(self, data: bytes) -> None:
        self.archive: Package = open_zip(data, "xlsx 文件")
        self.name = next(iter(self._related("", "officeDocument").values()), _USUAL)
        if self.part(self.name) is None:
            self.name = _USUAL
        self.root = self.tree(self.name)
        about = self.root.find("{*}workbookPr")
        self.is_1904 = about is not None and is_on(about.get("date1904"))

    def sheets(self) -> list[SheetPart]:
        """Those with cells, in the order of their tabs."""
        parts = self._related(self.name, "worksheet")
        listed = [
            (sheet, parts.get(_linked(sheet))) for sheet in self.root.iterfind("{*}sheets/{*}sheet")
        ]
        return [
            SheetPart(sheet.get("name", ""), sheet.get("state", "visible") != "visible", name)
            for sheet, name in listed
            if name is not None
        ]

    def beside(self, kind: str) -> Any:
        """The root of the part of the workbook that holds styles or sharedStrings; None if none."""
        name = next(iter(self._related(self.name, kind).values()), None)
        return None if name is None or self.part(name) is None else self.tree(name)

    def drawings(self, sheet: SheetPart) -> list[bytes]:
        """What is drawn on a sheet."""
        names = self._related(sheet.name, "drawing").values()
        return [part for name in names if (part := self.part(name)) is not None]

    def part(self, name: str) -> bytes | None:
        return read_part(self.archive, name)

    def tree(self, name: str) -> Any:
        """The root element of a part; entities are not resolved. KeyError where there is none."""
        part = self.part(name)
        if part is None:
            raise KeyError(name)
        return etree.fromstring(part, parser())

    def _related(self, name: str, kind: str) -> dict[str, str]:
        """The parts of this kind that a part (the package with an empty name) points at, by id."""
        folder, file = posixpath.split(name)
        links = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        if links is None:
            return {}
        return {
            link.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, _target(link)))[1:]
            for link in etree.fromstring(links, parser()).iterfind("{*}Relationship")
            if link.get("Type", "").endswith(f"/{kind}") and link.get("TargetMode") != "External"
        }


def parser() -> Any:
    """One that resolves no entities and asks no network."""
    return etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)


def is_on(value: str | None) -> bool:
    """Whether an attribute says yes, in any of the spellings of XML Schema and Office."""
    return value in {"1", "true", "on"}


def _target(link: Any) -> str:
    return str(link.get("Target", "")).replace("\\", "/")


def _linked(sheet: Any) -> str:
    """r:id, in whichever namespace."""
    return next((str(id_) for key, id_ in sheet.attrib.items() if key.endswith("}id")), "")
