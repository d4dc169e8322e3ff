import json

from django.db import models
from django.utils.timezone import localtime

from bureaus.models import Bureau, Staff
from reports.models.form import SubmissionVersion
from reports.querysets import SnapshotQuerySet
from reports.schemas.definition import definition as definitions
from reports.schemas.definition.definition import Definition
from reports.states import EntryState
from tasks.models import Obligation


class Snapshot(models.Model):
    """汇总快照: what a roll-up held at one moment, frozen: which version of which unit went in.

    ``bureau`` is the level that rolls up; ``as_of`` the moment up to which hand-ins count (截至).
    ``definition_json`` is the form as it was in use then; ``digest`` is of all that went in.
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
    definition_json = models.TextField("定义", default="{}")
    expected = models.PositiveIntegerField("应报单位数")
    included = models.PositiveIntegerField("已报单位数")
    nil = models.PositiveIntegerField("零报告单位数", default=0)
    digest = models.CharField("SHA-256", max_length=64)
    made_at = models.DateTimeField("生成时间")
    made_by = models.ForeignKey(
        Staff, models.PROTECT, related_name="+", verbose_name="生成人", db_index=False
    )

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "汇总快照"
        ordering = ("-as_of", "-pk")

    def __str__(self) -> str:
        return self.label or f"{localtime(self.as_of):%Y-%m-%d %H:%M}"

    @property
    def definition(self) -> Definition:
        return definitions.from_json(json.loads(self.definition_json))

    @property
    def reported(self) -> int:
        """Nil reports are reports."""
        return self.included + self.nil

    @property
    def missing(self) -> int:
        return self.expected - self.reported


class SnapshotEntry(models.Model):
    """One unit in a snapshot, by the name it had: in with a version of its form, nil or missing.

    ``is_correcting``: what went in stood from before a correction that was under way.
    """

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="entries", db_index=False)
    bureau = models.ForeignKey(
        Bureau, models.PROTECT, related_name="+", verbose_name="单位", db_index=False
    )
    name = models.CharField("名称", max_length=200, default="")
    is_correcting = models.BooleanField("正在更正", default=False)
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
