import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from audit import origin, trail
from audit.models import GENESIS, AppendOnlyError, AuditEvent, Chain
from bureaus.roles import Role
from notices.actions import checking
from notices.checking.decisions import as_read
from tasks.actions import transitions
from tests import factories

pytestmark = pytest.mark.django_db


def events(chain):
    return list(AuditEvent.objects.filter(chain=chain).order_by("position"))


def test_event_says_who_did_what_to_which_row_when_and_from_where(rf):
    person, subject = factories.coordinator(), factories.province()

    def view(request):
        return trail.record(
            "改名", subject, chain="100000", detail={"是": 1}, at=factories.NOW, by=person
        )

    request = rf.get("/", REMOTE_ADDR="192.0.2.7")
    event = AuditEvent.objects.get(pk=origin.OriginMiddleware(view)(request).pk)

    assert (event.actor_key, event.actor_name) == (str(person.pk), "测试收文管理")
    assert (event.verb, event.detail) == ("改名", {"是": 1})
    assert (event.subject_kind, event.subject_key) == ("bureaus.bureau", str(subject.pk))
    assert event.subject_name == "浙江省市场监管局"
    assert (event.at, event.address) == (factories.NOW, "192.0.2.7")
    assert str(event) == f"100000#{event.position} 改名"


def test_address_is_forgotten_after_the_request(rf):
    origin.OriginMiddleware(lambda request: None)(rf.get("/", REMOTE_ADDR="192.0.2.7"))

    assert trail.record("校验", by=None).address == ""


def test_event_of_the_system_has_no_person_and_a_chain_of_its_own():
    before = datetime.now(UTC)

    event = trail.record("校验", by=None)

    assert (event.chain, event.position, event.actor_name) == ("system", 1, "系统")
    assert (event.actor_key, event.subject_kind, event.subject_key) == ("", "", "")
    assert before <= event.at <= datetime.now(UTC)


def test_each_event_carries_the_hash_of_the_one_before():
    for verb in ("甲", "乙", "丙"):
        trail.record(verb, chain="330000", by=None)

    first, second, third = events("330000")
    assert [event.position for event in (first, second, third)] == [1, 2, 3]
    assert first.previous_hash == GENESIS
    assert second.previous_hash == first.own_hash
    assert third.previous_hash == second.own_hash
    assert len({first.own_hash, second.own_hash, third.own_hash}) == 3


def test_each_bureau_has_its_own_chain():
    for chain in ("330000", "320000", "330000"):
        trail.record("甲", chain=chain, by=None)

    assert [event.position for event in events("330000")] == [1, 2]
    assert [event.position for event in events("320000")] == [1]
    assert events("320000")[0].previous_hash == GENESIS


def test_head_of_the_chain_is_its_last_event():
    trail.record("甲", chain="330000", by=None)
    last = trail.record("乙", chain="330000", by=None)

    head = Chain.objects.get(name="330000")

    assert (head.length, head.tip, str(head)) == (2, last.own_hash, "330000")


def test_stored_event_still_has_its_hash():
    written = trail.record("甲", chain="330000", detail={"额": Decimal("1.50")}, by=None)

    read = AuditEvent.objects.get(pk=written.pk)

    assert read.computed_hash() == read.own_hash == written.own_hash


@pytest.mark.parametrize(
    "field",
    [
        "chain",
        "actor_key",
        "actor_name",
        "verb",
        "subject_kind",
        "subject_key",
        "subject_name",
        "address",
        "detail_json",
        "previous_hash",
    ],
)
def test_hash_covers_every_field(field):
    event = trail.record("甲", factories.province(), chain="330000", by=factories.coordinator())

    setattr(event, field, getattr(event, field) + "x")

    assert event.computed_hash() != event.own_hash


@pytest.mark.parametrize(
    ("field", "value"), [("position", 2), ("at", factories.NOW.replace(microsecond=1))]
)
def test_hash_covers_place_and_moment(field, value):
    event = trail.record("甲", at=factories.NOW, by=None)
    setattr(event, field, value)

    assert event.computed_hash() != event.own_hash


def test_same_content_is_stored_in_the_same_bytes():
    assert trail.canonical({"b": 1, "a": [date(2026, 3, 31)]}) == '{"a":["2026-03-31"],"b":1}'
    assert trail.canonical({"a": [date(2026, 3, 31)], "b": 1}) == '{"a":["2026-03-31"],"b":1}'


def test_detail_keeps_what_json_does_not_know_as_text():
    detail = {"at": factories.NOW, "n": Decimal("1.50"), "bureau": factories.province()}

    event = trail.record("甲", detail=detail, by=None)

    assert event.detail == {
        "at": "2026-03-02T09:30:00+08:00",
        "n": "1.50",
        "bureau": "浙江省市场监管局",
    }
    assert json.loads(event.detail_json) == event.detail


def test_long_name_of_a_subject_is_cut():
    notice = factories.notice()
    notice.title = "长" * 300

    assert trail.record("甲", notice, by=None).subject_name == "长" * 200


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="in the transaction"):
        trail.record("甲", by=None)

    assert (AuditEvent.objects.count(), Chain.objects.count()) == (0, 0)


def full_disk(*args, **kwargs):
    raise DatabaseError("no space left")


def test_failing_audit_write_leaves_the_assignment_as_it_was(monkeypatch):
    task = factories.assignment()
    filler = factories.staff(Role.FILLER, task.bureau)
    before = AuditEvent.objects.count()
    monkeypatch.setattr(AuditEvent, "save", full_disk)

    with pytest.raises(DatabaseError):
        transitions.move(task, "accept", now=factories.NOW, by=filler)

    stored = factories.fresh(task)
    assert (stored.status, stored.accepted_at, stored.accepted_by) == ("pending", None, None)
    assert AuditEvent.objects.count() == before


def test_failing_audit_write_leaves_the_notice_unfiled(monkeypatch):
    notice = factories.notice()
    decisions = {clause.pk: as_read(clause) for clause in notice.clauses.all()}
    monkeypatch.setattr(trail, "record", full_disk)

    with pytest.raises(DatabaseError):
        checking.file(
            notice,
            metadata={"title": "改过的标题"},
            decisions=decisions,
            now=factories.NOW,
            by=factories.coordinator(),
        )

    stored = factories.fresh(notice)
    assert (stored.state, stored.filed_at) == ("to_check", None)
    assert stored.title == "市场监管总局关于报送质量工作情况的通知"
    assert set(stored.clauses.values_list("state", flat=True)) == {"proposed"}


def test_events_are_never_updated():
    event = trail.record("甲", by=None)

    with pytest.raises(AppendOnlyError):
        AuditEvent.objects.filter(pk=event.pk).update(verb="乙")
    event.verb = "乙"
    with pytest.raises(AppendOnlyError), transaction.atomic():
        AuditEvent.objects.bulk_update([event], ["verb"])

    assert AuditEvent.objects.get(pk=event.pk).verb == "甲"


def test_events_are_never_deleted():
    trail.record("甲", by=None)

    with pytest.raises(AppendOnlyError):
        AuditEvent.objects.all().delete()

    assert AuditEvent.objects.count() == 1


def test_event_outlives_what_it_describes():
    unit = factories.province()
    trail.record("建立", unit, by=None)
    key = str(unit.pk)

    unit.delete()

    assert AuditEvent.objects.get(subject_key=key).subject_name == "浙江省市场监管局"


def test_about_finds_the_events_of_one_row_only():
    zhejiang, jiangsu = factories.province(), factories.province("320000", "江苏省")
    person = factories.staff(Role.FILLER, zhejiang)
    person_events = [trail.record("登录", person, by=person)]
    trail.record("改名", zhejiang, by=None)
    trail.record("改名", jiangsu, by=None)

    assert list(AuditEvent.objects.about(person)) == person_events
    assert [event.subject_name for event in AuditEvent.objects.about(jiangsu)] == [
        "江苏省市场监管局"
    ]
