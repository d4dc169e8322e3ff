"""One verb on many rows: each in its own transaction, all of it or nothing, and what came of it."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from bureaus.models import Staff
from tasks import permissions
from tasks.actions import extensions, handlers, transitions
from tasks.errors import NotYourPost, TaskError, TransitionDenied
from tasks.models import Assignment, Extension, Urge, UrgeSheet
from tasks.reminders.actions import urging
from tasks.states import ExtensionState

logger = logging.getLogger(__name__)

AS_SEEN = "，请刷新页面"  # nothing has moved meanwhile: it was chosen as it is
Sheets = dict[tuple[int, int], UrgeSheet]  # by the keys of who urges and who is urged
BROKEN = "系统出错，这一件没有办理；请稍后重试，仍不行的请联系系统管理员"


@dataclass(frozen=True)
class Wish:
    """What is to be done to every row: a verb of tasks/pages/bulk_verbs.py with what it needs."""

    verb: str
    reason: str = ""
    until: date | None = None
    note: str = ""
    handler: Staff | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of one row, or would; without a ``refusal`` it is done.

    ``sheet``: the 催办单 on which it was urged.
    """

    assignment: Assignment
    refusal: str = ""
    sheet: UrgeSheet | None = None


def foresee(rows: Sequence[Assignment], verb: str, *, now: datetime, by: Staff) -> list[Outcome]:
    """Which rows the verb fits and why not the others; two queries at most, nothing is changed."""
    asked = _asked(rows) if verb == "extend" else {}
    urged = _urged(rows) if verb == "urge" else {}
    found = []
    for row in rows:
        try:
            _check(row, verb, asked.get(row.pk), urged.get(row.pk), now=now, by=by)
        except (TaskError, NotYourPost) as denied:
            found.append(Outcome(row, str(denied).removesuffix(AS_SEEN)))
        else:
            found.append(Outcome(row))
    return found


def do(rows: Sequence[Assignment], wish: Wish, *, now: datetime, by: Staff) -> list[Outcome]:
    """Row by row; what one of them is refused, or breaks, does not touch the others.

    What one bureau is urged about stands together on one 催办单.
    """
    asked = _asked(rows) if wish.verb == "extend" else {}
    sheets: Sheets = {}
    return [_one(row, wish, asked.get(row.pk), sheets, now=now, by=by) for row in rows]


def _one(
    row: Assignment,
    wish: Wish,
    asked: Extension | None,
    sheets: Sheets,
    *,
    now: datetime,
    by: Staff,
) -> Outcome:
    key = row.receiver_id, row.bureau_id
    try:
        with transaction.atomic():
            sheet = _do(row, wish, asked, sheets.get(key), now=now, by=by)
    except (TaskError, NotYourPost) as denied:
        return Outcome(row, str(denied))
    except Exception:  # one broken row must not stop the others
        logger.exception("%s of assignment %s failed", wish.verb, row.pk)
        return Outcome(row, BROKEN)
    if sheet:
        sheets[key] = sheet  # only now: what was rolled back has no number
    return Outcome(row, sheet=sheet)


def _do(
    row: Assignment,
    wish: Wish,
    asked: Extension | None,
    sheet: UrgeSheet | None,
    *,
    now: datetime,
    by: Staff,
) -> UrgeSheet | None:
    match wish.verb:
        case "urge":
            return urging.urge(row, note=wish.note, sheet=sheet, now=now, by=by).sheet
        case "extend":
            extensions.decide(_waiting(asked), is_granted=True, now=now, by=by)
        case "assign":
            handlers.assign(row, wish.handler, now=now, by=by)
        case verb:
            permissions.check_judged_unseen(row, verb)
            transitions.move(row, verb, now=now, reason=wish.reason, until=wish.until, by=by)
    return None


def _check(
    row: Assignment,
    verb: str,
    asked: Extension | None,
    urged: Urge | None,
    *,
    now: datetime,
    by: Staff,
) -> None:
    match verb:
        case "urge":
            permissions.check_urge(by, row, last=urged, now=now)
        case "extend":
            _waiting(asked)
            permissions.check_decide_extension(by, row)
        case "assign":
            permissions.check_assign(by, row)
        case _:
            permissions.check_move(by, row, verb, reason="…")  # the page is still to ask for it
            permissions.check_judged_unseen(row, verb)


def _waiting(asked: Extension | None) -> Extension:
    if asked is None:
        raise TransitionDenied("没有等待答复的延期申请")
    return asked


def _asked(rows: Iterable[Assignment]) -> dict[int, Extension]:
    found = Extension.objects.filter(assignment__in=rows, state=ExtensionState.ASKED)
    return {one.assignment_id: one for one in found.select_related("assignment")}


def _urged(rows: Iterable[Assignment]) -> dict[int, Urge]:
    """The latest urge of each row."""
    earlier_first = reversed(Urge.objects.about(rows))
    return {one.milestone.assignment_id: one for one in earlier_first}
