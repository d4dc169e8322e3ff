"""All that a web page, a web archive, a mail, an RTF or a plain text shows, raw."""

import email
import re
from email.message import Message

from lxml import etree

_CHARSET = re.compile(rb"(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,20})", re.I)
_ARCHIVE = re.compile(rb"^(?:MIME-Version|Content-Type):", re.I | re.M)
_TAG = re.compile(r"<[a-zA-Z!/?]")
_SEARCHED = 4096
_BLOCKS = {
    *(
        "p",
        "div",
        "br",
        "li",
        "tr",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "section",
    ),
    *(
        "header",
        "footer",
        "article",
        "center",
        "blockquote",
        "pre",
        "dt",
        "dd",
        "title",
        "caption",
        "hr",
    ),
    *("option", "body", "html", "legend", "fieldset", "aside", "nav", "main", "figcaption"),
}
_SILENT = {"script", "style"}
_SAID = ("string", "alt", "title", "placeholder", "label")
"""Attributes that are shown as text, at least where the mouse rests."""
_WRITTEN = re.compile(r"content\s*:\s*[\"']([^\"']{1,200})[\"']", re.I)
"""What a style sheet writes before or behind an element."""
_RTF = b"{\\rtf"
_RTF_TOKEN = re.compile(
    r"\\u(-?\d{1,6}) ?|((?:\\'[0-9a-fA-F]{2})+)|\\([a-z]{1,32})-?\d{0,10} ?"
    r"|\\(.)|([^\\{}\r\n]+)",
    re.S,
)
_RTF_BREAKS = {"par", "line", "cell", "row", "page", "sect", "tab", "nestcell", "nestrow"}


def shown(data: bytes) -> str:
    """The text, a block a line; hidden elements and all parts of an archive with it."""
    if data.startswith(_RTF):
        return _of_rtf(data)
    if _ARCHIVE.search(data[:_SEARCHED]):
        return "\n".join(_of_mail(email.message_from_bytes(data)))
    return _of_source(_decoded(data))


def stripped(data: bytes) -> str:
    """What stands between the tags of markup that no parser takes."""
    return re.sub(r"<[^>]*>", "\n", _decoded(data))


def _of_mail(message: Message) -> list[str]:
    out = []
    for part in message.walk():
        if part.get_content_maintype() == "text":
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                out.append(_of_source(_decoded(body, part.get_content_charset() or "")))
    return out


def _decoded(data: bytes, declared: str = "") -> str:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\x00" in data[:_SEARCHED]:
        return data.decode("utf-16-be" if data[:1] == b"\x00" else "utf-16-le", errors="replace")
    match = _CHARSET.search(data[:_SEARCHED])
    named = declared or (match[1].decode("ascii", errors="replace") if match else "")
    for encoding in ("utf-8", "big5hkscs" if "big5" in named.lower() else "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    broken = data.decode("utf-8", errors="replace")
    return broken if broken.count("\ufffd") < 20 else data.decode("gb18030", errors="replace")


def _of_source(source: str) -> str:
    source = re.sub(r"[\x00-\x08\x0b\x0e-\x1f]", "", source)
    if not _TAG.search(source):
        return source
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(source.encode("utf-8", errors="replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    return re.sub(r"<[^>]*>", "\n", source) if root is None else "".join(_walked(root))


def _walked(root: etree._Element) -> list[str]:
    out: list[str] = []
    silent = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            silent += tag in _SILENT
            out.append("\n" if tag in _BLOCKS else "")
            if not silent:
                out.append(_one_line(node.text or ""))
                named = [node.get(name) for name in (*_SAID, *(["value"] * (tag == "input")))]
                out += [f"\n{said}\n" for said in named if said and "密" in said]
            elif tag == "style":
                out += [f"\n{said}\n" for said in _WRITTEN.findall(node.text or "")]
            continue
        if event == "end":
            silent -= tag in _SILENT
            out.append("\n" if tag in _BLOCKS else "")
        if not silent:
            out.append(_one_line(node.tail or ""))
    return out


def _one_line(text: str) -> str:
    """Line ends in a source are blanks on the page."""
    return re.sub(r"\s*[\r\n]\s*", " ", text)


def _of_rtf(data: bytes) -> str:
    out: list[str] = []
    skip = 0
    for match in _RTF_TOKEN.finditer(data.decode("latin-1")):
        number, hexes, word, sign, plain = match.groups()
        if number is not None:
            out.append(chr(int(number) % 0x10000))
            skip = 1
        elif hexes is not None:
            raw = bytes.fromhex(hexes.replace("\\'", ""))
            # After \u stands the same character once more for old programs.
            out.append("" if skip else raw.decode("gb18030", errors="replace"))
            skip = 0
        elif word is not None:
            out.append("\n" if word in _RTF_BREAKS else "")
        elif sign == "~":
            out.append(" ")
        elif plain is not None:
            out.append(plain[1:] if skip else plain)
            skip = 0
    return "".join(out)
