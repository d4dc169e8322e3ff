"""What is done without anybody pressing a button: the jobs, the reminders, the audit."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from audit import job_runs
from audit.models import JobRun, Verification
from bureaus.shell.paging import counted
from config.health.lines import Line, State, by_age, span
from tasks.models import Delivery, Milestone
from tasks.reminders.actions import ticking

MINUTE = timedelta(minutes=1)
VERIFY_WITHIN = timedelta(days=31)
LATE, TOO_LATE = 10 * MINUTE, 60 * MINUTE  # of a reminder that could have gone out


@dataclass(frozen=True)
class Pulse:
    """A job of every minute that shows whether the worker of its queue lives."""

    job: str
    name: str
    queue: str
    note: timedelta
    wrong: timedelta


# A worker that makes a long file or recognises a scan takes no other job meanwhile.
PULSES = (
    Pulse(job_runs.TICK, "后台进程（提醒）", "celery", 3 * MINUTE, 10 * MINUTE),
    Pulse(job_runs.PRODUCE, "后台进程（生成文件）", "files", 40 * MINUTE, 120 * MINUTE),
    Pulse(job_runs.RECOGNISE, "后台进程（扫描识别）", "ocr", 40 * MINUTE, 120 * MINUTE),
)
START = "celery --app config worker --queues {queue}"
JUST_STARTED = "系统刚启动的，过两分钟再看；仍是这样的，"


def pulses(now: datetime) -> list[Line]:
    """The workers, and the timetable behind them all."""
    ended = dict(JobRun.objects.values_list("name", "ended_at"))
    return [_timetable(ended, now), *(_pulse(one, ended.get(one.job), now) for one in PULSES)]


def _timetable(ended: dict[str, datetime], now: datetime) -> Line:
    """Where no queue's job has run, it is beat that is missing rather than every worker."""
    known = [ended[one.job] for one in PULSES if one.job in ended]
    if not known:
        return Line(
            "定时任务",
            State.WRONG,
            "从未运行",
            todo=f"{JUST_STARTED}启动定时进程和后台进程；没有它们，提醒不会发出",
            command="celery --app config beat",
        )
    latest = max(known)
    state = by_age(now - latest, note=PULSES[0].note, wrong=PULSES[0].wrong)
    if state is State.FINE:
        return Line("定时任务", state, "按时运行", since=latest)
    return Line(
        "定时任务",
        state,
        f"已 {span(now - latest)}没有运行",
        since=latest,
        todo="消息队列正常而下面各进程都停的，是定时进程停了：重新启动它",
        command="celery --app config beat",
    )


def _pulse(one: Pulse, ended: datetime | None, now: datetime) -> Line:
    start = START.format(queue=one.queue)
    if ended is None:
        todo = f"{JUST_STARTED}启动这个后台进程"
        return Line(one.name, State.WRONG, "从未运行", todo=todo, command=start)
    state = by_age(now - ended, note=one.note, wrong=one.wrong)
    if state is State.FINE:
        return Line(one.name, state, "在运行", since=ended)
    todo = "看它的日志，重新启动这个后台进程"
    return Line(
        one.name, state, f"已 {span(now - ended)}没有应答", since=ended, todo=todo, command=start
    )


def reminders(now: datetime) -> Line:
    """What could have gone out by now: moments that have come, letters that wait."""
    if ticking.quiet_at(now):
        return Line("提醒发送", State.FINE, "静默时段（夜间和节假日不发提醒），到时自动补发")
    armed = Milestone.objects.armed().filter(at__lte=now)
    waiting = Delivery.objects.to_send(now)
    first_armed = armed.order_by("at").values_list("at", flat=True).first()
    first_waiting = waiting.order_by("not_before").values_list("not_before", flat=True).first()
    oldest = min((at for at in (first_armed, first_waiting) if at), default=None)
    if oldest is None:
        return Line("提醒发送", State.FINE, "没有积压")
    depth = f"待处理的提醒 {counted(armed, along=('at',))} 次，待发送 {counted(waiting)} 条"
    state = by_age(now - oldest, note=LATE, wrong=TOO_LATE)
    if state is State.FINE:
        return Line("提醒发送", state, depth, since=oldest)
    return Line(
        "提醒发送",
        state,
        f"{depth}，最早的已等 {span(now - oldest)}",
        since=oldest,
        todo="后台进程和邮件服务器都正常的，可手工发送一次，看它报什么",
        command="manage.py tick",
    )


def undelivered() -> Line:
    failed = counted(Delivery.objects.going_out().filter(state=Delivery.State.FAILED))
    if not failed:
        return Line("未送达", State.FINE, "没有")
    return Line(
        "未送达",
        State.NOTE,
        f"{failed} 条",
        todo="逐条看原因和办法",
        url_name="tasks:undelivered",
    )


def audit_chain(now: datetime) -> Line:
    """When the chains were last walked, and whether they were whole."""
    last = Verification.objects.first()
    command = "manage.py verify_audit"
    if last is None:
        todo = "在服务器上校验一次，并定期（至少每月）安排；审计员也可在“审计日志”页校验"
        return Line("审计链", State.NOTE, "从未校验", todo=todo, command=command)
    size = f"{last.chain_count} 条链、{last.event_count} 条记录"
    if last.fault_count:
        return Line(
            "审计链",
            State.WRONG,
            f"有 {last.fault_count} 处异常（{size}）",
            since=last.made_at,
            todo="保留现场，立即报告安全管理员；不要自行修补",
            command=command,
        )
    if now - last.made_at <= VERIFY_WITHIN:
        return Line("审计链", State.FINE, f"完整（{size}）", since=last.made_at)
    said = f"完整（{size}），但已 {span(now - last.made_at)}没有校验"
    return Line("审计链", State.NOTE, said, since=last.made_at, todo="再校验一次", command=command)
