from django.db import models

from bureaus.models import Staff


class AddressFault(models.Model):
    """邮箱故障: mails to a person at one address failed again and again; told above once.

    The row is made before anybody is told, so that no second run makes another. ``held_until``
    is the lease of the run that is telling just now.
    """

    person = models.ForeignKey(
        Staff, models.CASCADE, related_name="+", verbose_name="人员", db_index=False
    )
    address = models.CharField("地址", max_length=254, blank=True)
    failures = models.PositiveIntegerField("失败次数")
    found_at = models.DateTimeField("发现时间")
    held_until = models.DateTimeField("领取至")
    told_at = models.DateTimeField("告知时间", null=True, blank=True)
    told = models.CharField("告知了谁", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "邮箱故障"
        ordering = ("-found_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["person", "address"], name="address_fault_once_uniq"),
        ]
        indexes = [
            models.Index(
                fields=["held_until"],
                condition=models.Q(told_at=None),
                name="address_fault_to_tell_idx",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"
