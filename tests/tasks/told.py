"""An office in which things happen, and who was told of them: rows, and mails that arrived."""

from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected

from django.core.mail.backends.base import BaseEmailBackend

from bureaus.models import Staff
from bureaus.roles import Role
from tasks.actions import issuing, transitions
from tasks.actions.issuing import Terms
from tasks.models import Assignment, Delivery
from tasks.reminders.actions import ticking
from tasks.scheduling.dates import dates_of
from tests import factories
from tests.factories import NOW

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
GATHERED = 10 * MINUTE
MAILED = 15 * MINUTE  # what was issued may be taken back as long
AT = NOW + 2 * HOUR  # when the tests act: what was issued at NOW has been mailed
POSTS = (Role.COORDINATOR, Role.FILLER, Role.REVIEWER, Role.APPROVER)


def staffed(code: str = "330000", region: str = "浙江省"):
    """A province with a person in each post, and a second filler."""
    bureau = factories.province(code, region)
    for role in POSTS:
        factories.staff(role, bureau)
    factories.staff(Role.FILLER, bureau, username=f"{code}.second")
    return bureau


def ministry() -> tuple[Staff, Staff]:
    """The coordinator who acts, and a second one."""
    second = factories.staff(Role.COORDINATOR, factories.central(), username="100000.second")
    return factories.coordinator(), second


def issue(*bureaus, number: str = "1", now: datetime = NOW, notice=None):
    """As ``factories.obligation``, but told."""
    clause = (notice or factories.filed_notice()).clauses.get(attachment_numbers=number)
    terms = Terms(dates_of(clause))
    return issuing.issue(clause, bureaus=bureaus, terms=terms, now=now, by=factories.coordinator())


def owed(obligation, bureau) -> Assignment:
    return obligation.assignments.for_detail().get(bureau=bureau)


def move(task: Assignment, *verbs: str, now: datetime = AT, **given) -> Assignment:
    """These verbs one after the other, each by somebody who may."""
    for verb in verbs:
        task = type(task).objects.for_detail().get(pk=task.pk)
        reason = given.get("reason", "示例原因" if factories.MOVES[verb].needs_reason else "")
        by = given.get("by") or factories.actor(task, verb)
        transitions.move(task, verb, now=now, reason=reason, by=by)
    return task


def messages(since: datetime = AT) -> set[tuple[str, str]]:
    """(who, which event) of what lies in inboxes since then."""
    rows = Delivery.objects.filter(channel="inbox", sent_at__gte=since)
    return set(rows.values_list("recipient__username", "milestone__event__kind"))


def settle(now: datetime = NOW + MAILED) -> None:
    """The mails of what has happened so far go out."""
    ticking.tick(now)


class Broken(BaseEmailBackend):
    """A mail server that takes the line and none of the letters."""

    def send_messages(self, email_messages):
        raise SMTPServerDisconnected("示例")
