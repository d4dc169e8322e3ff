"""OFD (GB/T 33190-2016): the pages of the package, read like those of a PDF.

Found through OFD.xml, Document.xml and the page list; drawings, fonts, signatures and annotations
are left alone. Names are taken as writers spell them: any namespace, `\\` for `/`, any case.
"""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from notices.readers import xml_parts
from notices.readers.archive_names import normal
from notices.readers.base import UnreadableDocument
from notices.readers.containers import Package, open_zip, read_part
from notices.readers.layout.page import page_of
from notices.readers.layout.printed_text import MAX_PAGES, Printed, read_pages, too_many_pages
from notices.readers.ofd import shown as ofd_shown
from notices.readers.ofd.objects import Box, Content, box_of
from notices.readers.shown import placed
from notices.readers.xml_parts import attribute, child, local
from notices.text.page.secrecy import refuse_classified, refuse_marked

MAX_PAGE_BYTES = 40 * 1024 * 1024
"""Bytes of XML that all pages together may unpack to."""
_A4: Box = (0.0, 0.0, 210.0, 297.0)
_HEAD_LINES = 12
_DAMAGED = "请重新下载或向发文单位索取完整的 OFD 文件后上传。"
_TOO_MUCH = "OFD 文件内容过多，无法读取。请拆分成几个文件后重新上传。"


class OfdReader:
    """OFD with text in it; templates that several pages share are page furniture."""

    name = "OFD"
    extensions: tuple[str, ...] = (".ofd",)

    def read(self, data: bytes) -> str:
        """The text, a paragraph a line. A picture behind text is named at its place.

        Raises ScannedDocument where the first page is a picture, ClassifiedDocument where a 密级
        is shown on a page, a template, an annotation or a stamp.
        """
        with open_zip(data, "OFD 文件") as archive:
            for text in ofd_shown.in_package(archive):
                refuse_marked(text)
            return read_pages(_Document(archive).printed(), "OFD", goes_on=True)


class _Document:
    def __init__(self, archive: Package) -> None:
        self.archive = archive
        self.bytes_left = MAX_PAGE_BYTES
        self.content = Content()
        self.gutters: list[float] = []

    def printed(self) -> Iterator[Printed]:
        """The pages of all documents of the package, in order."""
        root = self.part("OFD.xml")
        if root is None:
            if any(
                name.endswith(("encryptions.xml", "encryptinfo.xml")) for name in self.archive.parts
            ):
                raise UnreadableDocument("OFD 文件设有密码。请取消密码保护后重新上传。")
            raise UnreadableDocument(f"文件缺少 OFD.xml，不是完整的 OFD 文件。{_DAMAGED}")
        places = [normal(_text(c)) for body in root for c in body if local(c) == "DocRoot"]
        if not places:
            raise UnreadableDocument(f"OFD 文件里没有文档。{_DAMAGED}")
        for place in places:
            yield from self.document(place)

    def document(self, place: str) -> Iterator[Printed]:
        """The pages of one document, whose root part is at `place`."""
        root = self.part(place)
        if root is None:
            raise UnreadableDocument(f"OFD 文件缺少“{place}”。{_DAMAGED}")
        folder = place.rpartition("/")[0]
        listed = _listed(root, folder)
        if len(listed) > MAX_PAGES:
            raise too_many_pages(len(listed))
        common = child(root, "CommonData")
        usual = box_of(_text(child(common, "PageArea", "PhysicalBox"))) or _A4
        templates = {
            attribute(node, "ID") or "": _at(folder, node)
            for node in (() if common is None else common)
            if local(node) == "TemplatePage"
        }
        # Parsed twice, so that never more than one page's tree is in memory.
        uses = Counter(t for place in listed for t in _templates(self.page(place, counted=True)))
        for place in listed:
            page = self.page(place)
            self.refuse_marked_page(usual, page, templates, is_first=place == listed[0])
            # A template of one page only is no furniture: it holds the red heading or the form.
            own = {templates[t] for t in _templates(page) if uses[t] == 1 and t in templates}
            yield self.printed_page(usual, page, [self.page(place) for place in sorted(own)])

    def refuse_marked_page(
        self, usual: Box, page: etree._Element, templates: dict[str, str], *, is_first: bool
    ) -> None:
        """Raises ClassifiedDocument for a 密级 on the page or any of its templates."""
        used = [self.part(templates[t]) for t in sorted(_templates(page)) if t in templates]
        box = box_of(_text(child(page, "Area", "PhysicalBox"))) or usual
        glyphs, _, _ = Content().of([root for root in (*used, page) if root is not None], box)
        for text in placed.shown(glyphs):
            refuse_marked(text)
        lines = placed.lines(glyphs)
        refuse_marked("\n".join(lines))
        if is_first:
            refuse_classified("\n".join(lines[:_HEAD_LINES]))

    def printed_page(
        self, usual: Box, page: etree._Element, templates: list[etree._Element]
    ) -> Printed:
        """One page with its own templates; `usual` is the document's page size."""
        box = box_of(_text(child(page, "Area", "PhysicalBox"))) or usual
        glyphs, rules, covered = self.content.of([*templates, page], box)
        width, height = self.content.points(box)
        return Printed(page_of(width, height, glyphs, rules, self.gutters), covered >= 0.5)

    def page(self, place: str, *, counted: bool = False) -> etree._Element:
        """The parsed page. Raises UnreadableDocument where it is missing."""
        root = self.part(place, counted=counted)
        if root is None:
            raise UnreadableDocument(f"OFD 文件缺少页面“{place}”。{_DAMAGED}")
        return root

    def part(self, place: str, *, counted: bool = False) -> etree._Element | None:
        """The parsed part, None where there is none."""
        data = read_part(self.archive, place)
        if data is None:
            return None
        if counted:
            self.bytes_left -= len(data)
            if self.bytes_left < 0:
                raise UnreadableDocument(_TOO_MUCH)
        return xml_parts.parse(data)


def _listed(root: etree._Element, folder: str) -> list[str]:
    pages = child(root, "Pages")
    return [_at(folder, p) for p in (() if pages is None else pages) if local(p) == "Page"]


def _templates(page: etree._Element) -> set[str]:
    return {attribute(c, "TemplateID") or "" for c in page if local(c) == "Template"}


def _at(folder: str, node: etree._Element) -> str:
    """Where a part is; paths count from the document's folder, or from the root with a `/`."""
    place = attribute(node, "BaseLoc") or ""
    return normal(place if place.startswith("/") else f"{folder}/{place}")


def _text(node: etree._Element | None) -> str:
    return "" if node is None else (node.text or "").strip()
