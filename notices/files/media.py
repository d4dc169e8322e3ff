"""What a file is sent as: its media type by its content, and a name that any system takes."""

import unicodedata
from pathlib import PurePosixPath

from notices.readers.containers import sniff

_OPEN = "application/vnd.openxmlformats-officedocument."
_BY_CONTENT = {
    "PDF": "application/pdf",
    "PNG 图片": "image/png",
    "JPEG 图片": "image/jpeg",
    "TIFF 图片": "image/tiff",
    "RTF 文件": "application/rtf",
    "docx 文件": f"{_OPEN}wordprocessingml.document",
    "xlsx 文件": f"{_OPEN}spreadsheetml.sheet",
    "OFD 文件": "application/ofd",
    "zip 压缩包": "application/zip",
    "旧版 Word 文件（doc 或 wps）": "application/msword",
    "旧版 Excel 文件（xls 或 et）": "application/vnd.ms-excel",
}
_BY_ENDING = {
    ".txt": "text/plain",
    ".htm": "text/html",
    ".html": "text/html",
    ".mht": "message/rfc822",
    ".mhtml": "message/rfc822",
}
UNKNOWN = "application/octet-stream"
LONGEST_NAME = 200
"""Characters of a file name that are kept."""
_LONGEST_ENDING = 16
_FORBIDDEN = set('\\/:*?"<>|')


def media_type(name: str, data: bytes) -> str:
    """By the content; only of what has no marks of its own (text, web pages) by the ending."""
    kind = sniff(data)
    if kind is not None:
        return _BY_CONTENT.get(kind, UNKNOWN)
    return _BY_ENDING.get(PurePosixPath(name).suffix.lower(), UNKNOWN)


def plain_name(given: str) -> str:
    """The name that a person gave a file, without folders and without signs that are not seen.

    Marks that turn the direction of writing go too: they make "gnp.exe" look like a picture.
    """
    last = given.replace("\\", "/").rpartition("/")[2]
    seen = "".join(
        char for char in last if unicodedata.category(char)[0] != "C" and char not in _FORBIDDEN
    ).strip(" .")
    path = PurePosixPath(seen or "未命名")
    ending = path.suffix[:_LONGEST_ENDING]
    return path.stem[: LONGEST_NAME - len(ending)] + ending
