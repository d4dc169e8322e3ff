"""What is marked as a state secret is stopped at every way in; nothing but the fact is kept."""

import io
import logging
from urllib.parse import unquote

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import AuditEvent
from notices.models import Notice
from reports.models import Evidence, Submission, WorkbookImport
from tasks.models import Extension
from tasks.states import EvidenceKind, Status
from tests import factories
from tests.factories import fresh
from tests.notices import secret_files as made
from tests.reports.enclosed import asked
from tests.reports.importing import asked as asked_for_import
from tests.reports.importing import downloaded
from tests.reports.written import accepted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("afternoon")]

MARKS = (
    "机密★3年",
    "机密·3年",
    "机密•20年",
    "【机密】",
    "秘密（一年）",
    "绝密",
    "机密级",
    "秘密长期",
)
ALIKE = ("各单位要保守国家秘密", "商业秘密保护", "严禁传递涉密信息", "采取秘密投票方式", "机密性")
FACT = "拒收疑似涉密文件"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, caplog):
    settings.FILES_DIR = tmp_path / "files"
    caplog.set_level(logging.DEBUG)
    return settings.FILES_DIR


@pytest.fixture
def task():
    return accepted()


def kept(folder) -> list:
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


def check_refused(answer, folder, caplog, mark, *, place=None):
    """422, the message, no row, no file, no word of it in the logs; the fact."""
    assert answer.status_code == 422
    assert "涉密渠道" in (answer.json()["said"] if place == "json" else answer.content.decode())
    event = AuditEvent.objects.get(verb=FACT)
    assert (event.detail, event.subject_name) == ({}, "")
    assert not Submission.objects.exists()
    assert not Evidence.objects.exists()
    assert not WorkbookImport.objects.exists()
    assert not Extension.objects.exists()
    assert kept(folder) == []
    assert mark not in caplog.text


def form_url(task, deed="") -> str:
    return f"/assignments/{task.pk}/forms/1/{deed}"


FIELDS = ("unit.c2", "rows.0.c4", "foot.f1")


@pytest.mark.parametrize("deed", ["", "autosave/"])
@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("mark", MARKS)
def test_cell_is_refused(writer, task, folder, caplog, mark, field, deed):
    answer = writer.post(form_url(task, deed), {"revision": "0", field: mark})

    check_refused(answer, folder, caplog, mark, place="json" if deed else None)
    assert fresh(task).status == Status.ACCEPTED


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("words", ALIKE)
def test_cell_with_a_look_alike_is_saved(writer, task, words, field):
    answer = writer.post(form_url(task), {"revision": "0", field: words})

    assert answer.status_code == 302
    assert words in Submission.objects.get().content_json
    assert not AuditEvent.objects.filter(verb=FACT).exists()


@pytest.mark.parametrize("mark", MARKS)
def test_section_is_refused_wherever_the_mark_stands(writer, task, folder, caplog, mark):
    text = "示例段落。\n" * 30 + f"{mark}\n" + "示例段落。\n"

    answer = writer.post(form_url(task), {"revision": "0", "sections.s1": text})

    check_refused(answer, folder, caplog, mark)


FILES = [
    *(("docx", place) for place in ("header", "watermark", "text box", "comment", "body")),
    *(("pdf", place) for place in ("header on each page", "turned 90")),
    *(("ofd", place) for place in ("shared template", "annotation")),
    *(("xlsx", place) for place in ("hidden sheet", "header")),
]


@pytest.mark.parametrize(("ending", "place"), FILES)
def test_evidence_is_refused(writer, task, folder, caplog, ending, place):
    asked(task, EvidenceKind.FILE)
    file = SimpleUploadedFile(f"材料.{ending}", getattr(made, ending)(place, "机密★3年"))

    answer = writer.post(f"/assignments/{task.pk}/evidence/", {"kind": "file", "file": [file]})

    check_refused(answer, folder, caplog, "机密★3年")


@pytest.mark.parametrize(("ending", "place"), FILES)
def test_evidence_with_a_look_alike_is_taken(writer, task, folder, ending, place):
    asked(task, EvidenceKind.FILE)
    file = SimpleUploadedFile(f"材料.{ending}", getattr(made, ending)(place, "商业秘密"))

    answer = writer.post(f"/assignments/{task.pk}/evidence/", {"kind": "file", "file": [file]})

    assert answer.status_code == 302
    assert len(kept(folder)) == 1


@pytest.mark.parametrize("mark", MARKS)
def test_note_and_name_of_evidence_are_refused(writer, task, folder, caplog, mark):
    asked(task, EvidenceKind.FILE)
    sent = {"kind": "file", "file": [SimpleUploadedFile("材料.docx", made.docx("body", "示例"))]}

    answer = writer.post(f"/assignments/{task.pk}/evidence/", sent | {"note": mark})

    check_refused(answer, folder, caplog, mark)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("place", ["cell", "page header"])
def test_workbook_is_refused(client, folder, caplog, mark, place):
    task = asked_for_import()
    client.force_login(factories.staff(factories.Role.FILLER, task.bureau))
    book = openpyxl.load_workbook(io.BytesIO(downloaded(task)))
    sheet = book.worksheets[0]
    if place == "cell":
        sheet["C5"] = mark
    else:
        sheet.oddHeader.center.text = mark
    out = io.BytesIO()
    book.save(out)

    answer = client.post(
        form_url(task, "upload/"), {"file": SimpleUploadedFile("填报.xlsx", out.getvalue())}
    )

    check_refused(answer, folder, caplog, mark)


@pytest.mark.parametrize("mark", MARKS)
def test_reason_of_an_extension_is_refused(writer, task, folder, caplog, mark):
    sent = {"until": "2026-04-10", "reason": f"{mark}\n材料尚在收集"}

    answer = writer.post(reverse("tasks:extension_request", args=[task.pk]), sent)

    check_refused(answer, folder, caplog, mark)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("field", ["reason", "comment", "note", "opinion"])
def test_words_of_any_verb_are_refused(writer, task, folder, caplog, mark, field):
    answer = writer.post(f"/assignments/{task.pk}/evidence/", {field: f"请补正\n{mark}"})

    check_refused(answer, folder, caplog, mark)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("place", ["first", "last"])
def test_pasted_text_is_refused_as_a_whole(client, folder, caplog, mark, place):
    client.force_login(factories.coordinator())
    text = factories.TEXT
    pasted = f"{mark}\n{text}" if place == "first" else f"{text}\n" + "说明。\n" * 80 + mark

    answer = client.post("/notices/import/", {"pasted": pasted})

    check_refused(answer, folder, caplog, mark)
    assert not Notice.objects.exists()


def test_words_for_inside_only_are_asked_about(client):
    client.force_login(factories.coordinator())

    answer = client.post("/notices/import/", {"pasted": f"内部资料\n{factories.TEXT}"}, follow=True)

    assert Notice.objects.count() == 1
    assert "文中有“内部资料”字样" in answer.content.decode()


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/library/?q=1", "http://testserver/library/?q=1"),
        ("http://elsewhere.example/page", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_refusal_leads_back_to_the_page_it_came_from(writer, task, referer, back):
    answer = writer.post(form_url(task), {"unit.c2": "机密★3年"}, headers={"Referer": referer})

    assert f'href="{back}" data-back' in answer.content.decode()


def test_part_of_a_page_is_told_what_stopped_it(writer, task):
    answer = writer.post(form_url(task), {"unit.c2": "机密★3年"}, headers={"HX-Request": "true"})

    assert "涉密渠道" in unquote(answer["X-Said"])
