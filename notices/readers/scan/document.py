"""Text from pictures of pages, with the optional extra in requirements/ocr.in.

Recognition takes seconds a page and hundreds of megabytes, so it belongs into a job on a queue of
its own, one at a time. Here it is a plain function; it runs in a process of its own.
"""

from notices.readers import confined
from notices.readers.base import UnreadableDocument
from notices.readers.containers import PICTURES, sniff, wrong_format
from notices.readers.scanned import can_recognise, what_to_do

_SECONDS = 900.0


class ScanReader:
    """Photographs and scans: PNG, JPEG, TIFF with one or more pages."""

    name = "扫描图片"
    extensions: tuple[str, ...] = (".png", ".jpg", ".jpeg", ".tif", ".tiff")

    def read(self, data: bytes) -> str:
        """The recognised text. Takes seconds a page. Raises as `recognise` does."""
        self.check(data)
        return recognise(data)

    def check(self, data: bytes) -> None:
        """Raises UnreadableDocument for what is no such picture, without recognising anything."""
        if sniff(data) not in PICTURES:
            raise wrong_format(data, "PNG、JPEG 或 TIFF 图片")


def recognise(image: bytes) -> str:
    """The text of a PNG, JPEG or TIFF picture or of a scanned PDF, all pages.

    Raises UnreadableDocument where the extra is not installed, on damage, on a picture without
    text, and after a minute spent on one page.
    """
    if not can_recognise():
        raise UnreadableDocument(f"文件是图片，没有文字。{what_to_do()}")
    return confined.run("notices.readers.scan.pages", image, seconds=_SECONDS)
