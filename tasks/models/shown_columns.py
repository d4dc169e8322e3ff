from django.db import models

from bureaus.kept import versions
from bureaus.models import MarkedModel, Staff
from bureaus.querysets import MarkedQuerySet


class ShownColumns(MarkedModel):
    """显示的列: which columns of the ledger a person sees; who has no row here sees all.

    ``names`` are those of ``tasks.pages.ledger_columns``, with commas between; their order is the
    office's whatever stands here. Kept in the process with the people, for each page of the ledger.
    """

    person = models.OneToOneField(
        Staff, models.CASCADE, related_name="shown_columns", verbose_name="人员"
    )
    names = models.CharField("列", max_length=200)

    objects = MarkedQuerySet.as_manager()
    kept_as = versions.PEOPLE

    class Meta(MarkedModel.Meta):
        verbose_name = verbose_name_plural = "显示的列"

    def __str__(self) -> str:
        return self.names
