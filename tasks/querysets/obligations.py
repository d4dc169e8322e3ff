"""Which obligations, the moves of their dates and the doubts about them."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q

from bureaus import visibility
from bureaus.roles import Permission

LEVELS = 4  # 总局, provinces, prefectures, counties


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
