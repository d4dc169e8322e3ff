"""The page 日历: who opens it, its days, the lines of a day, and what it says."""

import re

from bureaus.roles import Role
from tasks.calendar import month as calendar_page
from tasks.models import Obligation
from tests import factories
from tests.factories import owed_by


def days(answer) -> dict[str, calendar_page.Day]:
    """The days of the page by month and day."""
    return {f"{one.day:%m-%d}": one for week in answer.context["weeks"] for one in week}


def lines(answer, day: str = "03-31") -> list[tuple]:
    """(light, title, units) of each line of a day."""
    return [
        (item.light.code, str(item.obligation), str(item.bureau or item.share))
        for item in days(answer)[day].items
    ]


def text(answer) -> str:
    """What the page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def filler(issued: Obligation, code: str):
    return factories.staff(Role.FILLER, owed_by(issued, code).bureau)
