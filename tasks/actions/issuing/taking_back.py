"""撤回下发: for a while after it went out, what nobody has signed for can be taken back.

The notice is then as it was before, and can be issued again. What went out is kept: the rows say
已撤销 and 已撤回, so that no message leads nowhere.
"""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit import trail
from bureaus.models import Staff
from bureaus.roles import Permission
from tasks import permissions
from tasks.actions import counts, news
from tasks.errors import IssueRefused
from tasks.models import Assignment, Delivery, Milestone, Obligation
from tasks.permissions import SHOWN, for_absentee
from tasks.querysets.assignments import AssignmentQuerySet
from tasks.reminders.actions import milestones
from tasks.states import RELEASED, ObligationState, Status

REASON = "下发单位已撤回"
INSTEAD = "不再需要的，请到各事项页“撤销”"


@transaction.atomic
def take_back(obligation: Obligation, *, now: datetime, by: Staff) -> int:
    """Take back all that went out together with this obligation; how many assignments that was.

    0 where it has been taken back already. Nobody is told by mail, but for those who have been
    mailed already, as an urgent notice is at once. Raises IssueRefused after TAKE_BACK, where a
    bureau has signed for it, where anybody has begun to act on it, or where it is 撤销 already. A
    signature at the same moment waits for the rows; only one of the two is done.
    """
    permissions.check_amend(by, obligation)
    together = Obligation.objects.issued_with(obligation).order_by("pk")
    found = list(together.select_for_update(of=("self",), no_key=True).select_related("issuer"))
    states = {each.pk: each.state for each in found}
    if states[obligation.pk] == ObligationState.TAKEN_BACK:
        return 0
    _check(obligation, states[obligation.pk], now)
    out = [each for each in found if each.state == ObligationState.ISSUED]
    keys, bureaus = _held(out)
    rows = Assignment.objects.filter(pk__in=keys)
    _check_untouched(rows)
    counts.released_among(rows)
    rows.exclude(status__in=RELEASED).update(status=Status.WITHDRAWN, return_reason=REASON)
    Obligation.objects.filter(pk__in=[each.pk for each in out]).update(
        state=ObligationState.TAKEN_BACK
    )
    milestones.call_off(keys)
    news.taken_back(_mailed(rows), now=now, by=by)
    _record(out, bureaus, now=now, by=by)
    return sum(len(codes) for codes in bureaus.values())


def _check(obligation: Obligation, state: str, now: datetime) -> None:
    if state == ObligationState.WITHDRAWN:
        raise IssueRefused("该事项已撤销，不用再撤回")
    if now >= obligation.take_back_until:
        at = timezone.localtime(obligation.take_back_until)
        raise IssueRefused(f"下发已超过15分钟（{at:%-H:%M}为止），不能再撤回。{INSTEAD}")


def _held(out: list[Obligation]) -> tuple[list[int], dict[int, list[str]]]:
    """The keys of its assignments, which are locked, always in the same order; and by obligation
    the codes of the bureaus of which it is still asked.

    By their keys all else is asked for: of rows written a moment ago the planner knows nothing, and
    looks for those of an obligation one by one in a table that it reads anew each time.
    """
    rows = Assignment.objects.filter(obligation__in=out).order_by("pk")
    locked = rows.select_for_update(of=("self",))
    columns = ("pk", "status", "obligation", "bureau__code")
    keys: list[int] = []
    codes: defaultdict[int, list[str]] = defaultdict(list)
    for key, status, asked, code in locked.values_list(*columns):
        keys.append(key)
        if status not in RELEASED:
            codes[asked].append(code)
    return keys, codes


def _check_untouched(rows: AssignmentQuerySet) -> None:
    touched = rows.touched()
    signed = touched.exclude(accepted_at=None)
    for some, deed in ((signed, "签收"), (touched, "退办、申请延期、分派承办人或被催办")):
        if names := list(some.order_by("bureau_path").values_list("bureau__short_name", flat=True)):
            raise IssueRefused(f"已有单位{deed}（{_said(names)}），不能撤回下发。{INSTEAD}")


def _said(names: list[str]) -> str:
    several = list(dict.fromkeys(names))
    more = f"等{len(several)}个单位" if len(several) > SHOWN else ""
    return "、".join(several[:SHOWN]) + more


def _mailed(rows: AssignmentQuerySet) -> list[Assignment]:
    """Of which somebody was told outside of this system already; of the others nobody will be."""
    theirs = Milestone.objects.filter(assignment__in=rows)
    begun = Delivery.objects.going_out().exclude(attempts=0).filter(milestone__in=theirs)
    return list(rows.filter(pk__in=begun.values("milestone__assignment")).order_by("pk"))


def _record(
    out: list[Obligation], bureaus: dict[int, list[str]], *, now: datetime, by: Staff
) -> None:
    for each in out:
        detail: dict[str, object] = {"bureaus": bureaus[each.pk]}
        detail |= for_absentee(by, Permission.ISSUE, at=each.issuer)
        trail.record("撤回下发", each, chain=each.issuer.code, detail=detail, at=now, by=by)
