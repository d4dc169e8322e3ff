"""The page of the files beside the forms, as a filler and a receiver use it."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import AuditEvent
from bureaus.models import Delegation
from bureaus.roles import Role
from notices.files import store
from reports.actions import handing_in
from reports.models import Evidence
from tasks.states import EvidenceKind
from tests import factories
from tests.factories import walk
from tests.pages import told
from tests.reports import papers
from tests.reports.enclosed import asked, attach, seal
from tests.reports.written import NOW, accepted, filler, save, table

pytestmark = pytest.mark.django_db
IMAGE, VIDEO, FILE, SEALED = EvidenceKind


@pytest.fixture(autouse=True)
def still(settings, tmp_path, time_machine):
    settings.FILES_DIR = tmp_path / "files"
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def task():
    return asked(accepted(), IMAGE, SEALED)


@pytest.fixture
def receiver(client):
    client.force_login(factories.coordinator())
    return client


def url(task) -> str:
    return f"/assignments/{task.pk}/evidence/"


def upload(client, task, *files, kind="image", **fields):
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(url(task), {"kind": kind, "file": sent, **fields})


def handed_in(task):
    save(task, table())
    return handing_in.hand_in(task, now=NOW, by=filler(task.bureau))


def test_several_files_are_uploaded_at_once(writer, task):
    answer = upload(
        writer,
        task,
        ("一.png", papers.picture()),
        ("二.jpg", papers.picture("JPEG")),
        note="签约现场",
    )

    assert (answer.status_code, answer.url) == (302, url(task))
    assert told(answer) == ["已上传图片2个"]
    assert [(one.file_name, one.note) for one in Evidence.objects.all()] == [
        ("一.png", "签约现场"),
        ("二.jpg", "签约现场"),
    ]


def test_page_shows_the_hash_of_each_file(writer, task):
    attach(task)

    page = writer.get(url(task)).content.decode()

    assert hashlib.sha256(papers.picture()).hexdigest() in page


def test_kind_that_is_not_asked_for_is_neither_offered_nor_taken(writer, task):
    page = writer.get(url(task)).content.decode()
    assert ('value="image"' in page, 'value="video"' in page) == (True, False)

    answer = upload(writer, task, ("片.mp4", papers.MP4), kind="video")

    assert answer.status_code == 422
    assert "来文没有要求报送视频，为减轻基层负担，本任务不接收视频" in answer.content.decode()
    assert not Evidence.objects.exists()


def test_task_without_files_offers_no_upload(client):
    bare = asked(accepted())
    client.force_login(filler(bare.bureau))

    page = client.get(url(bare)).content.decode()

    assert 'type="file"' not in page
    assert "本任务只报送报表" in page
    assert f'href="{url(bare)}"' not in client.get(f"/assignments/{bare.pk}/").content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "image"}, "请选择要上传的文件"),
        ({"kind": "picture", "file": "x"}, "没有这个种类"),
        ({}, "请选择种类"),
    ],
)
def test_incomplete_upload_says_what_is_missing(writer, task, fields, said):
    if "file" in fields:
        fields = fields | {"file": SimpleUploadedFile("a.png", papers.picture())}

    answer = writer.post(url(task), fields)

    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.png", b"", "文件是空的"),
        ("木马.png", papers.PROGRAM, "文件内容不是可以上传的格式"),
        ("片.png", papers.MP4, "不能作为图片上传"),
    ],
)
def test_refused_file_is_named_and_not_stored(writer, task, name, data, said):
    answer = upload(writer, task, ("好.png", papers.picture()), (name, data))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.REVIEWER])
def test_others_of_the_bureau_may_not_upload(client, task, role):
    client.force_login(factories.staff(role, task.bureau))

    assert upload(client, task, ("一.png", papers.picture())).status_code == 403
    assert 'type="file"' not in client.get(url(task)).content.decode()


def test_download_is_an_attachment_that_is_not_sniffed(writer, task):
    (made,) = attach(task)

    answer = writer.get(f"{url(task)}{made.pk}/download/")

    assert b"".join(answer.streaming_content) == papers.picture()
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; filename*=")
    assert answer["Content-Type"] == "image/png"
    assert not AuditEvent.objects.filter(verb="下载材料").exists()


def test_download_by_another_bureau_is_recorded(receiver, task):
    (made,) = attach(task)
    walk(handed_in(task), "pass_review", "submit")

    answer = receiver.get(f"{url(task)}{made.pk}/download/")

    assert b"".join(answer.streaming_content) == papers.picture()
    (event,) = AuditEvent.objects.filter(verb="下载材料")
    assert (event.actor_name, event.detail["bureau"]) == ("测试收文管理", "330000")
    assert event.detail["evidence"]["sha256"] == made.digest


def test_file_of_a_draft_does_not_exist_for_those_above(receiver, task):
    (made,) = attach(task)

    assert receiver.get(f"{url(task)}{made.pk}/download/").status_code == 404
    assert receiver.post(f"{url(task)}{made.pk}/remove/").status_code == 404
    assert "现场.png" not in receiver.get(url(task)).content.decode()
    assert "现场.png" not in receiver.get(f"/assignments/{task.pk}/").content.decode()


def test_file_is_reached_by_its_own_task_alone(receiver):
    issued = factories.obligation(factories.province(), factories.province("320000", "江苏省"))
    one, other = (factories.accept(factories.owed_by(issued, c)) for c in ("330000", "320000"))
    (made,) = attach(asked(other, IMAGE))
    for each in (one, other):
        walk(handed_in(each), "pass_review", "submit")

    assert receiver.get(f"{url(one)}{made.pk}/download/").status_code == 404
    assert receiver.get(url(other)).content.decode().count(f"/{made.pk}/download/") == 1


def test_lost_file_is_said_to_be_lost(writer, task):
    (made,) = attach(task)
    store.remove(made.stored_name)

    answer = writer.get(f"{url(task)}{made.pk}/download/")

    assert told(answer) == ["“现场.png”已不在服务器上，请联系管理员"]


def test_removing_and_its_refusal(writer, task):
    (made,) = attach(task)
    assert told(writer.post(f"{url(task)}{made.pk}/remove/")) == [
        "已删除“现场.png”，办理记录中保留删除情况"
    ]

    (made,) = attach(task)
    handed_in(task)
    said = told(writer.post(f"{url(task)}{made.pk}/remove/"))
    assert said[-1] == "任务当前为“待审核”，已提交的材料不能删除"


def test_assignment_shows_electronic_and_sealed_apart(writer, task):
    handed_in(task)
    page = f"/assignments/{task.pk}/"
    assert "电子件 未报送　盖章件 未传" in writer.get(page).content.decode()

    seal(task)
    walk(task, "pass_review", "submit")

    assert "电子件 已报送　盖章件 已传" in writer.get(page).content.decode()


def test_assignment_leads_to_the_upload_as_long_as_files_are_taken(writer, task):
    page = f"/assignments/{task.pk}/"
    asked(task, SEALED)
    assert not writer.get(page).context["may_attach"]
    asked(task, IMAGE, SEALED)
    assert writer.get(page).context["may_attach"]

    handed_in(task)

    assert f'<a href="{url(task)}">上传</a>' in writer.get(page).content.decode()
    asked(task, IMAGE)
    assert f'<a href="{url(task)}">查看</a>' in writer.get(page).content.decode()


def test_pages_name_the_deputy_of_whoever_is_away(writer, task):
    away, deputy = (factories.staff(role, task.bureau) for role in (Role.REVIEWER, Role.APPROVER))
    Delegation.objects.create(
        absentee=away,
        deputy=deputy,
        starts_on=NOW.date(),
        ends_on=NOW.date(),
        made_at=NOW,
        made_by=away,
    )
    handed_in(task)

    for page in (url(task), f"/assignments/{task.pk}/forms/1/", f"/assignments/{task.pk}/"):
        assert writer.get(page).context["turn"].people == [deputy.name]


def test_obligation_lists_sealed_copies_of_what_is_reported(receiver, task):
    handed_in(task)
    seal(task)
    page = f"/obligations/{task.obligation_id}/"
    assert "已传" not in receiver.get(page).content.decode()

    walk(task, "pass_review", "submit")

    assert '<td data-label="盖章件">已传</td>' in receiver.get(page).content.decode()


def test_receiver_is_told_that_the_seal_is_missing_or_void(receiver, task):
    walk(handed_in(task), "pass_review", "submit")
    review = f"/assignments/{task.pk}/review/"
    assert "来文要求盖章件，还没有上传；不影响办理" in receiver.get(review).content.decode()

    seal(task)
    page = receiver.get(review).content.decode()
    assert "请注意" not in page
    assert "<strong>已传</strong>" in page

    walk(task, "recall")
    save(task, table(documents=2), revision=1)
    handing_in.hand_in(task, now=NOW, by=filler(task.bureau))
    walk(task, "pass_review", "submit")
    assert "盖章后内容已改动，盖章件失效，需重新盖章上传" in receiver.get(review).content.decode()


def test_form_warns_of_the_seal_while_it_is_edited(writer, task):
    handed_in(task)
    seal(task)
    walk(task, "review_back")
    form = f"/assignments/{task.pk}/forms/1/"
    assert "盖章件将失效" not in writer.get(form).content.decode()

    save(task, table(documents=2), revision=1)

    page = writer.get(form).content.decode()
    assert "盖章后已有改动，盖章件将失效" in page
    assert "第1版已盖章，现在的内容与它不同：第2行" in page


def test_issuer_switches_kinds_on_the_page_of_the_obligation(receiver, task):
    page = f"/obligations/{task.obligation_id}/"

    answer = receiver.post(f"{page}evidence/", {"evidence": ["video", "nonsense"]})

    assert (answer.status_code, answer.url) == (302, page)
    task.obligation.refresh_from_db()
    assert task.obligation.evidence_kinds == [VIDEO]
    shown = receiver.get(page).content.decode()
    assert "调整随报材料" in shown
    assert told(receiver.post(f"{page}evidence/", {"evidence": "video"})) == [
        "随报材料与现在的相同，没有更改"
    ]


def test_issue_page_proposes_what_was_read_and_keeps_what_is_ticked(receiver):
    text = factories.TEXT.replace("报送总局（附件1）", "及现场图片报送总局（附件1）")
    notice = factories.filed_notice(text)
    clause = notice.clauses.get(attachment_numbers="1")
    page = f"/notices/{notice.pk}/issue/"
    assert "原文“图片”" in receiver.get(page).content.decode()

    data = {
        "clauses": [clause.pk],
        "bureaus": [factories.province().pk],
        "soon_workdays": 3,
        f"c{clause.pk}-evidence": ["video"],
    }
    assert receiver.post(page, data).status_code == 302

    assert clause.obligations.get().evidence_kinds == [VIDEO]


@pytest.mark.parametrize("count", [1, 50])
def test_page_takes_the_same_queries_for_one_file_and_for_fifty(
    writer, task, django_assert_num_queries, count
):
    (one,) = attach(task)
    copies = [
        Evidence(
            assignment=task,
            kind=IMAGE,
            file_name=f"{number}.png",
            stored_name=f"{number:032}",
            content_type="image/png",
            size=1,
            digest=one.digest,
            uploaded_at=NOW,
            uploaded_by=one.uploaded_by,
        )
        for number in range(count - 1)
    ]
    Evidence.objects.bulk_create(copies)

    with django_assert_num_queries(16):
        answer = writer.get(url(task))

    assert answer.content.decode().count("/download/") == count
