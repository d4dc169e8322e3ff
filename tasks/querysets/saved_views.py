"""Which saved views of the ledger."""

from django.db import models
from django.db.models import Q

from bureaus.roles import Permission


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user) -> "SavedViewQuerySet":
        """One's own, and those shared in the bureaus where one works on tasks."""
        shared = Q(bureau__in=user.bureaus_where(Permission.READ))
        return self.filter(Q(person=user, bureau=None) | shared)

    def of(self, person, bureau) -> "SavedViewQuerySet":
        """Those of one bureau, or the person's own where it is None: they share a limit."""
        return self.filter(bureau=bureau) if bureau else self.filter(person=person, bureau=None)
