import json
from datetime import date

from django.db import models

from notices.calendar import calendar_of
from notices.text.deadlines.workdays import WorkCalendar
from tasks.models.obligation import Obligation
from tasks.querysets.obligations import DateMoveQuerySet, DeadlineDoubtQuerySet
from tasks.states import ObligationState


class Recount(models.Model):
    """重新推算: the open dates worked out anew after the working days were changed.

    Keeps the days as they were then, so that the next change can be told. The first row is only
    the beginning; it is also the lock under which the others are made.
    """

    made_at = models.DateTimeField("推算时间")
    days_json = models.TextField("当时的放假与调休")
    changed = models.PositiveIntegerField("变动的日子", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "重新推算"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"

    @property
    def days(self) -> dict[str, str]:
        return json.loads(self.days_json)

    @property
    def calendar(self) -> WorkCalendar:
        """The working days as they were then."""
        days = self.days.items()
        return calendar_of(
            frozenset(date.fromisoformat(day) for day, kind in days if kind == "H"),
            frozenset(date.fromisoformat(day) for day, kind in days if kind == "W"),
        )


class DateMove(models.Model):
    """目标日变动: what a recount made of the target of an obligation's assignments.

    Those of one obligation with the same dates are one row. Deadlines themselves never move.
    """

    recount = models.ForeignKey(Recount, models.CASCADE, related_name="moves", verbose_name="推算")
    obligation = models.ForeignKey(
        Obligation, models.CASCADE, related_name="+", verbose_name="任务事项"
    )
    assignments = models.PositiveIntegerField("任务数")
    due_at = models.DateTimeField("截止时间")
    old_target_at = models.DateTimeField("原目标时间")
    new_target_at = models.DateTimeField("新目标时间")

    objects = DateMoveQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "目标日变动"
        ordering = ("-recount", "due_at", "pk")

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.new_target_at:%Y-%m-%d}"

    @property
    def is_earlier(self) -> bool:
        return self.new_target_at < self.old_target_at


class DeadlineDoubt(models.Model):
    """时限待核定: by the new working days the words of the notice come to another last day.

    Who issued it decides and changes the deadline, or leaves it. It is in doubt as long as the
    deadline is the ``due_at`` that stood then; None where the words came to no day at all.
    """

    obligation = models.OneToOneField(
        Obligation, models.CASCADE, related_name="doubt", verbose_name="任务事项"
    )
    recount = models.ForeignKey(Recount, models.CASCADE, related_name="doubts", verbose_name="推算")
    due_at = models.DateTimeField("当时的截止时间", null=True, blank=True)
    words_on = models.DateField("按原文应为")

    objects = DeadlineDoubtQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "时限待核定"
        ordering = ("words_on", "pk")

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.words_on:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """The same as ``open()`` of the queryset."""
        asked = self.obligation
        return asked.state == ObligationState.ISSUED and asked.due_at == self.due_at
