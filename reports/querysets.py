from django.db import models

from bureaus import visibility
from tasks.states import HANDED_IN


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user) -> "SubmissionQuerySet":
        return self.filter(visibility.visible(user, path="assignment__bureau_path"))

    def handed_in(self) -> "SubmissionQuerySet":
        """Those whose bureau has reported: drafts never enter a roll-up."""
        return self.filter(assignment__status__in=HANDED_IN)

    def in_administrative_order(self) -> "SubmissionQuerySet":
        return self.order_by("assignment__bureau_path")
