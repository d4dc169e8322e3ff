"""What would make a request a burden (为基层减负): told before it goes out, never silently allowed.

Source: the too short deadlines criticised in 广东通报 2025-10-22: 1–2 working days, sent on Friday
for Saturday, sent after office hours for the next day; and the check (一致性评估) which
《整治形式主义为基层减负若干规定》 asks for where a request is passed on.
"""

from datetime import datetime, time, timedelta

from bureaus.models import Bureau
from notices.models import Notice
from notices.text.deadlines.office_time import SHANGHAI, local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.lights import workdays_between

SHORT_WORKDAYS = 3
LATE = time(17, 0)


def warnings(due_at: datetime | None, *, now: datetime, calendar: WorkCalendar) -> list[str]:
    """Sentences to show above the button; empty where nothing speaks against issuing now."""
    local, said = now.astimezone(SHANGHAI), []
    if due_at is None:
        return said
    if due_at < now:
        return [f"截止时间{local_text(due_at)}已过，下发后各单位立即显示为逾期"]
    today, due_on = local.date(), local_day(due_at)
    left = workdays_between(today, due_on, calendar)
    if left < SHORT_WORKDAYS:
        said.append(f"从现在到截止只有{left}个工作日，少于{SHORT_WORKDAYS}个，基层可能来不及办理")
    if left > 1:
        return said
    if local.time() >= LATE and (left or due_on == today):
        said.append(f"已过17时，{'下一个工作日' if left else '当天'}就要截止")
    rest_ahead = calendar.add_workdays(today, 1) - today > timedelta(days=1)
    if rest_ahead and due_on > today:
        when = "休息日后第一个工作日" if left else "休息日期间"
        said.append(f"休息日前下发，{when}就要截止")
    return said


def is_passed_down(notice: Notice) -> bool:
    """Does a bureau send on what another body asks? Then it answers 是否确需报送.

    The 总局 answers for what it issues; a bureau is not asked about a notice of its own.
    """
    bureau = notice.bureau
    names = {bureau.name, bureau.short_name, *bureau.aliases.splitlines()}
    return bureau.rank != Bureau.Rank.CENTRAL and names.isdisjoint(notice.issuer_names)


def local_text(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y年%-m月%-d日}"
