"""One after the other: what waits for this person's verdict, which comes next, what was skipped.

Where one stands is kept in the address (?done=1&skip=12), so that a tab of its own goes its own way
and nothing has to be remembered for anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import Case, F, Q, Value, When
from django.http import QueryDict
from django.urls import reverse

from bureaus.models import Staff
from bureaus.shell.paging import Counted, counted
from tasks.models import Assignment, Obligation
from tasks.querysets.assignments import AssignmentQuerySet

MOST_SKIPPED = 100  # keys in an address; of those skipped before that some come again


@dataclass(frozen=True)
class Walk:
    """How many this person has decided in a row, and the keys of what was skipped meanwhile."""

    done: int = 0
    skipped: tuple[int, ...] = ()

    @property
    def position(self) -> int:
        return self.done + len(self.skipped) + 1

    def url(self, assignment: Assignment | int) -> str:
        """The review page of this assignment, on this walk."""
        key = assignment if isinstance(assignment, int) else assignment.pk
        query = QueryDict(mutable=True)
        if self.done:
            query["done"] = str(self.done)
        if self.skipped:
            query.setlist("skip", [str(each) for each in self.skipped])
        return reverse("reports:review", args=[key]) + (f"?{query.urlencode()}" if query else "")

    def after_verdict(self) -> "Walk":
        return replace(self, done=self.done + 1)

    def past(self, assignment: Assignment) -> "Walk":
        """On without a verdict on this one."""
        return replace(self, skipped=(*self.skipped, assignment.pk)[-MOST_SKIPPED:])

    def without(self, key: int) -> "Walk":
        return replace(self, skipped=tuple(each for each in self.skipped if each != key))


@dataclass(frozen=True)
class Line:
    """Where one stands: the place of this one, how many wait besides, what lies beside it."""

    position: int
    left: Counted
    after: Assignment | None
    skip_url: str
    back_url: str

    @property
    def is_shown(self) -> bool:
        return bool(self.after or self.back_url or self.position > 1)


def walk(given: Mapping) -> Walk:
    """As the address says it; what is no number is nothing."""
    keys = given.getlist("skip") if isinstance(given, QueryDict) else []
    done = _number(given.get("done", ""))
    found = dict.fromkeys(number for key in keys if (number := _number(key)))
    return Walk(done, tuple(found)[-MOST_SKIPPED:])


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0


def line(user: Staff, assignment: Assignment, here: Walk) -> Line:
    """The place of an assignment that waits for this person."""
    here = here.without(assignment.pk)
    waiting = _waiting(user, here).exclude(pk=assignment.pk)
    after = _next(waiting, assignment)
    last = here.skipped[-1] if here.skipped else None
    return Line(
        position=here.position,
        left=counted(waiting) if after else Counted(0),
        after=after,
        skip_url=here.past(assignment).url(after) if after else "",
        back_url=here.without(last).url(last) if last else "",
    )


def next_waiting(user: Staff, assignment: Assignment, here: Walk) -> Assignment | None:
    """What to look at after a verdict on this one; itself, where the step that follows is this
    person's too."""
    return _next(_waiting(user, here.without(assignment.pk)), assignment)


def _waiting(user: Staff, here: Walk) -> AssignmentQuerySet:
    return Assignment.objects.to_judge_by(user).exclude(pk__in=here.skipped)


def _next(waiting: AssignmentQuerySet, assignment: Assignment) -> Assignment | None:
    """The same task, the next unit in order, another task of the same notice; then by target.

    Two queries at most: the first walks the few obligations of one notice, the other an index.
    """
    same = Q(obligation=assignment.obligation_id)
    nearness = Case(
        When(pk=assignment.pk, then=Value(0)),
        When(same & Q(bureau_path__gt=assignment.bureau_path), then=Value(1)),
        When(same, then=Value(2)),
        default=Value(3),
    )
    near = Obligation.objects.filter(notice=assignment.obligation.notice_id)
    of_notice = waiting.filter(obligation__in=near).order_by(
        nearness, F("target_at").asc(nulls_last=True), "obligation", "bureau_path", "pk"
    )
    found = of_notice.select_related("bureau", "obligation").first()
    # ``not_ended`` says which index has the order
    rest = waiting.not_ended().in_order().select_related("bureau", "obligation")
    return found or rest.first()
