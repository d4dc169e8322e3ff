import json
from datetime import date

from django.db import models

from notices.calendar import calendar_of
from notices.text.workdays import WorkCalendar
from tasks.models.obligation import Obligation
from tasks.querysets import DateMoveQuerySet


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
