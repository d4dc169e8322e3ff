"""Zip containers that are damaged or meant to harm, and what files really are."""

import io
import struct
import zipfile

import pytest

from notices.readers.base import UnreadableDocument
from notices.readers.containers import MAX_ENTRIES, OLE, open_zip, read_part, sniff
from tests.notices.made_files import zipped


def read_all(data: bytes) -> list[bytes | None]:
    with open_zip(data) as archive:
        return [read_part(archive, name) for name in archive.namelist()]


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as refusal:
        read_all(data)
    assert "请" in refusal.value.message_zh
    return refusal.value.message_zh


def test_sound_archive_is_opened() -> None:
    with open_zip(zipped({"a.txt": "内容"})) as archive:
        assert read_part(archive, "a.txt") == "内容".encode()
        assert read_part(archive, "b.txt") is None


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", "PDF"),
        (zipped({"word/document.xml": ""}), "docx 文件"),
        (zipped({"xl/workbook.xml": ""}), "xlsx 文件"),
        (zipped({"OFD.xml": ""}), "OFD 文件"),
        (zipped({"a.txt": ""}), "zip 压缩包"),
        (b"PK\x03\x04broken", "docx、xlsx 或压缩包"),
        (OLE + "WordDocument".encode("utf-16-le"), "旧版 Word 文件（doc 或 wps）"),
        (OLE + "Workbook".encode("utf-16-le"), "旧版 Excel 文件（xls 或 et）"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "加密的 Office 文件"),
        (b"\x89PNG\r\n", "PNG 图片"),
        (b"{\\rtf1", "RTF 文件"),
        (b"MZ\x90\x00\x03", "可执行程序"),
        ("MZ公司的通知".encode(), None),
        ("通知".encode(), None),
        (b"", None),
    ],
)
def test_format_is_told_by_content(data: bytes, kind: str | None) -> None:
    assert sniff(data) == kind


def test_bomb_is_refused_before_it_is_unpacked() -> None:
    assert "压缩炸弹" in refused(zipped({"a": b"\0" * (20 * 1024 * 1024)}))


def test_many_parts_that_add_up_are_refused() -> None:
    data = bytearray(zipped({str(i): b"abcdefgh" * 9000 for i in range(4)}))
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        struct.pack_into("<II", data, at + 20, 1024 * 1024, 50 * 1024 * 1024)

    assert "压缩炸弹" in refused(bytes(data))


def test_entry_that_unpacks_to_more_than_it_claims_is_damage() -> None:
    data = bytearray(zipped({"a": b"\0" * (9 * 1024 * 1024)}))
    at = data.find(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 1000)

    assert "已损坏" in refused(bytes(data))


def test_too_many_entries_are_refused() -> None:
    assert "条目" in refused(zipped({str(i): "" for i in range(MAX_ENTRIES + 1)}))


def test_password_is_named() -> None:
    data = bytearray(zipped({"a": "内容"}))
    data[data.find(b"PK\x01\x02") + 8] |= 1

    assert "密码" in refused(bytes(data))


def test_unusual_compression_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a", "内容")

    assert "压缩方法" in refused(out.getvalue())


def test_part_above_its_limit_is_refused() -> None:
    with (
        open_zip(zipped({"a": "内容" * 1000})) as archive,
        pytest.raises(UnreadableDocument, match="请拆分"),
    ):
        read_part(archive, "a", limit=100)


def test_truncation_anywhere_is_refused() -> None:
    data = zipped({"a": "内容" * 100, "b": "内容"})

    for end in range(4, len(data) - 1, 7):
        assert "请" in refused(data[:end])
