"""A plan of reminders: which rungs the ladder has and at what hour they go out. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from notices.text.deadlines.office_time import local_day
from tasks.ladder import rungs as ladder
from tasks.ladder.rungs import AT, Calendar, Rung

WORKDAYS = range(1, 61)  # how far from the target, or past the end, a rung may stand
MOST_AHEAD = 8  # rungs before the target's own day
KEPT = 1  # with the day itself: the last two before the end stay, whatever a plan says
MOST_OVERDUE = 3  # to the person who owes; more is pressure without use (为基层减负)
FIRST_HOUR, LAST_HOUR = time(9, 0), time(18, 0)


@dataclass(frozen=True)
class Plan:
    """Working days before the target, how often past the end, when those above are told, the hour.

    ``superior`` and ``coordinator`` are working days past the end; None where they are not told.
    ``is_hourly``: the end is set by the hour, so it is counted down by the hour instead.
    ``urgent_waits``: what happens to an urgent notice is mailed after the quiet hours too.
    The usual one is what holds where nobody has decided otherwise.
    """

    ahead: tuple[int, ...] = (10, 5, 3, 1)
    overdue: int = 3
    superior: int | None = 4
    coordinator: int | None = 5
    hour: time = AT
    is_hourly: bool = False
    urgent_waits: bool = False

    @property
    def rungs(self) -> tuple[Rung, ...]:
        found = [ladder.before(workdays) for workdays in (*self.ahead, 0)]
        found += [ladder.overdue(workday) for workday in range(1, self.overdue + 1)]
        if self.superior is not None:
            found.append(ladder.to_superior(self.superior))
        if self.coordinator is not None:
            found.append(ladder.to_coordinator(self.coordinator))
        return tuple(found)

    def moments(
        self,
        target_at: datetime,
        due_at: datetime,
        *,
        calendar: Calendar,
        now: datetime,
        quiet: bool,
    ) -> list[tuple[str, datetime]]:
        """(code, moment) of each rung still to come.

        Where the last day has come and its hour is over, its reminder comes at once, or nobody
        would be in time; unless it is ``quiet``, and nothing would go out before the end.
        """
        target_on = local_day(target_at)
        if self.is_hourly:
            return self._hourly(target_on, due_at, calendar=calendar, now=now)
        found = ladder.moments(
            target_on,
            local_day(due_at),
            calendar=calendar,
            after=now,
            end=due_at,
            rungs=self.rungs,
            hour=self.hour,
        )
        has_come = local_day(now) >= ladder.last_day(target_on, calendar)
        if has_come and now < due_at and not quiet and ladder.LAST_DAY not in dict(found):
            return [(ladder.LAST_DAY, now), *found]
        return found

    def _hourly(
        self, target_on: date, due_at: datetime, *, calendar: Calendar, now: datetime
    ) -> list[tuple[str, datetime]]:
        past = [rung for rung in self.rungs if rung.after_due]
        late = ladder.moments(
            target_on, local_day(due_at), calendar=calendar, after=now, rungs=past, hour=self.hour
        )
        return [*ladder.by_the_hour(due_at, after=now), *late]

    def in_words(self) -> str:
        """提前10、5、3、1个工作日和目标日当天 9:00；逾期提醒3次，…"""
        said = f"提前{'、'.join(map(str, self.ahead))}个工作日和目标日当天，{self.hour:%-H:%M}发出"
        said += f"；逾期后提醒{self.overdue}次" if self.overdue else "；逾期后不再提醒"
        for workday, whom in ((self.superior, "本单位上级"), (self.coordinator, "下发单位")):
            if workday is not None:
                said += f"，第{workday}个工作日告知{whom}"
        if self.urgent_waits:
            said += "；特急、加急文件的动态也等静默时段（夜间和节假日）过后再发"
        return said


Fault = tuple[str, str]  # the part of the plan, and what to do about it


def faults(plan: Plan) -> list[Fault]:
    """What has to be mended before the plan may hold; none where it is in order."""
    return [*_ahead_faults(plan.ahead), *_overdue_faults(plan), *_hour_faults(plan.hour)]


def _ahead_faults(ahead: Sequence[int]) -> Iterator[Fault]:
    if any(workdays not in WORKDAYS for workdays in ahead):
        yield "ahead", f"提前的工作日数应在{WORKDAYS[0]}到{WORKDAYS[-1]}之间"
    if list(ahead) != sorted(set(ahead), reverse=True):
        yield "ahead", "提前的工作日数应从大到小，不能重复"
    if len(ahead) > MOST_AHEAD:
        yield "ahead", f"目标日之前最多提醒{MOST_AHEAD}次，请减少"
    if KEPT not in ahead:
        yield "ahead", "“提前1个工作日”和“目标日当天”两次提醒不能取消，请写上1"


def _overdue_faults(plan: Plan) -> Iterator[Fault]:
    if not 0 <= plan.overdue <= MOST_OVERDUE:
        yield "overdue", f"逾期后最多提醒{MOST_OVERDUE}次"
    last, said = plan.overdue, "承办人的最后一次逾期提醒"
    told = (
        ("superior", plan.superior, "本单位上级"),
        ("coordinator", plan.coordinator, "下发单位"),
    )
    for part, workday, whom in told:
        if workday is None:
            continue
        if workday not in WORKDAYS:
            yield part, f"告知{whom}应在逾期后第{WORKDAYS[0]}到{WORKDAYS[-1]}个工作日"
            continue  # no day to measure the next one against
        if workday <= last:
            yield part, f"告知{whom}应晚于{said}（逾期后第{last}个工作日）"
        last, said = max(last, workday), f"告知{whom}"


def _hour_faults(hour: time) -> Iterator[Fault]:
    if not FIRST_HOUR <= hour <= LAST_HOUR:
        yield "hour", f"发出时间应在{FIRST_HOUR:%-H:%M}至{LAST_HOUR:%-H:%M}之间"


USUAL = Plan()
