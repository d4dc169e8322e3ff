from django.db import models

from bureaus.search.spelling import joined
from bureaus.search.texts import PairsField, SearchText, index
from tasks.models.obligation import Obligation


class ObligationText(SearchText):
    """What an obligation and its assignments are found by, with title and 文号 of its notice."""

    obligation = models.OneToOneField(
        Obligation,
        models.CASCADE,
        primary_key=True,
        related_name="search_text",
        verbose_name="任务事项",
    )
    words = models.TextField("事项、期次和依据文件")
    words_pairs = PairsField()

    class Meta:
        verbose_name = verbose_name_plural = "任务事项查找文本"
        indexes = [index("words_pairs", name="obligation_text_idx")]


def search_text(obligation: Obligation) -> dict[str, str]:
    """The columns of an obligation's text; reads its notice."""
    notice = obligation.notice
    return {"words": joined(obligation.title, obligation.period, notice.title, notice.doc_number)}
