from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit import trail
from audit.models import AuditEvent
from notices.actions import ingest, intake
from notices.checking.conflicts import conflicts
from notices.checking.expansion import Expansion
from notices.errors import NoticeError
from notices.intake import spool
from notices.models import Intake, Notice
from notices.states import IntakeState
from tests import factories

pytestmark = pytest.mark.django_db
LATER = factories.NOW + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def hand_in(data: bytes = factories.TEXT_APART.encode(), name: str = "通知.txt") -> Intake:
    return intake.hand_in(
        [(name, data)],
        bureau=factories.central(),
        now=factories.NOW,
        by=factories.coordinator(),
    )


def spooled(tmp_path: Path) -> list[str]:
    return [path.name for path in (tmp_path / "spool").iterdir()]


def test_files_lie_readable_by_their_owner_only_until_they_are_read(tmp_path):
    waiting = hand_in()

    path = tmp_path / "spool" / waiting.spool_name
    assert path.stat().st_mode & 0o777 == 0o600
    assert spool.get(waiting.spool_name) == [("通知.txt", factories.TEXT_APART.encode())]


def test_recognised_files_become_a_notice_and_are_deleted(tmp_path):
    waiting = hand_in()

    intake.recognise(waiting, now=LATER)

    done = factories.fresh(waiting)
    assert done.state == IntakeState.DONE
    assert done.notice == Notice.objects.get()
    assert done.notice.source_name == "通知.txt"
    assert spooled(tmp_path) == []


def test_recognising_twice_takes_in_once():
    waiting = hand_in()

    intake.recognise(waiting, now=LATER)
    intake.recognise(waiting, now=LATER)

    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"\x00\x01\x02\x03" * 50, "二进制文件"), (b"", "空")],
)
def test_what_cannot_be_taken_in_says_why_and_is_deleted(tmp_path, data, said):
    waiting = hand_in(data)

    intake.recognise(waiting, now=LATER)

    refused = factories.fresh(waiting)
    assert refused.state == IntakeState.REFUSED
    assert said in refused.problem
    assert not Notice.objects.exists()
    assert spooled(tmp_path) == []


def test_scan_without_a_title_is_named_after_its_file_until_a_person_mends_it(tmp_path):
    waiting = hand_in("请各市局于2026年4月10日前将统计表报送省局。".encode())

    intake.recognise(waiting, now=LATER)

    notice = factories.fresh(waiting).notice
    found = conflicts(notice, expansion=Expansion(), clauses=[], attachments=[])
    assert (notice.title, notice.reading["title_read"]) == ("通知", False)
    assert found[0].title == "正文里没有识别出标题"
    assert "通知" in found[0].text


def test_scan_is_filed_under_the_title_that_a_person_gives_it(client):
    """The box is empty: the name of a file is no title that somebody has seen."""
    waiting = hand_in("请各市局于2026年4月10日前将统计表报送省局。".encode())
    intake.recognise(waiting, now=LATER)
    notice = factories.fresh(waiting).notice
    client.force_login(factories.coordinator())
    url = reverse("notices:check", args=[notice.pk])
    decided = {f"clause-{clause.pk}-decision": "no" for clause in notice.clauses.all()}

    shown = client.get(url)
    blank = client.post(url, decided | {"title": ""})
    client.post(url, decided | {"title": "关于报送统计表的通知"})

    assert shown.context["metadata"]["title"].value() == ""
    assert shown.context["metadata_is_open"]
    assert "正文里没有识别出标题，请照原件填写" in shown.content.decode()
    assert blank.status_code == 422
    assert blank.context["metadata"].errors == {"title": ["请填写标题"]}
    filed = factories.fresh(notice)
    assert (filed.state, filed.title) == ("filed", "关于报送统计表的通知")


def test_classified_scan_leaves_only_the_fact(tmp_path):
    waiting = hand_in(f"机密★1年\n{factories.TEXT_APART}".encode())

    intake.recognise(waiting, now=LATER)

    assert factories.fresh(waiting).state == IntakeState.REFUSED
    assert not Notice.objects.exists()
    assert spooled(tmp_path) == []
    assert AuditEvent.objects.filter(verb="拒收疑似涉密文件").count() == 1


def test_upload_left_behind_by_a_dead_worker_is_tried_again(monkeypatch, tmp_path):
    waiting = hand_in()

    def die(*args, **kwargs):
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(ingest, "take_in", die)
        with pytest.raises(MemoryError):
            intake.recognise_next(LATER)
    assert factories.fresh(waiting).state == IntakeState.READING
    assert not intake.recognise_next(LATER)

    assert intake.recognise_next(LATER + intake.LEASE)

    assert factories.fresh(waiting).state == IntakeState.DONE


def test_upload_that_kills_every_worker_is_given_up_and_deleted(monkeypatch, tmp_path):
    waiting, at = hand_in(), LATER

    def die(*args, **kwargs):
        raise MemoryError

    monkeypatch.setattr(ingest, "take_in", die)
    for _ in range(intake.MAX_ATTEMPTS):
        with pytest.raises(MemoryError):
            intake.recognise_next(at)
        at += intake.LEASE
    assert intake.recognise_next(at)

    refused = factories.fresh(waiting)
    assert refused.state == IntakeState.REFUSED
    assert "识别多次中断" in refused.problem
    assert spooled(tmp_path) == []


def test_worker_that_dies_before_saying_so_takes_in_nothing(monkeypatch):
    waiting = hand_in()
    whole = ingest.take_in

    def take_in_and_die(*args, **kwargs):
        whole(*args, **kwargs)
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(ingest, "take_in", take_in_and_die)
        with pytest.raises(MemoryError):
            intake.recognise_next(LATER)
    assert Notice.objects.count() == 0

    intake.recognise_next(LATER + intake.LEASE)

    assert Notice.objects.count() == 1
    assert factories.fresh(waiting).notice == Notice.objects.get()


def test_upload_that_cannot_be_recorded_leaves_no_file(monkeypatch, tmp_path):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(trail, "record", fail)
    with pytest.raises(RuntimeError):
        hand_in()

    assert spooled(tmp_path) == []
    assert not Intake.objects.exists()


def test_uploads_are_recognised_in_the_order_they_came():
    first, second = hand_in(), hand_in(name="二.txt")

    intake.recognise_next(LATER)

    assert factories.fresh(first).state == IntakeState.DONE
    assert factories.fresh(second).state == IntakeState.WAITING


def test_files_that_vanished_are_told(tmp_path):
    waiting = hand_in()
    spool.drop(waiting.spool_name)

    intake.recognise(waiting, now=LATER)

    assert "请重新上传" in factories.fresh(waiting).problem


def test_person_without_the_post_hands_in_nothing(tmp_path):
    with pytest.raises(NoticeError, match="没有“导入文件”权限"):
        intake.hand_in(
            [("通知.txt", b"x")],
            bureau=factories.province(),
            now=factories.NOW,
            by=factories.coordinator(),
        )

    assert not (tmp_path / "spool").exists()


def test_picture_without_the_extra_is_refused_with_advice(client, monkeypatch):
    monkeypatch.setattr("notices.readers.scanned.find_spec", lambda name: None)
    client.force_login(factories.coordinator())
    picture = SimpleUploadedFile("扫描.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64)

    told = client.post(reverse("notices:import"), {"file": picture})

    assert told.status_code == 422
    assert "没有安装文字识别组件" in told.content.decode()
    assert not Intake.objects.exists()


def test_picture_with_the_extra_waits_for_the_worker(client, monkeypatch):
    monkeypatch.setattr("notices.readers.scanned.find_spec", lambda name: object())
    client.force_login(factories.coordinator())
    picture = SimpleUploadedFile("扫描.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64)

    client.post(reverse("notices:import"), {"file": picture})

    assert Intake.objects.get().state == IntakeState.WAITING
    assert "等待识别" in client.get(reverse("notices:import")).content.decode()
    assert "扫描.png" in client.get(reverse("notices:intakes")).content.decode()


def test_several_files_become_one_notice(client):
    client.force_login(factories.coordinator())
    main, _, attachment = factories.TEXT_APART.partition("附件1\n")
    files = [
        SimpleUploadedFile("附件1.txt", ("附件1\n" + attachment.split("附件2\n")[0]).encode()),
        SimpleUploadedFile("通知.txt", main.encode()),
    ]

    client.post(reverse("notices:import"), {"file": files})

    notice = Notice.objects.get()
    assert notice.source_name == "附件1.txt、通知.txt"
    assert notice.attachments.get(position=1).kind == "table"


def test_list_renews_itself_only_while_something_is_on_its_way(client):
    client.force_login(factories.coordinator())
    waiting = hand_in()

    before = client.get(reverse("notices:import")).content.decode()
    intake.recognise(waiting, now=LATER)
    after = client.get(reverse("notices:intakes")).content.decode()

    assert 'hx-trigger="every 5s"' in before
    assert "hx-trigger" not in after
