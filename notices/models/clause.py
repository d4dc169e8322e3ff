import json

from django.db import models

from notices.models.notice import Notice
from notices.querysets import ClauseQuerySet
from notices.states import AS_READ, DOCUMENT_LENGTH, ClauseState


class Clause(models.Model):
    """条款: a run of text that asks for something, how it was read, what a person decided."""

    class Kind(models.TextChoices):
        REPORT = "report", "报送事项"
        REQUIREMENT = "requirement", "工作要求"

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField("序号")
    kind = models.CharField("类别", max_length=12, choices=Kind, default=Kind.REPORT)
    state = models.CharField("状态", max_length=10, choices=ClauseState, default="proposed")
    quote = models.TextField("原文")
    start_at = models.PositiveIntegerField("起", null=True)
    end_at = models.PositiveIntegerField("止", null=True)
    who = models.CharField("责任单位", max_length=200, blank=True)
    deliverable = models.CharField("报送内容", max_length=300)
    report_to = models.CharField("报送对象", max_length=200, blank=True)
    attachment_numbers = models.CharField("附件", max_length=200, blank=True)
    evidence = models.CharField("随报材料", max_length=40, blank=True, default=AS_READ)
    document = models.CharField("随报文件名称", max_length=DOCUMENT_LENGTH, blank=True)
    deadline_json = models.TextField("时限规则", default="{}")
    due_at = models.DateTimeField("截止时间", null=True, blank=True)
    strict_on = models.DateField("最严读法", null=True, blank=True)
    target_on = models.DateField("目标日", null=True, blank=True)
    review_on = models.DateField("复核日", null=True, blank=True)
    explanation = models.TextField("时限说明", blank=True)
    needs_confirming = models.BooleanField("时限有歧义", default=False)
    confidence = models.DecimalField("把握", max_digits=3, decimal_places=2, null=True)

    objects = ClauseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "条款"
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "kind", "position"], name="clause_position_uniq"
            ),
        ]

    def __str__(self) -> str:
        return self.deliverable

    @property
    def deadline(self) -> dict:
        return json.loads(self.deadline_json)

    @property
    def attachments_referred(self) -> list[int]:
        return [int(number) for number in self.attachment_numbers.split(",") if number]
