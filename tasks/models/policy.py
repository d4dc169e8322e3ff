from django.db import models
from django.db.models import Q

from bureaus.models import Bureau, Staff
from notices.models import Notice
from tasks.ladder.plan import Plan
from tasks.querysets.reminders import PolicyQuerySet

OF_SYSTEM = Q(bureau__isnull=True, notice__isnull=True)
OF_BUREAU = Q(bureau__isnull=False, notice__isnull=True)
OF_NOTICE = Q(bureau__isnull=False, notice__isnull=False)


class ReminderPolicy(models.Model):
    """提醒方案: one version of the plan of the system, of an issuing bureau, or of its one notice.

    Versions are added and never changed; the highest holds. One that ``follows`` says nothing
    itself: the next wider plan holds again.
    """

    bureau = models.ForeignKey(
        Bureau, models.PROTECT, null=True, related_name="+", verbose_name="下发单位"
    )
    notice = models.ForeignKey(
        Notice, models.PROTECT, null=True, related_name="+", verbose_name="文件"
    )
    version = models.PositiveSmallIntegerField("版本")
    follows = models.BooleanField("沿用上一级方案", default=False)
    ahead = models.CharField("提前的工作日数", max_length=40)
    overdue = models.PositiveSmallIntegerField("逾期提醒次数")
    superior = models.PositiveSmallIntegerField("告知本单位上级", null=True)
    coordinator = models.PositiveSmallIntegerField("告知下发单位", null=True)
    hour = models.TimeField("发出时间")
    urgent_waits = models.BooleanField("特急、加急也等静默时段过后", default=False)
    made_at = models.DateTimeField("设定时间")
    made_by = models.ForeignKey(
        Staff, models.PROTECT, related_name="+", verbose_name="设定人", db_index=False
    )

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "提醒方案"
        ordering = ("-version",)
        constraints = [
            models.CheckConstraint(
                condition=OF_SYSTEM | OF_BUREAU | OF_NOTICE, name="policy_scope_valid"
            ),
            models.UniqueConstraint(
                fields=["version"], condition=OF_SYSTEM, name="policy_system_version_uniq"
            ),
            models.UniqueConstraint(
                fields=["bureau", "version"], condition=OF_BUREAU, name="policy_bureau_version_uniq"
            ),
            models.UniqueConstraint(
                fields=["bureau", "notice", "version"],
                condition=OF_NOTICE,
                name="policy_notice_version_uniq",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bureau or '系统'} 第{self.version}版"

    @property
    def plan(self) -> Plan:
        return Plan(
            ahead=tuple(int(workdays) for workdays in self.ahead.split(",")),
            overdue=self.overdue,
            superior=self.superior,
            coordinator=self.coordinator,
            hour=self.hour,
            urgent_waits=self.urgent_waits,
        )
