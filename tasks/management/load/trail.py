"""What is written down of an assignment: its trail, its deadlines, its reminders and mails."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from bureaus.roles import Permission
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.ladder.rungs import moments
from tasks.management.load.asking import Asked
from tasks.management.load.chains import Chains
from tasks.management.load.copying import Tables
from tasks.management.load.units import Unit
from tasks.models import (
    Assignment,
    DeadlineChange,
    Delivery,
    Extension,
    Milestone,
    Obligation,
)
from tasks.states import MOVES, WITH_BUREAU, DeadlineCause, Side, Status

S, P = Status, Permission
CAUSES = {S.RETURNED: DeadlineCause.RETURNED, S.CORRECTING: DeadlineCause.CORRECTED}
HOUR = timedelta(hours=1)
REASON = "第2行缺少印发日期（示例）"
FAILED = 0.01  # of the mails


def issued(chains: Chains, asked: Asked) -> None:
    codes = [unit.bureau.code for unit in asked.audience]
    chains.record(
        "转发分解" if asked.parent_key else "下发",
        Obligation(pk=asked.key),
        asked.title,
        chain=asked.issuer.bureau,
        detail={"bureaus": codes, "due_at": asked.dates.due_at, "deadline_version": 1},
        at=asked.issued_at,
        by=asked.issuer.coordinator,
    )


def moved(chains: Chains, asked: Asked, unit: Unit, key: int, row: dict, *, now: datetime) -> None:
    """Every step up to the status of ``row``, each by whoever may do it."""
    own = {P.ACCEPT: unit.coordinator, P.FILL: unit.filler}
    own |= {P.REVIEW: unit.reviewer, P.APPROVE: unit.approver}
    old = str(S.PENDING)
    for verb, at in _steps(row, now=now):
        move = MOVES[verb]
        is_own = move.side == Side.OWN
        detail = {"reason": REASON} if move.needs_reason else {}
        chains.record(
            move.label,
            Assignment(pk=key),
            f"{unit.bureau} {asked.title}",
            chain=unit.bureau if is_own else asked.issuer.bureau,
            detail=detail | {"status": [old, str(move.target)], "deadline_version": 1},
            at=at,
            by=own[move.permission] if is_own else asked.issuer.coordinator,
        )
        old = str(move.target)


def _steps(row: dict, *, now: datetime) -> Iterator[tuple[str, datetime]]:
    status, accepted_at = row["status"], row.get("accepted_at")
    if accepted_at:
        yield "accept", accepted_at
    if "filled_by_id" in row:
        span = row.get("submitted_at", now) - accepted_at
        yield "hand_in", accepted_at + 0.6 * span
        if status != S.REVIEW:
            yield "pass_review", accepted_at + 0.8 * span
    submitted_at = row.get("submitted_at")
    if submitted_at:
        yield "submit", submitted_at
    if status == S.RECEIVING:
        yield "take_up", min(submitted_at + HOUR, now)
    if status == S.RETURNED:
        yield "return_", min(submitted_at + HOUR, now)
    if "closed_at" in row or status == S.CORRECTING:
        yield "close", row.get("closed_at", min(submitted_at + HOUR, now))
    if status == S.CORRECTING:
        yield "correct", min(submitted_at + 2 * HOUR, now)
    if "struck_at" in row:
        yield "strike_off", row["struck_at"]


def new_deadline(tables: Tables, asked: Asked, key: int, row: dict) -> None:
    """How a second round got its date; nothing for a first one."""
    if row.get("deadline_version", 1) == 1:
        return
    tables[DeadlineChange].add(
        assignment_id=key,
        version=row["deadline_version"],
        cause=CAUSES[row["status"]],
        old_due_at=asked.dates.due_at,
        new_due_at=row["due_at"],
        reason=REASON,
        made_at=row["submitted_at"],
        made_by_id=asked.issuer.coordinator.pk,
    )


def asks_longer(
    tables: Tables, asked: Asked, unit: Unit, key: int, row: dict, *, now: datetime
) -> None:
    """A request for 延期 that waits for its answer."""
    tables[Extension].add(
        assignment_id=key,
        receiver_id=asked.issuer.bureau.pk,
        due_at=row["due_at"],
        asked_until=row["due_at"] + timedelta(days=5),
        reason="部分数据尚在核对（示例）",
        asked_at=max(asked.issued_at, now - timedelta(days=1)),
        asked_by_id=unit.filler.pk,
    )


def reminded(
    tables: Tables,
    asked: Asked,
    unit: Unit,
    key: int,
    row: dict,
    *,
    now: datetime,
    calendar: WorkCalendar,
) -> None:
    """The ladder of the first deadline: what has gone out, what is to come, what fell away."""
    dates = asked.dates
    if dates.due_at is None or dates.target_at is None:
        return
    days = local_day(dates.target_at), local_day(dates.due_at)
    is_owed = row["status"] in WITH_BUREAU and row.get("deadline_version", 1) == 1
    until = min(row.get("submitted_at", now), now)
    for kind, at in moments(*days, calendar=calendar, after=asked.issued_at):
        is_fired = at <= until
        state = Milestone.State.FIRED if is_fired else Milestone.State.VOID
        if is_owed and at > now:
            state = Milestone.State.ARMED
        milestone = tables[Milestone].add(
            assignment_id=key, deadline_version=1, kind=kind, at=at, state=state
        )
        if is_fired:
            _mail(tables, asked, unit, milestone, at)


def _mail(tables: Tables, asked: Asked, unit: Unit, milestone: int, at: datetime) -> None:
    is_failed = Random(milestone).random() < FAILED  # noqa: S311  not a secret
    tables[Delivery].add(
        milestone_id=milestone,
        bureau_path=unit.bureau.path,
        recipient_id=unit.filler.pk,
        address=unit.filler.email,
        subject=f"【报送提醒】{asked.title}",
        message_key=f"<load-{milestone}@example.test>",
        state=Delivery.State.FAILED if is_failed else Delivery.State.SENT,
        attempts=1,
        not_before=at,
        sent_at=None if is_failed else at + HOUR / 60,
        problem="550 无此收件人（示例）" if is_failed else "",
    )
