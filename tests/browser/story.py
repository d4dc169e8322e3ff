"""One directive on its way from a file to 办结: who takes part, and the links that lead them."""

import os
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.core import mail
from playwright.sync_api import Page

from bureaus.actions import registry
from bureaus.models import Staff
from bureaus.roles import Role
from tasks.models import Assignment
from tasks.reminders.actions import ticking
from tests import factories
from tests.factories import SHANGHAI
from tests.tasks import told

MORNING = datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)
DIRECTIVE = (
    factories.TEXT.replace("，2026年12月底前报送质量工作年度总结（附件2）", "")
    .replace("重要情况和工作信息请及时报送总局。", "")
    .replace("\n2.质量工作年度总结提纲\n", "\n")
    .split("附件2\n")[0]
    .replace(factories.RECIPIENTS, "浙江省、江苏省市场监管局")
)


@dataclass(frozen=True)
class Cast:
    office: Staff
    filler: Staff
    reviewer: Staff
    approver: Staff

    @property
    def task(self) -> Assignment:
        return Assignment.objects.get(bureau__code="330000")


def cast() -> Cast:
    """The office that asks and one province that answers; a second one has yet to."""
    registry.load_workdays()
    office, here = factories.coordinator(), told.staffed()
    factories.province("320000", "江苏省")  # else all would have reported: another message
    people = (factories.staff(role, here) for role in (Role.FILLER, Role.REVIEWER, Role.APPROVER))
    return Cast(office, *people)


def directive(folder: Path) -> Path:
    file = folder / "通知.txt"
    file.write_text(DIRECTIVE, "utf-8")
    return file


def later(clock, minutes: int) -> None:
    """So much later what was issued or done has been mailed."""
    clock.shift(timedelta(minutes=minutes))
    ticking.tick(datetime.now(SHANGHAI))


def link_in_mail_to(person: Staff) -> str:
    """The path of the link in the last mail to this person."""
    letter = [one for one in mail.outbox if person.email in one.to][-1]
    return re.search(r"https?://[^/\s]+(/\S*)", letter.body)[1]


def shot(page: Page, name: str, folder: Path) -> None:
    """A picture of the page, where SHOTS says or beside the test's files."""
    page.screenshot(path=f"{os.environ.get('SHOTS') or folder}/{name}.png", full_page=True)
