"""Several files dropped on the desk: each becomes a notice, and a bad one keeps no other out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import AuditEvent
from bureaus.roles import Role
from notices.forms import importing
from notices.models import Intake, Notice
from notices.pages.imported import MOST
from notices.readers.scanned import ScannedDocument
from tests import factories

pytestmark = pytest.mark.django_db
URL = reverse("notices:import_each")
SECOND = factories.TEXT.replace("〔2026〕1号", "〔2026〕2号")


@pytest.fixture
def office(client):
    client.force_login(factories.coordinator())
    return client


def file(text, name="通知.txt"):
    content = text if isinstance(text, bytes) else text.encode()
    return SimpleUploadedFile(name, content, content_type="text/plain")


def send(client, *files, **headers):
    return client.post(URL, {"file": list(files)}, follow=not headers, **headers)


def scripted(client, one):
    return send(client, one, headers={"X-Requested-With": "fetch"})


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_each_file_becomes_a_notice_and_the_list_says_what_it_needs(office):
    answer = send(office, file(factories.TEXT), file(SECOND, "另一份.txt"))

    first, second = Notice.objects.order_by("pk")
    assert (first.source_name, second.source_name) == ("通知.txt", "另一份.txt")
    assert [line.notice for line in answer.context["lines"]] == [first, second]
    page = answer.content.decode()
    assert all(reverse("notices:check", args=[each.pk]) in page for each in (first, second))
    assert [original.file_name for original in first.originals.all()] == ["通知.txt"]
    assert AuditEvent.objects.filter(verb="导入文件").count() == 2


def test_a_file_that_cannot_be_read_keeps_no_other_out(office):
    answer = send(office, file(b"", "空.txt"), file(SECOND), file(b"\x00\x01", "程序.exe"))

    assert Notice.objects.get().doc_number == "国市监测〔2026〕2号"
    empty, unknown = said(answer)
    assert empty == "空.txt：没有导入：文件是空的，请检查后重新上传"
    assert unknown.startswith("程序.exe：没有导入：")


def test_a_file_without_a_title_waits_for_it_under_its_own_name(office):
    answer = send(office, file("请于2026年3月31日前报送质量工作总结。", "关于总结的函.txt"))

    assert Notice.objects.get().title == "关于总结的函"
    assert "没有识别出标题，请照原件填写" in answer.content.decode()


def test_a_second_copy_is_told_of(office):
    factories.notice()

    answer = send(office, file(factories.TEXT + "\n（补印）"))

    assert "与已有文件文号重复，请先看比对" in answer.content.decode()


def test_a_marked_file_leaves_only_the_fact_and_the_others_come_in(office):
    marked = file("机密★3年\n" + factories.TEXT, "绝密资料.txt")

    answer = send(office, file(SECOND), marked)

    assert Notice.objects.get().doc_number == "国市监测〔2026〕2号"
    (told,) = said(answer)
    assert told.startswith("第2个文件：没有导入：")
    assert "绝密资料" not in answer.content.decode()
    assert AuditEvent.objects.filter(verb="拒收疑似涉密文件").count() == 1


def test_a_script_is_answered_with_data(office):
    told = scripted(office, file(factories.TEXT))

    notice = Notice.objects.get()
    assert told.json() == {
        "said": "已导入",
        "is_taken": True,
        "id": notice.pk,
        "title": notice.title,
        "url": reverse("notices:check", args=[notice.pk]),
        "is_doubtful": False,
    }
    refused = scripted(office, file(b""))
    assert refused.status_code == 422
    assert refused.json() == {
        "said": "没有导入：文件是空的，请检查后重新上传",
        "is_taken": False,
    }


def test_a_scan_waits_for_its_worker(office, monkeypatch):
    def is_a_picture(files):
        raise ScannedDocument("文件是图片，没有文字。")

    monkeypatch.setattr(importing, "read_files", is_a_picture)
    monkeypatch.setattr(importing, "can_recognise", lambda: True)

    answer = send(office, file(b"picture", "扫描.pdf"))

    assert said(answer) == ["扫描.pdf：扫描件已收下，正在后台识别"]
    assert Intake.objects.get().file_names == "扫描.pdf"
    assert "扫描件识别" in answer.content.decode()


@pytest.mark.parametrize(
    ("count", "message"),
    [(0, "请先选择文件"), (MOST + 1, f"一次最多{MOST}个文件，请分几次上传")],
)
def test_no_file_and_too_many_are_told_on_the_desk(office, count, message):
    answer = send(office, *(file(SECOND) for _ in range(count)))

    assert answer.redirect_chain[0][0] == reverse("tasks:desk")
    assert said(answer) == [message]
    assert not Notice.objects.exists()


def test_only_those_who_import_see_the_place_and_may_post(client):
    client.force_login(factories.staff(Role.FILLER, factories.province()))

    assert "data-upload" not in client.get(reverse("tasks:desk")).content.decode()
    assert send(client, file(SECOND)).status_code == 403
    assert client.get(reverse("notices:imported")).status_code == 403
    client.force_login(factories.coordinator())
    assert "data-upload" in client.get(reverse("tasks:desk")).content.decode()


def test_the_list_shows_what_one_may_see_and_nothing_odd_breaks_it(office):
    own = factories.notice()
    others = factories.notice(SECOND)
    Notice.objects.filter(pk=others.pk).update(bureau=factories.province())
    keys = [own.pk, others.pk, "x", "9" * 40, -1, ""]

    answer = office.get(reverse("notices:imported"), {"id": keys})

    assert [line.notice for line in answer.context["lines"]] == [own]


@pytest.mark.parametrize("extra", [0, 5])
def test_the_list_takes_the_same_queries_for_any_number(office, extra, django_assert_num_queries):
    made = [factories.notice(factories.TEXT.replace("1号", f"{n}号")) for n in range(1, 2 + extra)]
    office.get(reverse("notices:imported"))

    with django_assert_num_queries(6):
        answer = office.get(reverse("notices:imported"), {"id": [one.pk for one in made]})

    assert len(answer.context["lines"]) == 1 + extra
