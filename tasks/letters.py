"""The words of a reminder: title, deadline and a link; never a body, an attachment or a phone."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from bureaus.models import Staff
from tasks import ladder
from tasks.models import Delivery, Milestone

WORDS = {
    "O": "逾期提醒",
    ladder.SUPERIOR: "逾期提醒",
    ladder.COORDINATOR: "逾期提醒",
    ladder.URGE: "催办",
}  # by the first letter of the kind


def subject(milestone: Milestone) -> str:
    assignment = milestone.assignment
    due = f"{timezone.localtime(assignment.due_at):%-m月%-d日}前" if assignment.due_at else ""
    word = WORDS.get(milestone.kind[0], "报送提醒")
    title = " ".join(assignment.obligation.title.split())  # a subject is one line
    return f"【{word}】{due}{title}"[:200]


def message_key(milestone: Milestone, person: Staff, channel: str) -> str:
    """The Message-ID: made from the row's key alone, so that a repeat can be recognised as one."""
    parts = (
        milestone.assignment_id,
        milestone.deadline_version,
        milestone.kind,
        person.pk,
        channel,
    )
    return f"<reminder-{'-'.join(str(part) for part in parts)}@{_host()}>"


def _host() -> str:
    return settings.SITE_URL.split("//")[-1].split("/")[0].split(":")[0]


def _headers(delivery: Delivery) -> dict[str, str]:
    """A repeat has the Message-ID of the first, and says what it may be."""
    mark = {"X-Possible-Repeat": "yes"} if delivery.is_repeat else {}
    return {"Message-ID": delivery.message_key, **mark}


def compose(delivery: Delivery, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    assignment = delivery.milestone.assignment
    words = {
        "person": delivery.recipient,
        "assignment": assignment,
        "obligation": assignment.obligation,
        "rung": ladder.label(delivery.milestone.kind),
        "urge": getattr(delivery.milestone, "urge", None),
        "link": settings.SITE_URL + reverse("tasks:assignment_detail", args=[assignment.pk]),
    }
    message = EmailMultiAlternatives(
        subject=delivery.subject,
        body=render_to_string("tasks/mail/reminder.txt", words),
        from_email=settings.MAIL_FROM,
        to=[delivery.address],
        connection=connection,
        headers=_headers(delivery),
    )
    message.attach_alternative(render_to_string("tasks/mail/reminder.html", words), "text/html")
    return message
