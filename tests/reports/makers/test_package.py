"""报送包, opened as an office would open it."""

import hashlib
from datetime import timedelta

import pytest

from bureaus.models import Post
from bureaus.roles import Role
from notices.files import store
from reports.actions import evidence as actions
from reports.actions import handing_in
from reports.errors import ReportError
from reports.makers import package
from reports.makers.maker import SubjectClosed
from reports.models import Evidence
from tasks.states import EvidenceKind
from tests import factories
from tests.factories import walk
from tests.reports import papers
from tests.reports.enclosed import asked, attach, given, seal
from tests.reports.made import MADE_AT, NOW, ask_package, listed, make, manifest, unzipped, words
from tests.reports.written import outline, save, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


@pytest.fixture
def task():
    """Both forms written by 浙江, not yet reported."""
    accepted = factories.accept(factories.assignment(number="1,2", text=factories.TEXT_TOGETHER))
    asked(accepted, EvidenceKind.IMAGE, EvidenceKind.FILE, EvidenceKind.SEALED)
    save(accepted, table())
    save(accepted, outline("学习两次"), number=2)
    return accepted


def photo(task, name: str = "照片.png", *, colour: str = "white", **fields) -> Evidence:
    (made,) = attach(task, EvidenceKind.IMAGE, given(name, papers.picture(colour=colour)), **fields)
    return made


def hand_in(task):
    handing_in.hand_in(task, now=NOW, by=factories.staff(Role.FILLER, task.bureau))
    return walk(task, "pass_review", "submit", now=NOW)


def by_filler(task):
    return factories.staff(Role.FILLER, task.bureau)


def test_package_holds_forms_evidence_and_sealed_copies(task):
    photo(task, "现场照片.png")
    hand_in(task)
    seal(task, name="盖章扫描件.pdf")

    files = unzipped(make(ask_package(task, by=by_filler(task))))

    assert list(files) == [
        "附件1 质量工作进展情况表.xlsx",
        "附件2 质量工作年度总结提纲.docx",
        "随报材料/01 现场照片.png",
        "盖章件/02 盖章扫描件.pdf",
        "清单.csv",
        "manifest.json",
    ]
    assert files["随报材料/01 现场照片.png"] == papers.picture()
    assert manifest(files)["sealed_copy"] == "部分已传"
    (sealed,) = [one for one in manifest(files)["files"] if one.get("kind") == "sealed"]
    assert (sealed["attachment"], sealed["version"]) == (1, 1)
    assert listed(files)[3][3] == "附件1第1版的盖章件，2026-03-02 12:30上传"
    assert "学习两次" in words(files["附件2 质量工作年度总结提纲.docx"])


def test_package_says_who_signed_when_and_which_version(task):
    hand_in(task)

    files = unzipped(make(ask_package(task, by=by_filler(task))))

    whole = manifest(files)
    first = whole.pop("files")[0]
    assert whole == {
        "kind": "package",
        "notice": "国市监测〔2026〕1号",
        "obligation": task.obligation.title,
        "bureau": {"code": "330000", "name": "浙江省市场监督管理局"},
        "receiver": "国家市场监督管理总局",
        "status": "已报送",
        "is_draft": False,
        "is_nil": False,
        "sealed_copy": "未传",
        "signed_by": "测试签发人",
        "signed_at": MADE_AT,
        "made_by": "测试填报人",
        "made_at": MADE_AT,
    }
    assert (first["attachment"], first["version"]) == (1, 1)
    assert (first["written_by"], first["written_at"]) == (
        "测试填报人",
        "2026-03-02T12:30:00+08:00",
    )
    assert [line[3] for line in listed(files)] == ["第1版，2026-03-02 14:30 测试签发人 签发"] * 2


def test_every_hash_in_the_lists_is_that_of_the_file(task):
    photo(task)
    attach(task, EvidenceKind.FILE, given("长.pdf", papers.PDF + b"x" * 1_000_000))
    hand_in(task)

    files = unzipped(make(ask_package(task, by=by_filler(task))))

    for line, entry in zip(listed(files), manifest(files)["files"], strict=True):
        data = files[line[0]]
        digest = hashlib.sha256(data).hexdigest()
        assert (line[0], line[1], line[2]) == (entry["path"], str(len(data)), digest)
        assert (entry["size"], entry["sha256"]) == (len(data), digest)


def test_package_of_a_draft_says_so_and_is_its_own_bureaus(task):
    files = unzipped(make(ask_package(task, by=by_filler(task))))

    assert list(files)[:2] == [
        "附件1 质量工作进展情况表 （草稿）.xlsx",
        "附件2 质量工作年度总结提纲 （草稿）.docx",
    ]
    assert {line[3] for line in listed(files)} == {"草稿，尚未签发报送"}
    assert (manifest(files)["is_draft"], manifest(files)["signed_by"]) == (True, None)
    with pytest.raises(ReportError, match="还没有可以打包的内容"):
        ask_package(task, by=factories.coordinator())


def test_receiver_packs_what_was_reported_and_no_later_evidence(task):
    photo(task, "报送前.png")
    hand_in(task)
    walk(task, "close", "correct", now=NOW + timedelta(hours=1))
    save(task, table(rows=[{"c4": "更正中的草稿"}]), revision=1)
    photo(task, "更正中.png", colour="red", now=NOW + timedelta(hours=2))

    above = unzipped(make(ask_package(task, by=factories.coordinator())))
    own = unzipped(make(ask_package(task, by=by_filler(task))))

    assert "随报材料/01 报送前.png" in above
    assert "随报材料/02 更正中.png" not in above
    assert "更正中的草稿" not in words(above["附件1 质量工作进展情况表.xlsx"])
    assert "随报材料/02 更正中.png" in own
    assert "更正中的草稿" in words(own["附件1 质量工作进展情况表 （草稿）.xlsx"])


def test_removed_and_voided_evidence_is_left_out(task):
    gone = photo(task, "已删.png")
    actions.remove(gone, now=NOW, by=by_filler(task))
    handing_in.hand_in(task, now=NOW, by=by_filler(task))
    seal(task, name="已失效.pdf")
    walk(task, "review_back", now=NOW)
    save(task, table(documents=2), revision=1)
    hand_in(task)

    files = unzipped(make(ask_package(task, by=by_filler(task))))

    assert [name for name in files if "/" in name] == []


def test_package_of_a_nil_report_is_its_manifest():
    task = walk(factories.assignment(), "accept", "report_nil", "pass_review", "submit")

    files = unzipped(make(ask_package(task, by=by_filler(task))))

    assert list(files) == ["清单.csv", "manifest.json"]
    assert (manifest(files)["is_nil"], manifest(files)["is_draft"]) == (True, False)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda one: store.remove(one.stored_name), "“照片.png”已不在服务器上"),
        (
            lambda one: Evidence.objects.filter(pk=one.pk).update(digest="0" * 64),
            "“照片.png”与上传时不一致",
        ),
    ],
)
def test_evidence_that_is_gone_or_changed_makes_no_package(task, spoil, said):
    spoil(photo(task))

    failed = make(ask_package(task, by=by_filler(task)))

    assert failed.state == "failed"
    assert said in failed.problem


def test_two_files_of_one_name_stay_two(task):
    photo(task)
    photo(task, colour="red")

    files = unzipped(make(ask_package(task, by=by_filler(task))))

    assert files["随报材料/01 照片.png"] == papers.picture()
    assert files["随报材料/02 照片.png"] == papers.picture(colour="red")


def test_whoever_left_the_bureau_does_not_take_its_draft_along(task):
    person = by_filler(task)
    made = make(ask_package(task, by=person))
    Post.objects.filter(staff=person).delete()
    Post.objects.create(staff=person, bureau=factories.central(), role=Role.COORDINATOR)

    with pytest.raises(SubjectClosed, match="您已不在该单位任职"):
        package.check(
            type(person).objects.get(pk=person.pk), {"assignment": task.pk, "drafts": True}
        )

    assert made.state == "done"


def test_no_cell_of_the_list_is_a_formula(task):
    names = ("=1+1.pdf", "@SUM(1).pdf", "-1.pdf", "+1.pdf", "\t=1.pdf")
    for number, name in enumerate(names):
        attach(task, EvidenceKind.FILE, given(name, papers.PDF + bytes([number])))

    lines = listed(unzipped(make(ask_package(task, by=by_filler(task)))))

    assert {cell[0] for line in lines for cell in line if cell} & set("=+-@\t\r") == set()
    assert "随报材料/01 =1+1.pdf" in {line[0] for line in lines}
