"""Files that take long to make: asked for by a person, made by a worker, fetched for some days.

The row is the truth, a message only hurries it on: ``sweep`` finds what no worker has in hand. An
attempt is told from later ones by its number; whoever no longer holds the row changes nothing.
"""

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, QuerySet

from audit import trail
from bureaus.models import Bureau, Staff
from notices.files import store
from notices.files.store import Stored
from notices.text.deadlines.office_time import local_day
from reports.errors import ReportError
from reports.makers import MAKERS
from reports.makers.maker import Maker, Order, Params
from reports.makers.naming import file_name
from reports.models import Production
from reports.states import ProductionKind, ProductionState

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)  # longer than the longest piece takes; then another worker may begin
EVERY = timedelta(seconds=1)  # between two words on how far it is, and whether it is still wanted
LONGEST = timedelta(minutes=30)
BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5))  # after the first and the second attempt
MAX_ATTEMPTS = len(BACK_OFF) + 1
KEPT_DAYS = 7
MOST_AT_ONCE = 5  # of one person
SWEPT_AT_ONCE = 20
ABANDONED = timedelta(days=1)

Clock = Callable[[], datetime]


class Stopped(Exception):
    """This attempt is not wanted any more: cancelled, or in the hands of another worker."""


@transaction.atomic
def ask(
    kind: ProductionKind, params: Params, *, title: str, bureau: Bureau, now: datetime, by: Staff
) -> Production:
    """Have a file made in the name of ``bureau``. The same one still being made is returned.

    Raises ReportError where this person may not have it or waits for too many.
    """
    _maker(kind).check(by, params)
    Staff.objects.select_for_update().get(pk=by.pk)  # two requests at a time would both find none
    mine = Production.objects.visible_to(by).unfinished()
    wanted = json.dumps(params, ensure_ascii=False, sort_keys=True)
    same: Production | None = mine.filter(kind=kind, params_json=wanted).first()
    if same is not None:
        return same
    if mine.count() >= MOST_AT_ONCE:
        raise ReportError(f"您已有{MOST_AT_ONCE}个文件在生成，请等其中的完成，或取消不需要的，再试")
    production = Production.objects.create(
        kind=kind,
        title=title[:200],
        params_json=wanted,
        bureau=bureau,
        asked_at=now,
        asked_by=by,
        not_before=now,
        file_name=file_name(title, ending=_maker(kind).ENDING),
    )
    _record("申请生成文件", production, now=now, by=by)
    return production


@transaction.atomic
def cancel(production: Production, *, now: datetime, by: Staff) -> Production:
    """The worker sees it between two pieces. Raises ReportError where there is nothing to stop."""
    _check_own(production, by)
    mine = Production.objects.unfinished().filter(pk=production.pk)
    if not mine.update(state=ProductionState.CANCELLED, finished_at=now):
        raise ReportError("该文件已不在生成中，不需要取消")
    _record("取消生成文件", production, now=now, by=by)
    production.refresh_from_db()
    return production


@transaction.atomic
def take(production: Production, *, now: datetime, by: Staff) -> BinaryIO:
    """The file, to be sent and closed by the caller. Raises ReportError where it is not to be had.

    What it is about is looked at again: one may have lost the post by which one asked for it.
    """
    _check_own(production, by)
    if production.state != ProductionState.DONE:
        raise ReportError("该文件还没有生成，不能下载")
    if not production.is_kept_on(local_day(now)):
        raise ReportError("该文件已过保留期并已删除，请重新生成")
    _maker(production.kind).check(by, json.loads(production.params_json))
    _record("下载文件", production, now=now, by=by)
    try:
        return store.open(production.stored_name)
    except FileNotFoundError:
        raise ReportError("该文件已不在服务器上，请重新生成") from None


def produce(key: int, *, clock: Clock) -> None:
    """Make one file, whatever comes of it; nothing where another worker has it in hand."""
    production = claim(key, now=clock())
    if production is None:
        return
    try:
        stored = _make(production, clock)
    except Stopped:
        logger.info("production %s stopped", key)
    except ReportError as refused:
        fail(production, str(refused), now=clock())
    except OSError:
        logger.exception("production %s: file", key)
        problem = "服务器存储空间不足或不能写入，请联系系统管理员"
        fail(production, problem, now=clock(), is_passing=True)
    except Exception:
        logger.exception("production %s", key)
        fail(production, "系统出错，未能生成，请联系系统管理员", now=clock(), is_passing=True)
    else:
        finish(production, stored, now=clock())


def claim(key: int, *, now: datetime) -> Production | None:
    """Take one that waits into one's hand, or None. After MAX_ATTEMPTS deaths it is given up."""
    waiting = Production.objects.to_make(now).filter(pk=key)
    found: Production | None = waiting.select_related("bureau", "asked_by").first()
    if found is None:
        return None
    unclaimed = waiting.filter(attempts=found.attempts)
    if found.attempts >= MAX_ATTEMPTS:
        problem = "生成多次中断，已停止。请缩小范围后重试，或联系系统管理员"
        given_up = {"state": ProductionState.FAILED, "problem": problem, "finished_at": now}
        if unclaimed.update(**given_up, stored_name=""):
            _clear_up(found)
        return None
    fields = _claimed(found, now)
    if not unclaimed.update(**fields):
        return None
    _clear_up(found)
    for name, value in fields.items():
        setattr(found, name, value)
    return found


def _claimed(found: Production, now: datetime) -> dict[str, Any]:
    return {
        "state": ProductionState.RUNNING,
        "attempts": found.attempts + 1,
        "not_before": now + LEASE,
        "stored_name": store.new_name(),
        "done": 0,
        "total": 0,
        "problem": "",
    }


def _clear_up(found: Production) -> None:
    """Remove what a worker that died has left."""
    if found.stored_name:
        store.remove(found.stored_name)


def _make(production: Production, clock: Clock) -> Stored:
    now = clock()
    order = Order(
        params=json.loads(production.params_json),
        title=production.title,
        bureau=production.bureau,
        by=production.asked_by,
        now=now,
    )
    with store.writing(production.stored_name) as out:
        _maker(production.kind).make(order, out, _Teller(production, began=now, clock=clock))
    return out.stored


class _Teller:
    """Tells the row how far the maker is, not more often than EVERY; that renews the lease.

    Raises Stopped where the row is no longer this attempt's, ReportError after LONGEST.
    """

    def __init__(self, production: Production, *, began: datetime, clock: Clock) -> None:
        self.production, self.began, self.clock = production, began, clock
        self.told_at: datetime | None = None

    def __call__(self, done: int, total: int) -> None:
        now = self.clock()
        if self.told_at is not None and now < self.told_at + EVERY:
            return
        if now > self.began + LONGEST:
            minutes = LONGEST // timedelta(minutes=1)
            raise ReportError(f"生成超过{minutes}分钟，已停止。请缩小范围后重试")
        progress(self.production, done, total, now=now)
        self.told_at = now


def progress(production: Production, done: int, total: int, *, now: datetime) -> None:
    """So many pieces of so many. Raises Stopped where this attempt no longer holds the row."""
    if not _held(production).update(done=done, total=total, not_before=now + LEASE):
        raise Stopped


def finish(production: Production, stored: Stored, *, now: datetime) -> None:
    """Offer the whole file until KEPT_DAYS from now; one that nobody wants is removed."""
    expires_on = local_day(now) + timedelta(days=KEPT_DAYS)
    try:
        is_kept = _held(production).update(
            state=ProductionState.DONE,
            size=stored.size,
            digest=stored.digest,
            done=F("total"),
            finished_at=now,
            expires_on=expires_on,
        )
    except BaseException:
        store.remove(stored.name)
        raise
    if not is_kept:
        store.remove(stored.name)


def fail(production: Production, problem: str, *, now: datetime, is_passing: bool = False) -> None:
    """Say why, for people. What may pass is tried again, a little later each time."""
    fields: dict[str, Any] = {"problem": problem[:300], "stored_name": ""}
    if is_passing and production.attempts < MAX_ATTEMPTS:
        later = now + BACK_OFF[production.attempts - 1]
        fields |= {"state": ProductionState.WAITING, "not_before": later}
    else:
        fields |= {"state": ProductionState.FAILED, "finished_at": now}
    _held(production).update(**fields)


def sweep(now: datetime) -> list[int]:
    """Delete files past their days; the keys of what is to be made and in no worker's hand."""
    for production in Production.objects.past_keeping(local_day(now)):
        store.remove(production.stored_name)
        Production.objects.filter(pk=production.pk).update(stored_name="")
    store.remove_unfinished(now - ABANDONED)
    waiting = Production.objects.to_make(now).order_by("not_before", "pk")
    return list(waiting.values_list("pk", flat=True)[:SWEPT_AT_ONCE])


def _held(production: Production) -> QuerySet[Production]:
    """The row, as long as this attempt holds it."""
    mine: QuerySet[Production] = Production.objects.filter(
        pk=production.pk, state=ProductionState.RUNNING, attempts=production.attempts
    )
    return mine


def _maker(kind: str) -> Maker:
    return MAKERS[ProductionKind(kind)]


def _check_own(production: Production, by: Staff) -> None:
    if production.asked_by_id != by.pk:
        raise PermissionDenied


def _record(verb: str, production: Production, *, now: datetime, by: Staff) -> None:
    detail = {"kind": production.kind, "params": json.loads(production.params_json)}
    chain = production.bureau.code
    trail.record(verb, production, chain=chain, detail=detail, at=now, by=by)
