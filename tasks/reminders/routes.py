"""By which channels a person is told, worked out for many at once by two queries."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterator
from dataclasses import dataclass

from django.db.models import Q

from bureaus.models import Staff
from tasks.channels.registry import EMAIL, INBOX
from tasks.ladder.events import BY_ROBOT, Whom
from tasks.ladder.rungs import HOUR, URGE, Audience, audience
from tasks.models import Milestone, Preference, RobotAddress

# A notice that says so is never kept for a digest; of telegrams 特提 is the most urgent.
AT_ONCE = frozenset({"特提", "特急", "加急", "急件"})
OF_BUREAU = (Whom.NEXT, Whom.DOERS, Whom.BUREAU)  # of what is told so, the bureau's robot too


@dataclass(frozen=True)
class Route:
    """One way to one person. ``in_digest``: it may share a mail with others of that morning."""

    person: Staff
    channel: str
    in_digest: bool = False
    robot: RobotAddress | None = None


def is_early(kind: str) -> bool:
    """More than one working day ahead: the only reminders that one need not have by mail."""
    return kind.startswith("T-") and kind != "T-1"


class Routes:
    """What these people have chosen, and the robots of theirs and of these bureaus."""

    def __init__(self, people: Collection[int], bureaus: Collection[int]):
        self._chosen = Preference.objects.in_bulk(people)
        self._own: dict[int, list[RobotAddress]] = defaultdict(list)
        self._of_bureau: dict[int, list[RobotAddress]] = defaultdict(list)
        for robot in RobotAddress.objects.filter(Q(person__in=people) | Q(bureau__in=bureaus)):
            if robot.person_id:
                self._own[robot.person_id].append(robot)
            else:
                self._of_bureau[robot.bureau_id].append(robot)

    def of(self, milestone: Milestone, people: Collection[Staff]) -> Iterator[Route]:
        """To each the message and, unless an early one is not wanted so, the mail; robots besides.

        A bureau's robot is told once, and only of what the bureau's own people have to do.
        """
        is_at_once = milestone.kind.startswith((URGE, HOUR))
        urgency = milestone.assignment.obligation.notice.urgency
        for person in people:
            chosen = self._chosen.get(person.pk) or Preference()
            yield Route(person, INBOX)
            if chosen.early_by_mail or not is_early(milestone.kind):
                together = chosen.in_digest and not is_at_once and urgency not in AT_ONCE
                yield Route(person, EMAIL, in_digest=together)
            for robot in self._own[person.pk]:
                yield Route(person, robot.channel, robot=robot)
        if audience(milestone.kind) == Audience.RESPONSIBLE:
            yield from self._by_bureau(milestone.assignment.bureau_id, people)

    def of_event(
        self, milestone: Milestone, people: Collection[Staff], *, unheard: Container[int] = ()
    ) -> Iterator[Route]:
        """To each the message; the mail and robots where the person wants them for that group.

        ``unheard``: who has never been told by mail of what is called off now needs none about it.
        A bureau's robot is told of what concerns the bureau's own people.
        """
        of = milestone.event.of
        for person in people:
            chosen = self._chosen.get(person.pk) or Preference()
            yield Route(person, INBOX)
            if person.pk in unheard:
                continue
            if of.group in chosen.event_groups(EMAIL):
                yield Route(person, EMAIL)
            for robot in self._own[person.pk]:
                if of.group in chosen.event_groups(robot.channel):
                    yield Route(person, robot.channel, robot=robot)
        task = milestone.assignment
        if task is not None and of.group in BY_ROBOT and of.whom in OF_BUREAU:
            theirs = [each for each in people if each.bureau_id == task.bureau_id]
            yield from self._by_bureau(task.bureau_id, theirs)

    def _by_bureau(self, bureau: int, people: Collection[Staff]) -> Iterator[Route]:
        """In the name of the first who has no robot of this kind: a row has one recipient."""
        for robot in self._of_bureau[bureau]:
            for person in people:
                if robot.channel not in {own.channel for own in self._own[person.pk]}:
                    yield Route(person, robot.channel, robot=robot)
                    break
