"""Which moments of the reminder ledger, their letters, urges, plans and addresses."""

from datetime import datetime
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Prefetch, Q

from bureaus import visibility
from bureaus.roles import Permission
from tasks.channels.registry import EMAIL, INBOX
from tasks.ladder.events import EVENT, Kind
from tasks.ladder.rungs import HOUR, URGE


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
        return self.filter(visibility.visible(user, path="bureau_path"))


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


class PolicyQuerySet(models.QuerySet):
    def of(self, bureau, notice=None) -> "PolicyQuerySet":
        """The versions of exactly this scope, the latest first; without a bureau the system's."""
        return self.filter(bureau=bureau, notice=notice).order_by("-version")


class RobotAddressQuerySet(models.QuerySet):
    def administered_by(self, user) -> "RobotAddressQuerySet":
        """One's own, and those of the bureaus for which one urges."""
        return self.filter(Q(person=user) | Q(bureau__in=user.bureaus_where(Permission.URGE)))
