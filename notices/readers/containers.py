"""What a file really is, by its first bytes, and the guarded way into zip containers."""

import io
import lzma
import struct
import zipfile
import zlib
from functools import cached_property

from notices.readers.archive_names import entries, normal
from notices.readers.base import UnreadableDocument

MAX_ENTRIES = 5_000
"""Entries a zip container may have."""
MAX_UNPACKED = 150 * 1024 * 1024
"""Bytes all entries together may unpack to."""
MAX_PART = 30 * 1024 * 1024
"""Bytes one part may unpack to when it is read."""
MAX_RATIO = 250
"""Unpacked to packed size of an entry above `_SMALL`; deflate ends at 1032, office XML near 60."""
_SMALL = 1024 * 1024

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"II*\x00", "TIFF 图片"),
    (b"MM\x00*", "TIFF 图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"{\\rtf", "RTF 文件"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "快捷方式"),
)
_MESSAGE = "邮件"
_PHOTO_BRANDS = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc", b"ftypavif")
"""What stands in the place of a magic number in pictures of telephones (ISO 23008-12)."""
PICTURES = ("PNG 图片", "JPEG 图片", "TIFF 图片")
"""Pictures that are read; others are named as what they are."""
_PARTS = (
    ("word/document.xml", "docx 文件"),
    ("xl/workbook.xml", "xlsx 文件"),
    ("xl/workbook.bin", "xlsb 文件"),
    ("ppt/presentation.xml", "pptx 文件"),
    ("OFD.xml", "OFD 文件"),
    ("content.xml", "ODF 文件"),
)
_STREAMS = (
    ("__nameid_version1.0", _MESSAGE),
    ("EncryptedPackage", "加密的 Office 文件"),
    ("WordDocument", "旧版 Word 文件（doc 或 wps）"),
    ("Workbook", "旧版 Excel 文件（xls 或 et）"),
    ("PowerPoint Document", "旧版 PowerPoint 文件（ppt）"),
)
_ENCRYPTED = "文件设有密码。请取消密码保护后重新上传。"
_METHOD = "文件用了不支持的压缩方法。请用原程序或 zip 格式重新保存后上传。"
_BROKEN = "文件已损坏或不完整。请重新下载或向发文单位索取完整文件后上传。"

_UNPACK = "请解压后一次选中全部文件上传，或压缩为 .zip 后上传。"
_CONVERT = "请在手机或电脑上转存为 JPG 或 PNG 后上传。"
_INSTEAD = {
    _MESSAGE: "请先在邮件中把附件另存为文件，再导入另存的文件。",
    "RAR 压缩包": _UNPACK,
    "7z 压缩包": _UNPACK,
    "gzip 压缩包": _UNPACK,
    "HEIC 图片": _CONVERT,
    "WEBP 图片": _CONVERT,
    "快捷方式": "请找到它指向的原文件后上传。",
    "可执行程序": "请核对来源，不要打开；需要导入的，请选择通知文件。",
}
"""What to do with a file of another kind than its name says, where saving it anew does not help."""
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Office programs use no other, and zipfile unpacks only these within a given size."""

# Everything that zipfile and its decompressors raise on damaged bytes.
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,  # also UnicodeDecodeError
    OverflowError,
    RuntimeError,  # also NotImplementedError: unknown compression
    KeyError,
    IndexError,
)


def sniff(data: bytes) -> str | None:
    """What the office calls the binary format of `data`; None for text and the unknown."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data.startswith(ZIP):
        return _zip_kind(data)
    if data.startswith(OLE):
        return _ole_kind(data)
    if data[4:12] in _PHOTO_BRANDS:
        return "HEIC 图片"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP 图片"
    if data.startswith(b"MZ") and b"\x00" in data[:64]:
        return "可执行程序"
    return None


def has_pages(data: bytes) -> bool:
    """Whether the file is of a kind whose pages can be drawn: a PDF, a photograph, a scan."""
    return is_pdf(data) or sniff(data) in PICTURES


def is_pdf(data: bytes) -> bool:
    """`%PDF` may stand behind some junk, as readers of the format accept."""
    return b"%PDF" in data[:1024]


def wrong_format(data: bytes, wanted: str) -> UnreadableDocument:
    """The error for a file whose content is not the `wanted` format of its name."""
    kind = sniff(data)
    gap = " " if wanted[0].isascii() else ""
    if kind == "加密的 Office 文件":
        return UnreadableDocument(_ENCRYPTED)
    if kind in _INSTEAD:
        return UnreadableDocument(f"文件内容是{kind}，不是{gap}{wanted}。{_INSTEAD[kind]}")
    if kind is None:
        kind = "网页" if is_markup(data) else "其他格式"
    return UnreadableDocument(
        f"文件内容是{kind}，不是{gap}{wanted}。"
        f"请在原程序中另存为{gap}{wanted}，或改用正确的扩展名后重新上传。"
    )


class Package(zipfile.ZipFile):
    """A zip whose parts are found whatever way their names are written: `\\` for `/`, any case."""

    @cached_property
    def parts(self) -> dict[str, zipfile.ZipInfo]:
        """The files by their plain name in lower case, in the order of the archive."""
        return {name.lower(): entry for name, entry in entries(self).items()}

    def part(self, name: str) -> zipfile.ZipInfo | None:
        """The entry of exactly that name, else the one whose name means the same."""
        return self.NameToInfo.get(name) or self.parts.get(normal(name).lower())


def open_zip(data: bytes, wanted: str = "压缩包") -> Package:
    """The archive, after its directory was checked; nothing is unpacked yet.

    Raises UnreadableDocument for content that is no zip, for damage, encryption, odd compression,
    too many entries and for sizes or ratios of a zip bomb. `wanted` is the format's name for the
    message.
    """
    if not data.startswith((ZIP, b"PK\x05\x06")):
        raise wrong_format(data, wanted)
    try:
        archive = Package(io.BytesIO(data))
        found = archive.infolist()
    except _ZIP_FAULTS as fault:
        raise UnreadableDocument(_BROKEN) from fault
    if len(found) > MAX_ENTRIES:
        raise UnreadableDocument(f"文件内含超过 {MAX_ENTRIES} 个条目。请拆分后重新上传。")
    if any(entry.flag_bits & 0x1 for entry in found):
        raise UnreadableDocument(_ENCRYPTED)
    if any(entry.compress_type not in _METHODS for entry in found):
        raise UnreadableDocument(_METHOD)
    if sum(entry.file_size for entry in found) > MAX_UNPACKED or any(map(_is_bomb, found)):
        raise UnreadableDocument(
            "文件解压后体积异常，可能是压缩炸弹，已拒绝打开。请向发文单位核实，"
            "或在原程序中另存一份后重新上传。"
        )
    return archive


def read_part(archive: Package, name: str, limit: int = MAX_PART) -> bytes | None:
    """One entry unpacked, None where there is none. Raises UnreadableDocument past `limit`."""
    entry = archive.part(name)
    if entry is None:
        return None
    if entry.file_size > limit:
        raise UnreadableDocument(
            f"文件中的“{name}”解压后超过 {limit // (1024 * 1024)} MB。请拆分后重新上传。"
        )
    try:
        with archive.open(entry) as stream:
            # Given a size, zipfile unpacks no further, whatever the entry claims about itself.
            return stream.read(entry.file_size + 1)
    except _ZIP_FAULTS as fault:
        raise UnreadableDocument(_BROKEN) from fault


def refuse_macros(archive: Package, wanted: str) -> None:
    """Refuses an office file with macros. They are never run here, but the file is passed on to
    other bureaus. `wanted` is the format to save it in, e.g. docx."""
    types = read_part(archive, "[Content_Types].xml") or b""
    named = any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())
    if named or b"macroenabled" in types.lower():
        raise UnreadableDocument(f"文件含有宏。请在原程序中另存为不含宏的 {wanted} 后重新上传。")


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > _SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)


def _zip_kind(data: bytes) -> str:
    try:
        archive = Package(io.BytesIO(data))
    except _ZIP_FAULTS:
        return "docx、xlsx 或压缩包"
    return next((kind for part, kind in _PARTS if archive.part(part)), "zip 压缩包")


def _ole_kind(data: bytes) -> str:
    for stream, kind in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return kind
    return "doc、xls 等旧版 Office 文件"


def is_markup(data: bytes) -> bool:
    """Whether the file is a web page or a web archive, whatever it is called."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<meta", b"<table", b"<style")):
        return True
    return start.startswith((b"mime-version:", b"content-type:")) and b"multipart/related" in start
