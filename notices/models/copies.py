import json
from typing import Any

from django.db import models
from django.db.models import Q

from bureaus.models import Staff
from notices.models.clause import Clause
from notices.models.notice import Notice


class Source(models.Model):
    """来源: one copy of a notice as it came in, where it came in more than once.

    ``upload`` is the row under which a later copy was taken in; None for the notice's own first
    copy. The notice's text is that of the copy with ``is_text``.
    """

    class How(models.TextChoices):
        FIRST = "first", "先收到"
        TAKEN = "taken", "并入，采用其内容"
        KEPT = "kept", "并入，作为又一来源"

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="sources")
    upload = models.OneToOneField(
        Notice, models.PROTECT, null=True, blank=True, related_name="merged_as"
    )
    how = models.CharField("来历", max_length=6, choices=How)
    is_text = models.BooleanField("采用其正文", default=False)
    name = models.CharField("来源文件名", max_length=200, blank=True)
    digest = models.CharField("SHA-256", max_length=64)
    body = models.TextField("原文")
    reading_json = models.TextField("识别结果")
    is_truncated = models.BooleanField("正文不完整", default=False)
    came_at = models.DateTimeField("导入时间")
    came_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, related_name="+", verbose_name="导入人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "来源"
        ordering = ("came_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["notice"], condition=Q(is_text=True), name="source_one_text_uniq"
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"来源{self.pk}"


class ClauseChange(models.Model):
    """条款变动: what a copy taken over says otherwise of a confirmed clause, until it is decided.

    ``DEADLINE`` names what a deadline is made of; the new one's stand here under ``new_…``.
    """

    DEADLINE = ("due_at", "strict_on", "target_on", "review_on", "deadline_json", "explanation")

    class Kind(models.TextChoices):
        MOVED = "moved", "时限有变"
        GONE = "gone", "新件中没有"

    class Decision(models.TextChoices):
        ADOPTED = "adopted", "按新件"
        KEPT = "kept", "仍按原件"

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="changes")
    source = models.ForeignKey(Source, models.PROTECT, related_name="changes")
    kind = models.CharField("变动", max_length=6, choices=Kind)
    old_due_at = models.DateTimeField("原截止时间", null=True, blank=True)
    new_due_at = models.DateTimeField("新截止时间", null=True, blank=True)
    new_strict_on = models.DateField("新的最严读法", null=True, blank=True)
    new_target_on = models.DateField("新的目标日", null=True, blank=True)
    new_review_on = models.DateField("新的复核日", null=True, blank=True)
    new_deadline_json = models.TextField("新的时限规则", default="{}")
    new_explanation = models.TextField("新的时限说明", blank=True)
    decision = models.CharField("处理", max_length=8, choices=Decision, blank=True)
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "条款变动"
        ordering = ("clause__position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["clause"], condition=Q(decision=""), name="clause_change_open_uniq"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None)
                | ~Q(decision="") & Q(decided_at__isnull=False),
                name="clause_change_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.get_kind_display()}"

    @property
    def new_deadline(self) -> dict[str, Any]:
        """The new rule, as ``Clause.deadline``."""
        rule: dict[str, Any] = json.loads(self.new_deadline_json)
        return rule


class Citation(models.Model):
    """引用: a notice names the 文号 of another. Which notices bear that number is looked up, so one
    that comes in later is found too, and everybody finds those that they may see."""

    class Kind(models.TextChoices):
        FORWARDS = "forwards", "转发"
        CARRIES_OUT = "carries_out", "落实"
        RESTS_ON = "rests_on", "根据"
        NAMES = "names", "引用"

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="citations")
    number = models.CharField("文号", max_length=60)
    kind = models.CharField("方式", max_length=12, choices=Kind)

    class Meta:
        verbose_name = verbose_name_plural = "引用"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="citation_once_uniq"),
        ]
        indexes = [models.Index(fields=["number"], name="citation_number_idx")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
