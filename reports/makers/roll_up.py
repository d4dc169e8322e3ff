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
    """Raises ReportError for a form that is no table."""
    originals.check(order.by, order.params)
    progress(0, 1)
    obligation = Obligation.objects.select_related("notice").get(pk=order.params["obligation"])
    data = exports.roll_up_workbook(obligation, order.params["number"], as_of=local_day(order.now))
    out.write(data)
    progress(1, 1)
