"""Who is told of a reminder, worked out for many assignments by a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from bureaus.models import Delegation, Post, Staff
from bureaus.roles import BUSINESS, Permission, roles_with
from tasks.ladder import rungs
from tasks.ladder.events import Whom
from tasks.models import Assignment, Event
from tasks.states import EDITABLE, OWNERS, Side, Status


class Audience:
    """The people around these assignments on one day.

    Deputies stand in for those who have handed their posts over, as ``StaffQuerySet.who_may`` and
    ``in_place_of`` say it for one bureau or person.
    """

    def __init__(
        self, assignments: Iterable[Assignment], *, on: date, also: Iterable[int | None] = ()
    ):
        """``also``: keys of people who may be told besides those around the assignments."""
        self.on = on
        self._posted: dict[int, set[int]] = defaultdict(set)
        self._holders: dict[tuple[int, str], list[Staff]] = defaultdict(list)
        self._deputies: dict[int, list[Staff]] = defaultdict(list)
        bureaus, handlers = set(), set()
        for each in assignments:
            bureaus |= {each.bureau_id, each.receiver_id, each.obligation.issuer_id}
            handlers |= {each.handler_id, each.filled_by_id, each.accepted_by_id}
        people = handlers.union(also) - {None}
        for post in Post.objects.effective().of_business().in_bureaus(bureaus):
            self._holders[post.bureau_id, post.role].append(post.staff)
            self._posted[post.bureau_id].add(post.staff_id)
            people.add(post.staff_id)
        handed = Delegation.objects.in_force(on).filter(absentee__in=people)
        for delegation in handed.select_related("deputy"):
            self._deputies[delegation.absentee_id].append(delegation.deputy)

    def of(self, assignment: Assignment, rung: rungs.Audience) -> list[Staff]:
        """The people a rung speaks to; where there are none, the next who can do something."""
        candidates = {
            rungs.Audience.RESPONSIBLE: self._responsible,
            rungs.Audience.SUPERIOR: self._superiors,
            rungs.Audience.COORDINATOR: self._coordinators,
        }[rung](assignment)
        return next((found for found in candidates if found), [])

    def of_event(self, assignment: Assignment, event: Event) -> list[Staff]:
        """Whom it concerns, but for who did it. Nobody else in his place: he knows."""
        found = {
            Whom.NEXT: self._next,
            Whom.DOERS: self._doers,
            Whom.BUREAU: self._bureau,
            Whom.RECEIVER: lambda task: self._who_may(task.receiver_id, Permission.RECEIVE),
            Whom.ISSUER: self._issuer,
            Whom.PERSON: lambda task: self._present([event.person]) if event.person else [],
        }[event.of.whom](assignment)
        return [person for person in found if person.pk != event.made_by_id]

    def _next(self, assignment: Assignment) -> list[Staff]:
        """Whoever has the next step; failing that, at the bureau who may say whose it is.

        What is the bureau's own is never told to the one that asked.
        """
        owner = OWNERS[Status(assignment.status)]
        if owner and owner[0] != Side.OWN:
            return self._who_may(assignment.key_at(owner[0]), owner[1])
        *own, _ = self._responsible(assignment)
        return next((found for found in own if found), [])

    def _doers(self, assignment: Assignment) -> list[Staff]:
        """Those in whose hands it is or was, and of what is owed whoever has the next step."""
        found = self._in_hand(assignment)
        if assignment.is_owed:
            found += self._next(assignment)
        return self._once(found) or self._who_may(assignment.bureau_id, Permission.ACCEPT)

    def _bureau(self, assignment: Assignment) -> list[Staff]:
        """All who were told that it had come, and those in whose hands it was since."""
        found = self._who_may(assignment.bureau_id, Permission.ACCEPT)
        return self._once(found + self._in_hand(assignment)) or self._who_may(
            assignment.bureau_id, Permission.READ
        )

    def _issuer(self, assignment: Assignment) -> list[Staff]:
        """Who receives for the issuer; of a split, whoever has in hand what was split."""
        obligation = assignment.obligation
        found = self._who_may(obligation.issuer_id, Permission.RECEIVE)
        return self._once(found + (self._in_hand(obligation.parent) if obligation.parent else []))

    def _in_hand(self, assignment: Assignment) -> list[Staff]:
        here = self._posted[assignment.bureau_id]
        people = (assignment.handler, assignment.filled_by)
        return self._present(who for who in people if who is not None and who.pk in here)

    @staticmethod
    def _once(people: Iterable[Staff]) -> list[Staff]:
        return list({who.pk: who for who in people}.values())

    def _responsible(self, assignment: Assignment) -> Iterator[list[Staff]]:
        """Who has the next step; failing that the bureau's coordinators, else the receiver's.

        That is whoever has it in hand while they fill in there: posts change, deputies go.
        """
        if assignment.handler and assignment.status in EDITABLE:
            fillers = self._who_may(assignment.bureau_id, Permission.FILL)
            yield [who for who in self._present([assignment.handler]) if who in fillers]
        owner = OWNERS[Status(assignment.status)]
        if owner:
            found = self._who_may(assignment.bureau_id, owner[1])
            yield [who for who in found if not _is_own_work(who, assignment, owner[1])]
        yield self._who_may(assignment.bureau_id, Permission.RECEIVE)
        yield self._who_may(assignment.bureau_id, Permission.READ)
        yield self._who_may(assignment.receiver_id, Permission.RECEIVE)

    def _superiors(self, assignment: Assignment) -> Iterator[list[Staff]]:
        """Those above in the bureau: who reviews and who signs."""
        yield self._who_may(assignment.bureau_id, Permission.REVIEW, Permission.APPROVE)
        yield self._who_may(assignment.bureau_id, Permission.RECEIVE)
        yield from self._coordinators(assignment)

    def _coordinators(self, assignment: Assignment) -> Iterator[list[Staff]]:
        """Those of the bureau that asked for it."""
        yield self._who_may(assignment.obligation.issuer_id, Permission.RECEIVE)
        yield self._who_may(assignment.receiver_id, Permission.RECEIVE)

    def _who_may(self, bureau: int, *permissions: Permission) -> list[Staff]:
        roles = [role for each in permissions for role in roles_with(each)]
        if not BUSINESS.issuperset(roles):
            raise ValueError(f"{permissions}: nobody stands in for the holder of such a post")
        return self._present(staff for role in roles for staff in self._holders[bureau, role])

    def _present(self, people: Iterable[Staff]) -> list[Staff]:
        """Those who act that day in the place of these, by the key of each."""
        acting = {
            who.pk: who
            for person in people
            for who in self._deputies.get(person.pk) or [person]
            if who.is_valid_on(self.on)
        }
        return [acting[key] for key in sorted(acting)]


def _is_own_work(person: Staff, assignment: Assignment, permission: Permission) -> bool:
    """两人制: who filled it in does not review it, and need not be asked to."""
    may_not = permission == Permission.REVIEW and assignment.bureau.is_two_person
    return may_not and assignment.filled_by_id == person.pk
