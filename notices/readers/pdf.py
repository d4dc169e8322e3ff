"""Text PDF: page furniture dropped, lines rejoined, ruled tables as tab-separated rows."""

from notices.readers import confined
from notices.readers.base import UnreadableDocument
from notices.readers.containers import wrong_format

_HEADER_WITHIN = 1024
"""Bytes before which `%PDF-` must stand; readers of the format accept some junk above it."""
_SECONDS = 60.0


class PdfReader:
    """PDF with text in it, through pdfplumber in a process of its own."""

    name = "PDF"
    extensions: tuple[str, ...] = (".pdf",)

    def read(self, data: bytes) -> str:
        """The text, a paragraph a line. Raises ScannedDocument where there are only pictures."""
        if b"%PDF-" not in data[:_HEADER_WITHIN]:
            if data.startswith(b"%PDF"):
                raise UnreadableDocument(
                    "PDF 文件已损坏或不完整。请重新下载或向发文单位索取完整文件后上传。"
                )
            raise wrong_format(data, "PDF 文件")
        return confined.run("notices.readers.pdf_pages", data, seconds=_SECONDS)
