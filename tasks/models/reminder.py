from django.db import models

from bureaus.models import Staff
from bureaus.paths import PathField
from tasks.channels import registry
from tasks.channels.registry import EMAIL
from tasks.models.assignment import Assignment
from tasks.models.channel import RobotAddress
from tasks.models.event import Event
from tasks.querysets.reminders import DeliveryQuerySet, MilestoneQuerySet, UrgeQuerySet

NOTE_LENGTH = 200  # characters of what is printed on a 催办单 besides


class Milestone(models.Model):
    """提醒节点: when an assignment's bureau is to be reminded, for one version of its deadline.

    One with an ``event`` tells of what happened at that moment; only such a one may be about a
    person instead of an assignment.
    """

    class State(models.TextChoices):
        ARMED = "armed", "待提醒"
        FIRED = "fired", "已提醒"
        SUPERSEDED = "superseded", "已被更近的提醒取代"
        VOID = "void", "已失效"

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, null=True, related_name="milestones", db_index=False
    )
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, related_name="milestones", db_index=False
    )
    deadline_version = models.PositiveSmallIntegerField("时限版本")
    kind = models.CharField("节点", max_length=8)
    at = models.DateTimeField("提醒时间")
    state = models.CharField("状态", max_length=12, choices=State, default=State.ARMED)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "提醒节点"
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "deadline_version", "kind"], name="milestone_once_uniq"
            ),
            models.CheckConstraint(
                condition=models.Q(assignment__isnull=False) | models.Q(event__isnull=False),
                name="milestone_about_something",
            ),
        ]
        indexes = [
            models.Index(
                fields=["at", "assignment"],
                condition=models.Q(state="armed"),
                name="milestone_armed_idx",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.kind}"


class Urge(models.Model):
    """催办: the receiver asked again, by a milestone of its own (U1, U2, …) besides the ladder.

    The note stands on the page of the assignment; mails carry no text of people.
    """

    milestone = models.OneToOneField(
        Milestone, models.CASCADE, primary_key=True, related_name="urge"
    )
    sheet = models.ForeignKey(
        "tasks.UrgeSheet", models.PROTECT, null=True, related_name="urges", verbose_name="催办单"
    )
    due_at = models.DateTimeField("当时的截止时间", null=True, blank=True)
    note = models.CharField("附言", max_length=NOTE_LENGTH, blank=True)
    made_by = models.ForeignKey(
        Staff, models.PROTECT, related_name="+", verbose_name="催办人", db_index=False
    )

    objects = UrgeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "催办"
        ordering = ("-milestone__at", "-pk")

    def __str__(self) -> str:
        return f"{self.milestone}"


class Delivery(models.Model):
    """送达记录: one reminder to one person by one channel; written before it is sent.

    With its milestone it is unique for (assignment, deadline version, milestone, recipient,
    channel): whatever runs twice finds the row and sends nothing.
    A worker holds a row until ``not_before``, and says so (SENDING) before it speaks to the server:
    what it leaves in that state may have gone out, and ``is_repeat`` says so of the next try.
    Rows with one ``message_key`` are one letter. What is told of events shares a letter with the
    person's others of the same ``bundle``, as those about one notice.
    ``at_any_time``: quiet hours do not hold it back. A message in the inbox is there once written.
    ``bureau_path`` repeats that of the assignment; empty where it is about none.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待发送"
        HELD = "held", "待发送（已领取）"
        SENDING = "sending", "发送中"
        SENT = "sent", "已发送"
        FAILED = "failed", "发送失败"
        VOID = "void", "已失效"

    milestone = models.ForeignKey(
        Milestone, models.CASCADE, related_name="deliveries", db_index=False
    )
    recipient = models.ForeignKey(Staff, models.PROTECT, related_name="deliveries")
    bureau_path = PathField("单位路径", blank=True, default="", db_default="")
    channel = models.CharField("方式", max_length=10, choices=registry.choices, default=EMAIL)
    address = models.CharField("地址", max_length=254, blank=True)
    subject = models.CharField("标题", max_length=200, blank=True)
    message_key = models.CharField("邮件编号", max_length=120, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    not_before = models.DateTimeField("不早于")
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    problem = models.CharField("问题", max_length=300, blank=True)
    is_repeat = models.BooleanField("可能重复", default=False)
    in_digest = models.BooleanField("可合并发送", default=False)
    bundle = models.CharField("合并为一封", max_length=24, blank=True, default="")
    at_any_time = models.BooleanField("静默时段也发送", default=False)
    robot = models.ForeignKey(
        RobotAddress,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="群机器人",
    )
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "送达记录"
        ordering = ("-not_before", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "recipient", "channel"], name="delivery_once_uniq"
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=models.Q(state__in=("waiting", "held", "sending")),
                name="delivery_to_send_idx",
            ),
            models.Index(
                fields=["not_before"],
                condition=models.Q(state="failed"),
                name="delivery_failed_idx",
            ),
            # the same of any part of the country
            models.Index(
                fields=["bureau_path"],
                condition=models.Q(state="failed"),
                name="delivery_failed_place_idx",
            ),
            # few among millions, listed the latest first
            models.Index(
                fields=["-id"], condition=models.Q(state="void"), name="delivery_void_idx"
            ),
            # one's messages, the latest first, and how many are not read
            models.Index(
                fields=["recipient", "-id"],
                condition=models.Q(channel="inbox"),
                name="delivery_inbox_idx",
            ),
            models.Index(
                fields=["recipient"],
                condition=models.Q(channel="inbox", read_at=None),
                name="delivery_unread_idx",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.channel}"

    @property
    def place(self) -> str:
        """Where it went, in words; empty where the channel has said it already."""
        return (self.address or "未登记") if self.channel == EMAIL else ""
