"""核对入库: a person goes over what was read before anything can be issued."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from audit import trail
from bureaus.models import Staff
from bureaus.roles import Permission
from notices.actions import searching
from notices.actions.corrections import (
    SAID,
    Changes,
    check_possible,
    correct,
    set_deadline,
)
from notices.checking import citations
from notices.checking.decisions import Decision, moment
from notices.errors import NoticeError, NumberTaken
from notices.models import Citation, Clause, Notice
from notices.states import GONE, ClauseState, NoticeState
from notices.text.page.secrecy import refuse_marked, refuse_marked_values

_PLACE = "填写的内容中"
METADATA = ("title", "doc_number", "recipients_text", "written_on", "printed_on", "urgency")


def check_may(user: Staff, notice: Notice) -> None:
    """Raise NoticeError unless this person checks notices of that office."""
    if not user.may(Permission.CHECK, at=notice.bureau):
        raise NoticeError(f"您在{notice.bureau}没有“核对入库”权限")


@transaction.atomic
def file(
    notice: Notice,
    *,
    metadata: Mapping[str, Any],
    decisions: Mapping[int, Decision],
    now: datetime,
    by: Staff,
) -> Notice:
    """Store the corrections, decide every clause and file the notice; all or nothing.

    ``decisions`` maps a clause's pk to the decision. Raises NoticeError where the notice is
    not waiting to be checked or a clause is left undecided.
    """
    check_may(by, notice)
    claimed = Notice.objects.filter(pk=notice.pk, state=NoticeState.TO_CHECK).update(
        state=NoticeState.FILED, filed_at=now, filed_by=by
    )
    if not claimed:
        raise NoticeError("该文件已经核对过，请刷新页面")
    notice.refresh_from_db()
    changed = _correct(notice, metadata)
    if "doc_number" in changed:
        _check_number(notice)
        notice.citations.all().delete()
        Citation.objects.bulk_create(citations.rows(notice))
    if changed.keys() & {"title", "doc_number"}:
        searching.keep(notice)
    clauses = list(notice.clauses.reports())
    if {clause.pk for clause in clauses} - decisions.keys():
        raise NoticeError("还有事项没有核对，请逐项选择“确认”或“不是报送事项”")
    for clause in clauses:
        changed |= _decide(clause, decisions[clause.pk])
    trail.record(
        "核对入库",
        notice,
        chain=notice.bureau.code,
        detail=_decided(clauses, changed),
        at=now,
        by=by,
    )
    return notice


@transaction.atomic
def decide(
    notice: Notice, *, decisions: Mapping[int, Decision], now: datetime, by: Staff
) -> list[Clause]:
    """核对新增事项: what a copy taken over has added to a filed notice; all of it or nothing.

    Raises NoticeError where the notice is not filed or a clause is left undecided.
    """
    check_may(by, notice)
    locked = Notice.objects.select_for_update().get(pk=notice.pk)
    if locked.state != NoticeState.FILED:
        raise NoticeError("文件尚未核对入库，请在核对页一并核对")
    clauses = list(locked.clauses.reports().filter(state=ClauseState.PROPOSED))
    if {clause.pk for clause in clauses} != decisions.keys():
        raise NoticeError("待核对的事项有变动，请刷新页面后重新核对")
    changed: Changes = {}
    for clause in clauses:
        changed |= _decide(clause, decisions[clause.pk])
    if clauses:
        detail = _decided(clauses, changed)
        trail.record("核对新增事项", locked, chain=notice.bureau.code, detail=detail, at=now, by=by)
    return clauses


def _decided(clauses: Iterable[Clause], changed: Changes) -> dict[str, object]:
    """What was decided, for the audit."""
    return {
        "changed": changed,
        "confirmed": [c.position for c in clauses if c.state == ClauseState.CONFIRMED],
        "rejected": [c.position for c in clauses if c.state == ClauseState.REJECTED],
    }


def _correct(notice: Notice, metadata: Mapping[str, Any]) -> Changes:
    """Write the corrections; returns what a person changed, old and new."""
    changed = {
        field: [getattr(notice, field), metadata[field]]
        for field in METADATA
        if field in metadata and getattr(notice, field) != metadata[field]
    }
    refuse_marked_values(changed, _PLACE)
    for field, (_, new) in changed.items():
        setattr(notice, field, new)
    notice.save(update_fields=[*changed])
    return changed


def _check_number(notice: Notice) -> None:
    """A number that a person has corrected may be that of a notice which is there."""
    same = Notice.objects.same_number(notice.doc_number) if notice.doc_number else None
    if same is None:
        return
    if notice.twin_of_id and not same.filter(pk=notice.twin_of_id).exists():
        notice.twin_of = None  # it was a copy by a number that it does not bear
        notice.save(update_fields=["twin_of"])
    if notice.twin_of_id:
        return
    others = same.filter(bureau=notice.bureau).originals().exclude(pk=notice.pk)
    other = others.exclude(twin_of=notice).order_by("imported_at", "pk").first()
    if other:
        raise NumberTaken(notice.doc_number, other.pk)


def _decide(clause: Clause, decision: Decision) -> Changes:
    """Write one decision; returns what that changes, old and new."""
    refuse_marked(decision.deliverable, _PLACE)
    clause.state = ClauseState.CONFIRMED if decision.is_obligation else ClauseState.REJECTED
    changed = correct(clause, decision)
    clause.needs_confirming = False
    clause.save()
    return changed


@transaction.atomic
def revise(clause: Clause, decision: Decision, *, now: datetime, by: Staff) -> Changes:
    """改定事项: a confirmed clause is corrected before it goes out; returns what changed.

    What went out already keeps its own words and days. Raises NoticeError where the notice is not
    filed or the clause not confirmed.
    """
    check_may(by, clause.notice)
    notice = Notice.objects.select_for_update().get(pk=clause.notice_id)
    stored = notice.clauses.get(pk=clause.pk)
    if notice.state != NoticeState.FILED or stored.state != ClauseState.CONFIRMED:
        raise NoticeError("该事项尚未核对入库，请先核对")
    changed = correct(stored, decision)
    if not changed:
        return changed
    stored.needs_confirming = False
    stored.save()
    detail = {"changed": changed, "explanation": SAID}
    trail.record("改定事项", notice, chain=notice.bureau.code, detail=detail, at=now, by=by)
    return changed


@transaction.atomic
def add_clause(
    notice: Notice, *, quote: str, deliverable: str, due_on: date | None, now: datetime, by: Staff
) -> Clause:
    """An obligation that the reading missed; its quote must stand in the text."""
    check_may(by, notice)
    locked = Notice.objects.select_for_update().get(pk=notice.pk)
    if locked.state != NoticeState.TO_CHECK:
        raise NoticeError("文件已入库，不能再补充事项")
    refuse_marked(deliverable, _PLACE)
    start = notice.body.find(quote)
    if start < 0:
        raise NoticeError("在原文中找不到这句话，请从左侧原文中复制后粘贴")
    last = notice.clauses.reports().order_by("-position").first()
    clause = Clause(
        notice=notice,
        position=(last.position if last else 0) + 1,
        quote=quote,
        start_at=start,
        end_at=start + len(quote),
        deliverable=deliverable,
        confidence=None,
    )
    if due_on:
        check_possible(clause, due_on)
        set_deadline(clause, moment(due_on, None))
    clause.explanation = clause.explanation or "人工补充，未设截止时间"
    clause.save()
    trail.record(
        "补充事项",
        notice,
        chain=notice.bureau.code,
        detail={"quote": quote, "deliverable": deliverable, "due_on": due_on},
        at=now,
        by=by,
    )
    return clause


@transaction.atomic
def discard(notice: Notice, *, reason: str, now: datetime, by: Staff) -> None:
    """作废: a copy or a mistake; kept, but out of the library. Only before it is filed.

    The oldest of its copies, if there are any, takes its place as the original.
    """
    check_may(by, notice)
    if not reason.strip():
        raise NoticeError("请填写作废的原因")
    refuse_marked(reason, _PLACE)
    claimed = Notice.objects.filter(pk=notice.pk, state=NoticeState.TO_CHECK).update(
        state=NoticeState.DISCARDED
    )
    if not claimed:
        raise NoticeError("该文件已经核对过，不能作废")
    _hand_on_original(notice)
    trail.record(
        "作废文件",
        notice,
        chain=notice.bureau.code,
        detail={"reason": reason.strip()},
        at=now,
        by=by,
    )


def _hand_on_original(notice: Notice) -> None:
    copies = notice.twins.exclude(state__in=GONE).order_by("imported_at", "pk")
    if heir := copies.first():
        copies.exclude(pk=heir.pk).update(twin_of=heir)
        Notice.objects.filter(pk=heir.pk).update(twin_of=None)
