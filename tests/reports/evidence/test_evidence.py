"""Files beside the forms, handed in through the actions."""

import pytest

from bureaus.roles import Role
from notices.files import store
from reports.actions import evidence
from reports.actions.evidence import MB
from reports.errors import EvidenceRefused
from reports.filling import readable_evidence
from reports.models import Evidence
from tasks.actions import evidence as asking
from tasks.errors import NotYourPost
from tasks.states import EvidenceKind
from tests import factories
from tests.factories import fresh, walk
from tests.reports import papers
from tests.reports.enclosed import LATER, asked, attach, fresh_task, given, hand_in, last_event
from tests.reports.written import NOW, accepted, filler

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]

IMAGE, VIDEO, FILE, SEALED = EvidenceKind


@pytest.fixture
def task():
    return asked(accepted(), *EvidenceKind)


def stored_files(folder) -> list:
    return [path for path in folder.rglob("*") if path.is_file()]


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

    assert [one.file_name for one in readable_evidence.files_for(filler(task.bureau), task)] == [
        "现场.png"
    ]
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
    assert readable_evidence.files_for(filler(task.bureau), task) == []


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

    assert readable_evidence.files_for(filler(task.bureau), fresh_task(task)) == []
    assert readable_evidence.files_for(factories.coordinator(), fresh_task(task)) == [made]
    store.open(made.stored_name).close()


# --- whose eyes ---


def test_files_of_a_draft_are_the_bureaus_own(task):
    attach(task)
    receiver = factories.coordinator()

    assert readable_evidence.files_for(receiver, task) == []

    hand_in(task)
    assert readable_evidence.files_for(receiver, fresh_task(task)) == []

    walk(task, "pass_review", "submit")
    assert len(readable_evidence.files_for(receiver, fresh_task(task))) == 1


def test_files_added_while_mending_are_not_seen_above(task):
    attach(task)
    hand_in(task)
    walk(task, "pass_review", "submit", "return_", now=LATER)
    attach(task, IMAGE, given("新.png", papers.picture(colour="red")), now=LATER)

    above = readable_evidence.files_for(factories.coordinator(), fresh_task(task))
    own = readable_evidence.files_for(filler(task.bureau), fresh_task(task))

    assert [one.file_name for one in above] == ["现场.png"]
    assert [one.file_name for one in own] == ["现场.png", "新.png"]
