"""Finding the rows of the story: people by post, tasks by the bureau that owes them."""

from datetime import date, datetime, time, timedelta

from bureaus.models import Bureau, Staff
from bureaus.roles import Role
from config.demo.people import holder
from notices.text.deadlines.office_time import SHANGHAI
from tasks.models import Assignment, Obligation

NOW = datetime.combine(date(2026, 3, 2), time(16), tzinfo=SHANGHAI)  # a Monday
DAY = timedelta(days=1)


def at(code: str) -> Bureau:
    return Bureau.objects.get(code=code)


def central() -> Bureau:
    return Bureau.objects.get(parent=None)


def coordinator() -> Staff:
    return holder(Role.COORDINATOR, central())


def filler(task: Assignment) -> Staff:
    return holder(Role.FILLER, task.bureau)


def asked(number: str) -> Obligation:
    """What the notice in progress asks by its attachment 1 or 2."""
    return Obligation.objects.get(
        notice__doc_number__contains="〕13号", attachment_numbers=number, parent=None
    )


def task(number: str, code: str) -> Assignment:
    """The same of one bureau."""
    return asked(number).assignments.for_detail().get(bureau__code=code)
