"""Which parts of a .docx belong to its body: notes, embedded files."""

from lxml import etree

from notices.readers import xml_parts
from notices.readers.containers import Package, read_part
from notices.readers.xml_parts import attribute

MAIN = "word/document.xml"


def optional(archive: Package, name: str) -> etree._Element | None:
    """The parsed part, None where there is none."""
    data = read_part(archive, name)
    return None if data is None else xml_parts.parse(data)


def main_part(archive: Package) -> str:
    """The body's part as the package says; some writers number it (document2.xml)."""
    relations = optional(archive, "_rels/.rels")
    for node in () if relations is None else relations:
        kind = attribute(node, "Type") or ""
        if kind.endswith("/officeDocument"):
            return (attribute(node, "Target") or MAIN).lstrip("/\\")
    return MAIN


class Relations:
    """The parts that a part of the package names."""

    def __init__(self, archive: Package, part: str) -> None:
        self.folder, _, name = part.replace("\\", "/").rpartition("/")
        root = optional(archive, f"{self.folder}/_rels/{name}.rels")
        self._nodes = [] if root is None else list(root)

    def of_kind(self, kind: str, usual: str) -> str:
        """Where the part of that kind is, e.g. `footnotes`; `usual` where nothing says so."""
        for node in self._nodes:
            if (attribute(node, "Type") or "").endswith(f"/{kind}"):
                return self._at(node)
        return f"{self.folder}/{usual}"

    def by_id(self, wanted: str | None) -> str | None:
        """The part inside the package that is known as `wanted`."""
        for node in self._nodes:
            inside = (attribute(node, "TargetMode") or "").lower() != "external"
            if inside and wanted and attribute(node, "Id") == wanted:
                return self._at(node)
        return None

    def _at(self, node: etree._Element) -> str:
        target = (attribute(node, "Target") or "").replace("\\", "/")
        return target.lstrip("/") if target.startswith("/") else f"{self.folder}/{target}"
