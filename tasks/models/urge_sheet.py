from django.db import models

from bureaus.models import Bureau, Staff
from tasks.models.assignment import both_or_neither, stamp
from tasks.models.reminder import NOTE_LENGTH
from tasks.querysets.reminders import UrgeSheetQuerySet


class UrgeSheet(models.Model):
    """催办单: what one bureau was urged about at once, under one number, and when it had read it.

    Numbers run from 1 in every year of every issuing bureau, without gaps.
    """

    issuer = models.ForeignKey(Bureau, models.PROTECT, related_name="+", verbose_name="催办单位")
    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="+", verbose_name="被催办单位")
    year = models.PositiveSmallIntegerField("年份")
    number = models.PositiveIntegerField("序号")
    note = models.CharField("附言", max_length=NOTE_LENGTH, blank=True)
    made_at = models.DateTimeField("催办时间")
    made_by = models.ForeignKey(
        Staff, models.PROTECT, related_name="+", verbose_name="催办人", db_index=False
    )
    read_at = models.DateTimeField("确认收到时间", null=True, blank=True)
    read_by = stamp("确认收到人")

    objects = UrgeSheetQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "催办单"
        ordering = ("-made_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "year", "number"], name="urge_sheet_number_uniq"
            ),
            both_or_neither("read_at", "read_by", name="urge_sheet_read_pair"),
        ]

    def __str__(self) -> str:
        return f"催办〔{self.year}〕{self.number}号"


class UrgeSerial(models.Model):
    """催办单号: the last number a bureau has given in a year; its row is the lock for the next."""

    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="+", verbose_name="催办单位")
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("最后序号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "催办单号"
        constraints = [
            models.UniqueConstraint(fields=["bureau", "year"], name="urge_serial_uniq"),
        ]

    def __str__(self) -> str:
        return f"{self.bureau_id} {self.year}"
