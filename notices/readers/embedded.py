"""Files that stand inside a Word document as a part of its text (altChunk)."""

from pathlib import PurePath

from notices.readers.base import UnreadableDocument
from notices.readers.containers import sniff
from notices.readers.plain_text import PlainTextReader
from notices.readers.web.document import WebPageReader
from notices.readers.word.document import WordReader
from notices.readers.word.legacy_word import LegacyWordReader


def text_of(name: str, data: bytes) -> str:
    """The text of such a file. Raises UnreadableDocument for what cannot be read in its place."""
    kind = sniff(data)
    if kind == "docx 文件":
        return WordReader().read(data)
    if kind == "RTF 文件":
        return LegacyWordReader().read(data)
    if kind is None and PurePath(name).suffix.lower() == ".txt":
        return PlainTextReader().read(data)
    if kind is None:
        return WebPageReader().fragment(data)
    raise UnreadableDocument(
        f"文档里嵌入了另一个文件（{kind}），无法直接读取。"
        "请在 Word 中打开，另存为新的 .docx 后重新上传。"
    )
