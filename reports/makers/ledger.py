"""台账: the ledger as a workbook of any length, by the question that the page was asked."""

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from bureaus.models import Staff
from bureaus.roles import Permission
from notices.calendar import work_calendar
from notices.files.store import Writer
from reports.exports import ledger_sheet as ledgers
from reports.makers.maker import Order, Params, Progress, SubjectClosed
from tasks.pages.ledger import Ledger, read

ENDING = ".xlsx"


def params(asked: Ledger, user: Staff) -> Params:
    """The question, and the bureaus whose part of the ledger answers it."""
    return {"query": asked.query(), "bureaus": sorted(_bureaus(user))}


def check(user: Staff, params: Params) -> None:
    """What was written for the posts of that day is not for whoever has lost one of them."""
    held = _bureaus(user)
    if not held or not held.issuperset(params["bureaus"]):
        raise SubjectClosed("您的岗位已变动，不能下载按原岗位生成的台账，请重新导出")


def make(order: Order, out: Writer, progress: Progress) -> None:
    check(order.by, order.params)
    asked = _asked(order)
    total = ledgers.count_rows(asked, most=ledgers.MOST_OF_A_SHEET)
    progress(0, total)
    ledgers.write(
        asked,
        out,
        now=order.now,
        calendar=work_calendar(),
        user=order.by,
        passed=lambda count: progress(count, max(count, total)),
    )


def _asked(order: Order) -> Ledger:
    """What the page read from its address."""
    request = HttpRequest()
    request.method, request.path = "GET", reverse("tasks:ledger")
    request.GET, request.user = QueryDict(order.params["query"]), order.by
    return read(request)


def _bureaus(user: Staff) -> set[int]:
    return {bureau.pk for bureau in user.bureaus_where(Permission.READ)}
