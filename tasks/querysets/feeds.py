"""Which calendar feeds."""

from django.db import models


class FeedQuerySet(models.QuerySet):
    def live(self) -> "FeedQuerySet":
        return self.filter(revoked_at=None)

    def visible_to(self, user) -> "FeedQuerySet":
        """One's own; nobody else's secret is anybody's business."""
        return self.filter(person=user)

    def for_reading(self) -> "FeedQuerySet":
        return self.select_related("person", "bureau")
