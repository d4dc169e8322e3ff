"""Text PDF: page furniture dropped, lines rejoined, ruled tables as tab-separated rows."""

from notices.readers import confined
from notices.readers.base import UnreadableDocument
from notices.readers.containers import wrong_format

_HEADER_WITHIN = 1024
"""Bytes before which `%PDF` must stand; readers of the format accept some junk above it."""
_END_WITHIN = 2048
"""Bytes at the end within which `%%EOF` must stand; mail programs and signatures add some."""
_SECONDS = 60.0
_PROGRAM = "notices.readers.pdf.pages"
NAMES_PICTURES = "names-pictures"
"""What the program is told where nothing here recognises pictures."""


class PdfReader:
    """PDF with text in it, through pdfplumber in a process of its own."""

    name = "PDF"
    extensions: tuple[str, ...] = (".pdf",)

    def read(self, data: bytes, *, names_pictures: bool = False) -> str:
        """The text, a paragraph a line. Raises ScannedDocument where a page is only a picture.

        With `names_pictures` such a page behind one of text is named at its place instead.
        """
        if b"%PDF" not in data[:_HEADER_WITHIN]:
            raise wrong_format(data, "PDF 文件")
        if b"%%EOF" not in data[-_END_WITHIN:]:
            # A reader could show the pages that did arrive; what the others asked for would be
            # missed without anybody noticing.
            raise UnreadableDocument(
                "PDF 文件不完整，末尾缺失。请重新下载或向发文单位索取完整文件后上传。"
            )
        words = (NAMES_PICTURES,) if names_pictures else ()
        return confined.run(_PROGRAM, data, seconds=_SECONDS, words=words)
