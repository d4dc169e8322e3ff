"""Files beside the forms, handed in through the actions."""

from datetime import timedelta

import pytest

from audit.models import AuditEvent
from bureaus.roles import Role
from reports import attached, evidence_page, store
from reports.actions import evidence, sealing, submissions
from reports.actions.evidence import MB
from reports.errors import EvidenceRefused
from reports.models import Evidence, FormSchema, Submission
from tasks.actions import evidence as asking
from tasks.errors import NotYourPost
from tasks.states import EvidenceKind
from tests import factories
from tests.factories import fresh, walk
from tests.reports import papers
from tests.reports.enclosed import asked, attach, given, seal
from tests.reports.written import NOW, accepted, filler, outline, save, table

pytestmark = pytest.mark.django_db

IMAGE, VIDEO, FILE, SEALED = EvidenceKind
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def task():
    return asked(accepted(), *EvidenceKind)


def hand_in(task, content=None, *, revision=0, now=NOW):
    save(task, content or table(), revision=revision, now=now)
    return submissions.hand_in(task, now=now, by=filler(task.bureau))


def stored_files(folder) -> list:
    return [path for path in folder.rglob("*") if path.is_file()]


def last_event() -> AuditEvent:
    return AuditEvent.objects.latest("pk")


# --- what is asked for ---


def test_issue_keeps_what_the_directive_asks_for():
    text = factories.TEXT.replace("报送总局（附件1）", "及现场图片报送总局（附件1）")

    task = factories.assignment(text=text)

    assert task.obligation.evidence_kinds == [IMAGE, SEALED]  # 附件1 has 填报单位（盖章）


def test_directive_that_asks_for_nothing_takes_nothing():
    text = factories.TEXT.replace("填报单位（盖章）：_____\n", "")
    task = accepted(text=text)

    assert task.obligation.evidence_kinds == []
    with pytest.raises(
        EvidenceRefused, match="来文没有要求报送图片，为减轻基层负担，本任务不接收图片"
    ):
        attach(task)
    assert not Evidence.objects.exists()


def test_switching_is_recorded_and_by_the_issuer_alone(task):
    with pytest.raises(NotYourPost):
        asking.ask(task.obligation, [], now=NOW, by=filler(task.bureau))

    asking.ask(task.obligation, [VIDEO], now=NOW, by=factories.coordinator())

    event = last_event()
    assert (event.verb, event.detail["evidence"]) == ("调整随报材料", ["video"])
    assert event.detail["evidence_was"] == ["image", "video", "file", "sealed"]


def test_files_stay_when_their_kind_is_switched_off(task):
    attach(task)

    asked(task, VIDEO)

    assert [one.file_name for one in attached.files_for(filler(task.bureau), task)] == ["现场.png"]
    with pytest.raises(EvidenceRefused, match="来文没有要求报送图片"):
        attach(task, IMAGE, given("二.png", papers.picture(colour="red")))


# --- taking files in ---


def test_file_lies_under_a_random_name_with_its_hash(task):
    (made,) = attach(task, IMAGE, given("现场.png", papers.picture()), note="签约现场")

    with store.open(made.stored_name) as file:
        assert file.read() == papers.picture()
    assert (made.file_name, made.note, made.content_type) == ("现场.png", "签约现场", "image/png")
    assert (made.size, made.round_number) == (len(papers.picture()), 1)
    (about,) = last_event().detail["files"]
    assert last_event().verb == "上传图片"
    assert about == {
        "kind": "image",
        "name": "现场.png",
        "size": made.size,
        "sha256": made.digest,
    }


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.png"),
        ("C:\\照片\\现场.PNG", "现场.png"),
        ("现场.exe", "现场.png"),
        ("第1季度.检查情况汇总", "第1季度.检查情况汇总.png"),
        ("a\u202egnp.exe", "agnp.png"),
        ("a\r\nb\x00.png", "a b.png"),
        ("", "未命名.png"),
        (".png", "png.png"),
        ("长" * 300 + ".png", "长" * 65 + ".png"),
    ],
)
def test_name_is_cleaned_and_ends_as_its_content_says(task, name, kept):
    (made,) = attach(task, IMAGE, given(name, papers.picture()))

    assert made.file_name == kept


@pytest.mark.parametrize(
    ("kind", "name", "data", "said"),
    [
        (IMAGE, "图.jpg", papers.PROGRAM, "“图.jpg”不能上传：文件内容不是可以上传的格式"),
        (IMAGE, "图.jpg", papers.PDF, "内容是PDF 文件，不能作为图片上传"),
        (VIDEO, "片.mp4", papers.picture(), "内容是PNG 图片，不能作为视频上传"),
        (FILE, "表.xlsx", papers.MP4, "内容是MP4 视频，不能作为其他材料上传"),
        (FILE, "包.docx", papers.zipped("a.txt"), "是压缩包，请解压后逐个上传"),
        (IMAGE, "图.png", b"", "“图.png”是空的"),
    ],
)
def test_wrong_content_is_refused_and_nothing_stored(task, folder, kind, name, data, said):
    with pytest.raises(EvidenceRefused, match=said):
        attach(task, kind, given("好.png", papers.picture()), given(name, data))

    assert (Evidence.objects.count(), stored_files(folder)) == (0, [])


def test_limits_are_those_of_the_settings(task, settings, folder):
    settings.EVIDENCE_MB = {**settings.EVIDENCE_MB, "image": 1}
    large = papers.picture() + b"\x00" * MB
    with pytest.raises(EvidenceRefused, match=r"“大\.png”超过1 MB"):
        attach(task, IMAGE, given("大.png", large))

    settings.EVIDENCE_FILES = 1
    with pytest.raises(EvidenceRefused, match="最多上传1个文件"):
        attach(task, IMAGE, *(given(f"{c}.png", papers.picture(colour=c)) for c in ("red", "blue")))

    settings.EVIDENCE_FILES, settings.EVIDENCE_TOTAL_MB = 9, 1
    attach(task, FILE, given("一.pdf", papers.PDF + b"\x00" * 600_000))
    with pytest.raises(EvidenceRefused, match="合计不能超过1 MB"):
        attach(task, FILE, given("二.pdf", papers.PDF + b"\x00" * 600_001))
    assert (Evidence.objects.count(), len(stored_files(folder))) == (1, 1)


def test_same_file_twice_is_recognised_by_its_content(task, folder):
    attach(task)

    with pytest.raises(EvidenceRefused, match=r"“换名\.png”与已上传的“现场\.png”内容完全相同"):
        attach(task, IMAGE, given("换名.png", papers.picture()))

    assert (Evidence.objects.count(), len(stored_files(folder))) == (1, 1)


@pytest.mark.parametrize(
    ("verbs", "said"),
    [
        ((), "请先签收任务"),
        (("accept", "hand_in"), "任务当前为“待审核”，不能上传图片"),
        (("accept", "hand_in", "pass_review", "submit"), "任务当前为“已报送”"),
    ],
)
def test_files_are_taken_while_the_bureau_writes(verbs, said):
    task = asked(walk(factories.assignment(), *verbs), IMAGE)

    with pytest.raises(EvidenceRefused, match=said):
        attach(task)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.REVIEWER, Role.APPROVER])
def test_only_the_filler_hands_files_in(task, role):
    with pytest.raises(NotYourPost):
        attach(task, by=factories.staff(role, task.bureau))


def test_failing_audit_leaves_neither_row_nor_file(task, folder, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr("reports.actions.evidence.trail.record", broken)
    with pytest.raises(OSError, match="disk full"):
        attach(task)

    assert (Evidence.objects.count(), stored_files(folder)) == (0, [])


# --- taking files out ---


def test_removed_file_goes_and_its_trail_stays(task, folder, django_capture_on_commit_callbacks):
    (made,) = attach(task)

    with django_capture_on_commit_callbacks(execute=True):
        evidence.remove(made, now=LATER, by=filler(task.bureau))

    assert fresh(made).removed_by == filler(task.bureau)
    assert stored_files(folder) == []
    assert (last_event().verb, last_event().detail["files"][0]["sha256"]) == (
        "删除材料",
        made.digest,
    )
    assert attached.files_for(filler(task.bureau), task) == []


def test_what_was_handed_in_is_not_removed(task):
    (made,) = attach(task)
    hand_in(task)

    made.assignment.refresh_from_db()
    with pytest.raises(EvidenceRefused, match="任务当前为“待审核”，已提交的材料不能删除"):
        evidence.remove(made, now=LATER, by=filler(task.bureau))


def test_twice_removed_is_said_so(task):
    (made,) = attach(task)
    evidence.remove(made, now=LATER, by=filler(task.bureau))

    with pytest.raises(EvidenceRefused, match="该文件已被删除"):
        evidence.remove(made, now=LATER, by=filler(task.bureau))


def test_file_of_a_report_stays_readable_above_until_the_next_one(
    task, django_capture_on_commit_callbacks
):
    (made,) = attach(task)
    hand_in(task)
    walk(task, "pass_review", "submit", "return_", now=LATER)

    with django_capture_on_commit_callbacks(execute=True):
        evidence.remove(made, now=LATER, by=filler(task.bureau))

    assert attached.files_for(filler(task.bureau), fresh_task(task)) == []
    assert attached.files_for(factories.coordinator(), fresh_task(task)) == [made]
    store.open(made.stored_name).close()


# --- whose eyes ---


def fresh_task(task):
    return type(task).objects.for_detail().get(pk=task.pk)


def test_files_of_a_draft_are_the_bureaus_own(task):
    attach(task)
    receiver = factories.coordinator()

    assert attached.files_for(receiver, task) == []

    hand_in(task)
    assert attached.files_for(receiver, fresh_task(task)) == []

    walk(task, "pass_review", "submit")
    assert len(attached.files_for(receiver, fresh_task(task))) == 1


def test_files_added_while_mending_are_not_seen_above(task):
    attach(task)
    hand_in(task)
    walk(task, "pass_review", "submit", "return_", now=LATER)
    attach(task, IMAGE, given("新.png", papers.picture(colour="red")), now=LATER)

    above = attached.files_for(factories.coordinator(), fresh_task(task))
    own = attached.files_for(filler(task.bureau), fresh_task(task))

    assert [one.file_name for one in above] == ["现场.png"]
    assert [one.file_name for one in own] == ["现场.png", "新.png"]


# --- sealed copies ---


def test_sealed_copy_belongs_to_the_version_that_was_printed(task):
    hand_in(task)

    made = seal(task)

    assert (made.version.number, made.version.submission.attachment_number) == (1, 1)
    assert task.sealed_copy == fresh(task).sealed_copy == "in"


def test_seal_before_any_version_is_refused(task):
    save(task, table())

    with pytest.raises(EvidenceRefused, match="请先提交审核，再打印该版本盖章"):
        seal(task)


def test_seal_of_a_form_that_is_not_there_is_refused(task):
    hand_in(task)

    with pytest.raises(EvidenceRefused, match="请选择盖章件是哪一张报表的"):
        attach(task, SEALED, given("章.pdf", papers.PDF), number=7)


def test_seal_of_a_nil_report_is_refused(task):
    submissions.hand_in_nil(task, now=NOW, by=filler(task.bureau))

    with pytest.raises(EvidenceRefused, match="零报告没有报表"):
        seal(task)


@pytest.mark.parametrize(
    "verbs", [(), ("pass_review",), ("pass_review", "submit"), ("pass_review", "submit", "close")]
)
def test_seal_may_follow_until_the_report_is_struck_off(task, verbs):
    walk(hand_in(task), *verbs)

    assert seal(task).version.number == 1


def test_edit_after_sealing_voids_the_copy_with_what_changed(task):
    hand_in(task)
    made = seal(task)
    walk(task, "review_back")

    hand_in(
        task, table(rows=[{"c4": "改了", "c5": "省政府", "c6": "已印发"}]), revision=1, now=LATER
    )

    voided = fresh(made)
    assert (voided.voided_at, voided.ended_round) == (LATER, 1)
    assert voided.void_reason == "盖章后改动：第1行 文件名称"
    assert fresh(task).sealed_copy == "void"
    assert last_event().detail["voided"] == ["附件1第1版盖章件“盖章件.pdf”"]


def test_handing_in_the_same_again_keeps_the_seal(task):
    hand_in(task)
    made = seal(task)
    walk(task, "review_back")

    hand_in(task, table(), revision=1, now=LATER)

    assert (fresh(made).voided_at, fresh(task).sealed_copy) == (None, "in")


def test_form_that_was_replaced_is_no_longer_the_one_that_was_sealed(task):
    hand_in(task)
    made = seal(task)
    walk(task, "review_back")
    old = made.version.schema
    newer = FormSchema.objects.create(
        notice=old.notice,
        attachment_number=1,
        version=2,
        title=old.title,
        definition_json=old.definition_json,
        made_at=LATER,
    )
    Submission.objects.filter(assignment=task).update(schema=newer)

    submissions.hand_in(task, now=LATER, by=filler(task.bureau))

    assert fresh(made).void_reason == "盖章后改动：报表已换成更正后的表样"


def test_new_seal_after_a_void_one_counts(task):
    hand_in(task)
    seal(task)
    walk(task, "review_back")
    hand_in(task, table(documents=2), revision=1, now=LATER)

    made = seal(task, papers.PDF + b"2")

    assert made.version.number == 2
    assert fresh(task).sealed_copy == "in"


def test_void_copy_may_be_sealed_with_the_same_scan_of_another_version(task):
    hand_in(task)
    seal(task)
    walk(task, "review_back")
    hand_in(task, table(documents=2), revision=1, now=LATER)

    seal(task)

    assert Evidence.objects.count() == 2


def test_nil_report_after_sealing_voids_the_copy(task):
    hand_in(task)
    made = seal(task)
    walk(task, "review_back")
    empty = {"unit": {}, "rows": [], "foot": {}}
    save(task, empty, revision=1, now=LATER)

    submissions.hand_in_nil(task, now=LATER, by=filler(task.bureau))

    assert fresh(made).void_reason == sealing.NIL


def test_one_of_two_forms_sealed_is_part():
    both = accepted(number="1,2", text=factories.TEXT_TOGETHER)
    save(both, outline("学习两次"), number=2)
    hand_in(both)

    seal(both)
    assert fresh(both).sealed_copy == "part"

    attach(both, SEALED, given("盖章件.pdf", papers.PDF), number=2)
    assert fresh(both).sealed_copy == "in"


def test_draft_that_differs_warns_before_it_is_handed_in(task):
    hand_in(task)
    seal(task)
    walk(task, "review_back")
    save(task, table(documents=2), revision=1, now=LATER)

    shown = evidence_page.shown(filler(task.bureau), fresh_task(task))

    assert [one.changed for one in shown.endangered] == ["第2行"]
    assert shown.state == "in"


def test_correction_voids_only_once_the_new_report_is_in(task):
    """Those above go on to see the seal of the report that stands."""
    hand_in(task)
    made = seal(task)
    walk(task, "pass_review", "submit", "close", "correct", now=LATER)
    hand_in(task, table(documents=2), revision=1, now=LATER)
    receiver = factories.coordinator()

    (above,) = attached.files_for(receiver, fresh_task(task))
    (own,) = attached.files_for(filler(task.bureau), fresh_task(task))
    assert (above.voided_at, own.voided_at) == (None, LATER)

    walk(task, "pass_review", "submit", now=LATER)
    (after,) = attached.files_for(receiver, fresh_task(task))
    assert (after.pk, after.voided_at) == (made.pk, LATER)


def test_missing_seal_does_not_stop_the_report(task):
    walk(hand_in(task), "pass_review", "submit")

    assert (fresh(task).status, fresh(task).sealed_copy) == ("submitted", "")
