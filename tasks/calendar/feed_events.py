"""What a calendar feed tells: titles, last moments and links, never a body or a telephone."""

from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q

from bureaus.roles import Permission
from notices.text.deadlines.office_time import END_OF_DAY, SHANGHAI, local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.calendar import due_items, feed_moments
from tasks.calendar.due_items import DueItem
from tasks.calendar.feed_moments import Moments
from tasks.calendar.icalendar import Event
from tasks.models import Assignment, Feed
from tasks.querysets.assignments import AssignmentQuerySet, reported
from tasks.scheduling.dates import moment_in_words
from tasks.states import RELEASED

BEFORE, AFTER = timedelta(days=30), timedelta(days=400)
DONE_STAYS = timedelta(days=30)
MOST = 500  # events
NOTE = "报送任务的截止时间。只有标题、截止时间和链接，内容请登录系统查看。"
NOTE_CUT = f"{NOTE}任务较多，只列出涉及单位最多的{MOST}项。"
OWED = ("normal", "soon", "overdue")  # lights of what is still to be done
MORNING = timedelta(hours=15)  # 9:00 of the day before a whole day
DAY_BEFORE = timedelta(days=1)


def events(feed: Feed, *, now: datetime, calendar: WorkCalendar) -> tuple[list[Event], str]:
    """What the feed shows now, and a note on it.

    What is asked no more is shown as cancelled until its day is over, so that programs that only
    add take it back too; a day of which something is still asked is not cancelled.
    """
    today = local_day(now)
    rows = _rows(feed)
    due = due_items.due_items(rows, today - BEFORE, today + AFTER, now=now, calendar=calendar)
    found = [item for item in due if not _is_long_done(item, now)]
    kept = {(item.obligation_id, item.day) for item in found}
    released = due_items.grouped(_released(feed), today, today + AFTER, now=now, calendar=calendar)
    found += [item for item in released if (item.obligation_id, item.day) not in kept]
    shown = sorted(sorted(found, key=_weight)[:MOST], key=lambda item: item.day)
    due_items.name(shown)
    moments = feed_moments.moments([item.assignment_id for item in shown])
    told = [_event(item, feed, moments[item.assignment_id]) for item in shown]
    return told, NOTE if len(found) <= MOST else NOTE_CUT


def _rows(feed: Feed) -> AssignmentQuerySet:
    """Those of a bureau and below; or what waits for a person and what the own bureaus reported."""
    if feed.bureau:
        return Assignment.objects.visible_to(feed.person).under(feed.bureau)
    reported_here = Assignment.objects.filter(reported(), _of_own(feed))
    return Assignment.objects.waiting_for(feed.person) | reported_here


def _released(feed: Feed) -> AssignmentQuerySet:
    """What was asked of the same bureaus, and is asked no more."""
    gone = Assignment.objects.filter(status__in=RELEASED)
    if feed.bureau:
        return gone.visible_to(feed.person).under(feed.bureau)
    return gone.filter(_of_own(feed))


def _of_own(feed: Feed) -> Q:
    own = feed.person.bureaus_where(Permission.READ)
    return Q(bureau_path__in=[bureau.path for bureau in own])


def _is_long_done(item: DueItem, now: datetime) -> bool:
    if item.light.code != "done" or item.closed_at is None:
        return False
    return item.closed_at < now - DONE_STAYS


def _weight(item: DueItem) -> tuple[int, date]:
    """What concerns most bureaus first: a country's own tasks come before those of a county."""
    return -item.count, item.day


def _event(item: DueItem, feed: Feed, moments: Moments) -> Event:
    link = settings.SITE_URL + item.url
    title, is_gone = _title(item, feed), item.light.code == "ended"
    local = item.due_at.astimezone(SHANGHAI)
    stamps = (item.obligation.issued_at, item.changed_at, moments.happened_at)
    return Event(
        uid=_uid(item, feed),
        sequence=item.version + is_gone,
        day=item.day,
        at=None if local.time() == END_OF_DAY else local,
        summary=title,
        description="\n".join((title, f"截止时间：{moment_in_words(item.due_at)}", link)),
        category=item.light.word,
        url=link,
        changed_at=max(filter(None, stamps)),
        is_cancelled=is_gone,
        alarms=_alarms(item, moments),
    )


def _alarms(item: DueItem, moments: Moments) -> tuple[timedelta, ...]:
    """With the last steps of its plan, else the day before; none where all have reported."""
    if item.light.code not in OWED or item.reported == item.count:
        return ()
    is_whole = item.due_at.astimezone(SHANGHAI).time() == END_OF_DAY
    starts_at = datetime.combine(item.day, time.min, tzinfo=SHANGHAI) if is_whole else item.due_at
    steps = moments.last_steps(item.version, before=starts_at)
    return tuple(starts_at - at for at in steps) or (MORNING if is_whole else DAY_BEFORE,)


def _title(item: DueItem, feed: Feed) -> str:
    """Programs that do not know of cancelled events show the word at least."""
    said = item.share if feed.bureau and item.light.code != "ended" else item.units
    title = f"{item.bureau} {item.obligation}" if item.is_single else f"{item.obligation} {said}"
    return f"不再要求：{title}" if item.light.code == "ended" else title


def _uid(item: DueItem, feed: Feed) -> str:
    """An assignment keeps its own wherever its day moves, and so does an obligation's own day.

    Bureaus with another day than that are a group of their own, one a day.
    """
    if item.is_single:
        key = f"assignment-{item.assignment_id}"
    else:
        whose = feed.bureau.code if feed.bureau else f"person-{feed.person_id}"
        due_at = item.obligation.due_at
        is_main = due_at is not None and local_day(due_at) == item.day
        day = "" if is_main else f"-{item.day:%Y%m%d}"
        key = f"obligation-{item.obligation_id}{day}-{whose}"
    return f"{key}@{urlsplit(settings.SITE_URL).hostname}"
