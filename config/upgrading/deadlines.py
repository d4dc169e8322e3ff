"""Deadlines move, tasks go astray, and a new year is announced."""

from datetime import date, timedelta

from bureaus.actions import workdays
from bureaus.models import CalendarDay
from bureaus.roles import Role
from config.demo.people import holder
from config.upgrading.desk import DAY, NOW, asked, at, central, coordinator, filler, task
from config.upgrading.office import INTERNAL
from notices.text.deadlines.office_time import local_day
from tasks.actions import amending, extensions, handlers, passing, recounting, transitions
from tasks.models import Assignment, Obligation
from tasks.states import Status


def extend() -> None:
    """Asked and granted, refused, taken back, and still open."""
    for number, code in (("1", "120000"), ("1", "340000"), ("2", "330000"), ("2", "340000")):
        one = task(number, code)
        until = local_day(one.due_at) + 5 * DAY
        extension = extensions.request(one, until=until, reason="示例理由", now=NOW, by=filler(one))
        if code == "120000":
            extensions.decide(extension, is_granted=True, now=NOW, by=coordinator())
        elif number == "1":
            said = "请按原定时间报送"
            extensions.decide(extension, is_granted=False, opinion=said, now=NOW, by=coordinator())
        elif code == "330000":
            extensions.take_back(extension, now=NOW, by=filler(one))


def amend() -> None:
    summary = asked("2")
    later = local_day(summary.due_at) + 7 * DAY
    amending.amend(summary, later, reason="示例原因", now=NOW, by=coordinator())
    amending.set_soon(summary.notice, 5, now=NOW, by=coordinator())
    last = Obligation.objects.exclude(period="").order_by("-due_at")[0]
    amending.withdraw(last, reason="不再需要", now=NOW, by=coordinator())


def go_astray() -> None:
    """Declined and passed on, insisted upon or still undecided; given to a person in charge."""
    accepts = holder(Role.COORDINATOR, at("110000"))
    declined = passing.decline(task("2", "110000"), reason="不属本单位职责", now=NOW, by=accepts)
    passing.pass_on(declined, to=at(INTERNAL), reason="示例转办", now=NOW, by=coordinator())
    again = task("2", "120000")
    accepts = holder(Role.COORDINATOR, again.bureau)
    passing.decline(again, reason="不属本单位职责", now=NOW, by=accepts)
    transitions.move(again, "insist", reason="属本单位职责", now=NOW, by=coordinator())
    monthly = Assignment.objects.for_detail().exclude(obligation__period="")
    waits = monthly.filter(status=Status.PENDING).order_by("pk")[0]
    by = holder(Role.COORDINATOR, waits.bureau)
    passing.decline(waits, suggested=at(INTERNAL), reason="示例退办", now=NOW, by=by)
    handlers.assign(task("1", "120000"), filler(again), now=NOW, by=accepts)


def end() -> None:
    """Corrected after it was closed, struck off, received, taken back."""
    closed = task("1", "610000")
    reason = "数据有误"
    transitions.move(closed, "correct", reason=reason, now=NOW + DAY, by=filler(closed))
    transitions.move(task("2", "610000"), "strike_off", now=NOW + DAY, by=coordinator())
    transitions.move(task("1", "510000"), "take_up", now=NOW, by=coordinator())
    sent = task("2", "510000")
    signs = holder(Role.APPROVER, sent.bureau)
    transitions.move(sent, "recall", reason="补充数据", now=NOW, by=signs)


def announce_a_year() -> None:
    """The festivals of 2027 are known, and the target of the table becomes a day of rest."""
    admin = holder(Role.SYSTEM_ADMIN, central())
    recounting.recount(NOW)
    festival = [date(2027, 2, 5) + timedelta(days=each) for each in range(8)]
    lines = [f"{day},放假,春节" for day in (date(2027, 1, 1), *festival)]
    workdays.import_days("\n".join(lines), by=admin)
    rests = local_day(asked("1").target_at)
    workdays.put(rests, kind=CalendarDay.Kind.REST, name="示例", by=admin)
    recounting.recount(NOW + DAY)
