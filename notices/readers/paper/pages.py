"""Counts or draws the pages of a PDF or a picture; run as a program by `paper.document`.

Without an argument it answers how many pages there are, else the picture of that page, counted
from 1, in base64. It imports little: it is started for each page that somebody looks at.
"""

import io
import sys
from base64 import b64encode
from collections.abc import Callable, Iterable

from PIL import Image

from notices.readers import confined
from notices.readers.base import UnreadableDocument
from notices.readers.scan import pictures

LONG_SIDE = 1600
"""Pixels: the small print of a form can be read."""
_MOST_AS_PNG = 600_000
"""Bytes; a scan in colour has several megabytes as PNG and loses nothing that is seen as JPEG."""


def answer(data: bytes, breathe: Callable[[], None]) -> str:
    """What the arguments ask for. May raise anything on damage."""
    breathe()
    return of_sheets([data])


def of_sheets(files: Iterable[bytes]) -> str:
    """The same of several files, whose pages count on."""
    counted = ((file, pictures.count(file)) for file in files)
    if len(sys.argv) < 2:
        return str(sum(pages for _, pages in counted))
    left = int(sys.argv[1])
    for file, pages in counted:
        if left <= pages:
            return b64encode(_encoded(pictures.picture(file, left - 1, LONG_SIDE))).decode()
        left -= pages
    raise UnreadableDocument("原件没有这一页。请返回上一页重新选择。")


def _encoded(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    if out.tell() > _MOST_AS_PNG:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=80)
    return out.getvalue()


if __name__ == "__main__":
    confined.serve(answer, megabytes=1500, pace=15.0)
