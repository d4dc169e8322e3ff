"""A summary as PDF: by LibreOffice where it is there, a word on what to do where it is not."""

import shutil
import stat
from datetime import date

import pytest

from notices.readers.pdf.document import PdfReader
from reports.documents import print_file
from reports.documents.paper import FACES
from reports.documents.print_file import NotPrinted, to_pdf
from reports.documents.summary import Imprint, write_summary
from tests.reports.forms import annex_2, annex_2_content

LONG = "组织专题学习3次，覆盖11个设区市，印发文件《示例方案》（示政发〔2026〕3号），效果良好。" * 20


def word() -> bytes:
    content = annex_2_content(LONG, "杭州市：印发文件2件。", LONG, LONG, "无")
    return write_summary(annex_2(), content, Imprint("浙江省市场监督管理局", date(2026, 12, 1)))


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice: apt-get install")
def test_summary_is_printed_whole_with_page_numbers_of_both_sides():
    data = to_pdf(word())

    assert data.startswith(b"%PDF-")
    text = PdfReader().read(data)
    for wanted in ("学习宣传贯彻工作总结", "一、学习", "杭州市：印发文件2件。", "2026年12月1日"):
        assert wanted in text.replace(" ", "")


def test_without_libreoffice_it_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NotPrinted, match="服务器没有安装 LibreOffice"):
        to_pdf(word())


@pytest.mark.parametrize(
    ("script", "said"), [("exec sleep 60", "生成 PDF 超时"), ("exit 0", "未能生成 PDF")]
)
def test_libreoffice_that_hangs_or_makes_nothing_is_told(monkeypatch, tmp_path, script, said):
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(print_file, "SECONDS", 0.3)

    with pytest.raises(NotPrinted, match=said):
        to_pdf(word())


def test_stand_ins_are_named_for_every_face_of_the_document():
    listed = print_file.fonts()

    for face in (FACES.title, FACES.heading, FACES.subheading, FACES.body, FACES.page_number):
        assert f"<family>{face}</family><accept>" in listed
