"""What a file really is, by its content; its name is never believed."""

import zipfile
from dataclasses import dataclass
from typing import BinaryIO

MAX_ENTRIES = 5_000
MAX_DIRECTORY = 2 * 1024 * 1024  # bytes of the list of entries of a zip
_TAIL = 22 + 65_535  # the end record of a zip and the longest comment behind it
_AT_ONCE = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"


class UnknownFile(Exception):
    """Not a kind of file that is taken here; the message says what to do."""


@dataclass(frozen=True, slots=True)
class FileType:
    """``endings``: those that a name may keep; the first is given to any other name."""

    label: str
    endings: tuple[str, ...]
    content_type: str


JPEG = FileType("JPG 图片", (".jpg", ".jpeg"), "image/jpeg")
PNG = FileType("PNG 图片", (".png",), "image/png")
TIFF = FileType("TIF 图片", (".tif", ".tiff"), "image/tiff")
PDF = FileType("PDF 文件", (".pdf",), "application/pdf")
OFD = FileType("OFD 文件", (".ofd",), "application/ofd")
_OPEN = "application/vnd.openxmlformats-officedocument."
DOCX = FileType("docx 文件", (".docx",), f"{_OPEN}wordprocessingml.document")
XLSX = FileType("xlsx 文件", (".xlsx",), f"{_OPEN}spreadsheetml.sheet")
PPTX = FileType("pptx 文件", (".pptx",), f"{_OPEN}presentationml.presentation")
DOC = FileType("doc、wps 文件", (".doc", ".wps"), "application/msword")
XLS = FileType("xls、et 文件", (".xls", ".et"), "application/vnd.ms-excel")
MP4 = FileType("MP4 视频", (".mp4", ".m4v"), "video/mp4")
MOV = FileType("MOV 视频", (".mov",), "video/quicktime")
AVI = FileType("AVI 视频", (".avi",), "video/x-msvideo")
WMV = FileType("WMV 视频", (".wmv",), "video/x-ms-wmv")

IMAGES = (JPEG, PNG, TIFF)
VIDEOS = (MP4, MOV, AVI, WMV)
SCANS = (PDF, OFD, *IMAGES)
DOCUMENTS = (PDF, OFD, DOCX, XLSX, PPTX, DOC, XLS, JPEG, PNG)

_MAGIC = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"%PDF-", PDF),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c", WMV),
)
_PARTS = (
    ("OFD.xml", OFD),
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", XLSX),
    ("ppt/presentation.xml", PPTX),
)
_STREAMS = (("WordDocument", DOC), ("Workbook", XLS), ("Book", XLS))
_MP4_BRANDS = (
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"M4V ",
    b"MSNV",
    b"3gp",
)


def recognise(file: BinaryIO) -> FileType:
    """The type of a file. Raises UnknownFile for the unknown, the encrypted, and macros."""
    file.seek(0)
    head = file.read(32)
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    if head[4:8] == b"ftyp":
        return _of_brand(head[8:12])
    if head.startswith(b"RIFF") and head[8:12] == b"AVI ":
        return AVI
    if head.startswith(_ZIP):
        return _of_zip(file)
    if head.startswith(_OLE):
        return _of_ole(file)
    raise UnknownFile("文件内容不是可以上传的格式（只看内容，不看扩展名）")


def _of_brand(brand: bytes) -> FileType:
    if brand == b"qt  ":
        return MOV
    if brand.startswith(_MP4_BRANDS):
        return MP4
    if brand.startswith((b"hei", b"mif", b"avi")):
        raise UnknownFile("是手机的 HEIC 图片，其他电脑可能打不开，请另存为 JPG 后上传")
    raise UnknownFile("视频格式不支持，请另存为 MP4 后上传")


def _of_zip(file: BinaryIO) -> FileType:
    _check_directory(file)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, IndexError, KeyError) as fault:
        raise UnknownFile("文件已损坏或不完整，请在原程序中重新保存后上传") from fault
    names = {entry.filename for entry in entries}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnknownFile("文件含有宏，请另存为不含宏的格式后上传")
    for part, found in _PARTS:
        if part in names:
            return found
    raise UnknownFile("是压缩包，请解压后逐个上传")


def _check_directory(file: BinaryIO) -> None:
    """The list of entries is read whole into memory: it has to be of a size that is bearable."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        raise UnknownFile("文件已损坏或不完整，请在原程序中重新保存后上传")
    entries = int.from_bytes(tail[at + 10 : at + 12], "little")
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    is_zip64 = tail[max(0, at - 20) : at].startswith(b"PK\x06\x07")
    if is_zip64 or entries > MAX_ENTRIES or directory > MAX_DIRECTORY:
        raise UnknownFile("内含条目过多，请在原程序中另存后上传")


def _of_ole(file: BinaryIO) -> FileType:
    """Streams are named in UTF-16 somewhere in the file; it is read piece by piece."""
    names = {name: name.encode("utf-16-le") for name in ("EncryptedPackage", "_VBA_PROJECT")}
    names |= {name: name.encode("utf-16-le") + b"\x00\x00" for name, _ in _STREAMS}
    found = _present(file, names)
    if "EncryptedPackage" in found:
        raise UnknownFile("文件设有密码，请取消密码后上传")
    if "_VBA_PROJECT" in found:
        raise UnknownFile("文件含有宏，请另存为不含宏的格式后上传")
    for name, kind in _STREAMS:
        if name in found:
            return kind
    raise UnknownFile("旧版 Office 文件不能识别，请另存为 docx、xlsx 或 PDF 后上传")


def _present(file: BinaryIO, names: dict[str, bytes]) -> set[str]:
    file.seek(0)
    found: set[str] = set()
    kept = b""
    while piece := file.read(_AT_ONCE):
        seen = kept + piece
        found |= {name for name, word in names.items() if word in seen}
        kept = seen[-64:]
    return found
