"""The summary as .docx at once and as PDF in the background."""

import io
import shutil
from urllib.parse import quote

import pytest
from docx import Document

from bureaus.roles import Role
from notices.readers.pdf.document import PdfReader
from reports.errors import ReportError
from reports.makers import summary
from reports.models import Production
from reports.states import ProductionKind
from tests import factories
from tests.reports import made
from tests.reports.written import accepted, filler, outline, reported, save

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("afternoon")]


@pytest.fixture
def task():
    return accepted(number="2", text=factories.TEXT_APART)


def url(task, what="", number=2) -> str:
    return f"/assignments/{task.pk}/forms/{number}/{what}"


def lines(answer) -> list[str]:
    return [one.text for one in Document(io.BytesIO(answer.content)).paragraphs]


def test_draft_is_downloaded_in_word_without_a_date(writer, task):
    save(task, outline("学习3次"), number=2)

    answer = writer.get(url(task, "document/"))

    assert answer["Content-Type"].endswith("wordprocessingml.document")
    name = quote("浙江省市场监管局 质量工作年度总结.docx")
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    found = lines(answer)
    assert found[0] == "浙江省市场监督管理局\n质量工作年度总结"
    assert "学习3次" in found
    assert found[-1] == "浙江省市场监督管理局"


def test_report_carries_the_day_it_was_reported(client):
    task = reported(
        factories.assignment(number="2", text=factories.TEXT_APART), outline("学习3次"), number=2
    )
    client.force_login(factories.coordinator())

    assert lines(client.get(url(task, "document/")))[-1] == "2026年3月2日"


def test_page_offers_both_only_once_something_is_written(writer, task):
    assert "下载 .docx" not in writer.get(url(task)).content.decode()
    answer = writer.get(url(task, "document/"), follow=True)
    assert "总结还没有填写或报送，没有可以下载的内容" in answer.content.decode()

    save(task, outline("学习3次"), number=2)

    text = writer.get(url(task)).content.decode()
    assert f'href="{url(task, "document/")}"' in text
    assert f'action="{url(task, "pdf/")}"' in text


def test_table_has_neither(client):
    task = accepted()
    client.force_login(filler(task.bureau))

    assert client.get(url(task, "document/", 1)).status_code == 404
    assert client.post(url(task, "pdf/", 1)).status_code == 404
    assert "生成 PDF" not in client.get(url(task, number=1)).content.decode()


def test_pdf_is_asked_for_once_and_made_in_the_background(writer, task):
    save(task, outline("学习3次"), number=2)

    answer = writer.post(url(task, "pdf/"))
    writer.post(url(task, "pdf/"))

    production = Production.objects.get()
    assert answer.url == f"/files/{production.pk}/"
    assert production.file_name == "浙江省市场监管局 质量工作年度总结.pdf"


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice: apt-get install")
def test_pdf_holds_the_summary_and_is_fetched_as_one(writer, task):
    save(task, outline("学习3次"), number=2)
    production = made.make(ask(task))

    assert "学习3次" in PdfReader().read(made.data_of(production)).replace(" ", "")
    answer = writer.get(f"/files/{production.pk}/download/")
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    answer.close()


def test_pdf_without_libreoffice_fails_with_a_word_on_what_to_do(task, monkeypatch, tmp_path):
    save(task, outline("学习3次"), number=2)
    production = ask(task)
    monkeypatch.setenv("PATH", str(tmp_path))

    production = made.make(production)

    assert production.state == "failed"
    assert production.problem.startswith("服务器没有安装 LibreOffice，不能生成 PDF。请下载 .docx")


def test_pdf_of_nothing_is_refused(task):
    with pytest.raises(ReportError, match="总结还没有填写或报送"):
        ask(task)


def test_those_above_get_nothing_of_a_draft(client, task):
    save(task, outline("内部草稿3次"), number=2)
    reader = factories.staff(Role.COORDINATOR, factories.central())
    client.force_login(reader)

    answer = client.get(url(task, "document/"), follow=True)
    assert "没有可以下载的内容" in answer.content.decode()
    answer = client.post(url(task, "pdf/"), follow=True)
    assert "总结还没有填写或报送" in answer.content.decode()
    assert not Production.objects.exists()


def ask(task) -> Production:
    params = summary.params(task, 2)
    return made.ask(ProductionKind.SUMMARY, params, by=filler(task.bureau), bureau=task.bureau)
