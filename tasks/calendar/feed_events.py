"""What a calendar feed tells: titles, last moments and links, never a body or a telephone."""

from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from bureaus.roles import Permission
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.calendar import due_items
from tasks.calendar.due_items import DueItem
from tasks.calendar.icalendar import Event
from tasks.models import Assignment, Feed
from tasks.querysets.assignments import AssignmentQuerySet
from tasks.scheduling.dates import moment_in_words

BEFORE, AFTER = timedelta(days=30), timedelta(days=400)
DONE_STAYS = timedelta(days=30)
MOST = 500  # events
NOTE = "报送任务的截止时间。只有标题、截止时间和链接，内容请登录系统查看。"
NOTE_CUT = f"{NOTE}任务较多，只列出涉及单位最多的{MOST}项。"


def events(feed: Feed, *, now: datetime, calendar: WorkCalendar) -> tuple[list[Event], str]:
    """What the feed shows now, and a note on it."""
    today = local_day(now)
    due = due_items.due_items(
        _rows(feed), today - BEFORE, today + AFTER, now=now, calendar=calendar
    )
    found = [item for item in due if not _is_long_done(item, now)]
    shown = sorted(sorted(found, key=_weight)[:MOST], key=lambda item: item.day)
    due_items.name(shown)
    return [_event(item, feed) for item in shown], NOTE if len(found) <= MOST else NOTE_CUT


def _rows(feed: Feed) -> AssignmentQuerySet:
    """Those of a bureau and below; or what waits for a person and what the own bureaus reported."""
    if feed.bureau:
        return Assignment.objects.visible_to(feed.person).under(feed.bureau)
    own = [bureau.path for bureau in feed.person.bureaus_where(Permission.READ)]
    reported = Assignment.objects.reported().filter(bureau_path__in=own)
    return Assignment.objects.waiting_for(feed.person) | reported


def _is_long_done(item: DueItem, now: datetime) -> bool:
    if item.light.code != "done" or item.closed_at is None:
        return False
    return item.closed_at < now - DONE_STAYS


def _weight(item: DueItem) -> tuple[int, date]:
    """What concerns most bureaus first: a country's own tasks come before those of a county."""
    return -item.count, item.day


def _event(item: DueItem, feed: Feed) -> Event:
    link = settings.SITE_URL + item.url
    title = _title(item, feed)
    return Event(
        uid=_uid(item, feed),
        sequence=item.version,
        day=item.day,
        summary=title,
        description="\n".join((title, f"截止时间：{moment_in_words(item.due_at)}", link)),
        category=item.light.word,
        url=link,
    )


def _title(item: DueItem, feed: Feed) -> str:
    if item.is_single:
        return f"{item.bureau} {item.obligation}"
    return f"{item.obligation} {item.share if feed.bureau else item.units}"


def _uid(item: DueItem, feed: Feed) -> str:
    """An assignment keeps its own wherever its day moves; a group is one of its feed and day."""
    if item.is_single:
        key = f"assignment-{item.assignment_id}"
    else:
        whose = feed.bureau.code if feed.bureau else f"person-{feed.person_id}"
        key = f"obligation-{item.obligation_id}-{item.day:%Y%m%d}-{whose}"
    return f"{key}@{urlsplit(settings.SITE_URL).hostname}"
