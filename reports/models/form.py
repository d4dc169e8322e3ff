import json

from django.db import models

from bureaus.models import Staff
from notices.models import Notice
from reports.querysets import SubmissionQuerySet, VersionQuerySet
from reports.schemas.content.content import Content
from reports.schemas.definition import definition as definitions
from reports.schemas.definition.definition import Definition
from tasks.models import Assignment


class FormSchema(models.Model):
    """报表模板: what one attachment asks for. Immutable once used; a changed form is a new version.

    Number 0 stands for plain text where the directive has no attachment to fill in.
    """

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="schemas")
    attachment_number = models.PositiveSmallIntegerField("附件序号")
    version = models.PositiveSmallIntegerField("版本", default=1)
    title = models.CharField("名称", max_length=300)
    definition_json = models.TextField("定义")
    made_at = models.DateTimeField("建立时间")
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "报表模板"
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "attachment_number", "version"], name="schema_version_uniq"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def definition(self) -> Definition:
        return definitions.from_json(json.loads(self.definition_json))


class Submission(models.Model):
    """填报: what one bureau has written into one form."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="submissions")
    schema = models.ForeignKey(FormSchema, models.PROTECT, related_name="submissions")
    attachment_number = models.PositiveSmallIntegerField("附件序号")
    content_json = models.TextField("内容")
    left_over_json = models.TextField("换表余留", default="[]")
    revision = models.PositiveIntegerField("修订号", default=1)
    saved_at = models.DateTimeField("保存时间")
    saved_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, related_name="+", verbose_name="保存人"
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "填报"
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "attachment_number"], name="submission_once_uniq"
            ),
        ]
        indexes = [models.Index(fields=["schema", "assignment"], name="submission_schema_idx")]

    def __str__(self) -> str:
        return f"{self.assignment} 附件{self.attachment_number}"

    @property
    def content(self) -> Content:
        return json.loads(self.content_json)

    @property
    def left_over(self) -> list[dict[str, str]]:
        """What had no place in the newer form, each with its label, until it is put away."""
        return json.loads(self.left_over_json)


class SubmissionVersion(models.Model):
    """报送版本: what stood in a form when it was handed in for review, kept as it was.

    The bureau's draft may be written on after a return; the version does not change.
    """

    submission = models.ForeignKey(
        Submission, models.CASCADE, related_name="versions", db_index=False
    )
    number = models.PositiveSmallIntegerField("版次")
    round_number = models.PositiveSmallIntegerField("报送轮次")
    schema = models.ForeignKey(FormSchema, models.PROTECT, related_name="+", db_index=False)
    content_json = models.TextField("内容")
    handed_in_at = models.DateTimeField("提交时间")
    handed_in_by = models.ForeignKey(
        Staff, models.PROTECT, related_name="+", verbose_name="提交人", db_index=False
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "报送版本"
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="version_number_uniq"),
        ]

    def __str__(self) -> str:
        return f"{self.submission} 第{self.number}版"

    @property
    def content(self) -> Content:
        return json.loads(self.content_json)


class ReturnMark(models.Model):
    """退回标注: one cell, row or section that is to be mended, and why.

    ``path`` is the place in the form's content ("rows.0.c4"); empty stands for the whole form.
    """

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="return_marks", verbose_name="任务"
    )
    attachment_number = models.PositiveSmallIntegerField("附件序号")
    path = models.CharField("位置", max_length=60, blank=True)
    note = models.CharField("要求", max_length=300)
    round_number = models.PositiveSmallIntegerField("报送轮次")
    is_internal = models.BooleanField("本单位内部退回", default=False)
    made_at = models.DateTimeField("标注时间")
    made_by = models.ForeignKey(
        Staff, models.PROTECT, related_name="+", verbose_name="标注人", db_index=False
    )
    settled_at = models.DateTimeField("已补正时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "退回标注"
        ordering = ("attachment_number", "pk")

    def __str__(self) -> str:
        return self.note
