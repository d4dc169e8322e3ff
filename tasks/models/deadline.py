from django.db import models
from django.db.models import Q

from bureaus.models import Bureau, Staff
from tasks.models.assignment import Assignment
from tasks.states import DeadlineCause, ExtensionState


class DeadlineChange(models.Model):
    """时限变更: how one version of an assignment's deadline became the next.

    An assignment without rows still has the deadline it was issued with.
    """

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="deadline_changes", db_index=False
    )
    version = models.PositiveSmallIntegerField("新的时限版本")
    cause = models.CharField("缘由", max_length=10, choices=DeadlineCause)
    old_due_at = models.DateTimeField("原截止时间", null=True, blank=True)
    new_due_at = models.DateTimeField("新截止时间", null=True, blank=True)
    reason = models.TextField("原因", blank=True)
    made_at = models.DateTimeField("变更时间")
    made_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, related_name="+", verbose_name="变更人", db_index=False
    )

    class Meta:
        verbose_name = verbose_name_plural = "时限变更"
        ordering = ("version",)
        constraints = [
            models.UniqueConstraint(fields=["assignment", "version"], name="deadline_version_uniq"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} v{self.version}"


class Extension(models.Model):
    """延期申请: a later date asked for before the deadline, and what the receiver decided.

    ``asked_until`` and ``granted_until`` are last moments, as ``Assignment.due_at`` is.
    ``receiver`` and ``due_at`` repeat those of the assignment, the day as long as nobody has
    answered: what waits for an answer is a range of one index, the first to run out first.
    """

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="extensions", verbose_name="任务"
    )
    receiver = models.ForeignKey(
        Bureau, models.PROTECT, null=True, related_name="+", verbose_name="答复单位", db_index=False
    )
    due_at = models.DateTimeField("答复前的截止时间", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=ExtensionState, default=ExtensionState.ASKED
    )
    asked_until = models.DateTimeField("申请延至")
    reason = models.TextField("申请理由")
    asked_at = models.DateTimeField("申请时间")
    asked_by = models.ForeignKey(
        Staff, models.PROTECT, related_name="+", verbose_name="申请人", db_index=False
    )
    granted_until = models.DateTimeField("同意延至", null=True, blank=True)
    opinion = models.TextField("答复意见", blank=True)
    decided_at = models.DateTimeField("答复时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        Staff,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="答复人",
        db_index=False,
    )

    class Meta:
        verbose_name = verbose_name_plural = "延期申请"
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(state="asked"), name="extension_one_open_uniq"
            ),
        ]
        indexes = [
            models.Index(
                fields=["receiver", "due_at"],
                condition=Q(state="asked"),
                name="extension_asked_idx",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.get_state_display()}"
