"""An office in which anything may happen: two provinces with what lies below, several duties, and
a dice that says who does what next."""

import random
from collections import Counter
from datetime import date, datetime, timedelta

from django.db.models import Q

from bureaus.models import Bureau
from notices.calendar import work_calendar
from tasks.actions import amending, extensions, happenings, issuing, passing, transitions
from tasks.actions.counts import folding
from tasks.actions.issuing import Terms
from tasks.errors import NotYourPost, TaskError
from tasks.models import Assignment, Extension, Obligation
from tasks.scheduling.dates import dates_of, until
from tasks.states import EDITABLE, MOVES, CountsFrom, ExtensionState
from tests import factories, splits
from tests.factories import NOW, SHANGHAI

REFUSED = (TaskError, NotYourPost)
RARE = {"withdraw", "pass_on", "decline"}  # else most tasks would be over at once
TEXT = """国市监测〔2026〕3号

市场监管总局关于开展质量服务活动的通知

各市场监管局：

各单位请于2026年3月31日前将活动方案报送总局。
各单位请于活动结束后10个工作日内将活动总结报送总局。
各单位收到本通知后10日内将联系人名单报送总局。
重要情况和工作信息请及时报送总局。

市场监管总局

2026年3月2日
"""


def tree() -> list[Bureau]:
    """A province with two cities, one of them with a county, one without, and a 司局."""
    zhejiang, jiangsu = factories.province(), factories.province("320000", "江苏省")
    hangzhou, ningbo = splits.cities(zhejiang, 2)
    Bureau.objects.filter(pk__in=[zhejiang.pk, hangzhou.pk]).update(counties_take_part=True)
    county = factories.county(hangzhou)
    return [zhejiang, jiangsu, hangzhou, ningbo, county, factories.internal_unit()]


class Life:
    """What was done is counted by its name; what was refused as ``refused``, and as ``idle`` what
    there was no occasion for: the deed gives False."""

    def __init__(self, seed: int):
        self.dice = random.Random(seed)  # noqa: S311  a game, not a secret
        self.done: Counter[str] = Counter()
        self.bureaus = tree()
        self.clauses = list(factories.filed_notice(TEXT).clauses.reports())
        self.by = factories.coordinator()
        for clause in self.clauses:
            self._issue(clause, "")

    def go_on(self, steps: int) -> None:
        deeds = {
            self.move: 60,
            self.issue: 2,
            self.add: 4,
            self.split: 6,
            self.amend: 5,
            self.withdraw: 1,
            self.take_back: 2,
            self.ask_longer: 8,
            self.answer: 8,
            self.pass_on: 2,
            self.happen: 3,
            self.fold: 2,
        }
        for _ in range(steps):
            (deed,) = self.dice.choices([*deeds], [*deeds.values()])
            try:
                is_idle = deed() is False
            except REFUSED:
                self.done["refused"] += 1
            else:
                self.done["idle" if is_idle else deed.__name__] += 1

    def move(self) -> bool | None:
        task = self._task()
        verbs = [
            verb
            for verb, move in MOVES.items()
            if task.status in move.sources and (verb not in RARE or self.dice.random() < 0.1)
        ]
        if not verbs:
            return False
        verb = self.dice.choice(verbs)
        by = factories.actor(task, verb)
        transitions.move(task, verb, now=self._now(), reason="随机", by=by)
        return None

    def issue(self) -> None:
        self._issue(self.dice.choice(self.clauses), f"2026年{self.dice.randint(1, 12)}月")

    def _issue(self, clause, period: str, now: datetime = NOW) -> Obligation:
        dates = dates_of(clause)
        if period and clause.due_at:
            dates = until(self._day(), calendar=work_calendar(), said="示例")
        some = self.dice.sample(self.bureaus, self.dice.randint(1, 4))
        terms = Terms(dates, period=period, need="示例", later="示例")
        return issuing.issue(clause, bureaus=some, terms=terms, now=now, by=self.by)

    def add(self) -> None:
        obligation = self._obligation()
        issuing.add(
            obligation,
            bureaus=[self.dice.choice(self.bureaus)],
            now=self._now(),
            by=splits.coordinator(obligation.issuer),
        )

    def split(self) -> bool | None:
        begun = Q(status__in=EDITABLE, bureau__children__isnull=False, splits=None)
        tasks = list(Assignment.objects.for_detail().filter(begun).distinct().order_by("pk"))
        if not tasks:
            return False
        task = self.dice.choice(tasks)
        day = self.dice.choice([None, date(2026, 3, 10)])
        splits.split(task, *task.bureau.children.order_by("path"), day=day)
        return None

    def amend(self) -> None:
        obligation = self._obligation()
        amending.amend(
            obligation,
            self.dice.choice([None, self._day()]),
            reason="示例",
            now=self._now(),
            by=splits.coordinator(obligation.issuer),
        )

    def withdraw(self) -> None:
        obligation = self._obligation()
        by = splits.coordinator(obligation.issuer)
        amending.withdraw(obligation, reason="示例", now=self._now(), by=by)

    def take_back(self) -> None:
        now = NOW + timedelta(minutes=self.done.total() + 1)
        made = self._issue(self.clauses[0], f"第{self.done.total()}期", now)
        issuing.take_back(made, now=now + timedelta(minutes=1), by=self.by)

    def ask_longer(self) -> None:
        task = self._task()
        by = factories.actor(task, "hand_in")
        extensions.request(task, until=self._day(), reason="示例", now=NOW, by=by)

    def answer(self) -> bool | None:
        asked = Extension.objects.filter(state=ExtensionState.ASKED).order_by("pk").first()
        if not asked:
            return False
        by = splits.coordinator(asked.assignment.receiver)
        granted = self.dice.random() < 0.7
        extensions.decide(asked, is_granted=granted, opinion="示例", now=NOW, by=by)
        return None

    def pass_on(self) -> bool | None:
        task = self._task()
        to = passing.candidates(task).order_by("path").first()
        if not to:
            return False
        by = splits.coordinator(task.receiver)
        passing.pass_on(task, to=to, reason="示例", now=self._now(), by=by)
        return None

    def happen(self) -> bool | None:
        waiting = Obligation.objects.filter(counts_from=CountsFrom.EVENT, parent=None)
        obligation = waiting.order_by("pk").first()
        if not obligation:
            return False
        happenings.set_day(obligation, self._day(), now=NOW, by=self.by)
        return None

    def fold(self) -> None:
        folding.fold()

    def _task(self) -> Assignment:
        """Of which something is still asked, or was."""
        keys = Assignment.objects.expected().order_by("pk").values_list("pk", flat=True)
        return Assignment.objects.for_detail().get(pk=self.dice.choice(list(keys)))

    def _obligation(self) -> Obligation:
        rows = Obligation.objects.filter(~Q(state="taken_back")).select_related("issuer", "clause")
        return self.dice.choice(list(rows.order_by("pk")))

    def _now(self) -> datetime:
        return NOW + timedelta(days=self.dice.randrange(60), hours=3)

    def _day(self) -> date:
        return datetime(2026, 3, 20, tzinfo=SHANGHAI).date() + timedelta(self.dice.randrange(60))
