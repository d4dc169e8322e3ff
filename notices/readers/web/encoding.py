"""From the bytes of a saved web page to its source: web archives and encodings."""

import base64
import binascii
import codecs
import quopri
import re

from notices.readers.base import UnreadableDocument

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(rb"(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,20})", re.I)
_GB = dict.fromkeys(("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "gb18030"), "gb18030")
_ENCODINGS = _GB | {"big5": "big5hkscs", "big5-hkscs": "big5hkscs", "utf-16": "utf-16"}
"""Encodings other than UTF-8 that a Chinese page may declare, and the codec that reads them."""
_SEARCHED = 4096
_MOST_BROKEN = 0.005
"""Share of undecodable characters that a page may have; more is another encoding."""
_BOUNDARY = re.compile(rb"boundary=\"?([^\"\r\n;]{1,100})", re.I)
_ADVICE = "请在浏览器中打开，另存为“网页，仅 HTML”，或把文字复制到 .txt 文件后重新上传。"


def source_of(data: bytes) -> str:
    """The HTML source without byte order mark and control characters.

    UTF-8 is tried before what the page declares: bytes that are valid UTF-8 are hardly ever meant
    as anything else, while a wrong `charset=gb2312` is common. A few broken bytes are let pass.
    Raises UnreadableDocument where no encoding fits.
    """
    if re.search(rb"^MIME-Version:", data[:_SEARCHED], re.I | re.M):
        data = _page_of_archive(data)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(encoding, errors="replace"))
    if b"\x00" in data[:_SEARCHED]:
        encoding = "utf-16-be" if data[:1] == b"\x00" else "utf-16-le"
        return _checked(data.decode(encoding, errors="replace"))
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if broken and 20 * broken > sum(char > "\x7f" for char in text) - broken:
        match = _CHARSET.search(data[:_SEARCHED])
        declared = match[1].decode("ascii", errors="replace").lower() if match else ""
        text = data.decode(_ENCODINGS.get(declared, "gb18030"), errors="replace")
    return _checked(text)


def _checked(text: str) -> str:
    if text.count("\ufffd") > _MOST_BROKEN * len(text) + 2:
        raise UnreadableDocument(f"无法识别网页的文字编码，或文件不是网页。{_ADVICE}")
    return re.sub(r"[\x00-\x08\x0b\x0e-\x1f]", "", text)


def _page_of_archive(data: bytes) -> bytes:
    """The first HTML part of a web archive (.mht, RFC 2557); browsers do not nest them."""
    boundary = _BOUNDARY.search(data[: 4 * _SEARCHED])
    parts = data.split(b"--" + boundary[1], 1_000) if boundary else [data]
    for part in parts:
        head, blank, body = part.lstrip(b"\r\n").replace(b"\r\n", b"\n").partition(b"\n\n")
        head = head.lower()
        if not blank or b"content-type: text/html" not in head:
            continue
        if b"quoted-printable" in head:
            return quopri.decodestring(body)
        if b"base64" in head:
            try:
                return base64.b64decode(body)
            except binascii.Error:
                break
        return body
    raise UnreadableDocument(f"网页归档（mht）里没有找到网页正文。{_ADVICE}")
