"""The one list of readers, and the way from a file name to one of them."""

from pathlib import PurePath

from notices.readers import embedded
from notices.readers.base import MAX_BYTES, Reader, UnreadableDocument
from notices.readers.ofd.document import OfdReader
from notices.readers.pdf.document import PdfReader
from notices.readers.plain_text import PlainTextReader
from notices.readers.scan.document import ScanReader
from notices.readers.spreadsheet.document import SpreadsheetReader
from notices.readers.web.document import WebPageReader
from notices.readers.word.document import WordReader
from notices.readers.word.legacy_word import LegacyWordReader

_MAIL = (".eml", ".msg")


READERS: tuple[Reader, ...] = (
    PlainTextReader(),
    WebPageReader(),
    WordReader(embedded.text_of),
    PdfReader(),
    OfdReader(),
    LegacyWordReader(),
    SpreadsheetReader(),
    ScanReader(),
)


def extensions() -> tuple[str, ...]:
    """All file name endings that can be read, for forms and messages."""
    return tuple(e for reader in READERS for e in reader.extensions)


def reader_for(name: str) -> Reader:
    """The reader for a file name. Raises UnreadableDocument for an unknown ending."""
    extension = PurePath(name).suffix.lower()
    for reader in READERS:
        if extension in reader.extensions:
            return reader
    if extension in _MAIL:
        raise UnreadableDocument(
            f"“{extension}”是邮件，不能直接读取。请把附件另存后上传；"
            "正文就是通知的，请把文字复制到 .txt 文件后上传。"
        )
    shown = f"“{extension}”格式" if extension else "没有扩展名的文件"
    raise UnreadableDocument(f"暂不支持{shown}。请另存为 {'、'.join(extensions())} 后重新上传。")


def read_document(name: str, data: bytes) -> str:
    """The text of an uploaded file. Raises UnreadableDocument with a message for the user."""
    reader = reader_for(name)
    if not data:
        raise UnreadableDocument("文件是空的（0 字节）。请检查原文件后重新上传。")
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        raise UnreadableDocument(f"文件超过 {limit} MB。请拆分或去掉图片后重新上传。")
    return reader.read(data)
