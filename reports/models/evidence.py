from django.db import models

from bureaus.models import Staff
from reports.models.form import SubmissionVersion
from reports.querysets import EvidenceQuerySet
from tasks.models import Assignment
from tasks.states import EvidenceKind


class Evidence(models.Model):
    """随报材料: a file handed in beside the forms, kept under a random name.

    A sealed scan belongs to the ``version`` of the form that was printed and sealed; once another
    one is handed in, ``voided_at`` says since when it no longer agrees and ``void_reason`` why.
    It is part of the reports of the rounds from ``round_number`` up to the one before
    ``ended_round``, in which it was removed or voided.
    """

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, related_name="evidence", verbose_name="任务"
    )
    kind = models.CharField("种类", max_length=8, choices=EvidenceKind)
    version = models.ForeignKey(
        SubmissionVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sealed_copies",
        verbose_name="所盖版本",
        db_index=False,
    )
    file_name = models.CharField("文件名", max_length=200)
    stored_name = models.CharField("存放名", max_length=64, unique=True)
    content_type = models.CharField("类型", max_length=120)
    size = models.PositiveBigIntegerField("字节数")
    digest = models.CharField("SHA-256", max_length=64)
    note = models.CharField("说明", max_length=200, blank=True)
    uploaded_at = models.DateTimeField("上传时间")
    uploaded_by = models.ForeignKey(
        Staff, models.PROTECT, related_name="+", verbose_name="上传人", db_index=False
    )
    round_number = models.PositiveSmallIntegerField("上传轮次", default=1)
    ended_round = models.PositiveSmallIntegerField("止于轮次", null=True, blank=True)
    voided_at = models.DateTimeField("失效时间", null=True, blank=True)
    void_reason = models.CharField("失效原因", max_length=300, blank=True)
    removed_at = models.DateTimeField("删除时间", null=True, blank=True)
    removed_by = models.ForeignKey(
        Staff,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="删除人",
        db_index=False,
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "随报材料"
        ordering = ("uploaded_at", "pk")

    def __str__(self) -> str:
        return self.file_name


class WorkbookImport(models.Model):
    """导入记录: a workbook that was read into a form, so that the same file twice is recognised."""

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="imports", verbose_name="任务"
    )
    attachment_number = models.PositiveSmallIntegerField("附件序号")
    digest = models.CharField("SHA-256", max_length=64)
    file_name = models.CharField("文件名", max_length=200)
    revision = models.PositiveIntegerField("写入的修订号")
    made_at = models.DateTimeField("导入时间")
    made_by = models.ForeignKey(
        Staff, models.PROTECT, related_name="+", verbose_name="导入人", db_index=False
    )

    class Meta:
        verbose_name = verbose_name_plural = "导入记录"
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.file_name
