from collections import defaultdict
from datetime import UTC, datetime
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Value
from django.db.models.functions import Coalesce

from bureaus import paths, visibility
from bureaus.models import Bureau, Staff
from bureaus.roles import GRANTED, Permission, Role
from tasks.channels.registry import EMAIL, INBOX
from tasks.ladder.events import EVENT, Kind
from tasks.ladder.rungs import HOUR, URGE
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
    Side,
    Status,
)

LEVELS = 4  # 总局, provinces, prefectures, counties

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


class AssignmentQuerySet(models.QuerySet):
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

    def to_judge_by(self, user) -> "AssignmentQuerySet":
        """Of those, what is to be reviewed, approved or received: a verdict on what came."""
        return self._turn_of(user, tuple(VERDICTS))

    def _turn_of(self, user, statuses: tuple[Status, ...]) -> "AssignmentQuerySet":
        granted: defaultdict[Bureau, set[Permission]] = defaultdict(set)
        for post in user.held_posts:
            granted[post.bureau] |= GRANTED[Role(post.role)]
        turn = visibility.NOTHING
        for bureau, permissions in granted.items():
            turn |= _turn_of(bureau, permissions, statuses)
        return self.filter(turn)

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
        """What is asked of whom, each from its own small query; for the rows of several lists too.

        Planning a join of nine tables takes longer than reading them, and such a join sorts all
        their columns before it takes the first rows.
        """
        asked = self.model.obligation.field.related_model.objects
        obligations = asked.select_related("notice", "issuer").only(*SAID_OF_OBLIGATION)
        return Prefetch("obligation", obligations), Prefetch("bureau")

    def for_list(self) -> "AssignmentQuerySet":
        return self.for_lines().prefetch_related(Prefetch("handler", Staff.objects.only("name")))

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


def _turn_of(bureau: Bureau, granted: set[Permission], among: tuple[Status, ...]) -> Q:
    rule = visibility.NOTHING
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
            rule |= here & Q(status__in=statuses)
    return rule


class ObligationQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ObligationQuerySet":
        """Those one's own office has issued, and those of which one may see an assignment."""
        own = visibility.visible(user, path="issuer__path")
        assignment = self.model.assignments.rel.related_model
        owed = assignment.objects.visible_to(user).filter(obligation=OuterRef("pk"))
        return self.filter(own | Exists(owed))

    def concerning(self, user) -> "ObligationQuerySet":
        """Of those one may see, what a notice asks itself and what one's own bureaus ask or owe.

        Not what the bureaus below have split among those below them.
        """
        own = user.bureaus_where(Permission.READ)
        assignment = self.model.assignments.rel.related_model
        paths_of_own = [bureau.path for bureau in own]  # an index begins with the path
        owed = assignment.objects.filter(obligation=OuterRef("pk"), bureau_path__in=paths_of_own)
        concerns = Q(parent=None) | Q(issuer__in=own) | Exists(owed)
        return self.visible_to(user).filter(concerns)

    def later(self, now: datetime) -> "ObligationQuerySet":
        """Those before which another period of their series falls due, from ``now`` on.

        A series is what one clause asks at one bureau's word. Nothing of it is stored: it changes
        with the clock, and obligations are few beside assignments (docs/adr/0013).
        """
        before = {"clause": OuterRef("clause"), "issuer": OuterRef("issuer"), "state": "issued"}
        nearer = self.model.objects.filter(**before, due_at__gte=now, due_at__lt=OuterRef("due_at"))
        return self.filter(Exists(nearer), due_at__gt=now, state="issued")

    def later_periods(self, obligation) -> "ObligationQuerySet":
        """What the same clause asks by the same bureau's word after this one, as far as it is."""
        if not (obligation.clause_id and obligation.due_at):
            return self.none()
        same = self.filter(clause=obligation.clause_id, issuer=obligation.issuer_id, state="issued")
        return same.filter(due_at__gt=obligation.due_at)

    def issued_with(self, obligation) -> "ObligationQuerySet":
        """All that went out by the same act, it among them."""
        same = {name: getattr(obligation, name) for name in ("notice_id", "issuer_id", "parent_id")}
        return self.filter(**same, issued_at=obligation.issued_at)

    def below(self, obligation) -> "ObligationQuerySet":
        """What an obligation was split into, down to the counties, as far as it is asked for."""
        # a query a level, each from the top down: joined by OR they are asked of every obligation
        levels = [
            self.model._base_manager.filter(
                **{"__".join(["parent__obligation"] * steps): obligation}
            )
            for steps in range(1, LEVELS)
        ]
        first, *rest = [level.order_by().values("pk") for level in levels]
        return self.filter(pk__in=first.union(*rest), state="issued")


class MilestoneQuerySet(models.QuerySet):
    def armed(self) -> "MilestoneQuerySet":
        return self.filter(state="armed")

    def due(self, now: datetime) -> "MilestoneQuerySet":
        return self.armed().filter(at__lte=now)

    def of_ladder(self) -> "MilestoneQuerySet":
        """Those the deadline brings; the others are urges, each by a person's hand, and events."""
        return self.exclude(kind__startswith=URGE).exclude(kind__startswith=EVENT)

    def of_events(self, *kinds: Kind) -> "MilestoneQuerySet":
        """Those that tell of what happened; of these kinds where any are named."""
        found = self.filter(kind__startswith=EVENT)
        return found.filter(event__kind__in=[kind.code for kind in kinds]) if kinds else found

    def at_any_time(self) -> "MilestoneQuerySet":
        """Those that quiet hours do not keep from being told in the inbox."""
        kinds = (Q(kind__startswith=kind) for kind in (URGE, EVENT, HOUR))
        return self.filter(reduce(or_, kinds))


class UrgeQuerySet(models.QuerySet):
    def about(self, assignments) -> "UrgeQuerySet":
        """The urges of these assignments, the latest first."""
        return (
            self.filter(milestone__assignment__in=assignments)
            .select_related("milestone", "made_by", "sheet__bureau", "sheet__read_by")
            .order_by("-milestone__at", "-pk")
        )


class UrgeSheetQuerySet(models.QuerySet):
    def visible_to(self, user) -> "UrgeSheetQuerySet":
        return self.filter(visibility.visible(user, path="bureau__path"))

    def for_paper(self) -> "UrgeSheetQuerySet":
        """With all that stands on the sheet, in the order of the numbers."""
        urge = self.model.urges.rel.related_model
        items = urge.objects.select_related("milestone__assignment__obligation__notice").defer(
            "milestone__assignment__obligation__notice__body",
            "milestone__assignment__obligation__notice__reading_json",
        )
        return (
            self.select_related("issuer", "bureau", "read_by")
            .prefetch_related(Prefetch("urges", items.order_by("pk")))
            .order_by("year", "number", "pk")
        )


class DeliveryQuerySet(models.QuerySet):
    def unsent(self) -> "DeliveryQuerySet":
        """Waiting for their first or next try, in a worker's hand or left in a dead one's."""
        return self.filter(state__in=("waiting", "held", "sending"))

    def to_send(self, now: datetime) -> "DeliveryQuerySet":
        return self.unsent().filter(not_before__lte=now)

    def messages_for(self, user) -> "DeliveryQuerySet":
        """What lies in the person's inbox, the latest first."""
        return self.filter(recipient=user, channel=INBOX).order_by("-pk")

    def unread(self) -> "DeliveryQuerySet":
        return self.filter(channel=INBOX, read_at=None).exclude(state="void")

    def by_mail(self) -> "DeliveryQuerySet":
        return self.filter(channel=EMAIL)

    def going_out(self) -> "DeliveryQuerySet":
        """By mail and to robots; what lies in an inbox has nowhere to go."""
        return self.exclude(channel=INBOX)

    def undelivered(self) -> "DeliveryQuerySet":
        """Given up, or tried and to be tried again."""
        return self.filter(Q(state="failed") | Q(state="waiting", attempts__gt=0))

    def at_any_time(self) -> "DeliveryQuerySet":
        """Urges, and what is urgent or set by the hour: quiet hours do not hold them back."""
        return self.filter(Q(milestone__kind__startswith=URGE) | Q(at_any_time=True))

    def for_sending(self) -> "DeliveryQuerySet":
        """With all that a letter says."""
        return self.select_related(
            "recipient",
            "milestone__assignment__obligation__notice",
            "milestone__assignment__bureau",
            "milestone__assignment__receiver",
            "milestone__urge__made_by",
            "milestone__event",
            "robot",
        )

    def visible_to(self, user) -> "DeliveryQuerySet":
        return self.filter(visibility.visible(user, path="milestone__assignment__bureau_path"))


class DateMoveQuerySet(models.QuerySet):
    def visible_to(self, user) -> "DateMoveQuerySet":
        """Of the obligations one may see; who runs the system sees all that its calendar moved."""
        if user.bureaus_where(Permission.SYSTEM):
            return self.all()
        obligation = self.model.obligation.field.related_model
        return self.filter(obligation__in=obligation.objects.visible_to(user))


class DeadlineDoubtQuerySet(models.QuerySet):
    def visible_to(self, user) -> "DeadlineDoubtQuerySet":
        obligation = self.model.obligation.field.related_model
        return self.filter(obligation__in=obligation.objects.visible_to(user))

    def open(self) -> "DeadlineDoubtQuerySet":
        """Nobody has changed the deadline since."""
        same = Q(obligation__due_at=models.F("due_at"))
        undated = Q(obligation__due_at=None, due_at=None)
        return self.filter(same | undated, obligation__state="issued")


class PolicyQuerySet(models.QuerySet):
    def of(self, bureau, notice=None) -> "PolicyQuerySet":
        """The versions of exactly this scope, the latest first; without a bureau the system's."""
        return self.filter(bureau=bureau, notice=notice).order_by("-version")


class RobotAddressQuerySet(models.QuerySet):
    def administered_by(self, user) -> "RobotAddressQuerySet":
        """One's own, and those of the bureaus for which one urges."""
        return self.filter(Q(person=user) | Q(bureau__in=user.bureaus_where(Permission.URGE)))


class FeedQuerySet(models.QuerySet):
    def live(self) -> "FeedQuerySet":
        return self.filter(revoked_at=None)

    def visible_to(self, user) -> "FeedQuerySet":
        """One's own; nobody else's secret is anybody's business."""
        return self.filter(person=user)

    def for_reading(self) -> "FeedQuerySet":
        return self.select_related("person", "bureau")
