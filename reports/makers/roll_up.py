"""汇总表: the roll-up of one form as a workbook, where it takes too long for a page."""

from bureaus.models import Staff
from reports import exports
from reports.makers import originals
from reports.makers.maker import Order, Params, Progress
from reports.store import Writer
from tasks.ladder import local_day
from tasks.models import Obligation

ENDING = ".xlsx"
params = originals.params


def check(user: Staff, params: Params) -> None:
    originals.check(user, params)


def make(order: Order, out: Writer, progress: Progress) -> None:
    """Unit after unit. Raises ReportError for a form that has no roll-up."""
    originals.check(order.by, order.params)
    seen = Obligation.objects.select_related("notice", "issuer")
    obligation = seen.get(pk=order.params["obligation"])
    expected = obligation.assignments.expected().count()
    progress(0, expected)
    exports.write_roll_up(
        obligation,
        order.params["number"],
        out,
        as_of=local_day(order.now),
        passed=lambda count: progress(count, max(count, expected)),
    )
    progress(expected, expected)
