"""办理记录: what the audit says about an assignment, in the words of the office.

An assignment's own events, those of the obligation it belongs to as far as they touch its bureau,
and those of what it was split into.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from audit.models import AuditEvent
from bureaus.models import Staff
from bureaus.roles import Permission
from notices.checking.evidence_asked import in_words
from notices.text.deadlines.office_time import due_in_words
from tasks.models import Assignment, Obligation
from tasks.states import MOVES, EvidenceKind, Status

SHOWN_OF_OBLIGATION = 50
STATUSES = dict(Status.choices)
# What a bureau says to itself while it writes is not for those above it.
INSIDE = {MOVES[verb].label for verb in ("review_back", "approval_back")}
INSIDE |= {"删除材料", *(f"上传{kind.label}" for kind in EvidenceKind)}
TOLD_OUTSIDE = {MOVES["close"].label}  # whose opinion is for the other side
ROUTINE = ("保存填报", "导出提醒送达证明")
OWN = Assignment._meta.label_lower
# 接收: what 开始核收 was called; the records keep their words.
STEPS = {move.label for move in MOVES.values()} | {"接收"}
LAST = 20  # moves; since the review there are a few at most
# An obligation's events that name their bureaus.
TO_SOME = {"下发", "补发", "转发分解", "撤销事项", "撤回下发"}


@dataclass(frozen=True)
class Change:
    """Something that was one thing and became another, in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Line:
    """One event. ``cells`` are what a save changed in a form, ``more_cells`` how many besides.

    ``version``: of the deadline then in force, where it was not the first.
    """

    at: datetime
    who: str
    where: str
    acting_for: str
    what: str
    version: int | None = None
    changes: list[Change] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    cells: list[Change] = field(default_factory=list)
    more_cells: int = 0


def decisions(assignment: Assignment) -> QuerySet[AuditEvent]:
    """The same without what is no decision: drafts saved, proofs taken along."""
    return events(assignment).exclude(verb__in=ROUTINE)


def events(assignment: Assignment) -> QuerySet[AuditEvent]:
    """What was recorded about it, its obligation and what it was split into, newest first."""
    obligations = [str(assignment.obligation_id)]
    if assignment.is_split:
        made = assignment.splits.order_by().values_list("pk", flat=True)
        obligations += [str(pk) for pk in made]
    own = Q(subject_kind=OWN, subject_key=str(assignment.pk))
    asked = Q(subject_kind=Obligation._meta.label_lower, subject_key__in=obligations)
    return AuditEvent.objects.filter(own | asked & _touching(assignment))


def _touching(assignment: Assignment) -> Q:
    """Not the issue to other bureaus alone: those named stand as codes in the detail."""
    others = Q(subject_key=str(assignment.obligation_id), verb__in=TO_SOME)
    return ~others | Q(detail_json__contains=f'"{assignment.bureau.code}"')


def lines(found: Iterable[AuditEvent], assignment: Assignment, *, user: Staff) -> list[Line]:
    """The events as this person may read them."""
    reads_inside = user.may(Permission.READ, at=assignment.bureau)
    return [_line(event, assignment, reads_inside=reads_inside) for event in found]


def moves(assignment: Assignment, decided: Sequence[AuditEvent] | None = None) -> list[AuditEvent]:
    """Its last moves from status to status, newest first; out of ``decided`` where that is all
    that was decided on it."""
    if decided is not None:
        return [one for one in decided if one.subject_kind == OWN and one.verb in STEPS][:LAST]
    return list(AuditEvent.objects.about(assignment).filter(verb__in=STEPS)[:LAST])


def reviewed(moved: Iterable[AuditEvent]) -> tuple[str, datetime] | None:
    """Who passed the review last, and when; the row itself does not keep it."""
    for event in moved:
        if event.verb == MOVES["pass_review"].label:
            return event.actor_name, event.at
    return None


def of_obligation(obligation: Obligation) -> list[Line]:
    """下发, 补发, 更改时限, 撤销: what its issuer did, newest first."""
    return [
        Line(
            at=event.at,
            who=event.actor_name,
            where=obligation.issuer.short_name,
            acting_for=event.detail.get("acting_for", ""),
            what=event.verb,
            version=_later(event.detail.get("deadline_version")),
            changes=_changes(event.detail),
            notes=[*_how_many(event.detail), *_notes(event.detail)],
        )
        for event in AuditEvent.objects.about(obligation)[:SHOWN_OF_OBLIGATION]
    ]


def _how_many(detail: dict[str, Any]) -> list[str]:
    return [f"共{len(detail['bureaus'])}个单位"] if "bureaus" in detail else []


def _later(version: object) -> int | None:
    """Only of a deadline that is not the first does one say which it is."""
    return version if isinstance(version, int) and version > 1 else None


def _line(event: AuditEvent, assignment: Assignment, *, reads_inside: bool) -> Line:
    detail = event.detail
    is_told = reads_inside or event.verb not in INSIDE
    cells = detail.get("cells", []) if reads_inside else []
    notes = list(_notes(detail)) if is_told else []
    if detail.get("opinion") and (reads_inside or event.verb in TOLD_OUTSIDE):
        notes.append(f"意见：{detail['opinion']}")
    is_of_split = event.subject_kind != OWN and event.subject_key != str(assignment.obligation_id)
    if is_of_split:
        notes[:0] = _how_many(detail)
    return Line(
        at=event.at,
        who=event.actor_name,
        where=_bureau(event.chain, assignment) if event.actor_key else "",
        acting_for=detail.get("acting_for", ""),
        what=event.verb,
        version=_later(detail.get("deadline_version")),
        changes=_changes(detail),
        notes=notes,
        cells=[Change(*cell) for cell in cells],
        more_cells=detail.get("more_cells", 0) if reads_inside else 0,
    )


def _bureau(chain: str, assignment: Assignment) -> str:
    """The bureau that acted; "" for another than those whose task it is."""
    sides = (assignment.bureau, assignment.receiver, assignment.issuer)
    return next((bureau.short_name for bureau in sides if bureau.code == chain), "")


def _changes(detail: dict[str, Any]) -> list[Change]:
    made = []
    if "status" in detail:
        old, new = detail["status"]
        made.append(Change("状态", STATUSES.get(old, old), STATUSES.get(new, new)))
    if isinstance(detail.get("due_at"), list):
        made.append(Change("截止时间", *(_moment(said) for said in detail["due_at"])))
    if isinstance(detail.get("event_on"), list):
        days = (date.fromisoformat(day) if day else None for day in detail["event_on"])
        made.append(
            Change("起算之日", *(f"{day:%Y年%-m月%-d日}" if day else "未填" for day in days))
        )
    if "evidence_was" in detail:
        kinds = (detail["evidence_was"], detail["evidence"])
        made.append(Change("随报材料", *(in_words(one) for one in kinds)))
    if "document_was" in detail:
        named = (detail[key] or "无" for key in ("document_was", "document"))
        made.append(Change("其他材料的名称", *named))
    if "handler" in detail:
        made.append(Change("承办人", *(name or "未指定" for name in detail["handler"])))
    return made


def _notes(detail: dict[str, Any]) -> Iterable[str]:
    """What else was said, a line each."""
    if "attachment" in detail:
        which = f"附件{detail['attachment']}" if detail["attachment"] else "报送材料"
        yield f"{which}，第{detail.get('revision', 1)}次保存"
    if "asked_until" in detail:
        yield f"申请延至{_moment(detail['asked_until'])}"
    if isinstance(detail.get("due_at"), str):
        yield f"截止时间{_moment(detail['due_at'])}"
    if detail.get("rung"):
        yield f"{detail['rung']}，发给{detail['to']}"
    if detail.get("event_by"):
        yield f"由{detail['event_by']}填写"
    if detail.get("sheet"):
        yield detail["sheet"]
    if detail.get("reason"):
        yield detail["reason"]
    for key, words in (("suggested", "建议由{}承办"), ("passed_to", "转给{}"), ("need", "{}")):
        if detail.get(key):
            yield words.format(detail[key])
    if detail.get("later"):
        yield f"晚于上级要求的理由：{detail['later']}"
    if below := detail.get("open_below"):
        names = "、".join(below.values() if isinstance(below, dict) else below)
        yield f"报送时下级{names}尚未报送"
    if given := detail.get("from"):
        yield _origin(given, detail)
    yield from detail.get("marks", [])
    for name in detail.get("voided", []):
        yield f"{name}失效"
    for file in detail.get("files", []):
        yield file["name"]
    if confirmed := detail.get("confirmed"):
        yield f"填报人已确认：{'、'.join(confirmed)}"
    if changed := detail.get("changed"):
        yield f"与上一版相比改动：{'、'.join(changed)}"


def _origin(given: Any, detail: dict[str, Any]) -> str:
    """Where a form's content came from: an older version of the form (换用新表), one earlier report
    (沿用), or the bureaus below by their codes (合并)."""
    if not isinstance(given, dict):
        return f"由第{given}版报表换为第{detail['to']}版"
    return f"来自{given['report'] if 'report' in given else '、'.join(given.values())}"


def _moment(said: str | None) -> str:
    """A deadline in words."""
    if not said:
        return "无时限"
    return due_in_words(datetime.fromisoformat(said))
