"""Hidden text of a .docx: by the run itself or by its style (ECMA-376 part 1, 17.3.2.41 vanish),
white on white paper, or too small to be read."""

from lxml import etree

from notices.readers.xml_parts import attribute, child, local, value

_OFF = ("0", "false", "off")
_TINY = 2
"""Half points of type that nobody can read."""
_DEPTH = 20
"""Styles that a style may be based on one after another."""


class Vanish:
    """Which runs nobody sees; `styles` is the part of that name."""

    def __init__(self, styles: etree._Element | None = None) -> None:
        found = [] if styles is None else [node for node in styles if local(node) == "style"]
        own = {attribute(node, "styleId") or "": _own(child(node, "rPr")) for node in found}
        based = {attribute(node, "styleId") or "": value(node, "basedOn") for node in found}
        self._shaded = {
            attribute(n, "styleId") for n in found if child(n, "pPr", "shd") is not None
        }
        self._hidden = {name for name in own if _inherited(name, own, based)}

    def hides(self, run: etree._Element, paragraph_style: str | None) -> bool:
        """Whether the run is hidden; what it says itself counts before its style."""
        properties = child(run, "rPr")
        if _is_tiny(properties):
            return True
        if _is_white(properties) and paragraph_style not in self._shaded and _is_on_paper(run):
            return True
        own = _own(properties)
        if own is not None:
            return own
        return value(properties, "rStyle") in self._hidden or paragraph_style in self._hidden


def is_hidden_row(row: etree._Element) -> bool:
    """Whether a table's row is hidden text as a whole."""
    return _is_on(child(row, "trPr", "hidden"))


def _is_tiny(properties: etree._Element | None) -> bool:
    """Whether the type is a point high or less."""
    size = value(properties, "sz") or ""
    return size.isdecimal() and int(size) <= _TINY


def _is_white(properties: etree._Element | None) -> bool:
    if child(properties, "shd") is not None or child(properties, "highlight") is not None:
        return False
    return (value(properties, "color") or "").upper() in ("FFFFFF", "WHITE")


def _is_on_paper(run: etree._Element) -> bool:
    """Whether nothing says what is behind the run: no shading, no style of a table, no text box."""
    for above in run.iterancestors():
        kind = local(above)
        if kind in ("txbxContent", "background") or child(above, f"{kind}Pr", "shd") is not None:
            return False
        if child(above, "tblPr", "tblStyle") is not None or child(above, "background") is not None:
            return False
    return True


def _own(properties: etree._Element | None) -> bool | None:
    mark = child(properties, "vanish")
    return None if mark is None else _is_on(mark)


def _inherited(name: str, own: dict[str, bool | None], based: dict[str, str | None]) -> bool:
    at: str | None = name
    for _ in range(_DEPTH):
        if at is None or at not in own:
            return False
        said = own[at]
        if said is not None:
            return said
        at = based[at]
    return False


def _is_on(mark: etree._Element | None) -> bool:
    return mark is not None and attribute(mark, "val") not in _OFF
