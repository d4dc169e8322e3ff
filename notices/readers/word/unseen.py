"""Hidden text of a .docx (ECMA-376 part 1, 17.3.2.41 vanish): by the run itself or by its style."""

from lxml import etree

from notices.readers.xml_parts import attribute, child, local, value

_OFF = ("0", "false", "off")
_DEPTH = 20
"""Styles that a style may be based on one after another."""


class Vanish:
    """Which runs nobody sees; `styles` is the part of that name."""

    def __init__(self, styles: etree._Element | None = None) -> None:
        found = [] if styles is None else [node for node in styles if local(node) == "style"]
        own = {attribute(node, "styleId") or "": _own(child(node, "rPr")) for node in found}
        based = {attribute(node, "styleId") or "": value(node, "basedOn") for node in found}
        self._hidden = {name for name in own if _inherited(name, own, based)}

    def hides(self, run: etree._Element, paragraph_style: str | None) -> bool:
        """Whether the run is hidden; what it says itself counts before its style."""
        properties = child(run, "rPr")
        own = _own(properties)
        if own is not None:
            return own
        return value(properties, "rStyle") in self._hidden or paragraph_style in self._hidden


def is_hidden_row(row: etree._Element) -> bool:
    """Whether a table's row is hidden text as a whole."""
    return _is_on(child(row, "trPr", "hidden"))


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
