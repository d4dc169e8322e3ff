"""Files that hold no notice are refused with what to do, by their name and by their content."""

import shutil
import subprocess
from pathlib import Path

import pytest

from notices.readers.base import UnreadableDocument
from notices.readers.bundle.document import read_files
from notices.readers.containers import OLE
from notices.text.reading import read
from tests.notices.made_files import DIRECTIVE, said, web_body, word_body, word_file, zipped

pytestmark = pytest.mark.once
HEIC = b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40
MESSAGE = OLE + b"\x00" * 504 + "__nameid_version1.0".encode("utf-16-le") + b"\x00" * 40
LINK = b"L\x00\x00\x00\x01\x14\x02\x00\x00\x00\x00\x00" + b"\x00" * 40
MAIL = "请先在邮件中把附件另存为文件，再导入"
BY_NAME = {
    **dict.fromkeys(("通知.eml", "通知.msg", "通知.EML", "转发.emlx"), MAIL),
    **dict.fromkeys(
        ("通知.rar", "通知.7z", "通知.tar", "通知.tar.gz", "通知.zipx"), "请解压后一次选中"
    ),
    **dict.fromkeys(("通知.z01", "通知.7z.001"), "请把各卷放在一起解压"),
    **dict.fromkeys(("通知.ceb", "通知.gd", "通知.sep", "通知.cebx"), "另存为 PDF（或 OFD）"),
    **dict.fromkeys(("照片.heic", "照片.HEIC", "截图.webp", "截图.bmp"), "转存为 JPG 或 PNG"),
    **dict.fromkeys(("通知.ppt", "通知.pptx", "通知.dps"), "请在原程序中另存为 PDF"),
    "任务.xmind": "请在原程序中导出为 Word 或 PDF",
    "通知.docx.lnk": "请找到它指向的原文件",
    "通知.url": "请找到它指向的原文件",
    **dict.fromkeys(("~$通知.docx", "~$知.doc", ".~通知.wps", "通知.tmp"), "请先关闭"),
    **dict.fromkeys(("通知.docx.crdownload", "通知.pdf.part"), "请等下载完成后"),
    "通知.docm": "另存为不含宏的 .docx",
    "通知.odt": "另存为 .docx",
    "附件1.ods": "另存为 .xlsx",
    "附件1.csv": "另存为 .xlsx",
    "录音.mp3": "请上传通知的 Word、PDF 或 OFD",
}
BY_CONTENT = {
    "empty": ("通知.docx", b"", "0 字节"),
    "empty scan": ("通知.jpg", b"", "0 字节"),
    "large scan": ("通知.jpg", b"\xff\xd8\xff" + bytes(21 * 1024**2), "压缩图片"),
    "large file": ("通知.docx", b"PK\x03\x04" + bytes(21 * 1024**2), "20 MB"),
    "photograph called jpg": ("照片.jpg", HEIC, "转存为 JPG 或 PNG"),
    "mail called doc": ("通知.doc", MESSAGE, "请先在邮件中把附件另存为文件"),
    "mail called docx": ("通知.docx", MESSAGE, "请先在邮件中把附件另存为文件"),
    "link called docx": ("通知.docx", LINK, "请找到它指向的原文件"),
    "rar called zip": ("通知.zip", b"Rar!\x1a\x07\x00" + bytes(40), "请解压后一次选中"),
    "7z called docx": ("通知.docx", b"7z\xbc\xaf\x27\x1c" + bytes(40), "请解压后一次选中"),
    "locked docx": ("通知.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "取消密码保护"),
    "locked wps": ("通知.wps", OLE + "EncryptedPackage".encode("utf-16-le"), "取消密码保护"),
    "locked xlsx": ("附件.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "取消密码保护"),
}


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as refused:
        read_files([(name, data)])
    assert "请" in refused.value.message_zh
    return refused.value.message_zh


@pytest.mark.parametrize(("name", "words"), BY_NAME.items(), ids=BY_NAME)
def test_name_of_another_kind_says_what_to_do(name: str, words: str) -> None:
    assert words in refusal(name, b"content")


@pytest.mark.parametrize(("name", "data", "words"), BY_CONTENT.values(), ids=BY_CONTENT)
def test_content_of_another_kind_says_what_to_do(name: str, data: bytes, words: str) -> None:
    assert words in refusal(name, data)


def test_wrong_kind_inside_a_zip_is_named() -> None:
    packed = zipped({"通知.docx": word_file(word_body(DIRECTIVE)), "附件1.eml": "x"})

    message = refusal("通知.zip", packed)

    assert "附件1.eml" in message
    assert MAIL in message


def test_lock_files_inside_a_zip_are_passed_over() -> None:
    packed = zipped({"通知.docx": word_file(word_body(DIRECTIVE)), "~$通知.docx": "x"})

    assert said(read(read_files([("通知.zip", packed)]))) == said(read(DIRECTIVE))


def test_zip_in_a_zip_is_read_and_deeper_ones_are_refused() -> None:
    inner = zipped({"通知.docx": word_file(word_body(DIRECTIVE))})

    text = read_files([("一.zip", zipped({"二.zip": inner}))])

    assert said(read(text)) == said(read(DIRECTIVE))
    assert "嵌套过深" in refusal("一.zip", zipped({"二.zip": zipped({"三.zip": inner})}))


@pytest.mark.parametrize("ending", ["doc", "wps", "xls", "et"])
@pytest.mark.parametrize("start", ["<html><head>", "\ufeff<HTML><head>", "<!DOCTYPE html><html>"])
def test_web_page_called_a_document_is_read(ending: str, start: str) -> None:
    page = f"{start}<meta charset=utf-8><title>通知</title><body>{web_body(DIRECTIVE)}</body>"

    text = read_files([(f"通知.{ending}", page.encode())])

    assert said(read(text))["obligations"] == said(read(DIRECTIVE))["obligations"]


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice")
@pytest.mark.parametrize("kind", ["xls:MS Excel 97", "xlsx"])
def test_table_of_another_office_is_read(tmp_path: Path, kind: str) -> None:
    (tmp_path / "a.csv").write_text("序号,企业名称,数量\n1,示例企业,3\n", "utf-8")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--infilter=CSV:44,34,76", "--convert-to", kind]
    subprocess.run([*command, "a.csv"], cwd=tmp_path, check=True, capture_output=True, timeout=120)

    made = (tmp_path / f"a.{kind.partition(':')[0]}").read_bytes()

    assert read_files([("附件1.et", made)]) == "序号\t企业名称\t数量\n1\t示例企业\t3"
