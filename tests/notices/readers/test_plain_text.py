"""Text files in the encodings offices use, and files that are no text."""

import pytest

from notices.readers.base import MAX_BYTES, UnreadableDocument
from notices.readers.registry import extensions, read_document

TEXT = "关于做好示例工作的通知\n各单位：请于2024年5月10日前报送情况。\n" * 3


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("gb18030", b""),
        ("gbk", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
    ],
)
def test_text_is_read_in_any_encoding(encoding: str, mark: bytes) -> None:
    assert read_document("通知.TXT", mark + TEXT.encode(encoding)) == TEXT


def test_line_ends_become_line_feeds() -> None:
    assert read_document("a.txt", "通知甲\r\n通知乙\r通知丙".encode()) == "通知甲\n通知乙\n通知丙"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "空的"),
        ("a.txt", b" \r\n\t ", "没有文字"),
        ("a.txt", b"x" * (MAX_BYTES + 1), "20 MB"),
        ("a.txt", b"PK\x03\x04" + b"\x00" * 40, "docx"),
        ("a.txt", b"%PDF-1.7 ...", "PDF"),
        ("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 9, "doc、xls"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "PNG"),
        ("a.txt", b"\xff\xd8\xff\xe0JFIF", "JPEG"),
        ("a.txt", b"abc\x00def" * 9, "空字节"),
        ("a.txt", b"\x01\x02\x03abc" * 9, "控制字符"),
        ("a.txt", "锟斤拷烫烫烫".encode() + "\u0e01\u0e02\u0416\u0424".encode() * 30, "乱码"),
        ("a.txt", b"\xef\xbb\xbf\xff\xff\xff", "UTF-8"),
        ("a.txt", b"\xff" * 7, "编码"),
        ("a.exe", b"hello", "暂不支持“.exe”格式"),
        ("README", b"hello", "没有扩展名"),
    ],
)
def test_unreadable_file_says_why_and_what_to_do(name: str, data: bytes, words: str) -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        read_document(name, data)

    assert words in refusal.value.message_zh
    assert "请" in refusal.value.message_zh


def test_registry_names_its_endings() -> None:
    assert ".txt" in extensions()


@pytest.mark.parametrize(
    "page", ["<!DOCTYPE html><html><p>通知</p></html>", "<html><p>通知</p></html>"]
)
def test_web_page_called_txt_is_told(page: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"请把扩展名改为 \.html"):
        read_document("通知.txt", page.encode())
