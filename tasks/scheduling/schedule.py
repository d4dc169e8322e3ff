"""When a clause goes out: the list of periods or dates that a person goes over before issuing.

A recurring clause has a row a period, any other one row; dates can be added by hand where a list
of dates was not recognised. What stands in the rows is what is issued.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.conf import settings

from notices.checking.decisions import rule_of
from notices.models import Clause
from notices.text.deadlines.bases import clock
from notices.text.deadlines.occurrences import last_due
from notices.text.deadlines.office_time import END_OF_DAY, local_day
from notices.text.deadlines.rules import RecurringDeadline
from notices.text.deadlines.workdays import WorkCalendar
from tasks.scheduling.counted import at_issue
from tasks.scheduling.dates import Dates, computed, dates_of, until
from tasks.scheduling.periods import CAP, TooManyPeriods, label_of, periods

SAID = "下发时改定"


@dataclass(frozen=True)
class Row:
    """One assignment a unit: for which period, until when, and whether it goes out at all.

    ``is_own`` is the clause's one date. ``due_text`` is what was typed, where that is no day.
    """

    label: str = ""
    due_on: date | None = None
    is_on: bool = True
    is_own: bool = False
    due_text: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.is_own or self.label or self.due_on or self.due_text)


@dataclass(frozen=True)
class Schedule:
    """The rows of one clause. ``start`` and ``stop`` bound the due days of a recurring one.

    ``known`` are the dates that the words themselves give, by due day; ``problems`` say what has
    to be done before this can go out. ``is_fresh``: the rows were worked out anew just now.
    ``counted``: the dates of a clause without a day that counts from 签收, 印发 or an event.
    """

    clause: Clause
    calendar: WorkCalendar
    rule: RecurringDeadline | None = None
    start: date | None = None
    stop: date | None = None
    rows: tuple[Row, ...] = ()
    known: Mapping[date, Dates] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    is_fresh: bool = False
    counted: Dates | None = None

    @property
    def is_list(self) -> bool:
        """Are there rows to go over, and not just the clause's own date?"""
        return self.rule is not None or len(self.rows) > 1

    @property
    def chosen(self) -> list[Row]:
        return [row for row in self.rows if row.is_on and not row.is_blank]

    def dates(self, row: Row) -> Dates:
        """As the words say where the day is theirs, else as of a day that a person has set."""
        if row.due_on is None:
            return self.counted or dates_of(self.clause)
        if row.due_on in self.known:
            return self.known[row.due_on]
        words = self.rule.time if self.rule else None
        at = clock(words, settings.OFFICE_CLOSES) if words else END_OF_DAY
        return until(row.due_on, calendar=self.calendar, said=SAID, at=at)

    def period(self, row: Row) -> str:
        """What tells this row from the others; nothing where there is only one."""
        if row.label or row.due_on is None or len(self.chosen) < 2:
            return row.label
        return called(row.due_on)


def called(day: date | None) -> str:
    """The name of a report that is told from others only by its day."""
    return f"{day:%Y年%-m月%-d日}" if day else ""


def proposed(
    clause: Clause,
    *,
    calendar: WorkCalendar,
    now: datetime,
    out: Set[str] = frozenset(),
    is_of_list: bool = False,
) -> Schedule:
    """As the words say. ``out`` are the periods of the clause that are issued already.

    ``is_of_list``: another clause asks for the same by another day, so the day is its name.
    """
    own = dates_of(clause)
    rule = rule_of(clause)
    if rule is None:
        due_on = local_day(own.due_at) if own.due_at else None
        row = Row(called(due_on) if is_of_list else "", due_on, is_own=True)
        counted = at_issue(clause, now=now, calendar=calendar)
        return Schedule(clause, calendar, rows=(row,), known=_by_day([own]), counted=counted)
    start = local_day(own.due_at or now)
    schedule = Schedule(clause, calendar, rule, start, last_due(rule))
    return listed(schedule, now=now, out=out)


def listed(schedule: Schedule, *, now: datetime, out: Set[str] = frozenset()) -> Schedule:
    """The rows worked out from start and stop; what is past already is there without its tick."""
    if problem := _span_problem(schedule):
        return replace(schedule, rows=(), problems=(problem,))
    try:
        found = _dates_by_label(schedule)
    except TooManyPeriods:
        problem = f"起止日期之间超过{CAP}期，请缩短时间，其余的以后可以续发"
        return replace(schedule, rows=(), problems=(problem,))
    rows = tuple(
        Row(label, local_day(dates.due_at), is_on=dates.due_at >= now)
        for label, dates in found.items()
        if label not in out
    )
    problems = () if rows else ("起止日期之间没有要报送的期次，请修改起止日期",)
    return replace(schedule, rows=rows, known=_by_day(found.values()), problems=problems)


def knowing(schedule: Schedule) -> Schedule:
    """With the dates that the words give for the days in the rows, wherever those lie."""
    days = [row.due_on for row in schedule.rows if row.due_on]
    if schedule.rule is None or not days:
        return schedule
    try:
        found = _dates_by_label(replace(schedule, start=min(days), stop=max(days)))
    except TooManyPeriods:
        return schedule
    return replace(schedule, known=_by_day(found.values()))


def with_blank(schedule: Schedule) -> Schedule:
    """再加一个日期: one more row to be filled in."""
    return replace(schedule, rows=(*schedule.rows, Row()), problems=())


def _dates_by_label(schedule: Schedule) -> dict[str, Dates]:
    """In order of time; the clause's own period has the dates that a person has confirmed."""
    rule, clause = schedule.rule, schedule.clause
    words = clause.quote + clause.deliverable
    each = periods(
        rule,
        words=words,
        start=schedule.start,
        stop=schedule.stop,
        calendar=schedule.calendar,
        closes=settings.OFFICE_CLOSES,
    )
    found = {period.label: computed(period.dates) for period in each}
    own = dates_of(clause)
    if own.due_at and schedule.start <= local_day(own.due_at) <= schedule.stop:
        found[label_of(rule, local_day(own.due_at), words)] = own
    return dict(sorted(found.items(), key=lambda item: item[1].due_at))


def _span_problem(schedule: Schedule) -> str:
    if schedule.start is None:
        return "请填写起始日期"
    if schedule.stop is None:
        return "请填写结束日期：原文没有写报送到什么时候为止"
    if schedule.stop < schedule.start:
        return "结束日期不能早于起始日期"
    return ""


def _by_day(found: Iterable[Dates]) -> dict[date, Dates]:
    return {local_day(dates.due_at): dates for dates in found if dates.due_at}
