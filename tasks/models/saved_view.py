from django.db import models
from django.db.models import Q

from bureaus.models import Bureau, Staff
from tasks.querysets.saved_views import SavedViewQuerySet

NAME_LENGTH = 20
QUERY_LENGTH = 2000


class SavedView(models.Model):
    """视图: a question to the ledger under a name, a person's own or shared in a ``bureau``.

    ``query`` is the part of the address after "?", as the ledger reads it: what it lists is
    always what whoever opens it may see.
    """

    person = models.ForeignKey(
        Staff, models.CASCADE, related_name="saved_views", verbose_name="保存人"
    )
    bureau = models.ForeignKey(
        Bureau, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="共享单位"
    )
    name = models.CharField("名称", max_length=NAME_LENGTH)
    query = models.CharField("查询条件", max_length=QUERY_LENGTH)
    saved_at = models.DateTimeField("保存时间")

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "视图"
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"],
                condition=Q(bureau=None),
                name="saved_view_own_uniq",
            ),
            models.UniqueConstraint(
                fields=["bureau", "name"],
                condition=Q(bureau__isnull=False),
                name="saved_view_shared_uniq",
            ),
        ]

    def __str__(self) -> str:
        return self.name
