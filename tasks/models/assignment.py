from django.db import models
from django.db.models import Q

from bureaus.models import Bureau, Staff
from bureaus.paths import PathField
from tasks.models.obligation import Obligation
from tasks.querysets import AssignmentQuerySet
from tasks.states import WITH_BUREAU, Side, Status

OWED = Q(status__in=[status.value for status in WITH_BUREAU])


def both_or_neither(instant: str, person: str, *, name: str) -> models.CheckConstraint:
    """A stamp has a time exactly where it has a person."""
    both = Q(**{f"{instant}__isnull": False, f"{person}__isnull": False})
    neither = Q(**{f"{instant}__isnull": True, f"{person}__isnull": True})
    return models.CheckConstraint(condition=both | neither, name=name)


def stamp(verbose_name: str) -> models.ForeignKey:
    """Who did it. Not indexed: nobody asks for all rows of a person, and there are ten million."""
    return models.ForeignKey(
        Staff,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=verbose_name,
        db_index=False,
    )


class Assignment(models.Model):
    """分派: what one bureau owes for one obligation, its three dates and where it stands.

    ``due_at`` decides overdue, ``strict_on`` is the strictest reading of the words,
    ``target_at`` the end of the last working day at or before it: reminders go by that one.
    ``bureau_path`` repeats the bureau's path, so that any subtree of ten million rows is a range.
    """

    # The indexes below begin with these columns or the path; one of their own would be a second.
    obligation = models.ForeignKey(
        Obligation,
        models.PROTECT,
        related_name="assignments",
        verbose_name="任务事项",
        db_index=False,
    )
    bureau = models.ForeignKey(
        Bureau,
        models.PROTECT,
        related_name="assignments",
        verbose_name="责任单位",
        db_index=False,
    )
    bureau_path = PathField("单位路径")
    receiver = models.ForeignKey(
        Bureau, models.PROTECT, related_name="+", verbose_name="核收单位", db_index=False
    )
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.PENDING)
    due_at = models.DateTimeField("截止时间", null=True, blank=True)
    strict_on = models.DateField("最严读法", null=True, blank=True)
    target_at = models.DateTimeField("目标时间", null=True, blank=True)
    review_on = models.DateField("复核日", null=True, blank=True)
    deadline_version = models.PositiveSmallIntegerField("时限版本", default=1)
    accepted_at = models.DateTimeField("签收时间", null=True, blank=True)
    accepted_by = stamp("签收人")
    filled_by = stamp("填报人")
    submitted_at = models.DateTimeField("报送时间", null=True, blank=True)
    submitted_by = stamp("签发人")
    resubmitted_at = models.DateTimeField("补正报送时间", null=True, blank=True)
    closed_at = models.DateTimeField("核收时间", null=True, blank=True)
    closed_by = stamp("核收人")
    return_reason = models.TextField("退回原因", blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任务"
        ordering = ("bureau_path", "pk")
        constraints = [
            models.UniqueConstraint(fields=["obligation", "bureau"], name="assignment_once_uniq"),
            both_or_neither("accepted_at", "accepted_by", name="assignment_accepted_pair"),
            both_or_neither("submitted_at", "submitted_by", name="assignment_submitted_pair"),
            both_or_neither("closed_at", "closed_by", name="assignment_closed_pair"),
        ]
        indexes = [
            models.Index(fields=["due_at", "bureau_path"], condition=OWED, name="assign_due_idx"),
            models.Index(
                fields=["bureau_path", "due_at"], condition=OWED, name="assign_path_due_idx"
            ),
            models.Index(
                fields=["bureau_path", "target_at"], condition=OWED, name="assign_target_idx"
            ),
            models.Index(fields=["obligation", "bureau_path", "status"], name="assign_oblig_idx"),
            models.Index(fields=["bureau_path", "status"], name="assign_path_status_idx"),
            models.Index(fields=["receiver", "status"], name="assign_receiver_idx"),
        ]

    def __str__(self) -> str:
        return f"{self.bureau} {self.obligation}"

    @property
    def issuer(self) -> Bureau:
        return self.obligation.issuer

    @property
    def is_owed(self) -> bool:
        return self.status in WITH_BUREAU

    @property
    def is_late(self) -> bool:
        """Was it handed in after its last second? Kept for good, whatever came later."""
        if not (self.due_at and self.submitted_at):
            return False
        return self.submitted_at.replace(microsecond=0) > self.due_at

    def at(self, side: Side) -> Bureau:
        """The bureau that stands on a side of this assignment."""
        return getattr(self, side)
