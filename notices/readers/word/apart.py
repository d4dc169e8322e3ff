"""What a .docx paragraph shows that is no text of its own: diagrams, pictures, embedded files."""

import re
from collections.abc import Iterator

from lxml import etree

from notices.readers.xml_parts import attribute, local

_LEAST_EMU = 2_880_000
"""8 cm: a picture as high and as wide may hold a table or a page; a seal or a logo is smaller."""
_LEAST_POINTS = 227.0
_FORMULA = re.compile(r"Equation|MathType", re.IGNORECASE)
_SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]{1,9})pt")

UNREAD_HERE = re.compile(r"^〔此处的(.{2,5})没有读入，请对照原件补录〕$", re.MULTILINE)
"""The line that stands in the text for what only the file itself shows."""


def named(kind: str) -> str:
    """Such a line."""
    return f"〔此处的{kind}没有读入，请对照原件补录〕"  # UNREAD_HERE


def diagram_of(drawing: etree._Element) -> str | None:
    """The relation of the words of a SmartArt diagram."""
    node = next(drawing.iter("{*}relIds"), None)
    return None if node is None else attribute(node, "dm")


def words_of_diagram(root: etree._Element) -> Iterator[str]:
    """Its texts, one a line ([ECMA-376] 21.4.3.8)."""
    for paragraph in root.iter("{*}p"):
        yield "".join(node.text or "" for node in paragraph.iter("{*}t"))


def unread_in(node: etree._Element) -> str | None:
    """What cannot be read of a drawing, a picture or an object; None where nothing is missed."""
    if local(node) == "object":
        objects = list(node.iter("{*}OLEObject"))
        is_file = any(not _FORMULA.match(attribute(one, "ProgID") or "") for one in objects)
        return "嵌入文件" if is_file else None
    if next(node.iter("{*}chart"), None) is not None:
        return "图表"
    return "图片" if _is_large_picture(node) else None


def _is_large_picture(node: etree._Element) -> bool:
    if local(node) == "pict":
        return any(_is_large_shape(shape) for shape in node.iter("{*}shape", "{*}rect"))
    is_ground = any(attribute(anchor, "behindDoc") == "1" for anchor in node.iter("{*}anchor"))
    if is_ground or next(node.iter("{*}blip"), None) is None:
        return False
    extents = [
        (attribute(one, "cx") or "", attribute(one, "cy") or "") for one in node.iter("{*}extent")
    ]
    return any(all(side.isdecimal() and int(side) >= _LEAST_EMU for side in e) for e in extents)


def _is_large_shape(shape: etree._Element) -> bool:
    if next(shape.iter("{*}imagedata"), None) is None:
        return False
    sizes = dict(_SIZE.findall(shape.get("style") or ""))
    return len(sizes) == 2 and all(_points(size) >= _LEAST_POINTS for size in sizes.values())


def _points(size: str) -> float:
    try:
        return float(size)
    except ValueError:
        return 0.0
