"""The files of a notice are kept byte for byte, once; of what came to nothing, nothing is left."""

import hashlib
import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from audit import trail
from audit.models import AuditEvent
from notices.actions import ingest, intake, originals
from notices.actions.originals import HandedIn
from notices.errors import NoticeError, TitleNotFound
from notices.files import store
from notices.intake import spool
from notices.models import Notice, Original
from notices.text.page.secrecy import ClassifiedDocument
from tests import factories
from tests.notices import secret_files, uploads
from tests.notices.print_pdf import pdf
from tests.notices.printed import directive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]
URL = reverse("notices:import")
UNTITLED = (
    "各市市场监管局：\n请于2026年4月10日前将统计表报送省局。\n示例省市场监管局\n2026年3月2日\n"
)
LATER = factories.NOW + timedelta(minutes=1)


def left(tmp_path: Path) -> list[Path]:
    """Every file of the store and of the spool, notes and half-written ones included."""
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def bytes_of(one: Original) -> bytes:
    with store.open(one.stored_name) as file:
        return file.read()


def take_in(files, text: str = factories.TEXT) -> Notice:
    with HandedIn(files) as handed_in:
        return ingest.take_in(
            text,
            source_name="、".join(name for name, _ in files),
            handed_in=handed_in,
            bureau=factories.central(),
            now=factories.NOW,
            by=factories.coordinator(),
        )


def docx() -> bytes:
    return secret_files.docx("body", factories.TEXT)


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"{name}.txt", data)
    return out.getvalue()


KINDS = [
    ("通知.txt", factories.TEXT.encode("gb18030"), "text/plain", 0),
    ("通知.html", f"<html><body>{factories.TEXT}</body></html>".encode(), "text/html", 0),
    ("通知.pdf", pdf(directive()), "application/pdf", 4),
    ("通知.zip", zipped(通知=factories.TEXT.encode()), "application/zip", 0),
]


@pytest.mark.parametrize(("name", "data", "media_type", "pages"), KINDS)
def test_uploaded_file_is_kept_byte_for_byte(office, name, data, media_type, pages):
    uploads.send(office, data, name=name)

    (one,) = Notice.objects.get().originals.all()
    assert bytes_of(one) == data
    assert (one.file_name, one.content_type, one.pages) == (name, media_type, pages)
    assert (one.size, one.digest) == (len(data), hashlib.sha256(data).hexdigest())
    assert not one.is_scan
    assert AuditEvent.objects.get(verb="导入文件").detail["originals"] == [one.digest]


def test_files_of_one_notice_are_kept_as_they_were_handed_in(office):
    main, _, attachment = factories.TEXT_APART.partition("附件1\n")
    sent = [
        ("附件1.txt", ("附件1\n" + attachment.split("附件2\n")[0]).encode()),
        ("通知.txt", main.encode()),
    ]

    office.post(URL, {"file": [SimpleUploadedFile(*each) for each in sent]})

    kept = Notice.objects.get().originals.all()
    assert [(one.position, one.file_name, bytes_of(one)) for one in kept] == [
        (1, *sent[0]),
        (2, *sent[1]),
    ]


def test_pasted_text_has_no_file(office, tmp_path):
    office.post(URL, {"pasted": factories.TEXT})

    assert not Notice.objects.get().originals.exists()
    assert left(tmp_path) == []


def test_same_bytes_lie_in_the_store_once(tmp_path):
    data = factories.TEXT.encode()

    first = take_in([("一.txt", data), ("二.txt", data)])
    second = take_in([("三.txt", data)])

    rows = [*first.originals.all(), *second.originals.all()]
    assert [one.file_name for one in rows] == ["一.txt", "二.txt", "三.txt"]
    assert len({one.stored_name for one in rows}) == 1
    assert len(left(tmp_path)) == 1


def test_file_that_was_lost_comes_back_for_the_older_notice_too():
    data = factories.TEXT.encode()
    first = take_in([("一.txt", data)])
    store.remove(first.originals.get().stored_name)

    take_in([("二.txt", data)])

    assert bytes_of(first.originals.get()) == data


def test_import_that_fails_leaves_no_file(monkeypatch, tmp_path):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(trail, "record", fail)

    with pytest.raises(RuntimeError):
        take_in([("通知.txt", factories.TEXT.encode())])

    assert left(tmp_path) == []
    assert not Original.objects.exists()


def test_import_that_fails_keeps_what_an_earlier_one_has_stored(monkeypatch):
    data = factories.TEXT.encode()
    first = take_in([("一.txt", data)])

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(trail, "record", fail)
    with pytest.raises(RuntimeError):
        take_in([("二.txt", data)])

    assert bytes_of(first.originals.get()) == data


def test_disk_that_is_full_stores_nothing(monkeypatch, tmp_path):
    written = []

    def full(self, data):
        if written:
            raise OSError(28, "No space left on device")
        written.append(data)
        return len(data)

    monkeypatch.setattr(store.Writer, "write", full)

    with pytest.raises(NoticeError, match="存储空间不足"):
        take_in([("一.txt", b"1"), ("二.txt", b"2")])

    assert left(tmp_path) == []
    assert not Notice.objects.exists()


SECRETS = [
    ("通知.txt", f"机密★3年\n{factories.TEXT}".encode()),
    ("机密★3年.txt", factories.TEXT.encode()),
    ("机密.zip", zipped(通知=factories.TEXT.encode())),
    ("通知.zip", zipped(机密文件=f"绝密★长期\n{factories.TEXT}".encode())),
    ("通知.docx", secret_files.docx("header", "机密★3年")),
    ("通知.docx", secret_files.docx("watermark", "绝密")),
    ("通知.pdf", secret_files.pdf("header on each page", "机密★3年")),
    ("通知.ofd", secret_files.ofd("annotation", "秘密★1年")),
]


@pytest.mark.parametrize(("name", "data"), SECRETS)
def test_nothing_of_a_marked_document_reaches_store_or_spool(
    office, monkeypatch, tmp_path, name, data
):
    """Not even for a moment: whoever writes there fails."""

    def never(*args, **kwargs):
        raise AssertionError("written")

    for place, verb in ((store, "announce"), (store, "writing"), (spool, "put")):
        monkeypatch.setattr(place, verb, never)

    answer = uploads.send(office, data, name=name)

    assert answer.status_code == 422
    assert "涉密渠道" in answer.content.decode()
    assert left(tmp_path) == []
    assert not Original.objects.exists()
    assert not Notice.objects.exists()


@pytest.mark.parametrize("packed", [False, True])
def test_marked_file_beside_a_scan_does_not_wait_in_the_spool(
    office, monkeypatch, tmp_path, packed
):
    """The scan comes first and would be put off; the file behind it is looked at all the same."""
    monkeypatch.setattr("notices.readers.scanned.find_spec", lambda name: object())
    monkeypatch.setattr(spool, "put", None)
    scan = ("1扫描.png", b"\x89PNG\r\n\x1a\n" + bytes(64))
    marked = ("2附件.docx", secret_files.docx("header", "机密★3年"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in (scan, marked):
            archive.writestr(name, data)
    sent = [("通知.zip", out.getvalue())] if packed else [scan, marked]

    answer = office.post(URL, {"file": [SimpleUploadedFile(*each) for each in sent]})

    assert answer.status_code == 422
    assert "涉密渠道" in answer.content.decode()
    assert left(tmp_path) == []


def test_marked_text_read_from_an_open_file_stores_nothing(tmp_path):
    with pytest.raises(ClassifiedDocument):
        take_in([("通知.txt", b"x")], text=f"机密★3年\n{factories.TEXT}")

    assert left(tmp_path) == []


def test_recognised_scan_is_kept_and_leaves_the_spool(tmp_path):
    data = factories.TEXT.encode()
    waiting = hand_in(data)

    intake.recognise(waiting, now=LATER)

    (one,) = factories.fresh(waiting).notice.originals.all()
    assert (one.file_name, one.is_scan, bytes_of(one)) == ("通知.txt", True, data)
    assert list((tmp_path / "spool").iterdir()) == []
    assert len(left(tmp_path)) == 1


@pytest.mark.parametrize("data", [f"机密★3年\n{factories.TEXT}".encode(), b"\x00\x01\x02\x03" * 50])
def test_refused_scan_is_not_kept(tmp_path, data):
    intake.recognise(hand_in(data), now=LATER)

    assert left(tmp_path) == []
    assert not Original.objects.exists()


def test_scan_whose_notice_cannot_be_recorded_leaves_nothing_in_the_store(monkeypatch, tmp_path):
    waiting = hand_in(factories.TEXT.encode())
    whole = ingest.take_in

    def take_in_and_die(*args, **kwargs):
        whole(*args, **kwargs)
        raise MemoryError

    monkeypatch.setattr(ingest, "take_in", take_in_and_die)
    with pytest.raises(MemoryError):
        intake.recognise(waiting, now=LATER)

    assert left(tmp_path) == [tmp_path / "spool" / waiting.spool_name]


def hand_in(data: bytes):
    return intake.hand_in(
        [("通知.txt", data)],
        bureau=factories.central(),
        now=factories.NOW,
        by=factories.coordinator(),
    )


# --- what came to nothing is swept --------------------------------------------------------------


def test_file_of_a_process_that_died_is_swept_after_a_day(tmp_path):
    died = HandedIn([("通知.txt", b"x")])
    died.__enter__()
    died.keep()
    spool.put([("通知.txt", b"x")])
    now = timezone.now()

    assert originals.sweep(now) == 0
    assert originals.sweep(now + originals.ABANDONED + timedelta(seconds=5)) == 2

    assert left(tmp_path) == []


def test_sweep_leaves_what_is_known(tmp_path):
    kept = take_in([("通知.txt", factories.TEXT.encode())]).originals.get()
    store.announce(kept.stored_name)  # as where a process died between commit and settling
    waiting = hand_in(b"x")

    assert originals.sweep(timezone.now() + timedelta(days=2)) == 0

    assert bytes_of(kept) == factories.TEXT.encode()
    assert spool.get(waiting.spool_name) == [("通知.txt", b"x")]
    assert len(left(tmp_path)) == 2


def test_untitled_text_is_refused_before_anything_is_stored(tmp_path):
    with pytest.raises(TitleNotFound):
        take_in([("通知.txt", UNTITLED.encode())], text=UNTITLED)

    assert left(tmp_path) == []
