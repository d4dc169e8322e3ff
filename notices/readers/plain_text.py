"""Plain text in the encodings that Chinese offices use: UTF-8, GB18030, UTF-16."""

import re

from notices.readers import drawn_lines
from notices.readers.aligned_text import with_tabs
from notices.readers.base import UnreadableDocument
from notices.readers.containers import is_markup, sniff
from notices.text.page.secrecy import refuse_classified

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_COMMON = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2500-\u257f\x20-\x7e\s“”‘’—…·]")
_USUAL_HAN = re.compile(r"[的和一年月日各局市部门国关于作通知为工管理监督政府]")
_MOST_CONTROL = 0.01
_LEAST_COMMON = 0.7
_WRONG = "请在原程序中另存为 UTF-8 编码的纯文本（.txt）后重新上传。"


class PlainTextReader:
    """Text files: by byte order mark, else UTF-8, else UTF-16 without mark, else GB18030."""

    name = "纯文本"
    extensions: tuple[str, ...] = (".txt",)

    def read(self, data: bytes) -> str:
        """The decoded text without its byte order mark; line ends become line feeds, columns of
        tables tabs."""
        if kind := sniff(data):
            raise UnreadableDocument(
                f"文件内容是{kind}，不是纯文本，只是扩展名改成了 .txt。{_WRONG}"
            )
        if is_markup(data):
            raise UnreadableDocument(
                "文件内容是网页，不是纯文本。请把扩展名改为 .html 后重新上传，"
                "或把文字复制到导入页的文本框。"
            )
        text = _decode(data)
        if not text.strip():
            raise UnreadableDocument("文件里没有文字。请检查原文件后重新上传。")
        if len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text):
            raise UnreadableDocument(f"文件含有大量控制字符，像是二进制文件。{_WRONG}")
        if len(_COMMON.findall(text)) < _LEAST_COMMON * len(text):
            raise UnreadableDocument(f"文件大部分内容无法识别，可能是乱码。{_WRONG}")
        refuse_classified(text)
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        return with_tabs(drawn_lines.with_tabs(lines))


def _decode(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if b"\x00" in data:
        return _utf16_without_mark(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    even = len(data) % 2 == 0
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if text and _plausible(text):
        return text
    if even:
        for encoding in ("utf-16-le", "utf-16-be"):
            other = data.decode(encoding, errors="replace")
            if _plausible(other):
                return other
    if text:
        return text
    raise UnreadableDocument(f"无法识别文件的文字编码。{_WRONG}")


def _plausible(text: str) -> bool:
    """Whether the text reads like Chinese prose: the commonest signs make up a share of it."""
    sample = text[:4000]
    return len(_USUAL_HAN.findall(sample)) >= 0.04 * len(sample)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableDocument(
            f"文件标明是 {encoding.upper()} 编码，但内容不符。{_WRONG}"
        ) from None


def _utf16_without_mark(data: bytes) -> str:
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and _plausible(text):
            return text
    raise UnreadableDocument(f"文件含有空字节，是二进制文件而不是纯文本。{_WRONG}")
