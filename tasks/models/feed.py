import hashlib

from django.db import models
from django.db.models import Q

from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from tasks.querysets.feeds import FeedQuerySet


def digest_of(secret: str) -> str:
    """What is kept of a secret. It is random and long, so that one round of hashing is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Feed(models.Model):
    """日历订阅: a secret address under which a calendar program reads due days.

    Only the SHA-256 of the secret is kept. With ``bureau`` it shows that bureau's assignments,
    without it those that wait for the person. It dies with the account, the post or a revocation.
    """

    person = models.ForeignKey(Staff, models.CASCADE, related_name="feeds", verbose_name="订阅人")
    bureau = models.ForeignKey(
        Bureau, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位"
    )
    digest = models.CharField("SHA-256", max_length=64, unique=True)
    made_at = models.DateTimeField("建立时间")
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "日历订阅"
        ordering = ("-made_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "bureau"],
                condition=Q(revoked_at=None, bureau__isnull=False),
                name="feed_bureau_once_uniq",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(revoked_at=None, bureau=None),
                name="feed_person_once_uniq",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.scope}"

    @property
    def scope(self) -> str:
        """What it shows, as pages and calendars call it."""
        return str(self.bureau) if self.bureau else "等我办理"

    @property
    def is_readable(self) -> bool:
        """Does the address answer today: is the person here, in a post that may read this?"""
        here = self.person.bureaus_where(Permission.READ)  # none for an account gone or expired
        return not self.revoked_at and (self.bureau in here if self.bureau else bool(here))
