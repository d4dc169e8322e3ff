from django.db import models

from bureaus.search.spelling import joined
from bureaus.search.texts import PairsField, SearchText, index
from notices.models.notice import Notice


class NoticeText(SearchText):
    """What a notice is found by: ``head`` is title and 文号, ``whole`` all of it."""

    notice = models.OneToOneField(
        Notice, models.CASCADE, primary_key=True, related_name="search_text", verbose_name="文件"
    )
    head = models.TextField("标题和文号")
    head_pairs = PairsField()
    whole = models.TextField("全文")
    whole_pairs = PairsField()

    class Meta:
        verbose_name = verbose_name_plural = "文件查找文本"
        indexes = [
            index("head_pairs", name="notice_text_head_idx"),
            index("whole_pairs", name="notice_text_whole_idx"),
        ]


def search_text(notice: Notice) -> dict[str, str]:
    """The columns of a notice's text; its attachments stand in its body."""
    head = joined(notice.title, notice.doc_number)
    return {"head": head, "whole": joined(head, notice.issuers, notice.body)}
