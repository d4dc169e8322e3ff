"""下发: a confirmed clause, or a task to be split, becomes one assignment for each bureau."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from audit import trail
from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from notices.actions import addressees
from notices.calendar import work_calendar
from notices.checking import evidence_asked
from notices.models import Clause
from tasks import permissions, words
from tasks.actions import counts, news
from tasks.actions.evidence import check_name
from tasks.actions.issuing import conditions
from tasks.actions.issuing.terms import Terms
from tasks.errors import IssueRefused
from tasks.issuing import burden
from tasks.models import Assignment, Obligation
from tasks.permissions import for_absentee
from tasks.reminders.actions import events, milestones
from tasks.scheduling.counted import at_issue
from tasks.scheduling.dates import Dates, dates_of
from tasks.states import FROM_RECEIPT, CountsFrom, EvidenceKind, ObligationState


@transaction.atomic
def issue(
    clause: Clause, *, bureaus: Iterable[Bureau], terms: Terms, now: datetime, by: Staff
) -> Obligation:
    """Issue one clause (one period of it) to the bureaus: one assignment each, reminders armed.

    Raises IssueRefused where the notice is not filed, the clause or one of its forms not
    confirmed, this period already issued, no bureau chosen or one that is not the issuer's to ask,
    or 是否确需报送 is to be answered and is not; nothing is stored then.
    """
    notice, chosen = clause.notice, list(dict.fromkeys(bureaus))
    permissions.check_issue(by, notice)
    conditions.check_clause(clause, terms.period)
    conditions.check_bureaus(notice.bureau, chosen)
    conditions.check_soon(terms.soon_workdays)
    if burden.is_passed_down(notice) and not terms.need.strip():
        raise IssueRefused(conditions.NEED_MISSING)
    if not terms.later.strip():
        conditions.check_in_time(clause, terms)
    obligation = _obligation(
        _counted(terms, clause, now),
        notice=notice,
        clause=clause,
        issuer=notice.bureau,
        title=clause.deliverable,
        quote=clause.quote,
        attachment_numbers=clause.attachment_numbers,
        **_beside(clause, terms),
        issued_at=now,
        issued_by=by,
    )
    _send(obligation, chosen, now=now, by=by)
    _record(
        "下发",
        obligation,
        chosen,
        settled=terms.settled,
        later=terms.later.strip(),
        now=now,
        by=by,
    )
    return obligation


@transaction.atomic
def split(
    assignment: Assignment, *, bureaus: Iterable[Bureau], terms: Terms, now: datetime, by: Staff
) -> Obligation:
    """转发分解: ask bureaus below for their part of an assignment, by its own or an earlier day.

    It keeps the assignment's period and what is taken beside the forms, whatever ``terms`` say. An
    assignment is split once; more bureaus are added with ``add``. Raises IssueRefused where the
    assignment is not being worked on, is split already, a bureau does not lie directly below or is
    not in use, counties take no part, 是否确需报送 is not answered, or the date lies after the
    assignment's.
    """
    row = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("obligation__notice", "obligation__clause", "bureau")
        .get(pk=assignment.pk)
    )
    chosen = list(dict.fromkeys(bureaus))
    permissions.check_split(by, row)
    conditions.check_below(row, chosen)
    conditions.check_terms(row, terms)
    if row.splits.filter(state=ObligationState.ISSUED).exists():
        raise IssueRefused("该任务已经分解过，可在原分解中增加单位")
    asked = row.obligation
    obligation = _obligation(
        replace(terms, period=asked.period, dates=_waiting(terms.dates, asked)),
        parent=row,
        notice=asked.notice,
        clause=asked.clause,
        issuer=row.bureau,
        title=asked.title,
        quote=asked.quote,
        attachment_numbers=asked.attachment_numbers,
        evidence=asked.evidence,
        document=asked.document,
        issued_at=now,
        issued_by=by,
    )
    _send(obligation, chosen, now=now, by=by)
    _record("转发分解", obligation, chosen, now=now, by=by)
    return obligation


@transaction.atomic
def add(
    obligation: Obligation,
    *,
    bureaus: Iterable[Bureau],
    reason: str = "",
    now: datetime,
    by: Staff,
) -> list[Assignment]:
    """补发: the same obligation to more bureaus, on the deadline that it has now.

    ``reason``: why they get it, as they are told.
    """
    chosen = list(dict.fromkeys(bureaus))
    locked = (
        Obligation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("notice", "issuer", "clause", "parent__bureau")
        .get(pk=obligation.pk)
    )
    permissions.check_amend(by, locked)
    if locked.state != ObligationState.ISSUED:
        raise IssueRefused(f"该事项{locked.get_state_display()}，不能再下发")
    conditions.check_bureaus(locked.issuer, chosen)
    has_it = locked.assignments.filter(bureau__in=chosen).select_related("bureau").first()
    if has_it:
        raise IssueRefused(f"{has_it.bureau}已有这项任务，不能重复下发")
    if locked.parent:
        conditions.check_still_owed(locked.parent)
        conditions.check_below(locked.parent, chosen)
    made = _send(locked, chosen, reason=reason, now=now, by=by)
    _record("补发", locked, chosen, now=now, by=by)
    return made


def _counted(terms: Terms, clause: Clause, now: datetime) -> Terms:
    """With what the words come to today, where nobody has set a day and they count from 签收."""
    if terms.dates != dates_of(clause):
        return terms
    counted = at_issue(clause, now=now, calendar=work_calendar())
    return replace(terms, dates=counted) if counted else terms


def _waiting(dates: Dates, asked: Obligation) -> Dates:
    """What is split without a day while that of the event is not known, waits for it as well."""
    waits = dates.due_at is None and asked.counts_from == CountsFrom.EVENT
    return replace(dates, counts_from=CountsFrom.EVENT) if waits else dates


def _beside(clause: Clause, terms: Terms) -> dict[str, str]:
    """随报材料, and what a file among them is called."""
    wanted = evidence_asked.by(clause)
    kinds = wanted.kinds if terms.evidence is None else terms.evidence
    document = wanted.document if terms.document is None else terms.document.strip()
    check_name(document)
    is_taken = EvidenceKind.FILE in kinds
    return {"evidence": evidence_asked.joined(kinds), "document": document if is_taken else ""}


def _obligation(terms: Terms, **fields: object) -> Obligation:
    dates = terms.dates
    made: Obligation = Obligation.objects.create(
        due_at=dates.due_at,
        strict_on=dates.strict_on,
        target_at=dates.target_at,
        review_on=dates.review_on,
        explanation=dates.explanation,
        counts_from=dates.counts_from,
        period=terms.period,
        soon_workdays=terms.soon_workdays,
        need=terms.need.strip(),
        **fields,
    )
    words.keep([made])
    return made


def _send(
    obligation: Obligation, bureaus: list[Bureau], *, reason: str = "", now: datetime, by: Staff
) -> list[Assignment]:
    pattern = _assignment(obligation, _dates(obligation, now))
    made: list[Assignment] = Assignment.objects.bulk_create(
        [_of(bureau, pattern) for bureau in bureaus], batch_size=500
    )
    counts.issued(made)
    addressees.add(obligation.notice, bureaus)
    if len(made) <= events.FEW:  # else the moment of each new task does so, with the next tick
        milestones.arm(made, now=now)
    news.issued(made, bureaus, reason=reason, now=now, by=by)
    return made


def _dates(obligation: Obligation, now: datetime) -> Dates | Obligation:
    """Those of the obligation, but for a bureau that comes later where they count from 签收."""
    if obligation.counts_from not in FROM_RECEIPT or obligation.issued_at == now:
        return obligation
    return at_issue(obligation.clause, now=now, calendar=work_calendar()) or obligation


def _record(
    verb: str,
    obligation: Obligation,
    bureaus: list[Bureau],
    *,
    settled: Mapping[str, str] | None = None,
    later: str = "",
    now: datetime,
    by: Staff,
) -> None:
    detail: dict[str, object] = {
        "bureaus": [bureau.code for bureau in bureaus],
        "due_at": obligation.due_at,
        "deadline_version": obligation.deadline_version,
    }
    if obligation.evidence:
        detail["evidence"] = obligation.evidence.split(",")
    if obligation.need:
        detail["need"] = obligation.need
    if settled:
        detail["recipients"] = dict(settled)
    if later:
        detail["later"] = later
    detail |= for_absentee(by, Permission.ISSUE, at=obligation.issuer)
    trail.record(verb, obligation, chain=obligation.issuer.code, detail=detail, at=now, by=by)


def _assignment(obligation: Obligation, dates: Dates | Obligation) -> Assignment:
    """What all of them have alike. By keys: each related object set costs as much again."""
    return Assignment(
        obligation_id=obligation.pk,
        receiver_id=obligation.issuer_id,
        due_at=dates.due_at,
        strict_on=dates.strict_on,
        target_at=dates.target_at,
        review_on=dates.review_on,
        deadline_version=obligation.deadline_version,
    )


def _of(bureau: Bureau, pattern: Assignment) -> Assignment:
    """Thousands are made at once, and a copy takes half the time of one from the beginning."""
    made = copy(pattern)
    made.bureau_id, made.bureau_path = bureau.pk, bureau.path
    return made
