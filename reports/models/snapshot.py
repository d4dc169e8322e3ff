from django.db import models

from bureaus.models import Bureau, Staff
from reports.models.form import SubmissionVersion
from reports.states import EntryState
from tasks.models import Obligation


class Snapshot(models.Model):
    """汇总快照: what a roll-up held at one moment, frozen: which version of which unit went in.

    ``bureau`` is the level that rolls up; ``as_of`` the moment up to which hand-ins count (截至).
    """

    obligation = models.ForeignKey(
        Obligation, models.PROTECT, related_name="snapshots", verbose_name="任务事项"
    )
    attachment_number = models.PositiveSmallIntegerField("附件序号")
    bureau = models.ForeignKey(
        Bureau, models.PROTECT, related_name="+", verbose_name="汇总单位", db_index=False
    )
    label = models.CharField("名称", max_length=100, blank=True)
    as_of = models.DateTimeField("截至")
    expected = models.PositiveIntegerField("应报单位数")
    included = models.PositiveIntegerField("已报单位数")
    nil = models.PositiveIntegerField("零报告单位数", default=0)
    digest = models.CharField("SHA-256", max_length=64)
    made_at = models.DateTimeField("生成时间")
    made_by = models.ForeignKey(
        Staff, models.PROTECT, related_name="+", verbose_name="生成人", db_index=False
    )

    class Meta:
        verbose_name = verbose_name_plural = "汇总快照"
        ordering = ("-as_of", "-pk")

    def __str__(self) -> str:
        return self.label or f"{self.obligation} {self.as_of:%Y-%m-%d}"


class SnapshotEntry(models.Model):
    """One unit in a snapshot: in with a version of its form, nil, or missing."""

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="entries", db_index=False)
    bureau = models.ForeignKey(
        Bureau, models.PROTECT, related_name="+", verbose_name="单位", db_index=False
    )
    state = models.CharField("状态", max_length=8, choices=EntryState)
    version = models.ForeignKey(
        SubmissionVersion, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = verbose_name_plural = "快照单位"
        ordering = ("bureau__path",)
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "bureau"], name="snapshot_unit_uniq"),
        ]

    def __str__(self) -> str:
        return f"{self.bureau} {self.get_state_display()}"
