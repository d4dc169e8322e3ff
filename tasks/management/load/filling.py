"""Filling an empty database with years of assignments."""

from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from django.db import connection, transaction

from audit.models import AuditEvent
from bureaus.actions import registry
from bureaus.search import keeping
from notices.calendar import work_calendar
from notices.models import Addressee, Clause, Notice, NoticeText
from notices.models import search_text as notice_text
from notices.text.deadlines.workdays import WorkCalendar
from tasks.actions.counts import mending
from tasks.management.load import standing, trail, units
from tasks.management.load.asking import Asked, Office
from tasks.management.load.bare import bare
from tasks.management.load.chains import Chains
from tasks.management.load.copying import Tables
from tasks.management.load.units import Unit
from tasks.models import (
    Assignment,
    DeadlineChange,
    Delivery,
    Extension,
    Milestone,
    Obligation,
    ObligationText,
)
from tasks.models import search_text as obligation_text
from tasks.states import Status

MODELS = (Notice, Clause, Addressee, Obligation, Assignment, DeadlineChange)
MODELS += (Extension, Milestone, Delivery, AuditEvent)
TEXTS = (NoticeText, ObligationText)
YEARS = timedelta(days=365 * 3.5)
DRAFTS = 20  # notices still to be checked
SAMPLE = 50  # one assignment in so many has its trail and its reminders
LONGER = 0.15  # of those being filled in, ask for a later date
SPLITTABLE = 40  # the latest obligations of all provinces, any of which a province may pass down


class Shortage(Exception):
    """The tree has fewer bureaus than were asked for."""


@transaction.atomic
def fill(
    bureaus: int, assignments: int, *, notices: int = 0, seed: int, now: datetime
) -> dict[str, int]:
    """Everything or nothing. Returns the rows of each table by its model's name.

    ``notices`` more are filed that ask for nothing, with texts as long as real ones.
    """
    registry.load_tree()
    registry.load_workdays()
    if bureaus > units.available():
        raise Shortage(f"机构树中总局以下只有{units.available()}个市场监管部门，不够{bureaus}个")
    with bare((*MODELS, *TEXTS)):
        rng = Random(seed)  # noqa: S311  not a secret
        made = _fill(bureaus, assignments, notices, rng, now)
        obligations = Obligation.objects.select_related("notice").defer("notice__body")
        keeping.rebuild(NoticeText, Notice.objects.all(), notice_text)
        keeping.rebuild(ObligationText, obligations, obligation_text)
    mending.fill()
    return made


@dataclass(frozen=True)
class Assigner:
    """Gives every bureau that was asked its assignment, with all that is written down of it."""

    tables: Tables
    chains: Chains
    calendar: WorkCalendar
    now: datetime
    rng: Random

    def assign(self, asked: Asked) -> int:
        """Returns the key of the first; the others follow it."""
        trail.issued(self.chains, asked)
        first = self.tables[Assignment].last_key + 1
        found = standing.statuses(asked, now=self.now, rng=self.rng)
        for unit, status in zip(asked.audience, found, strict=True):
            self._assign(asked, unit, status, first)
        return first

    def _assign(self, asked: Asked, unit: Unit, status: Status, first: int) -> None:
        now, calendar, rng = self.now, self.calendar, self.rng
        row = standing.row(asked, unit, status, now=now, calendar=calendar, rng=rng)
        key = self.tables[Assignment].add(**row)
        if status in standing.SECOND_ROUND:
            trail.new_deadline(self.tables, asked, key, row)
        if status == Status.FILLING and now < (asked.dates.due_at or now) and rng.random() < LONGER:
            trail.asks_longer(self.tables, asked, unit, key, row, now=now)
        if key % SAMPLE == 0:
            trail.moved(self.chains, asked, unit, key, row, now=now)
            trail.reminded(self.tables, asked, unit, key, row, now=now, calendar=calendar)


def _fill(
    bureaus: int, assignments: int, notices: int, rng: Random, now: datetime
) -> dict[str, int]:
    country = units.settled(bureaus, rng)
    tables, calendar = Tables(*MODELS), work_calendar()
    office, chains = Office(country, tables, calendar, rng), Chains(tables)
    assigner = Assigner(tables, chains, calendar, now, rng)
    splittable: deque[tuple[Asked, int]] = deque(maxlen=SPLITTABLE)
    left, begin = assignments, now - YEARS
    while left:
        at = begin + YEARS * (1 - left / assignments)
        for asked in office.ask(at, splittable):
            first = assigner.assign(replace(asked, audience=asked.audience[:left]))
            left = max(0, left - len(asked.audience))
            if asked.audience is country.provinces:
                splittable.append((asked, first))
            if not left:
                break
        tables.write_when_full()
    for number in range(notices):
        office.inform(begin + YEARS * (number / notices))
        tables.write_when_full()
    for _ in range(DRAFTS):
        office.draft(now)
    tables.finish()
    chains.finish()
    return {model.__name__: table.count for model, table in tables.by_model.items()}


def gather_statistics() -> None:
    """What autovacuum would do in time; not inside a transaction.

    Without it the planner guesses, and no index is enough for an answer by itself.
    """
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
