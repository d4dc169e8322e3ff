"""What is asked of whom: notices with their clauses and addressees, and the obligations."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from bureaus.models import Bureau
from notices.models import Addressee, Clause, Notice
from notices.states import ClauseState, NoticeState
from notices.text.deadlines.office_time import local_day
from notices.text.deadlines.workdays import WorkCalendar
from tasks.management.load import wording
from tasks.management.load.copying import Tables
from tasks.management.load.units import Country, Unit
from tasks.models import Obligation
from tasks.scheduling.dates import Dates, until

Group = tuple[Unit, list[Unit]]  # who asks, who is asked
# of all assignments, by who is asked
SHARES = {"everyone": 0.4, "provinces": 0.05, "province": 0.43, "prefecture": 0.08, "split": 0.04}
UNDATED = 0.1  # of the obligations
DAYS = range(7, 61)  # from the issue to the due day
READING = json.dumps({"contacts": []})
IN_A_NOTICE = (1, 1, 2)  # obligations


@dataclass(frozen=True)
class Asked:
    """An obligation as it was issued."""

    key: int
    title: str
    quote: str
    issuer: Unit
    audience: list[Unit]
    issued_at: datetime
    dates: Dates
    notice_key: int
    clause_key: int
    parent_key: int | None = None

    def is_running(self, at: datetime) -> bool:
        return self.dates.due_at is None or at < self.dates.due_at


class Office:
    """Writes notices and issues what they ask, in the order of time."""

    def __init__(self, country: Country, tables: Tables, calendar: WorkCalendar, rng: Random):
        self.tables, self.calendar, self.rng = tables, calendar, rng
        self.central = country.central
        self.groups = {kind: found for kind, found in _groups(country).items() if found}
        self.weights = [SHARES[kind] / _mean(found) for kind, found in self.groups.items()]
        self.number = 0

    def ask(self, at: datetime, splittable: Sequence[tuple[Asked, int]]) -> Iterator[Asked]:
        """The obligations of one more notice, or what a province makes of one it owes.

        ``splittable``: obligations of all provinces, each with the key of its first assignment.
        """
        (kind,) = self.rng.choices(list(self.groups), self.weights)
        issuer, audience = self.rng.choice(self.groups[kind])
        if kind != "split":
            yield from self._notice(issuer, audience, at)
        elif running := [each for each in splittable if each[0].is_running(at)]:
            whole, first = self.rng.choice(running)
            parent = first + whole.audience.index(issuer)
            yield self._issue(
                replace(whole, issuer=issuer, audience=audience, issued_at=at, parent_key=parent)
            )

    def draft(self, at: datetime) -> None:
        """A notice of the 总局 that waits to be checked."""
        self._file(self.central, [wording.matter(self.rng)], [], at, state=NoticeState.TO_CHECK)

    def inform(self, at: datetime) -> None:
        """A long notice that asks for nothing, to the provinces or to those below a prefecture."""
        kinds = [kind for kind in ("provinces", "prefecture") if kind in self.groups]
        issuer, audience = self.rng.choice(self.groups[self.rng.choice(kinds)])
        said = wording.sentences(self.rng)
        key, _ = self._file(issuer, [wording.matter(self.rng)], said, at, state=NoticeState.FILED)
        self._send(key, audience)

    def _send(self, notice: int, audience: list[Unit]) -> None:
        for unit in audience:
            self.tables[Addressee].add(
                notice_id=notice, bureau_id=unit.bureau.pk, path=unit.bureau.path
            )

    def _notice(self, issuer: Unit, audience: list[Unit], at: datetime) -> Iterator[Asked]:
        matters = [wording.matter(self.rng) for _ in range(self.rng.choice(IN_A_NOTICE))]
        dates = [self._dates(at) for _ in matters]
        quotes = [
            wording.quote(issuer.bureau, asked, each)
            for asked, each in zip(matters, dates, strict=True)
        ]
        key, body = self._file(issuer, matters, quotes, at, state=NoticeState.FILED)
        self._send(key, audience)
        start = body.find(quotes[0])
        for position, (asked, each, quote) in enumerate(
            zip(matters, dates, quotes, strict=True), start=1
        ):
            clause = self._clause(key, position, asked, quote, start, each, issuer)
            start += len(quote)
            yield self._issue(Asked(0, asked, quote, issuer, audience, at, each, key, clause))

    def _dates(self, at: datetime) -> Dates:
        issued_on = local_day(at)
        if self.rng.random() < UNDATED:
            return Dates(review_on=issued_on + timedelta(days=90), explanation="未写明时限。")
        due_on = issued_on + timedelta(days=self.rng.choice(DAYS))
        return until(due_on, calendar=self.calendar, said="原文")

    def _file(
        self,
        issuer: Unit,
        matters: list[str],
        quotes: list[str],
        at: datetime,
        *,
        state: NoticeState,
    ) -> tuple[int, str]:
        self.number += 1
        number = wording.doc_number(issuer.bureau, at, self.number)
        title = wording.title(issuer.bureau, matters)
        body = wording.body(issuer.bureau, number, title, quotes, at)
        is_filed = state == NoticeState.FILED
        key = self.tables[Notice].add(
            bureau_id=issuer.bureau.pk,
            state=state,
            title=title,
            doc_number=number,
            issuers=issuer.bureau.name,
            recipients_text="各有关单位",
            written_on=local_day(at),
            is_example=True,
            body=body,
            reading_json=READING,
            source_name="压力测试.txt",
            digest=hashlib.sha256(body.encode()).hexdigest(),
            imported_at=at - timedelta(hours=2),
            imported_by_id=issuer.coordinator.pk,
            filed_at=at - timedelta(hours=1) if is_filed else None,
            filed_by_id=issuer.coordinator.pk if is_filed else None,
        )
        return key, body

    def _clause(
        self,
        notice: int,
        position: int,
        asked: str,
        quote: str,
        start: int,
        dates: Dates,
        issuer: Unit,
    ) -> int:
        return self.tables[Clause].add(
            notice_id=notice,
            position=position,
            state=ClauseState.CONFIRMED,
            quote=quote,
            start_at=start,
            end_at=start + len(quote),
            who="各单位",
            deliverable=asked,
            report_to=str(issuer.bureau),
            due_at=dates.due_at,
            strict_on=dates.strict_on,
            target_on=local_day(dates.target_at) if dates.target_at else None,
            review_on=dates.review_on,
            explanation=dates.explanation,
            confidence=0.9,
        )

    def _issue(self, asked: Asked) -> Asked:
        dates = asked.dates
        key = self.tables[Obligation].add(
            notice_id=asked.notice_key,
            clause_id=asked.clause_key,
            parent_id=asked.parent_key,
            issuer_id=asked.issuer.bureau.pk,
            title=asked.title,
            quote=asked.quote,
            due_at=dates.due_at,
            strict_on=dates.strict_on,
            target_at=dates.target_at,
            review_on=dates.review_on,
            explanation=dates.explanation,
            need="汇总全省情况需要下级数据（示例）" if asked.parent_key else "",
            issued_at=asked.issued_at,
            issued_by_id=asked.issuer.coordinator.pk,
        )
        return replace(asked, key=key)


def _groups(country: Country) -> dict[str, list[Group]]:
    central, below = country.central, country.below
    whole = [(unit, below[unit.bureau.pk]) for unit in country.provinces if unit.bureau.pk in below]
    return {
        "everyone": [(central, country.units)],
        "provinces": [(central, country.provinces)],
        "province": whole,
        "prefecture": [
            (unit, below[unit.bureau.pk])
            for unit in country.units
            if unit.bureau.rank == Bureau.Rank.PREFECTURE and unit.bureau.pk in below
        ],
        "split": [
            (unit, [one for one in found if one.bureau.parent_id == unit.bureau.pk])
            for unit, found in whole
        ],
    }


def _mean(groups: list[Group]) -> float:
    return sum(len(audience) for _, audience in groups) / len(groups)
