"""汇总表: the roll-up of one form as a workbook, where it takes too long for a page; of what stands
now, or of a snapshot."""

from bureaus.models import Staff
from bureaus.roles import Permission
from notices.files.store import Writer
from notices.text.deadlines.office_time import local_day
from reports.errors import ReportError
from reports.exports import files as exports
from reports.filling.asked_forms import numbers
from reports.makers import originals
from reports.makers.maker import Order, Params, Progress, SubjectClosed
from reports.models import Snapshot
from tasks.models import Obligation
from tasks.permissions import can_read_roll_up

ENDING = ".xlsx"
params = originals.params


def params_of_snapshot(snapshot: Snapshot) -> Params:
    return {"snapshot": snapshot.pk}


def check(user: Staff, params: Params) -> None:
    if "snapshot" in params:
        _snapshot(user, params)
    else:
        _obligation(user, params)


def make(order: Order, out: Writer, progress: Progress) -> None:
    """Unit after unit."""
    if "snapshot" in order.params:
        snapshot = _snapshot(order.by, order.params)
        expected = snapshot.included
        exports.write_snapshot(snapshot, out, passed=_told(progress, expected))
    else:
        obligation = _obligation(order.by, order.params)
        expected = obligation.assignments.expected().count()
        exports.write_roll_up(
            obligation,
            order.params["number"],
            out,
            as_of=local_day(order.now),
            passed=_told(progress, expected),
        )
    progress(expected, expected)


def _told(progress: Progress, expected: int) -> exports.Passed:
    progress(0, expected)
    return lambda count: progress(count, max(count, expected))


def _obligation(user: Staff, params: Params) -> Obligation:
    seen = Obligation.objects.visible_to(user).select_related("notice", "issuer")
    found: Obligation | None = seen.filter(pk=params["obligation"]).first()
    if found is None or not can_read_roll_up(user, found):
        raise SubjectClosed("您没有该事项的“汇总”权限，不能下载汇总表")
    if params["number"] not in numbers(found):
        raise ReportError(f"该事项没有附件{params['number']}的报表")
    return found


def _snapshot(user: Staff, params: Params) -> Snapshot:
    seen = Snapshot.objects.visible_to(user).select_related("obligation", "bureau")
    found: Snapshot | None = seen.filter(pk=params["snapshot"]).first()
    if found is None or not user.may(Permission.ROLL_UP, at=found.bureau):
        raise SubjectClosed("您没有该快照的“汇总”权限，不能下载")
    return found
