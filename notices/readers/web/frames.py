"""Frames of a saved page: what they show is put where they stand."""

import re
from base64 import b64decode
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from lxml import etree

from notices.readers.web.archive import SavedPage
from notices.readers.web.encoding import source_of
from notices.readers.xml_parts import local, words

_FRAMES = ("iframe", "frame")
_MOST = 200
"""Frames of a page whose content is looked for."""

Parse = Callable[[str], etree._Element]


def has_frames(root: etree._Element) -> bool:
    """Whether a frame is left whose page was not saved with this one."""
    sources = [(n.get("src") or "").strip().lower() for n in root.iter(*_FRAMES)]
    return any(s and not s.startswith(("about:", "javascript:", "data:")) for s in sources)


def put_together(pages: list[SavedPage], parse: Parse) -> etree._Element:
    """One page of all: each at its frame, those that no frame names behind the first."""
    left = {i: parse(page.source) for i, page in enumerate(pages) if page.source.strip()}
    if not left:
        return parse("")
    titled = max(left.values(), key=lambda tree: len(words(_body(tree))))
    titles = list(titled.iter("title", "meta"))
    number = min(left)
    first = left.pop(number)
    _fill(first, pages[number].location, pages, left, parse)
    while left:
        number = min(left)
        place = etree.SubElement(_body(first), "div")
        _take(place, left.pop(number))
        _fill(place, pages[number].location, pages, left, parse)
    if titled is not first:
        _entitle(first, titles)
    return first


def _fill(
    root: etree._Element,
    base: str,
    pages: list[SavedPage],
    left: dict[int, etree._Element],
    parse: Parse,
) -> None:
    """Puts into the frames below `root` what they show; `left` are the pages not yet used."""
    waiting = [(root, base)]
    frames = 0
    while waiting:
        node, base = waiting.pop()
        for frame in list(node.iter(*_FRAMES)):
            frames += 1
            if frames > _MOST:
                return
            reference = (frame.get("src") or "").strip()
            number = next(
                (n for n in left if reference and pages[n].is_called(reference, base)), None
            )
            if number is not None:
                _take(frame, left.pop(number))
                waiting.append((frame, pages[number].location))
            elif inside := (frame.get("srcdoc", "").strip() or _within(reference)):
                _take(frame, parse(inside))
                waiting.append((frame, base))


def _within(reference: str) -> str:
    """The page that an address itself holds (RFC 2397); empty for another address."""
    kind, comma, content = reference.partition(",")
    if not comma or not re.match(r"data:\s*(?:text/html|application/xhtml\+xml)", kind, re.I):
        return ""
    data = unquote_to_bytes(content)
    if kind.lower().endswith(";base64"):
        try:
            data = b64decode(data)
        except ValueError:
            return ""
    return source_of(data)


def _take(place: etree._Element, tree: etree._Element) -> None:
    """Makes a plain element of the frame, which holds the other page's body."""
    tail = place.tail
    place.clear()
    place.tag, place.tail = "div", tail
    body = _body(tree)
    place.text = body.text
    place.extend(list(body))


def _body(tree: etree._Element) -> etree._Element:
    """What the page shows: its body, or the set of frames that takes the place of one."""
    for node in tree.iter("frameset"):
        node.tag = "div"
        for other in list(node.iter("noframes")):
            other.clear()
    found = next(tree.iter("body"), None)
    if found is None:
        found = next((node for node in tree if local(node) == "div"), tree)
    return found


def _entitle(tree: etree._Element, titles: list[etree._Element]) -> None:
    """Gives the page the titles of the frame that holds the most, before its own."""
    head = next(tree.iter("head"), None)
    if head is None:
        head = etree.Element("head")
        tree.insert(0, head)
    for i, node in enumerate(titles):
        head.insert(i, node)
