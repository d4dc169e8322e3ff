import json

from django.db import models
from django.db.models import Q

from bureaus.models import Bureau, Staff
from bureaus.paths import PathField
from notices.querysets import ClauseQuerySet, IntakeQuerySet, NoticeQuerySet
from notices.states import (
    AS_READ,
    DOCUMENT_LENGTH,
    FILLABLE,
    AttachmentKind,
    ClauseState,
    IntakeState,
    NoticeState,
)


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

    The new dates and their words are those of ``Clause``.
    """

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


class Intake(models.Model):
    """收文: scans on their way to becoming a notice; recognising them takes seconds a page.

    The files lie in the spool until they are read. What became a notice is kept with it as its
    originals; all else is deleted.
    """

    bureau = models.ForeignKey(
        Bureau, models.PROTECT, related_name="intakes", verbose_name="收文单位"
    )
    state = models.CharField("状态", max_length=8, choices=IntakeState, default="waiting")
    file_names = models.TextField("文件名")
    spool_name = models.CharField("暂存名", max_length=64, unique=True)
    problem = models.TextField("未导入的原因", blank=True)
    notice = models.ForeignKey(
        Notice, models.PROTECT, null=True, blank=True, related_name="intakes", verbose_name="文件"
    )
    handed_in_at = models.DateTimeField("上传时间")
    handed_in_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="上传人")
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    not_before = models.DateTimeField("不早于")

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "收文"
        ordering = ("-handed_in_at", "-pk")
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=Q(state__in=("waiting", "reading")),
                name="intake_to_read_idx",
            ),
            models.Index(fields=["bureau", "-handed_in_at"], name="intake_bureau_idx"),
        ]

    def __str__(self) -> str:
        return self.file_names

    @property
    def is_waiting(self) -> bool:
        return self.state in (IntakeState.WAITING, IntakeState.READING)


class Original(models.Model):
    """原件: a file of the notice as it was handed in, byte for byte.

    The same bytes lie in the store once, whatever they are called and however often they came:
    ``stored_name`` is then the same. Pasted text has no file.
    """

    notice = models.ForeignKey(
        Notice, models.PROTECT, related_name="originals", verbose_name="文件"
    )
    position = models.PositiveSmallIntegerField("序号")
    file_name = models.CharField("文件名", max_length=200)
    content_type = models.CharField("类型", max_length=120)
    size = models.PositiveBigIntegerField("字节数")
    digest = models.CharField("SHA-256", max_length=64)
    stored_name = models.CharField("存放名", max_length=64)
    pages = models.PositiveSmallIntegerField("可看的页数", default=0)
    is_scan = models.BooleanField("文字由识别得来", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "原件"
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["notice", "position"], name="original_position_uniq"),
        ]
        indexes = [
            models.Index(fields=["digest"], name="original_digest_idx"),
            models.Index(fields=["stored_name"], name="original_stored_idx"),
        ]

    def __str__(self) -> str:
        return self.file_name
