import hashlib
import json

from django.db import models

GENESIS = "0" * 64


class AppendOnlyError(TypeError):
    """Raised where code tries to change what was recorded."""


class EventQuerySet(models.QuerySet):
    """Events are read and added, never changed: the chain would say so."""

    def update(self, **kwargs):
        raise AppendOnlyError("audit events are never updated")

    def delete(self):
        raise AppendOnlyError("audit events are never deleted")

    def about(self, subject: models.Model) -> "EventQuerySet":
        return self.filter(subject_kind=subject._meta.label_lower, subject_key=str(subject.pk))


class Chain(models.Model):
    """The head of one chain of events: how many there are and the last one's hash.

    Its row is the lock under which the next event is written, so writers of
    different bureaus never wait for each other, and a cut-off tail is noticed.
    """

    name = models.CharField("链", max_length=40, unique=True)
    length = models.PositiveBigIntegerField("事件数", default=0)
    tip = models.CharField("链尾哈希", max_length=64, default=GENESIS)

    class Meta:
        verbose_name = verbose_name_plural = "审计链"

    def __str__(self) -> str:
        return self.name


class AuditEvent(models.Model):
    """Who did what to which row, when and from where.

    No foreign keys: it outlives what it describes.
    """

    chain = models.CharField("链", max_length=40)
    position = models.PositiveBigIntegerField("序号")
    at = models.DateTimeField("时间")
    actor_key = models.CharField("人员编号", max_length=20, blank=True)
    actor_name = models.CharField("人员", max_length=60)
    verb = models.CharField("行为", max_length=40)
    subject_kind = models.CharField("对象类型", max_length=60, blank=True)
    subject_key = models.CharField("对象编号", max_length=40, blank=True)
    subject_name = models.CharField("对象", max_length=200, blank=True)
    address = models.CharField("来源地址", max_length=45, blank=True)
    detail_json = models.TextField("内容", default="{}")
    previous_hash = models.CharField("前一哈希", max_length=64)
    own_hash = models.CharField("本条哈希", max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审计事件"
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="audit_chain_position_uniq"),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_key", "at"], name="audit_subject_idx"),
            models.Index(fields=["at"], name="audit_at_idx"),
        ]

    def __str__(self) -> str:
        return f"{self.chain}#{self.position} {self.verb}"

    @property
    def detail(self) -> dict:
        return json.loads(self.detail_json)

    def computed_hash(self) -> str:
        """SHA-256 over everything this row says and over the hash of the one before it."""
        said = [
            self.chain,
            self.position,
            self.at.isoformat(timespec="microseconds"),
            self.actor_key,
            self.actor_name,
            self.verb,
            self.subject_kind,
            self.subject_key,
            self.subject_name,
            self.address,
            self.detail_json,
            self.previous_hash,
        ]
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class Verification(models.Model):
    """校验记录: when the chains were walked, how much there was, and how many faults were found."""

    made_at = models.DateTimeField("校验时间")
    chain_count = models.PositiveIntegerField("链数")
    event_count = models.PositiveBigIntegerField("事件数")
    fault_count = models.PositiveIntegerField("异常数")

    class Meta:
        verbose_name = verbose_name_plural = "审计链校验"
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"{self.made_at}"


class JobRun(models.Model):
    """后台作业: when a job of the timetable last came to its end. One row a job."""

    name = models.CharField("作业", max_length=40, unique=True)
    ended_at = models.DateTimeField("上次完成时间")

    class Meta:
        verbose_name = verbose_name_plural = "后台作业"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
