"""Frozen roll-ups: what went in stays as it was, whatever comes later."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from audit import trail
from audit.models import AuditEvent
from bureaus.roles import Role
from reports.actions import handing_in, snapshots
from reports.errors import ReportError
from reports.exports import files as exports
from reports.makers import roll_up
from reports.makers.maker import SubjectClosed
from reports.models import Snapshot, SnapshotEntry, SubmissionVersion
from reports.rollups.snapshots import frozen
from reports.states import ProductionKind
from tasks.errors import NotYourPost
from tests import factories
from tests.factories import owed_by, walk
from tests.reports.made import ask, data_of, make
from tests.reports.snapped import LATER, take
from tests.reports.written import NOW, filler, handed_in, reported, save, table

pytestmark = pytest.mark.django_db

CODES = {"110000": "北京市", "320000": "江苏省", "330000": "浙江省", "440000": "广东省"}


@pytest.fixture
def issued():
    """北京 has reported, 江苏 nil, 浙江 waits for its own review, 广东 has done nothing."""
    made = factories.obligation(*(factories.province(*each) for each in CODES.items()))
    reported(owed_by(made, "110000"), table(documents=2))
    nil = factories.accept(owed_by(made, "320000"))
    handing_in.hand_in_nil(nil, now=NOW, by=filler(nil.bureau))
    walk(nil, "pass_review", "submit", now=NOW)
    handed_in(owed_by(made, "330000"), table())
    return made


def states(snapshot) -> dict[str, str]:
    return dict(snapshot.entries.order_by("bureau__path").values_list("name", "state"))


def correct(task, data):
    """Reported anew, in a correction."""
    walk(task, "close", "correct", now=LATER)
    save(task, data, revision=task.submissions.get().revision, now=LATER)
    handing_in.hand_in(task, now=LATER, by=filler(task.bureau))
    return walk(task, "pass_review", "submit", now=LATER)


def test_every_unit_is_kept_with_where_it_stood(issued):
    snapshot = take(issued, label="  第一次 上报 ")

    assert states(snapshot) == {
        "北京市市场监管局": "in",
        "江苏省市场监管局": "nil",
        "浙江省市场监管局": "missing",
        "广东省市场监管局": "missing",
    }
    assert (snapshot.expected, snapshot.included, snapshot.nil, snapshot.missing) == (4, 1, 1, 2)
    assert (snapshot.label, snapshot.as_of, snapshot.bureau.code) == ("第一次 上报", NOW, "100000")
    version = snapshot.entries.get(state="in").version
    assert version == SubmissionVersion.objects.get(submission__assignment__bureau__code="110000")


def test_snapshot_stays_as_it_was_after_reports_and_corrections(issued):
    snapshot = take(issued)
    before = exports.snapshot_workbook(snapshot)

    correct(owed_by(issued, "110000"), table(documents=5))
    reported(owed_by(issued, "440000"), table())

    kept = frozen(Snapshot.objects.get(pk=snapshot.pk))
    (entry,) = kept.entries()
    assert [row["c4"] for row in entry.content["rows"]] == ["示例文件1", "示例文件2"]
    assert kept.is_intact
    assert kept.standing.sentences() == [
        "应报4个单位，已报2个，未报2个：浙江省市场监管局、广东省市场监管局。",
        "零报告1个：江苏省市场监管局。",
    ]
    assert exports.snapshot_workbook(snapshot) == before
    assert states(take(issued, now=LATER))["广东省市场监管局"] == "in"


def test_unit_in_correction_goes_in_with_what_it_had_reported(issued):
    task = walk(owed_by(issued, "110000"), "close", "correct", now=LATER)
    save(task, table(documents=9), revision=task.submissions.get().revision, now=LATER)

    snapshot = take(issued, now=LATER)

    (entry,) = frozen(snapshot).entries()
    assert len(entry.content["rows"]) == 2
    assert snapshot.entries.get(is_correcting=True).name == "北京市市场监管局"


def test_renamed_bureau_keeps_its_name_in_the_snapshot(issued):
    snapshot = take(issued)
    bureau = owed_by(issued, "110000").bureau
    bureau.short_name = "改名后的局"
    bureau.save()

    assert [entry.name for entry in frozen(snapshot).entries()] == ["北京市市场监管局"]


def test_content_changed_behind_its_back_is_told(issued):
    snapshot = take(issued)
    version = snapshot.entries.get(state="in").version
    SubmissionVersion.objects.filter(pk=version.pk).update(
        content_json=version.content_json.replace("示例文件1", "改过的文件")
    )

    kept = frozen(snapshot)
    list(kept.entries())

    assert not kept.is_intact


def test_making_a_snapshot_is_in_the_audit(issued):
    snapshot = take(issued)

    event = AuditEvent.objects.get(verb="制作汇总快照")
    assert (event.subject_key, event.chain) == (str(snapshot.pk), "100000")
    assert snapshot.digest in event.detail_json


def test_nothing_is_kept_when_the_audit_cannot_be_written(issued, monkeypatch):
    def fail(*args, **fields):
        raise RuntimeError

    monkeypatch.setattr(trail, "record", fail)

    with pytest.raises(RuntimeError):
        take(issued)

    assert not Snapshot.objects.exists()
    assert not SnapshotEntry.objects.exists()


@pytest.mark.parametrize("role", [Role.FILLER, Role.REVIEWER, Role.APPROVER])
def test_who_may_not_roll_up_may_not_freeze(issued, role):
    person = factories.staff(role, factories.central())

    with pytest.raises(NotYourPost, match="没有“汇总”权限，不能制作汇总快照"):
        snapshots.take(issued, 1, label="", now=NOW, by=person)


def test_unknown_form_and_long_label_are_refused_and_nothing_is_kept(issued):
    with pytest.raises(ReportError, match="该事项没有附件2的报表"):
        take(issued, number=2)
    with pytest.raises(ReportError, match="快照名称不能超过100字，现为101字，请缩短"):
        take(issued, label="字" * 101)

    assert not Snapshot.objects.exists()


def test_report_older_than_the_kept_versions_is_named(issued):
    SubmissionVersion.objects.all().delete()

    with pytest.raises(ReportError, match="北京市市场监管局的报送没有留存版本，不能制作快照"):
        take(issued)


@pytest.mark.parametrize("count", [1, 30])
def test_reading_a_snapshot_takes_three_queries(django_assert_num_queries, count):
    issued = factories.obligation(
        *(factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 11 + count))
    )
    for each in issued.assignments.for_detail():
        reported(each, table())
    snapshot = Snapshot.objects.select_related("bureau").get(pk=take(issued).pk)

    with django_assert_num_queries(3):
        assert len(list(frozen(snapshot).entries())) == count


def test_workbook_of_a_snapshot_made_by_a_worker_is_the_one_of_the_page(issued, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    snapshot = take(issued)

    params = roll_up.params_of_snapshot(snapshot)
    made = make(ask(ProductionKind.ROLL_UP, params, by=factories.coordinator()))

    assert data_of(made) == exports.snapshot_workbook(snapshot)
    sheet = load_workbook(BytesIO(data_of(made))).worksheets[0]
    assert sheet["A2"].value == "汇总单位：市场监管总局　　截至2026年3月2日"


def test_worker_refuses_who_has_lost_the_post(issued):
    params = roll_up.params_of_snapshot(take(issued))

    with pytest.raises(SubjectClosed, match="您没有该快照的“汇总”权限"):
        roll_up.check(factories.staff(Role.FILLER, factories.central()), params)
