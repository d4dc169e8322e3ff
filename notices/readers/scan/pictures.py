"""The pages of a scan or of a PDF as pictures, in a process that is bounded by its caller."""

import io

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from notices.readers.base import UnreadableDocument
from notices.readers.containers import is_pdf

MAX_PIXELS = 80_000_000
"""A4 at 600 dpi has 35 million."""
_TOO_LARGE = "图片过大，像素太多。请以 200 至 300 dpi 重新扫描后上传。"
_DAMAGED = "图片已损坏或不完整。请重新扫描或重新下载后上传。"


def count(data: bytes) -> int:
    """How many pages there are; nothing is drawn yet."""
    if is_pdf(data):
        return len(pypdfium2.PdfDocument(data))
    with _opened(data) as image:
        return int(getattr(image, "n_frames", 1))


def picture(data: bytes, number: int, long_side: int) -> Image.Image:
    """One page, counted from 0, no side longer than `long_side` pixels.

    Raises UnreadableDocument on damage and for too many pixels.
    """
    if is_pdf(data):
        page = pypdfium2.PdfDocument(data)[number]
        drawn: Image.Image = page.render(scale=long_side / max(page.get_size())).to_pil()
        return drawn.convert("RGB")
    with _opened(data) as image:
        try:
            image.seek(number)
            if image.width * image.height > MAX_PIXELS:
                raise UnreadableDocument(_TOO_LARGE)
            upright = ImageOps.exif_transpose(image).convert("RGB")
        except (OSError, SyntaxError) as fault:
            raise UnreadableDocument(_DAMAGED) from fault
    upright.thumbnail((long_side, long_side))
    return upright


def _opened(data: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF"))
    except Image.DecompressionBombError as fault:
        raise UnreadableDocument(_TOO_LARGE) from fault
    except (UnidentifiedImageError, OSError, SyntaxError) as fault:
        raise UnreadableDocument(_DAMAGED) from fault
