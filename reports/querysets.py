from datetime import date, datetime

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When

from bureaus import visibility
from tasks.querysets.assignments import reported
from tasks.states import HANDED_IN


class SubmissionQuerySet(models.QuerySet):
    def visible_to(self, user) -> "SubmissionQuerySet":
        return self.filter(visibility.visible(user, path="assignment__bureau_path"))

    def reported(self) -> "SubmissionQuerySet":
        """Those whose bureau has reported, with what it reported as ``reported_json``.

        Drafts are never read: in a correction the last version of the round before stands. What
        stands in a form besides a nil report 零报告 is no report.
        """
        versions = self.model.versions.rel.related_model.objects
        before = versions.filter(
            submission=OuterRef("pk"), round_number=OuterRef("assignment__round_number") - 1
        ).order_by("-number")
        standing = Case(
            When(assignment__status__in=HANDED_IN, assignment__is_nil=True, then=Value(None)),
            When(assignment__status__in=HANDED_IN, then=F("content_json")),
            default=Subquery(before.values("content_json")[:1]),
        )
        return (
            self.filter(reported("assignment__"))
            .annotate(reported_json=standing)
            .filter(reported_json__isnull=False)
            .defer("content_json")
        )


class VersionQuerySet(models.QuerySet):
    def of(self, assignment) -> "VersionQuerySet":
        """Every version of every form of an assignment, oldest first."""
        return self.filter(submission__assignment=assignment).order_by("number", "pk")

    def last_of_each(self) -> "VersionQuerySet":
        """The newest version of each form."""
        newer = self.model.objects.filter(
            submission=OuterRef("submission"), number__gt=OuterRef("number")
        )
        return self.exclude(Exists(newer))

    def of_standing_reports(self) -> "VersionQuerySet":
        """Those of the round whose report counts, the last of a form being what was reported.

        That is the present round once handed in, in a correction the one before.
        """
        assignment = "submission__assignment__"
        present = F(f"{assignment}round_number")
        is_in = Q(**{f"{assignment}status__in": HANDED_IN})
        standing = Case(When(is_in, then=present), default=present - 1)
        return self.filter(reported(assignment), round_number=standing)

    def without_contents(self) -> "VersionQuerySet":
        return self.defer("content_json")


class EvidenceQuerySet(models.QuerySet):
    def of(self, assignment) -> "EvidenceQuerySet":
        """Every file of an assignment that is there, in the order they came in."""
        return self.filter(assignment=assignment, removed_at=None).select_related("version")

    def in_force(self) -> "EvidenceQuerySet":
        """Those that count: not removed, and no sealed copy of what was changed since."""
        return self.filter(removed_at=None, voided_at=None)

    def sealed(self) -> "EvidenceQuerySet":
        return self.filter(kind="sealed")

    def of_round(self, number: int) -> "EvidenceQuerySet":
        """What belonged to the report of that round, whatever became of it later."""
        return self.filter(
            Q(ended_round=None) | Q(ended_round__gt=number), round_number__lte=number
        )


class ProductionQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ProductionQuerySet":
        """One's own; what others have asked for is nobody's business."""
        return self.filter(asked_by=user)

    def unfinished(self) -> "ProductionQuerySet":
        return self.filter(state__in=("waiting", "running"))

    def to_make(self, now: datetime) -> "ProductionQuerySet":
        """Not begun, to be tried again, or left behind by a worker that died."""
        return self.unfinished().filter(not_before__lte=now)

    def past_keeping(self, today: date) -> "ProductionQuerySet":
        """Those whose file is still there after its last day."""
        return self.filter(expires_on__lt=today).exclude(stored_name="")


class SnapshotQuerySet(models.QuerySet):
    def visible_to(self, user) -> "SnapshotQuerySet":
        """Those of the bureaus at or above which one reads."""
        return self.filter(visibility.visible(user, path="bureau__path"))

    def of(self, obligation, number: int) -> "SnapshotQuerySet":
        """Those of one form of an obligation, the latest first."""
        return self.filter(obligation=obligation, attachment_number=number)
