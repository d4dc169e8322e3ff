from datetime import date

from django.db import models
from django.db.models import Q

from bureaus.models import Bureau, Staff
from reports.querysets import ProductionQuerySet
from reports.states import ProductionKind, ProductionState


class Production(models.Model):
    """生成任务: a file that takes long to make; it is made in the background and fetched later.

    ``params_json`` is all the maker needs. A worker holds it until ``not_before``; ``done`` of
    ``total`` pieces are made. The file lies under a random name in the store until ``expires_on``.
    """

    kind = models.CharField("种类", max_length=12, choices=ProductionKind)
    title = models.CharField("名称", max_length=200)
    params_json = models.TextField("参数", default="{}")
    state = models.CharField(
        "状态", max_length=10, choices=ProductionState, default=ProductionState.WAITING
    )
    done = models.PositiveIntegerField("已完成", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="+", verbose_name="单位")
    asked_at = models.DateTimeField("提出时间")
    asked_by = models.ForeignKey(
        Staff, models.PROTECT, related_name="productions", verbose_name="提出人", db_index=False
    )
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    not_before = models.DateTimeField("不早于")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    problem = models.CharField("未完成的原因", max_length=300, blank=True)
    file_name = models.CharField("文件名", max_length=200, blank=True)
    stored_name = models.CharField("存放名", max_length=64, blank=True)
    size = models.PositiveBigIntegerField("字节数", default=0)
    digest = models.CharField("SHA-256", max_length=64, blank=True)
    expires_on = models.DateField("保留至", null=True, blank=True)

    objects = ProductionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "生成任务"
        ordering = ("-asked_at", "-pk")
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=Q(state__in=("waiting", "running")),
                name="production_to_make_idx",
            ),
            models.Index(fields=["asked_by", "-asked_at"], name="production_person_idx"),
            models.Index(
                fields=["expires_on"], condition=~Q(stored_name=""), name="production_expiry_idx"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_unfinished(self) -> bool:
        return self.state in (ProductionState.WAITING, ProductionState.RUNNING)

    def is_kept_on(self, day: date) -> bool:
        """Can the file still be fetched on that day? ``expires_on`` is the last one."""
        is_made = self.state == ProductionState.DONE and bool(self.stored_name)
        return is_made and self.expires_on is not None and day <= self.expires_on
