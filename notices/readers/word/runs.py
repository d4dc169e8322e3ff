"""The characters of one .docx paragraph: fields, revisions, breaks, notes and text boxes."""

from dataclasses import dataclass, field

from lxml import etree

from notices.readers.aligned_text import STOP
from notices.readers.word import apart
from notices.readers.word.unseen import Vanish
from notices.readers.xml_parts import attribute, child, local, value

_DROPPED = {
    *("del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "rt", "rubyPr"),
    *("commentReference", "annotationRef"),
    *("sdtPr", "smartTagPr", "fldData", "tblPr", "softHyphen", "footnoteRef", "endnoteRef"),
}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_SIGNS = {"tab": STOP, "ptab": STOP, "cr": "\n", "br": "\n", "noBreakHyphen": "-"}
_BOXES = {0xA3: "□", 0xA8: "□", 0x6F: "□", 0x52: "☑", 0xFE: "☑", 0x53: "☒", 0xFD: "☒", 0xD8: "➢"}
"""Check boxes of the symbol fonts Wingdings and Wingdings 2, by character."""


@dataclass
class Words:
    """A paragraph's text without its number, and what hangs on it."""

    text: str
    boxes: list[etree._Element] = field(default_factory=list)
    """The contents of its text boxes, each once."""
    notes: list[tuple[int, str, str]] = field(default_factory=list)
    """Of each reference its place in the text, `footnote` or `endnote`, and the note's id."""
    diagrams: list[str] = field(default_factory=list)
    """The relations of its diagrams."""
    unread: list[str] = field(default_factory=list)
    """What it shows that is not read: 图片, 图表, 嵌入文件."""


def words_of(paragraph: etree._Element, vanish: Vanish) -> Words:
    """What the paragraph says."""
    runs = _Runs(vanish, value(child(paragraph, "pPr"), "pStyle"))
    runs.walk(paragraph)
    return Words("".join(runs.parts), runs.boxes, runs.notes, runs.diagrams, runs.unread)


def is_prompt(node: etree._Element) -> bool:
    """Whether a content control shows no more than what to do: 单击或点击此处输入文字."""
    if local(node) != "sdt":
        return False
    mark = child(node, "sdtPr", "showingPlcHdr")
    return mark is not None and attribute(mark, "val") not in ("0", "false", "off")


class _Runs:
    def __init__(self, vanish: Vanish, style: str | None) -> None:
        self._vanish, self._style = vanish, style
        self.parts: list[str] = []
        self.boxes: list[etree._Element] = []
        self.notes: list[tuple[int, str, str]] = []
        self.diagrams: list[str] = []
        self.unread: list[str] = []
        self._length = 0
        self._fields: list[bool] = []
        """For each open complex field whether its instruction (not its result) is being read."""

    def walk(self, parent: etree._Element) -> None:
        for node in parent:
            kind = local(node)
            if kind in _DROPPED or is_prompt(node):
                continue
            if kind == "r" and self._vanish.hides(node, self._style):
                continue
            if kind == "AlternateContent":
                # The same content for new and old programs: only one of them.
                choice = child(node, "Choice")
                fallback = child(node, "Fallback")
                if choice is None or (fallback is not None and not _says_something(choice)):
                    choice = fallback
                if choice is not None:
                    self.walk(choice)
            elif kind == "txbxContent":
                self.boxes.append(node)
            elif kind == "fldChar":
                self._field(attribute(node, "fldCharType"), child(node, "ffData", "checkBox"))
            elif kind in ("drawing", "pict", "object"):
                self._apart(kind, node)
            else:
                self._take(kind, node)

    def _take(self, kind: str, node: etree._Element) -> None:
        if kind == "t":
            self._add(node.text or "")
        elif kind == "sym":
            self._add(_symbol(attribute(node, "char")))
        elif kind in _SIGNS:
            self._add(_SIGNS[kind])
        elif kind in _NOTES:
            self.notes.append((self._length, _NOTES[kind], attribute(node, "id") or ""))
        else:
            self.walk(node)

    def _add(self, text: str) -> None:
        if not any(self._fields):
            self.parts.append(text.replace("\t", " ").replace("\r", "\n"))
            self._length += len(text)

    def _apart(self, kind: str, node: etree._Element) -> None:
        diagram = apart.diagram_of(node)
        if diagram is not None:
            self.diagrams.append(diagram)
        elif unread := apart.unread_in(node):
            self.unread.append(unread)
        if kind != "object":
            self.walk(node)

    def _field(self, kind: str | None, box: etree._Element | None) -> None:
        if box is not None:
            self._add("☑" if _is_ticked(box) else "□")
        if kind == "begin":
            self._fields.append(True)
        elif self._fields and kind == "separate":
            self._fields[-1] = False
        elif self._fields and kind == "end":
            self._fields.pop()


def _says_something(choice: etree._Element) -> bool:
    return any(local(node) in ("t", "txbxContent", "sym") for node in choice.iter())


def _is_ticked(box: etree._Element) -> bool:
    """Of a check box field: what was set, else what it begins with."""
    mark = child(box, "checked")
    mark = child(box, "default") if mark is None else mark
    return mark is not None and attribute(mark, "val") not in ("0", "false", "off")


def _symbol(code: str | None) -> str:
    """A `w:sym`: check boxes are kept, other pictures of symbol fonts have no text."""
    try:
        point = int(code or "", 16)
    except ValueError:
        return ""
    if 0xF000 <= point <= 0xF0FF:
        return _BOXES.get(point - 0xF000, "")
    return chr(point) if 0x20 <= point <= 0xD7FF else ""
