"""What a file is sent as: by its content, under a name that any system takes."""

import pytest

from notices.files import media
from tests.notices import secret_files

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("name", "data", "wanted"),
    [
        ("通知.html", secret_files.docx("body", "示例"), DOCX),
        ("表.xlsx", secret_files.xlsx("cell", "示例"), XLSX),
        ("通知.ofd", secret_files.ofd("page", "示例"), "application/ofd"),
        ("通知.pdf", secret_files.pdf("first page", "示例"), "application/pdf"),
        ("扫描.png", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("扫描.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("程序.txt", b"MZ\x90\x00", media.UNKNOWN),
        ("图.gif", b"GIF89a", media.UNKNOWN),
        ("通知.HTM", b"<html>", "text/html"),
        ("图.svg", b"<svg/>", media.UNKNOWN),
        ("通知", b"words", media.UNKNOWN),
    ],
)
def test_content_goes_before_the_name(name, data, wanted):
    assert media.media_type(name, data) == wanted


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("关于报送的通知.pdf", "关于报送的通知.pdf"),
        ("C:\\公文\\通知.doc", "通知.doc"),
        ("../../etc/passwd", "passwd"),
        ('a"b\r\nX: y.pdf', "abX y.pdf"),
        ("gnp.\u202eexe", "gnp.exe"),
        ("通\u200b知.txt", "通知.txt"),
        ("..", "未命名"),
        ("", "未命名"),
        ("长" * 300 + ".docx", "长" * 195 + ".docx"),
        ("名." + "长" * 300, "名." + "长" * 15),
    ],
)
def test_name_is_plain(given, kept):
    assert media.plain_name(given) == kept
    assert len(media.plain_name(given)) <= media.LONGEST_NAME
