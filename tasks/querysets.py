from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q

from bureaus import paths, visibility
from bureaus.models import Bureau
from bureaus.roles import GRANTED, Permission, Role
from tasks.states import HANDED_IN, OWNERS, WITH_BUREAU, Side, Status


class AssignmentQuerySet(models.QuerySet):
    def visible_to(self, user) -> "AssignmentQuerySet":
        return self.filter(visibility.visible(user, path="bureau_path"))

    def with_bureau(self) -> "AssignmentQuerySet":
        """Those which the bureau still owes."""
        return self.filter(status__in=WITH_BUREAU)

    def handed_in(self) -> "AssignmentQuerySet":
        return self.filter(status__in=HANDED_IN)

    def not_withdrawn(self) -> "AssignmentQuerySet":
        return self.exclude(status=Status.WITHDRAWN)

    def overdue(self, now: datetime) -> "AssignmentQuerySet":
        """Still owed after its last second; undated ones never are."""
        return self.with_bureau().filter(due_at__lt=now.replace(microsecond=0))

    def due_between(self, start: datetime, end: datetime) -> "AssignmentQuerySet":
        """Still owed, with the last moment in [start, end)."""
        return self.with_bureau().filter(due_at__gte=start, due_at__lt=end)

    def under(self, bureau: Bureau) -> "AssignmentQuerySet":
        return self.filter(paths.subtree("bureau_path", bureau.path))

    def waiting_for(self, user) -> "AssignmentQuerySet":
        """Those whose next step is this person's."""
        turn = visibility.NOTHING
        for post in user.held_posts:
            turn |= _turn_of(post.bureau, GRANTED[Role(post.role)])
        return self.filter(turn)

    def in_order(self) -> "AssignmentQuerySet":
        """Nearest target first, undated last; then administrative order."""
        return self.order_by(models.F("target_at").asc(nulls_last=True), "bureau_path", "pk")

    def for_list(self) -> "AssignmentQuerySet":
        return self.select_related(
            "obligation__notice", "bureau", "receiver", "obligation__issuer"
        ).defer("obligation__notice__body", "obligation__notice__reading_json", "obligation__quote")

    def for_detail(self) -> "AssignmentQuerySet":
        return self.select_related(
            "obligation__notice", "obligation__issuer", "obligation__clause", "bureau", "receiver"
        )


def _turn_of(bureau: Bureau, granted: frozenset[Permission]) -> Q:
    rule = visibility.NOTHING
    # each side by the column that begins an index together with the status
    for side, here in ((Side.OWN, Q(bureau_path=bureau.path)), (Side.RECEIVER, Q(receiver=bureau))):
        statuses = [
            status
            for status, owner in OWNERS.items()
            if owner and owner[0] == side and owner[1] in granted
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


class MilestoneQuerySet(models.QuerySet):
    def armed(self) -> "MilestoneQuerySet":
        return self.filter(state="armed")

    def due(self, now: datetime) -> "MilestoneQuerySet":
        return self.armed().filter(at__lte=now)


class DeliveryQuerySet(models.QuerySet):
    def unsent(self) -> "DeliveryQuerySet":
        """Waiting for their first or next try, in a worker's hand or left in a dead one's."""
        return self.filter(state__in=("waiting", "sending"))

    def to_send(self, now: datetime) -> "DeliveryQuerySet":
        return self.unsent().filter(not_before__lte=now)

    def visible_to(self, user) -> "DeliveryQuerySet":
        return self.filter(visibility.visible(user, path="milestone__assignment__bureau_path"))
