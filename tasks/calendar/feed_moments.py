"""When a feed's items changed last, and the moments at which the plan reminds of them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from tasks.ladder.events import EVENT
from tasks.ladder.rungs import HOUR
from tasks.models import Milestone

BEFORE_DUE = ("T", HOUR)  # the kinds of the rungs before a deadline
STEPS = 2  # the last of them; a calendar program shows no more


@dataclass
class Moments:
    """``happened_at``: what was told last; ``steps``: when the plan reminds, by version."""

    happened_at: datetime | None = None
    steps: defaultdict[int, list[datetime]] = field(default_factory=lambda: defaultdict(list))

    def last_steps(self, version: int, *, before: datetime) -> list[datetime]:
        """The last reminders of a version of the deadline that come before it."""
        return sorted(at for at in self.steps[version] if at < before)[-STEPS:]


def moments(assignments: Collection[int]) -> defaultdict[int, Moments]:
    """By assignment; one query for all of them. Reminders that were void never were."""
    found: defaultdict[int, Moments] = defaultdict(Moments)
    rungs = [Q(kind__startswith=kind) for kind in BEFORE_DUE]
    wanted = Milestone.objects.filter(assignment__in=assignments).exclude(state="void")
    wanted = wanted.filter(rungs[0] | rungs[1] | Q(kind__startswith=EVENT))
    for key, version, kind, at in wanted.order_by().values_list(
        "assignment", "deadline_version", "kind", "at"
    ):
        one = found[key]
        if kind.startswith(EVENT):
            one.happened_at = max(filter(None, (one.happened_at, at)))
        else:
            one.steps[version].append(at)
    return found
