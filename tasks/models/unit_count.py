from django.db import models
from django.db.models import Q

from bureaus.models import Bureau
from bureaus.paths import PathField
from tasks.querysets.unit_counts import UnitCountQuerySet


class UnitCount(models.Model):
    """单位计数: how many assignments a unit has with all below it, of one day, deadline and period.

    A row is a summand, which may be negative: what stands is the sum of all rows alike. An action
    appends what it changed, in its own transaction and without a lock; folding puts rows alike
    together and changes no sum. ``level``: how many steps below the 总局 the unit lies at the most,
    so that each assignment is counted once on every level. ``day`` is that of its obligation,
    ``due_at`` its own last moment: what is overdue or not due is a question of the clock and not
    stored. ``split_by``: who split it from a task of its own, None for what a notice itself asks.
    """

    level = models.PositiveSmallIntegerField("层级")
    path = PathField("单位路径")
    day = models.DateField("期间")
    due_at = models.DateTimeField("截止时间", null=True, blank=True)
    period = models.CharField("期次", max_length=30, blank=True)
    split_by = models.ForeignKey(
        Bureau,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="分解单位",
        db_index=False,
    )
    expected = models.IntegerField("应报")
    handed_in = models.IntegerField("已报")
    on_time = models.IntegerField("按时")
    owed = models.IntegerField("未报")
    is_folded = models.BooleanField("已合并", default=False)

    objects = UnitCountQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位计数"
        indexes = [
            # a unit's days are one range, and all that is summed stands in it
            models.Index(
                fields=["level", "path", "day"],
                include=[
                    "due_at",
                    "period",
                    "split_by",
                    "expected",
                    "handed_in",
                    "on_time",
                    "owed",
                ],
                name="unit_count_place_idx",
            ),
            models.Index(fields=["id"], condition=Q(is_folded=False), name="unit_count_new_idx"),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.day}"
