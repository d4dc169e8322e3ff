from django.db import models

from bureaus.search.spelling import joined
from bureaus.search.texts import PairsField, SearchText, index
from reports.models.evidence import Evidence
from reports.models.form import Submission, SubmissionVersion
from reports.schemas.content import written


class SubmissionText(SearchText):
    """What a form is found by: what stood in it when it was last handed in; never a draft."""

    submission = models.OneToOneField(
        Submission,
        models.CASCADE,
        primary_key=True,
        related_name="search_text",
        verbose_name="填报",
    )
    words = models.TextField("报送内容")
    words_pairs = PairsField()

    class Meta:
        verbose_name = verbose_name_plural = "填报查找文本"
        indexes = [index("words_pairs", name="submission_text_idx")]


class EvidenceText(SearchText):
    """What a file beside the forms is found by: its name and what was noted about it."""

    evidence = models.OneToOneField(
        Evidence,
        models.CASCADE,
        primary_key=True,
        related_name="search_text",
        verbose_name="随报材料",
    )
    words = models.TextField("文件名和说明")
    words_pairs = PairsField()

    class Meta:
        verbose_name = verbose_name_plural = "随报材料查找文本"
        indexes = [index("words_pairs", name="evidence_text_idx")]


def version_text(version: SubmissionVersion) -> dict[str, str]:
    """The columns of a form's text, as this version of it has them."""
    return {"words": joined(*written.texts(version.content))}


def evidence_text(evidence: Evidence) -> dict[str, str]:
    return {"words": joined(evidence.file_name, evidence.note)}
