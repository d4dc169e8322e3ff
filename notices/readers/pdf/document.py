"""Text PDF: page furniture dropped, lines rejoined, ruled tables as tab-separated rows."""

from notices.readers import confined
from notices.readers.base import UnreadableDocument
from notices.readers.containers import wrong_format

_HEADER_WITHIN = 1024
"""Bytes before which `%PDF` must stand; readers of the format accept some junk above it."""
_END_WITHIN = 2048
"""Bytes at the end within which `%%EOF` must stand; mail programs and signatures add some."""
_SECONDS = 60.0


class PdfReader:
    """PDF with text in it, through pdfplumber in a process of its own."""

    name = "PDF"
    extensions: tuple[str, ...] = (".pdf",)

    def read(self, data: bytes) -> str:
        """The text, a paragraph a line. Raises ScannedDocument where there are only pictures."""
        if b"%PDF" not in data[:_HEADER_WITHIN]:
            raise wrong_format(data, "PDF 文件")
        if b"%%EOF" not in data[-_END_WITHIN:]:
            # A reader could show the pages that did arrive; what the others asked for would be
            # missed without anybody noticing.
            raise UnreadableDocument(
                "PDF 文件不完整，末尾缺失。请重新下载或向发文单位索取完整文件后上传。"
            )
        return confined.run("notices.readers.pdf.pages", data, seconds=_SECONDS)
