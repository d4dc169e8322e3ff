from django.db import models
from django.db.models import F, Q

from bureaus.models import Delegation, Staff
from tasks.ladder import events


def codes() -> list[tuple[str, str]]:
    """For the model, which so needs no migration for a further kind."""
    return [(kind.code, kind.label) for kind in events.KINDS]


class Event(models.Model):
    """动态: something that happened, once however many assignments it happened to.

    Each of these has a ``Milestone`` for it, so it is told, leased and proved as reminders are.
    ``words`` say what it came to, ``origin`` whose act it was, ``reason`` is what he wrote.
    ``person``: the only one who is told. A 委托代办 is about no assignment.
    """

    kind = models.CharField("种类", max_length=1, choices=codes)
    words = models.CharField("内容", max_length=300, blank=True)
    origin = models.CharField("来自", max_length=200, blank=True)
    reason = models.TextField("原因", blank=True)
    person = models.ForeignKey(
        Staff, models.PROTECT, null=True, related_name="+", verbose_name="告知", db_index=False
    )
    delegation = models.OneToOneField(
        Delegation, models.PROTECT, null=True, related_name="event", verbose_name="委托代办"
    )
    made_at = models.DateTimeField("时间")
    made_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, related_name="+", verbose_name="办理人", db_index=False
    )

    class Meta:
        verbose_name = verbose_name_plural = "动态"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.words}".strip()

    @property
    def of(self) -> events.Kind:
        return events.BY_CODE[self.kind]


class DeskLook(models.Model):
    """When a person looked at the desk last, and when the time before: what is new since then."""

    person = models.OneToOneField(
        Staff, models.CASCADE, primary_key=True, related_name="+", verbose_name="人员"
    )
    looked_at = models.DateTimeField("最近查看")
    before_at = models.DateTimeField("上一次查看", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "工作台查看"
        constraints = [
            models.CheckConstraint(
                condition=Q(before_at=None) | Q(before_at__lte=F("looked_at")),
                name="desk_look_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"
