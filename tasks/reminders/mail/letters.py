"""The words of a reminder: title, deadline and a link; never a body, an attachment or a phone."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from bureaus.models import Staff
from tasks.ladder import rungs
from tasks.models import Delivery, Milestone
from tasks.reminders.mail import event_texts, letter_texts
from tasks.reminders.mail.letter_texts import LATE, NOT_IN, TO_DO, Said
from tasks.reminders.opening import page_of
from tasks.scheduling.dates import moment_in_words

USUAL, OVERDUE = "报送提醒", "逾期提醒"
OF_NOTICE = ("doc_number", "title", "urgency")
COLUMNS = (
    *("channel", "address", "subject", "message_key", "state", "attempts", "not_before"),
    *("is_repeat", "in_digest", "bundle", "robot", "milestone__kind"),
    *(f"milestone__event__{name}" for name in ("kind", "words", "origin", "reason")),
    *(f"recipient__{name}" for name in ("name", "email", "is_active", "expires_on")),
    *(f"milestone__assignment__{name}" for name in ("due_at", "target_at", "status")),
    *(f"milestone__assignment__obligation__{name}" for name in ("title", "period")),
    *(f"milestone__assignment__obligation__notice__{name}" for name in OF_NOTICE),
    *(f"milestone__assignment__{unit}__short_name" for unit in ("bureau", "receiver")),
    *("milestone__urge__milestone", "milestone__urge__made_by__name"),
)  # all that is read for a letter; a notice's body alone may be longer than a thousand of them
WORDS = {
    "O": OVERDUE,
    rungs.SUPERIOR: OVERDUE,
    rungs.COORDINATOR: OVERDUE,
    rungs.URGE: "催办",
    rungs.REVIEW_DAY: "复核提醒",
}  # by the first letter of the kind
TOLD = {
    rungs.SUPERIOR: f"{LATE}，请督促办理",
    rungs.COORDINATOR: LATE,
    rungs.REVIEW_ISSUER: NOT_IN,
}  # others' tasks
LINKS = 5  # of one message in a chat group


def subject(milestone: Milestone) -> str:
    """【报送提醒】3月31日前报送质量工作进展情况; 【报送提醒·特急】… where the notice is urgent."""
    if milestone.event is not None:
        return event_texts.subject(milestone)
    assignment = milestone.assignment
    title = " ".join(str(assignment.obligation).split())  # a subject is one line
    by_hour = milestone.kind.startswith(rungs.HOUR)
    due = f"{_day(assignment.due_at, by_hour=by_hour)}前" if assignment.due_at else ""
    verb = "报送" if due and not title.startswith(event_texts.HAND_IN) else ""
    urgency = assignment.obligation.notice.urgency  # why it comes by itself
    mark = "·".join(filter(None, (_word(milestone), urgency)))
    return f"【{mark}】{due}{verb}{title}"[:200]


def _day(moment: datetime, *, by_hour: bool) -> str:
    local = timezone.localtime(moment)
    return f"{local:%-m月%-d日}{local:%-H:%M}" if by_hour else f"{local:%-m月%-d日}"


def _word(milestone: Milestone) -> str:
    return WORDS.get(milestone.kind[0], USUAL)


def message_key(milestone: Milestone, person: Staff, channel: str) -> str:
    """The Message-ID: made from the row's key alone, so that a repeat can be recognised as one."""
    parts = (
        milestone.assignment_id or 0,
        milestone.deadline_version,
        milestone.kind,
        person.pk,
        channel,
    )
    return f"<reminder-{'-'.join(str(part) for part in parts)}@{host()}>"


def host() -> str:
    """What Message-IDs end with."""
    return settings.SITE_URL.split("//")[-1].split("/")[0].split(":")[0]


def compose(letter: Sequence[Delivery], connection: BaseEmailBackend) -> EmailMultiAlternatives:
    """The mail about these, all to one person: one task, or several in a digest."""
    first = letter[0]
    if first.milestone.event is not None:
        plain, html = event_texts.texts(letter)
    else:
        plain, html = letter_texts.texts(first.recipient.name, [_said(each) for each in letter])
    message = EmailMultiAlternatives(
        subject=_subject_of(letter),
        body=plain,
        from_email=settings.MAIL_FROM,
        to=[first.address],
        connection=connection,
        headers=_headers(letter),
    )
    message.attach_alternative(html, "text/html")
    return message


def _subject_of(letter: Sequence[Delivery]) -> str:
    first = letter[0]
    if first.milestone.event is not None:  # as it stands now: a day may have changed meanwhile
        return subject(first.milestone) if len(letter) == 1 else event_texts.together(letter)
    return first.subject if len(letter) == 1 else _together(letter)


def short(letter: Sequence[Delivery]) -> str:
    """For a chat group: title, deadline and link."""
    first = letter[0]
    if first.milestone.event is not None:
        rows = event_texts.in_order(letter)
        links = dict.fromkeys(settings.SITE_URL + page_of(row.milestone) for row in rows)
        return "\n".join([_subject_of(letter), *list(links)[:LINKS]])
    assignment = first.milestone.assignment
    lines = [first.subject, f"{assignment.bureau}（{rungs.label(first.milestone.kind)}）"]
    return "\n".join([*lines, link(first.milestone)])


def link(milestone: Milestone) -> str:
    return settings.SITE_URL + page_of(milestone)


def _said(delivery: Delivery) -> Said:
    """What a mail says of one task."""
    assignment, kind = delivery.milestone.assignment, delivery.milestone.kind
    urge = getattr(delivery.milestone, "urge", None)
    is_ahead = kind.startswith("T")  # only these count from the target
    rung = TOLD.get(kind) or rungs.label(kind)
    return Said(
        bureau=str(assignment.bureau),
        link=link(delivery.milestone),
        title=str(assignment.obligation),
        citation=assignment.obligation.notice.citation,
        due=moment_in_words(assignment.due_at) if assignment.due_at else "无时限",
        target=moment_in_words(assignment.target_at) if is_ahead and assignment.target_at else "",
        status=str(assignment.get_status_display()),
        rung=rung,
        need=rung if kind in TOLD else TO_DO if urge else f"{TO_DO}（{rung}）",
        urged_by=f"{assignment.receiver} {urge.made_by}" if urge else "",
    )


def _together(letter: Sequence[Delivery]) -> str:
    """The subject of a digest: how many, and the first day."""
    milestones = [delivery.milestone for delivery in letter]
    words = {_word(milestone) for milestone in milestones}
    ends = [each.assignment.due_at for each in milestones if each.assignment.due_at]
    first = f"，最早{timezone.localtime(min(ends)):%-m月%-d日}截止" if ends else ""
    word = OVERDUE if OVERDUE in words else USUAL
    need = letter_texts.shared_need([TOLD.get(each.kind, TO_DO) for each in milestones])
    return f"【{word}】{len(letter)}项报送任务{need}{first}"


def _headers(letter: Sequence[Delivery]) -> dict[str, str]:
    return headers(letter[0].message_key, is_repeat=any(each.is_repeat for each in letter))


def headers(key: str, *, is_repeat: bool) -> dict[str, str]:
    """A repeat has the Message-ID of the first, and says what it may be.

    Auto-Submitted (RFC 3834) keeps people's notices of absence from being sent back.
    """
    mark = {"X-Possible-Repeat": "yes"} if is_repeat else {}
    return {"Message-ID": key, "Auto-Submitted": "auto-generated", **mark}
