from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from bureaus.models import Bureau, Staff
from tasks.channels import encryption
from tasks.channels.registry import EMAIL, INBOX, ROBOTS
from tasks.ladder import events
from tasks.querysets.reminders import RobotAddressQuerySet


def _listed(groups: Iterable[str]) -> str:
    return ",".join(groups)


OWNERS = Q(person__isnull=False, bureau=None) | Q(person=None, bureau__isnull=False)


class Preference(models.Model):
    """提醒方式: what a person has chosen. Without a row: one mail a morning, all of the ladder.

    Of events the groups (``events.Group``) that also come by mail and by robots.
    """

    person = models.OneToOneField(
        Staff, models.CASCADE, primary_key=True, related_name="preference", verbose_name="人员"
    )
    in_digest = models.BooleanField("几项合并为一封邮件", default=True)
    early_by_mail = models.BooleanField("提前2个工作日以上的提醒也发邮件", default=True)
    events_by_mail = models.CharField("动态发邮件", max_length=80, default=_listed(events.BY_MAIL))
    events_by_robot = models.CharField(
        "动态发群机器人", max_length=80, default=_listed(events.BY_ROBOT)
    )

    class Meta:
        verbose_name = verbose_name_plural = "提醒方式"

    def __str__(self) -> str:
        return f"{self.person_id}"

    def event_groups(self, channel: str) -> list[str]:
        """The groups of events of which one is told this way; in the inbox, of all."""
        chosen = self.events_by_mail if channel == EMAIL else self.events_by_robot
        return list(events.GROUPS) if channel == INBOX else chosen.split(",")


class RobotAddress(models.Model):
    """群机器人: where a robot of 企业微信, 钉钉 or 飞书 is told, for one person or for a bureau.

    Address and secret are kept encrypted: whoever has them can post into the group.
    """

    person = models.ForeignKey(
        Staff, models.CASCADE, null=True, blank=True, related_name="robots", verbose_name="人员"
    )
    bureau = models.ForeignKey(
        Bureau, models.CASCADE, null=True, blank=True, related_name="robots", verbose_name="单位"
    )
    channel = models.CharField("方式", max_length=10)
    sealed_address = models.TextField("地址（加密）")
    sealed_secret = models.TextField("密钥（加密）", blank=True)
    made_at = models.DateTimeField("设立时间")
    made_by = models.ForeignKey(
        Staff, models.PROTECT, related_name="+", verbose_name="设立人", db_index=False
    )

    objects = RobotAddressQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "群机器人"
        ordering = ("channel", "pk")
        constraints = [
            models.CheckConstraint(condition=OWNERS, name="robot_one_owner"),
            models.UniqueConstraint(
                fields=["person", "channel"],
                condition=Q(person__isnull=False),
                name="robot_person_once_uniq",
            ),
            models.UniqueConstraint(
                fields=["bureau", "channel"],
                condition=Q(bureau__isnull=False),
                name="robot_bureau_once_uniq",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.bureau} {self.label}"

    @property
    def label(self) -> str:
        return f"{ROBOTS[self.channel].label}机器人"

    @property
    def address(self) -> str:
        """Raises sealing.Unreadable."""
        return encryption.unseal(self.sealed_address)

    @property
    def secret(self) -> str:
        return encryption.unseal(self.sealed_secret) if self.sealed_secret else ""
