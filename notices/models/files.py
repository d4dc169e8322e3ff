from django.db import models
from django.db.models import Q

from bureaus.models import Bureau, Staff
from notices.models.notice import Notice
from notices.querysets import IntakeQuerySet, OriginalQuerySet
from notices.states import IntakeState


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

    objects = OriginalQuerySet.as_manager()

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
