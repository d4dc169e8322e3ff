"""What the page 下发 shows: clauses with dates and reminders, units, what speaks against it."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.db.models import Q, QuerySet

from bureaus.models import Bureau
from notices.checking.decisions import rule_of
from notices.checking.expansion import Expansion
from notices.forms.clause import ClauseForm
from notices.models import Clause, Notice
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.forms.evidence import Offer
from tasks.forms.schedule import prefix, span
from tasks.issuing import burden
from tasks.issuing.asked_before import Before
from tasks.issuing.deadline_effects import Outlook, outlook
from tasks.ladder.plan import Plan
from tasks.models import Assignment, Obligation
from tasks.scheduling.periods import OFTEN
from tasks.scheduling.schedule import Row, Schedule

WARNED = 5  # sentences about single periods; the rest is counted


@dataclass(frozen=True)
class Candidate:
    """A clause that may be issued; ``out`` are its periods that are issued already.

    ``is_of_list``: the sentence names several days for the same (分别于4月15日、8月1日前); reading
    makes a clause of each.
    """

    clause: Clause
    out: frozenset[str]
    is_of_list: bool

    @property
    def is_out(self) -> bool:
        return bool(self.out)


def candidates(notice: Notice, clauses: Collection[Clause] | None = None) -> list[Candidate]:
    """Confirmed clauses that are not out yet, and recurring ones: later periods can follow.

    ``clauses``: all that are confirmed, where they are read already.
    """
    out: dict[int | None, set[str]] = {}
    issued = Obligation.objects.filter(notice=notice, parent=None, state="issued")
    for clause_id, period in issued.values_list("clause", "period"):
        out.setdefault(clause_id, set()).add(period)
    clauses = list(notice.clauses.confirmed()) if clauses is None else clauses
    said = Counter((clause.quote, clause.deliverable) for clause in clauses)
    found = [
        Candidate(
            clause,
            frozenset(out.get(clause.pk, ())),
            is_of_list=said[clause.quote, clause.deliverable] > 1,
        )
        for clause in clauses
    ]
    return [each for each in found if not each.is_out or rule_of(each.clause)]


def offered(notice: Notice, expansion: Expansion, *, also: Iterable[int] = ()) -> QuerySet[Bureau]:
    """Whom the notice can go to: its addressees, those that may be meant, the units directly
    below, and others below that a person has asked for by their keys (``also``)."""
    near = [bureau for gap in expansion.gaps for bureau in gap.near]
    named = {bureau.pk for bureau in (*expansion.bureaus, *near)} | set(also)
    below = Bureau.objects.active().under(notice.bureau).exclude(pk=notice.bureau_id)
    return below.filter(Q(parent=notice.bureau) | Q(pk__in=named))


def received(notice: Notice) -> Assignment | None:
    """What a bureau above asks of this one by the same notice, where it would send it on anew."""
    if not notice.doc_number or not burden.is_passed_down(notice):
        return None
    same = Assignment.objects.not_ended().filter(
        bureau=notice.bureau, obligation__notice__doc_number=notice.doc_number
    )
    return same.exclude(obligation__issuer=notice.bureau).first()


@dataclass(frozen=True)
class Line:
    """A row of the list as the page shows it; ``note`` says what is special about its day."""

    number: int
    row: Row
    period: str
    target_on: date | None
    note: str


@dataclass(frozen=True)
class Preview:
    """A clause as it would go out. ``outlook`` is of the first row that is ticked, ``form`` for who
    may correct it."""

    clause: Clause
    schedule: Schedule
    is_chosen: bool
    is_out: bool
    outlook: Outlook
    lines: list[Line]
    warnings: list[str]
    before: list[Before]
    evidence: Offer
    form: ClauseForm | None

    @property
    def prefix(self) -> str:
        return prefix(self.clause)

    @property
    def span(self) -> str:
        return span(self.schedule)

    @property
    def first(self) -> datetime | None:
        """The first reminder; the first row that is ticked has it."""
        return self.outlook.ladder[0].at if self.outlook.ladder and self.count else None

    @property
    def count(self) -> int:
        """Obligations that this becomes."""
        return len(self.schedule.chosen)


def preview(
    candidate: Candidate,
    schedule: Schedule,
    *,
    is_chosen: bool,
    before: Iterable[Before],
    plan: Plan,
    evidence: Offer,
    form: ClauseForm | None,
    now: datetime,
) -> Preview:
    rows, calendar = schedule.chosen, schedule.calendar
    first = next((row for row in rows if row.due_on), None) or Row()
    numbers = set(candidate.clause.attachments_referred)
    return Preview(
        clause=candidate.clause,
        schedule=schedule,
        is_chosen=is_chosen,
        is_out=candidate.is_out,
        outlook=outlook(schedule.dates(first), now=now, calendar=calendar, plan=plan),
        lines=[_line(number, row, schedule, now) for number, row in enumerate(schedule.rows)],
        warnings=_warnings(schedule, now),
        before=[each for each in before if each.number in numbers],
        evidence=evidence,
        form=form,
    )


def _line(number: int, row: Row, schedule: Schedule, now: datetime) -> Line:
    dates = schedule.dates(row) if row.due_on else None
    target_on = local_day(dates.target_at) if dates and dates.target_at else None
    is_past = bool(dates and dates.due_at and dates.due_at < now)
    note = "已过" if is_past else day_note(row.due_on, schedule.calendar)
    return Line(number, row, schedule.period(row), target_on, note)


def day_note(day: date | None, calendar: WorkCalendar) -> str:
    """What is special about a last day; nothing about an ordinary working day."""
    if day is None:
        return ""
    if not calendar.known(day):
        return "节假日安排未载入"
    if day in calendar.work:
        return "调休上班日"
    return "" if calendar.is_workday(day) else "休息日"


def _warnings(schedule: Schedule, now: datetime) -> list[str]:
    said = []
    if schedule.rule is not None and schedule.rule.freq in OFTEN:
        said.append(
            "报送过于频繁：不得频繁要求基层填表格报材料，请确认是否必要，能否改为按月或一次报送"
        )
    for row in schedule.chosen:
        dates, name = schedule.dates(row), schedule.period(row)
        found = burden.warnings(dates.due_at, now=now, calendar=schedule.calendar)
        said += [f"{name}：{each}" if name else each for each in found]
    if len(said) > WARNED:
        said = [*said[:WARNED], f"另有{len(said) - WARNED}条类似情况，请逐期核对"]
    return said


@dataclass(frozen=True)
class Tier:
    """Units of one level to choose from, in administrative order."""

    rank: str
    label: str
    bureaus: list[Bureau]
    chosen: set[int]

    @property
    def chosen_count(self) -> int:
        return sum(bureau.pk in self.chosen for bureau in self.bureaus)


def tiers(bureaus: Iterable[Bureau], chosen: set[int]) -> list[Tier]:
    """By level from the top down, internal units last."""
    found: dict[str, list[Bureau]] = {}
    for bureau in bureaus:
        found.setdefault(bureau.rank, []).append(bureau)
    return [
        Tier(rank, Bureau.Rank(rank).label.removesuffix("单位") + "单位", found[rank], chosen)
        for rank in Bureau.Rank
        if rank in found
    ]


def ticked(form: forms.Form, name: str) -> set[int]:
    """The keys that are ticked, whether preselected or posted; what is no number is not ticked."""
    values = [str(getattr(value, "pk", value)) for value in form[name].value() or ()]
    return {int(value) for value in values if value.isdecimal()}
