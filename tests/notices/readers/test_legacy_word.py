"""Old Word files through LibreOffice, or with the advice to save as docx where there is none."""

import os
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

from notices.readers.base import UnreadableDocument
from notices.readers.containers import OLE
from notices.readers.registry import read_document
from notices.readers.word import soffice
from notices.readers.word.legacy_word import LegacyWordReader
from notices.text.reading import read
from tests.notices.made_files import DIRECTIVE, said, web_body

pytestmark = pytest.mark.once
needs_soffice = pytest.mark.skipif(
    not shutil.which("soffice"), reason="no LibreOffice (apt-get install libreoffice-writer-nogui)"
)
STREAM = "WordDocument".encode("utf-16-le")


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as refused:
        LegacyWordReader().read(data)
    assert "请" in refused.value.message_zh
    return refused.value.message_zh


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directive as .doc and .rtf, with its table as a real one."""
    place = tmp_path_factory.mktemp("word")
    (place / "a.html").write_text(f"<meta charset=utf-8>{web_body(DIRECTIVE)}", "utf-8")
    for arguments in (
        ["--infilter=HTML (StarWriter)", "--convert-to", "odt", "a.html"],
        ["--convert-to", "doc:MS Word 97", "a.odt"],
        ["--convert-to", "rtf", "a.odt"],
    ):
        profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
        subprocess.run(
            ["soffice", profile, "--headless", *arguments],
            cwd=place,
            check=True,
            capture_output=True,
            timeout=120,
        )
    return place


@needs_soffice
@pytest.mark.parametrize(
    ("name", "made"),
    [
        *(("通知.doc", "a.doc"), ("通知.WPS", "a.doc"), ("通知.doc", "a.rtf")),
        *(
            ("通知.rtf", "a.rtf"),
            ("通知.RTF", "a.rtf"),
            ("通知.wps", "a.rtf"),
            ("通知.rtf", "a.doc"),
        ),
    ],
)
def test_directive_reads_as_its_plain_text(folder: Path, name: str, made: str) -> None:
    text = read_document(name, (folder / made).read_bytes())

    assert said(read(text)) == said(read(DIRECTIVE))


@needs_soffice
def test_two_at_once_do_not_disturb_each_other(folder: Path) -> None:
    data = (folder / "a.doc").read_bytes()
    texts: list[str] = []
    threads = [
        threading.Thread(target=lambda: texts.append(LegacyWordReader().read(data)))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(texts) == 2
    assert texts[0] == texts[1]


@needs_soffice
def test_damaged_file_is_refused(folder: Path) -> None:
    data = (folder / "a.doc").read_bytes()
    damaged = data[:700] + bytes(b ^ 0xFF for b in data[700:])

    assert "损坏" in refusal(damaged + STREAM)


def test_container_without_a_document_is_refused() -> None:
    assert "损坏" in refusal(OLE + b"\x00" * 4000)


def test_without_libreoffice_the_advice_is_docx(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    message = refusal(OLE + b"\x00" * 600 + STREAM)

    assert "LibreOffice" in message
    assert ".docx" in message


def test_rtf_without_libreoffice_has_the_same_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(UnreadableDocument, match=r"LibreOffice.*RTF.*请.*\.docx"):
        read_document("通知.rtf", b"{\\rtf1 a}")


@pytest.mark.parametrize("name", ["通知.eml", "通知.MSG"])
def test_mail_says_to_save_its_attachment(name: str) -> None:
    with pytest.raises(UnreadableDocument, match="请先在邮件中把附件另存为文件"):
        read_document(name, b"Subject: x")


def test_program_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pid = tmp_path / "pid"
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {pid}\nwait\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(soffice, "SECONDS", 1.0)

    assert "超时" in refusal(OLE + b"\x00" * 600 + STREAM)
    child = Path("/proc") / pid.read_text().strip() / "stat"
    assert not child.exists() or child.read_text().split()[2] == "Z"


def test_nothing_of_a_call_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr("tempfile.tempdir", str(temporary))

    assert "无法转换" in refusal(OLE + b"\x00" * 600 + STREAM)
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"<html><body>", "网页"),
        (OLE + "Workbook".encode("utf-16-le") + b"\x00" * 60, "Excel"),
        (OLE + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 60, "密码"),
        (OLE.ljust(512, b"\x00") + b"\xec\xa5".ljust(11, b"\x00") + b"\x01" + STREAM, "密码"),
        (OLE + STREAM + "_VBA_PROJECT".encode("utf-16-le"), "宏"),
    ],
)
def test_other_content_says_what_it_is(data: bytes, words: str) -> None:
    assert words in refusal(data)
