"""From the bytes of a saved web page to its source."""

import codecs
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
ADVICE = "请在浏览器中打开，另存为“网页，仅 HTML”，或把文字复制到 .txt 文件后重新上传。"
"""What to do where a page cannot be read."""


def source_of(data: bytes, declared: str = "") -> str:
    """The HTML source without byte order mark and control characters.

    UTF-8 is tried before what the page declares: bytes that are valid UTF-8 are hardly ever meant
    as anything else, while a wrong `charset=gb2312` is common. A few broken bytes are let pass.
    `declared` is what stands outside of the page. Raises UnreadableDocument where no encoding fits.
    """
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
        inside = match[1].decode("ascii", errors="replace") if match else declared
        text = data.decode(_ENCODINGS.get(inside.lower(), "gb18030"), errors="replace")
    return _checked(text)


def is_archive(data: bytes) -> bool:
    """Whether this is a web archive (.mht): a page and its frames as parts of a mail."""
    return re.search(rb"^MIME-Version:", data[:_SEARCHED], re.I | re.M) is not None


def _checked(text: str) -> str:
    if text.count("\ufffd") > _MOST_BROKEN * len(text) + 2:
        raise UnreadableDocument(f"无法识别网页的文字编码，或文件不是网页。{ADVICE}")
    return re.sub(r"[\x00-\x08\x0b\x0e-\x1f]", "", text)
