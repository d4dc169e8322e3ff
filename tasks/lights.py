"""The five lights: what each means and why it is lit, for one row and for a list of rows.

绿 正常 · 黄 临期 (no more working days to the target than the obligation's threshold) · 红 逾期 ·
灰 无时限 · 蓝 已办结. What is withdrawn or passed on has none of them: nothing is asked any more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache

from django.db.models import Q

from bureaus import visibility
from notices.text.deadlines.office_time import SHANGHAI, local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.models import Assignment, Obligation
from tasks.querysets.assignments import AssignmentQuerySet
from tasks.states import WITH_BUREAU, CountsFrom, Status

WORDS = {
    "normal": "正常",
    "soon": "临期",
    "overdue": "逾期",
    "undated": "无时限",
    "done": "已办结",
    "ended": "不再要求",
}
# The statuses in which the bureau owes nothing just now: the dates do not matter.
WITHOUT_DATES: dict[Status, tuple[str, str]] = {
    Status.SUBMITTED: ("normal", "已报送，等待核收"),
    Status.RECEIVING: ("normal", "已报送待核收"),
    Status.DECLINED: ("normal", "已退办，等下发单位决定"),
    Status.CLOSED: ("done", "已办结"),
    Status.STRUCK: ("done", "已办结并销号"),
    Status.PASSED_ON: ("ended", "已转办，由新的责任单位办理"),
    Status.WITHDRAWN: ("ended", "已撤销，不再要求"),
}
LONG = 20  # working days, a month
PAST = {
    Status.RETURNED: "已过补正时限，尚未重新报送",
    Status.CORRECTING: "已过更正时限，尚未重新报送",
}


# Why no date counts; with words for it where the notice has some.
UNDATED = {
    CountsFrom.DAY: "没有确定的截止时间，不会逾期",
    CountsFrom.EVENT: "起算之日尚未填写，填写后才有截止时间",
}


@dataclass(frozen=True)
class Light:
    """``code``: a key of WORDS; ``remaining``: working days to due, negative when past."""

    code: str
    reason: str
    remaining: int | None = None

    @property
    def word(self) -> str:
        return WORDS[self.code]

    @property
    def left(self) -> str:
        """What stands beside the date; empty where no date counts."""
        if self.remaining is None:
            return ""
        if self.remaining < 0:
            return f"已逾期 {-self.remaining} 个工作日"
        if self.remaining == 0:
            return "已过截止时间" if self.code == "overdue" else "不足 1 个工作日"
        return f"还剩 {self.remaining} 个工作日"


def light(assignment: Assignment, *, now: datetime, calendar: WorkCalendar) -> Light:
    """The light of one row, whose obligation is loaded; ``shining`` says the same in SQL."""
    status = Status(assignment.status)
    if status in WITHOUT_DATES:
        return Light(*WITHOUT_DATES[status])
    if assignment.due_at is None:
        return Light("undated", _why_undated(assignment.obligation.counts_from))
    today, due_on = local_day(now), local_day(assignment.due_at)
    if assignment.due_at < now.replace(microsecond=0):
        reason = PAST.get(status, "已过截止时间，尚未报送")
        return Light("overdue", reason, -workdays_between(due_on, today, calendar))
    remaining = workdays_between(today, due_on, calendar)
    target_on = local_day(assignment.target_at or assignment.due_at)
    left = workdays_between(today, target_on, calendar)
    soon = assignment.obligation.soon_workdays
    if left <= soon:
        return Light("soon", f"距目标日{left}个工作日，临期线为{soon}个工作日", remaining)
    return Light("normal", f"距目标日{left}个工作日，多于临期线{soon}个工作日", remaining)


def by_moments(now: datetime, calendar: WorkCalendar) -> Callable[..., Light]:
    """The light of a row by what it hangs on: status, ``due_at``, ``target_at``, 临期线.

    For those who read thousands of rows without loading them: these share a few moments.
    """

    @cache
    def lit(status: str, due_at: datetime, target_at: datetime | None, soon: int) -> Light:
        example = Assignment(
            status=status,
            due_at=due_at,
            target_at=target_at,
            obligation=Obligation(soon_workdays=soon),
        )
        return light(example, now=now, calendar=calendar)

    return lit


def _why_undated(counts_from: str) -> str:
    return UNDATED.get(CountsFrom(counts_from), UNDATED[CountsFrom.DAY])


def shining(
    rows: AssignmentQuerySet, code: str, *, now: datetime, calendar: WorkCalendar
) -> AssignmentQuerySet:
    """The rows whose ``light`` is ``code``."""
    if code in ("done", "ended"):
        return rows.filter(status__in=_statuses(code))
    if code == "undated":
        return rows.with_bureau().filter(due_at=None, target_at=None)  # none has one without it
    if code == "overdue":
        return rows.overdue(now)
    in_time = Q(status__in=WITH_BUREAU, due_at__gte=now.replace(microsecond=0))
    if code == "soon":
        return rows.filter(in_time & _target("lt", local_day(now), calendar))
    far = _target("gte", local_day(now), calendar)
    return rows.filter(Q(status__in=_statuses("normal")) | in_time & far)


def _statuses(code: str) -> list[Status]:
    return [status for status, (lit, _) in WITHOUT_DATES.items() if lit == code]


def _target(side: str, today: date, calendar: WorkCalendar) -> Q:
    """Those whose target lies before ("lt") their first day that is not soon, or not ("gte").

    No more than n working days are left exactly where the target lies before the n-plus-first
    working day from now. Offices use one threshold or few: one case for each in use.
    """
    used = Obligation.objects.order_by().values_list("soon_workdays", flat=True).distinct()
    edges = {count: _start(calendar.add_workdays(today, count + 1)) for count in used}
    cases = visibility.NOTHING
    for count, edge in edges.items():
        here = Q() if len(edges) == 1 else Q(obligation__soon_workdays=count)
        cases |= here & (
            Q(**{f"target_at__{side}": edge}) | Q(target_at=None, **{f"due_at__{side}": edge})
        )
    return cases


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=SHANGHAI)


def far_ahead(assignment: Assignment, *, now: datetime, calendar: WorkCalendar) -> int:
    """Working days to the target where that is long to go, so that asking again needs a reason."""
    if assignment.target_at is None:
        return 0
    left = workdays_between(local_day(now), local_day(assignment.target_at), calendar)
    return left if left > LONG else 0


@lru_cache(maxsize=4096)  # the rows of a list share a few dates
def workdays_between(start: date, end: date, calendar: WorkCalendar) -> int:
    """Working days after ``start`` up to and with ``end``; 0 where ``end`` is not later."""
    count, day = 0, start
    while day < end:
        day = date.fromordinal(day.toordinal() + 1)
        count += calendar.is_workday(day)
    return count
