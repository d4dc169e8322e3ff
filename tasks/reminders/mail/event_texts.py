"""The words of what happened: a subject, and a mail about several things of one notice."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape

from bureaus.shell.masking import masked
from tasks.ladder.events import CLOSED, NEW, WEIGHT
from tasks.models import Delivery, Milestone
from tasks.reminders.opening import page_of
from tasks.scheduling.dates import moment_in_words
from tasks.states import RELEASED

HAND_IN = ("报送", "上报", "报告", "填报")  # with one of these a title says itself what to do
PHONE = re.compile(r"(?<!\d)(?:1\d{10}|0\d{2,3}[-－ ]?\d{7,8}|\d{7,8})(?!\d)")
REASON = 300  # characters of a reason that go into a mail; the page has it whole
SHOWN = 20  # things that one mail tells one by one
Texts = tuple[str, str]
NAME = "\0name\0"  # stands for what differs from mail to mail, as in letter_texts


@dataclass(frozen=True, slots=True)
class News:
    """One thing that happened, in words; any but ``label`` and ``link`` may be empty."""

    label: str
    title: str
    link: str
    bureau: str = ""
    due: str = ""
    status: str = ""
    words: str = ""
    origin: str = ""
    reason: str = ""


def subject(milestone: Milestone) -> str:
    """【新任务】3月31日前报送质量工作进展情况; 【退回补正·特急】质量工作进展情况."""
    event, assignment = milestone.event, milestone.assignment
    if assignment is None:
        return f"【{event.of.label}】{event.words}"[:200]
    title = " ".join(str(assignment.obligation).split())  # a subject is one line
    mark = "·".join(filter(None, (event.of.label, assignment.obligation.notice.urgency)))
    return f"【{mark}】{due_before(milestone)}{title}"[:200]


def due_before(milestone: Milestone) -> str:
    """3月31日前报送 in front of the title of a new task; empty for all else."""
    due_at = milestone.assignment.due_at
    if milestone.event.of != NEW or due_at is None:
        return ""
    title = str(milestone.assignment.obligation)
    verb = "" if title.startswith(HAND_IN) else "报送"
    return f"{timezone.localtime(due_at):%-m月%-d日}前{verb}"


def together(letter: Sequence[Delivery]) -> str:
    """The subject of several: the weightiest, how many of them and of others, the first day."""
    rows = in_order(letter)
    of = rows[0].milestone.event.of
    same = [row for row in rows if row.milestone.event.of == of]
    of_one_notice = is_of_notice(rows[0])
    urgency = _notice(rows[0]).urgency if of_one_notice else ""
    mark = "·".join(filter(None, (of.label, urgency)))
    if len(same) == 1:
        return f"【{mark}】{_title(same[0])}，另有{len(rows) - 1}项动态"[:200]
    others = len(rows) - len(same)
    words = f"{len(same)}项{of.label}"
    ends = [row.milestone.assignment.due_at for row in same]
    dated = [end for end in ends if end is not None]
    if of == NEW and dated:
        words += f"，最早{timezone.localtime(min(dated)):%-m月%-d日}截止"
    more = f"，另有{others}项动态" if others else ""
    about = _notice(rows[0]).title if of_one_notice else rows[0].milestone.event.words
    return f"【{mark}】{words}{more}：{' '.join(about.split())}"[:200]


def is_of_notice(row: Delivery) -> bool:
    """Is the letter about what happened to one notice?"""
    return row.bundle.startswith("n")


def in_order(letter: Sequence[Delivery]) -> list[Delivery]:
    """The weightiest first; of a kind as they happened."""
    return sorted(letter, key=lambda row: (WEIGHT[row.milestone.event.kind], row.pk or 0))


def texts(letter: Sequence[Delivery]) -> Texts:
    """(text, HTML). What thousands of mails have in common is rendered once."""
    rows = in_order(letter)
    told = [said(row.milestone) for row in rows[:SHOWN]]
    citation = _notice(rows[0]).citation if is_of_notice(rows[0]) else ""
    marks = {f"\0link{place}\0": one.link for place, one in enumerate(told)}
    marks |= {f"\0bureau{place}\0": one.bureau for place, one in enumerate(told)}
    marks[NAME] = rows[0].recipient.name
    patterned = tuple(
        replace(one, link=f"\0link{place}\0", bureau=f"\0bureau{place}\0" if one.bureau else "")
        for place, one in enumerate(told)
    )
    plain, html = _pattern(patterned, citation, len(rows))
    for mark, words in marks.items():
        plain, html = plain.replace(mark, words), html.replace(mark, escape(words))
    return plain, html


@lru_cache(maxsize=256)
def _pattern(told: tuple[News, ...], citation: str, count: int) -> Texts:
    words = {"name": NAME, "told": told, "citation": citation, "count": count}
    words["more"] = count - len(told)
    plain, html = (render_to_string(f"tasks/mail/events.{end}", words) for end in ("txt", "html"))
    return plain, html


def said(milestone: Milestone) -> News:
    """What a mail says of one event."""
    event, assignment = milestone.event, milestone.assignment
    link = settings.SITE_URL + page_of(milestone)
    if assignment is None:
        words = {"origin": event.origin, "reason": _cut(event.reason)}
        return News(event.of.label, event.words, link, **words)
    is_due = event.of != CLOSED and assignment.status not in RELEASED
    due = moment_in_words(assignment.due_at) if assignment.due_at else "无时限"
    return News(
        label=event.of.label,
        title=str(assignment.obligation),
        link=link,
        bureau=str(assignment.bureau),
        due=due if is_due else "",
        status=str(assignment.get_status_display()),
        words=event.words,
        origin=event.origin,
        reason=_cut(event.reason),
    )


def _cut(reason: str) -> str:
    """On one line, without telephone numbers: those are not for the internet."""
    line = PHONE.sub(lambda found: masked(found[0]), " ".join(reason.split()))
    return f"{line[:REASON]}……（全文见任务页）" if len(line) > REASON else line


def _title(row: Delivery) -> str:
    milestone = row.milestone
    title = " ".join(str(milestone.assignment.obligation).split())
    return f"{due_before(milestone)}{title}"


def _notice(row: Delivery):
    return row.milestone.assignment.obligation.notice
