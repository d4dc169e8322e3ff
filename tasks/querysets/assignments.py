"""Which assignments: whose, in what state, due when; and what is read along with them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Value
from django.db.models.functions import Coalesce

from bureaus import paths, visibility
from bureaus.models import Bureau, Staff
from bureaus.roles import GRANTED, Permission, Role
from tasks.ladder.rungs import URGE
from tasks.states import (
    FROM_RECEIPT,
    HANDED_IN,
    NOT_BEGUN,
    OPEN,
    OWN_DAY,
    OWNERS,
    RELEASED,
    VERDICTS,
    WITH_BUREAU,
    WITH_RECEIVER,
    Side,
    Status,
)

# When it was handed in; what was not comes before all that was. One index gives both directions,
# which NULLs, whose place every database chooses for itself, do not allow.
SENT_AT = Coalesce("submitted_at", Value(datetime(1970, 1, 1, tzinfo=UTC)))

# What a line says of an obligation; writing out and reading all columns takes half as long again.
SAID_OF_OBLIGATION = (
    "title",
    "period",
    "clause",
    "soon_workdays",
    "counts_from",
    "issuer",
    "notice__title",
    "notice__doc_number",
)


# The people of an assignment of whom lines and pages say the name and no more.
NAMED = ("handler", "accepted_by", "filled_by", "submitted_by", "closed_by")


def reported(prefix: str = "") -> Q:
    """The report counts: handed in, or in a correction, where the one of the round before stands.

    ``prefix`` leads to the assignment, as in ``assignments__``.
    """
    handed_in = Q(**{f"{prefix}status__in": HANDED_IN})
    in_correction = {f"{prefix}is_correction": True, f"{prefix}status__in": WITH_BUREAU}
    return handed_in | Q(**in_correction)


def overdue(now: datetime, prefix: str = "") -> Q:
    """Still owed after its last second."""
    return Q(
        **{f"{prefix}status__in": WITH_BUREAU, f"{prefix}due_at__lt": now.replace(microsecond=0)}
    )


def _is_null(field: models.Field, objs) -> bool:
    return field.null and all(getattr(each, field.attname) is None for each in objs)


def attach_kept(rows: Sequence[models.Model], names: Collection[str]) -> None:
    """Of what is read along with rows, the unit and people's names, which the process keeps: no
    query asks for them then."""
    _attach(rows, [name for name in names if name == "bureau"], Bureau.objects.kept)
    _attach(rows, [name for name in names if name in NAMED], Staff.objects.kept_names)


def _attach(
    rows: Sequence[models.Model],
    names: Sequence[str],
    kept: Callable[[Collection[int]], dict[int, models.Model]],
) -> None:
    keys = {name: [getattr(row, f"{name}_id") for row in rows] for name in names}
    found = kept({key for own in keys.values() for key in own if key})
    for name, own in keys.items():
        for row, key in zip(rows, own, strict=True):
            setattr(row, name, found.get(key))


class AssignmentQuerySet(models.QuerySet):
    def _prefetch_related_objects(self):
        """Of rows that have it already, Django reads nothing."""
        lookups = {getattr(each, "prefetch_to", each) for each in self._prefetch_related_lookups}
        attach_kept(self._result_cache, lookups)
        super()._prefetch_related_objects()

    def _insert(self, objs, fields, *words, **named):
        """Without the columns that are null in each row, which the database leaves so by itself.

        Of thousands of new tasks half the time went into preparing these nulls.
        """
        told = [field for field in fields if not _is_null(field, objs)]
        return super()._insert(objs, told, *words, **named)

    def visible_to(self, user) -> "AssignmentQuerySet":
        return self.filter(visibility.visible(user, path="bureau_path"))

    def with_bureau(self) -> "AssignmentQuerySet":
        """Those which the bureau still owes."""
        return self.filter(status__in=WITH_BUREAU)

    def not_ended(self) -> "AssignmentQuerySet":
        return self.filter(status__in=OPEN)

    def handed_in(self) -> "AssignmentQuerySet":
        return self.filter(status__in=HANDED_IN)

    def reported(self) -> "AssignmentQuerySet":
        """Those whose report counts, drafts of a correction aside."""
        return self.filter(reported())

    def expected(self) -> "AssignmentQuerySet":
        """Those of which something is still asked, or has been handed in."""
        return self.exclude(status__in=RELEASED)

    def below(self, assignment) -> "AssignmentQuerySet":
        """What this assignment was split into, as far as it is asked for."""
        return self.expected().filter(obligation__parent=assignment, obligation__state="issued")

    def touched(self) -> "AssignmentQuerySet":
        """Those that somebody has signed for, or begun to act on, since they went out."""
        begun = Q(accepted_at__isnull=False) | Q(handler__isnull=False)
        begun |= ~Q(status__in=(Status.PENDING, *RELEASED))
        asked = self.model.extensions.rel.related_model.objects.filter(assignment__in=self)
        moments = self.model.milestones.rel.related_model.objects.filter(assignment__in=self)
        begun |= Q(pk__in=asked.values("assignment"))
        begun |= Q(pk__in=moments.filter(kind__startswith=URGE).values("assignment"))
        return self.filter(begun)

    def open_below(self, assignment) -> "AssignmentQuerySet":
        """What this assignment was split into and has not come in yet."""
        return self.below(assignment).exclude(reported())

    def to_be_amended(self) -> "AssignmentQuerySet":
        """Those for which a deadline still counts; what is handed in is not touched."""
        return self.filter(status__in=(*WITH_BUREAU, Status.DECLINED))

    def following(self, old: datetime | None, new: datetime | None) -> "AssignmentQuerySet":
        """Those whose deadline moves with that of their obligation, from ``old`` to ``new``.

        A later day of its own, from an extension or a return, an assignment keeps.
        """
        if new is None:
            return self.exclude(due_at=None)
        return self.filter(Q(due_at=None) | Q(due_at=old) | Q(due_at__lt=new))

    def moving_with(self, obligation, new: datetime | None) -> "AssignmentQuerySet":
        """Those of an obligation whose deadline moves with its own to ``new``.

        Where it counts from 签收 every bureau has another day, and that is none of its own.
        """
        if new is None or obligation.counts_from not in FROM_RECEIPT:
            return self.following(obligation.due_at, new)
        keeping = self.model.objects.with_own_day().filter(due_at__gt=new)
        return self.exclude(pk__in=keeping)

    def with_own_day(self) -> "AssignmentQuerySet":
        """Those whose deadline is from an extension or a return."""
        change = "deadline_changes__"
        last = {f"{change}version": F("deadline_version"), f"{change}cause__in": OWN_DAY}
        return self.filter(**last)

    def overdue(self, now: datetime) -> "AssignmentQuerySet":
        """Still owed after its last second; undated ones never are."""
        return self.filter(overdue(now))

    def later(self, now: datetime) -> "AssignmentQuerySet":
        """Of later periods (以后各期) and not begun; lists fold them behind the current one."""
        return self.filter(self._is_later(now))

    def without_later(self, now: datetime) -> "AssignmentQuerySet":
        return self.exclude(self._is_later(now))

    def _is_later(self, now: datetime) -> Q:
        asked = self.model.obligation.field.related_model.objects.later(now)
        return Q(status__in=NOT_BEGUN, obligation__in=asked.order_by().values("pk"))

    def due_between(self, start: datetime, end: datetime) -> "AssignmentQuerySet":
        """Still owed, with the last moment in [start, end)."""
        return self.with_bureau().filter(due_at__gte=start, due_at__lt=end)

    def under(self, bureau: Bureau) -> "AssignmentQuerySet":
        return self.filter(paths.subtree("bureau_path", bureau.path))

    def waiting_for(self, user) -> "AssignmentQuerySet":
        """Those whose next step is this person's."""
        return self._turn_of(user, OPEN)

    def to_receive_by(self, user) -> "AssignmentQuerySet":
        """Of those, the reports that are to be received."""
        return self._turn_of(user, WITH_RECEIVER)

    def to_do_by(self, user) -> "AssignmentQuerySet":
        """Of those, all the others."""
        return self._turn_of(user, tuple(each for each in OPEN if each not in WITH_RECEIVER))

    def own_of(self, user) -> "AssignmentQuerySet":
        """Those of the person's own bureaus, without those below."""
        return self.filter(bureau_path__in=_own_paths(user))

    def came_back(self, user) -> "AssignmentQuerySet":
        """Sent back to who fills in: by the receiver, or inside a bureau, as its own people see.

        A draft that was never handed in has no reason.
        """
        inside = Q(status=Status.FILLING, bureau_path__in=_own_paths(user))
        return self.filter(Q(status=Status.RETURNED) | inside & ~Q(return_reason=""))

    def to_judge_by(self, user) -> "AssignmentQuerySet":
        """Of those, what is to be reviewed, approved or received: a verdict on what came."""
        return self._turn_of(user, tuple(VERDICTS))

    def _turn_of(self, user, statuses: tuple[Status, ...]) -> "AssignmentQuerySet":
        return self.filter(reduce(or_, turns(user, statuses), visibility.NOTHING))

    def in_hand_of(self, person) -> "AssignmentQuerySet":
        """Those a person has in hand (承办) that have not ended."""
        return self.filter(handler=person).not_ended()

    def in_order(self) -> "AssignmentQuerySet":
        """Nearest target first, undated last; then administrative order."""
        return self.order_by(models.F("target_at").asc(nulls_last=True), "bureau_path", "pk")

    def for_lines(self) -> "AssignmentQuerySet":
        """With what is asked of whom."""
        return self.prefetch_related(*self.lines())

    def lines(self) -> tuple[Prefetch, Prefetch]:
        """What is asked of whom, each by itself; for the rows of several lists too.

        Planning a join of nine tables takes longer than reading them, and such a join sorts all
        their columns before it takes the first rows.
        """
        asked = self.model.obligation.field.related_model.objects
        obligations = asked.select_related("notice", "issuer").only(*SAID_OF_OBLIGATION)
        return Prefetch("obligation", obligations), Prefetch("bureau")

    def for_list(self) -> "AssignmentQuerySet":
        return self.for_lines().prefetch_related(Prefetch("handler", Staff.objects.only("name")))

    def with_signs(self) -> "AssignmentQuerySet":
        """Whether there is any of what most have none of: it need not be looked for then."""
        own = {
            "is_split": self.model.splits.rel.related_model.objects.filter(parent=OuterRef("pk")),
            "was_urged": self.model.milestones.rel.related_model.objects.filter(
                assignment=OuterRef("pk"), kind__startswith=URGE
            ),
            "was_extended": self.model.extensions.rel.related_model.objects.filter(
                assignment=OuterRef("pk")
            ),
        }
        return self.annotate(**{name: Exists(rows.order_by()) for name, rows in own.items()})

    def for_detail(self) -> "AssignmentQuerySet":
        """With what stands around it. No more tables: with each, planning takes twice as long."""
        return self.select_related(
            "obligation__notice",
            "obligation__issuer",
            "obligation__clause",
            "bureau",
            "receiver",
            "handler",
        )


def _own_paths(user: Staff) -> list[str]:
    return [bureau.path for bureau in user.bureaus_where(Permission.READ)]


def turns(user: Staff, statuses: tuple[Status, ...] = OPEN) -> list[Q]:
    """What waits for this person, in parts that have no row in common: each a range of an index."""
    granted: defaultdict[Bureau, set[Permission]] = defaultdict(set)
    for post in user.held_posts:
        granted[post.bureau] |= GRANTED[Role(post.role)]
    return [
        turn
        for bureau, permissions in granted.items()
        for turn in _turns(bureau, permissions, statuses)
    ]


def _turns(bureau: Bureau, granted: set[Permission], among: tuple[Status, ...]) -> Iterator[Q]:
    # each side by the column that begins an index; who issues, receives
    for here, sides in (
        (Q(bureau_path=bureau.path), (Side.OWN,)),
        (Q(receiver=bureau), (Side.RECEIVER, Side.ISSUER)),
    ):
        owners = [(status, OWNERS[status]) for status in among]
        statuses = [
            status
            for status, owner in owners
            if owner and owner[0] in sides and owner[1] in granted
        ]
        if statuses:
            yield here & Q(status__in=statuses)
