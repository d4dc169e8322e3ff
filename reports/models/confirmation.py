from django.db import models

from bureaus.models import Staff
from tasks.models import Assignment


class Confirmation(models.Model):
    """填报人确认: something doubtful that was asked about at handing in and confirmed to be right.

    A row for each hand-in it went with; ``is_last`` of the newest one. ``key`` is what it is known
    by as long as the figures it is about do not change (reports.schemas.checking.doubts.questions).
    ``is_internal``: not for those above.
    """

    assignment = models.ForeignKey(
        Assignment,
        models.CASCADE,
        related_name="confirmations",
        verbose_name="任务",
        db_index=False,
    )
    attachment_number = models.PositiveSmallIntegerField("附件序号")
    key = models.CharField("标识", max_length=32)
    path = models.CharField("位置", max_length=60, blank=True)
    place = models.TextField("位置名称")
    message = models.TextField("所确认的情况")
    is_internal = models.BooleanField("本单位内部", default=False)
    handed_in_at = models.DateTimeField("提交时间")
    is_last = models.BooleanField("最近一次提交", default=True)
    confirmed_at = models.DateTimeField("确认时间")
    confirmed_by = models.ForeignKey(
        Staff, models.PROTECT, related_name="+", verbose_name="确认人", db_index=False
    )

    class Meta:
        verbose_name = verbose_name_plural = "填报人确认"
        ordering = ("attachment_number", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "handed_in_at", "key"], name="confirmation_once_uniq"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}：{self.message}"
