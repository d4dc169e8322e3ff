"""The one list of readers, and the way from a file name to one of them."""

from pathlib import PurePath

from notices.readers import embedded
from notices.readers.base import MAX_BYTES, Reader, UnreadableDocument
from notices.readers.containers import is_markup
from notices.readers.ofd.document import OfdReader
from notices.readers.pdf.document import PdfReader
from notices.readers.plain_text import PlainTextReader
from notices.readers.scan.document import ScanReader
from notices.readers.spreadsheet.document import SpreadsheetReader
from notices.readers.web.document import WebPageReader
from notices.readers.word.document import WordReader
from notices.readers.word.legacy_word import LegacyWordReader
from notices.readers.wrong_kinds import refuse_wrong_kind

_PAGES = WebPageReader()
READERS: tuple[Reader, ...] = (
    PlainTextReader(),
    _PAGES,
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
    refuse_wrong_kind(name)
    extension = PurePath(name).suffix.lower()
    for reader in READERS:
        if extension in reader.extensions:
            return reader
    shown = f"“{extension}”格式" if extension else "没有扩展名的文件"
    raise UnreadableDocument(f"暂不支持{shown}。请另存为 {'、'.join(extensions())} 后重新上传。")


def read_document(name: str, data: bytes) -> str:
    """The text of an uploaded file. Raises UnreadableDocument with a message for the user."""
    return reader_of(name, data).read(data)


def reader_of(name: str, data: bytes) -> Reader:
    """The reader for a file that is neither empty nor too large.

    Systems of offices export web pages under the names of Word and Excel; those are read as what
    they are. Raises UnreadableDocument for other files.
    """
    reader = reader_for(name)
    if not data:
        raise UnreadableDocument(
            "文件是空的（0 字节），可能没有下载完或没有保存。请重新下载或在原程序中保存后上传。"
        )
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        if isinstance(reader, ScanReader):
            raise UnreadableDocument(
                f"图片超过 {limit} MB。请以 200 至 300 dpi 重新扫描，或压缩图片后重新上传。"
            )
        raise UnreadableDocument(f"文件超过 {limit} MB。请拆分或去掉图片后重新上传。")
    if isinstance(reader, LegacyWordReader | SpreadsheetReader) and is_markup(data):
        return _PAGES
    return reader
