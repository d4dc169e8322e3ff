import json

from django.db import models
from django.db.models import Q

from bureaus.models import Bureau, Staff
from bureaus.paths import PathField
from notices.querysets import NoticeQuerySet
from notices.states import FILLABLE, AttachmentKind, NoticeState


class Notice(models.Model):
    """通知: one directive as it came in, what was read out of it and what people made of that."""

    bureau = models.ForeignKey(
        Bureau, models.PROTECT, related_name="notices", verbose_name="收文单位"
    )
    state = models.CharField("状态", max_length=12, choices=NoticeState, default="to_check")
    title = models.CharField("标题", max_length=300)
    doc_number = models.CharField("文号", max_length=60, blank=True)
    issuers = models.TextField("发文机关", blank=True, help_text="一行一个")
    recipients_text = models.TextField("主送", blank=True)
    written_on = models.DateField("成文日期", null=True, blank=True)
    printed_on = models.DateField("印发日期", null=True, blank=True)
    published_on = models.DateField("发布日期", null=True, blank=True)
    urgency = models.CharField("紧急程度", max_length=10, blank=True)
    disclosure = models.CharField("公开属性", max_length=60, blank=True)
    cc = models.TextField("抄送", blank=True)
    is_truncated = models.BooleanField("正文不完整", default=False)
    is_example = models.BooleanField("示例", default=False)
    twin_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="twins",
        verbose_name="与已有文件重复",
    )
    body = models.TextField("原文")
    reading_json = models.TextField("识别结果", help_text="导入时的机器识别，留作依据，不再改动")
    source_name = models.CharField("来源文件名", max_length=200, blank=True)
    digest = models.CharField("SHA-256", max_length=64)
    imported_at = models.DateTimeField("导入时间")
    imported_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, related_name="+", verbose_name="导入人"
    )
    filed_at = models.DateTimeField("入库时间", null=True, blank=True)
    filed_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="核对人"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        ordering = ("-imported_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(filed_at__isnull=False) | ~Q(state="filed"), name="notice_filed_stamped"
            ),
        ]
        indexes = [
            models.Index(fields=["doc_number"], name="notice_doc_number_idx"),
            models.Index(fields=["bureau", "-imported_at"], name="notice_bureau_idx"),
            # a few at any time, of all that were ever taken in
            models.Index(
                fields=["bureau", "-imported_at"],
                condition=Q(state="to_check"),
                name="notice_to_check_idx",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reading(self) -> dict:
        return json.loads(self.reading_json)

    @property
    def issuer_names(self) -> list[str]:
        return self.issuers.splitlines()

    @property
    def citation(self) -> str:
        """How people call it: the number where it has one."""
        return self.doc_number or f"《{self.title}》"


class Attachment(models.Model):
    """附件: named in the notice's list; its body, where the text holds one."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField("序号")
    title = models.CharField("名称", max_length=300)
    kind = models.CharField("类型", max_length=10, choices=AttachmentKind)
    body_json = models.TextField("表格或提纲", blank=True)
    form_confirmed_at = models.DateTimeField(
        "报表确认时间", null=True, blank=True, help_text="待确认的报表不能下发"
    )

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["notice", "position"], name="attachment_pos_uniq"),
        ]

    def __str__(self) -> str:
        return f"附件{self.position} {self.title}"

    @property
    def is_fillable(self) -> bool:
        return self.kind in FILLABLE


class Addressee(models.Model):
    """主送单位: a bureau to which the notice was sent, so that it may read it."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="addressees")
    bureau = models.ForeignKey(Bureau, models.PROTECT, related_name="+")
    path = PathField("单位路径")

    class Meta:
        verbose_name = verbose_name_plural = "主送单位"
        constraints = [
            models.UniqueConstraint(fields=["notice", "bureau"], name="addressee_once_uniq"),
        ]
        indexes = [models.Index(fields=["path", "notice"], name="addressee_path_idx")]

    def __str__(self) -> str:
        return f"{self.bureau}"
