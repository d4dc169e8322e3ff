"""Every table of texts, beside what and made of what: for rebuilding and verifying."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from bureaus.search import keeping
from bureaus.search.texts import SearchText
from notices.models import Notice, NoticeText
from notices.models import search_text as notice_text
from reports.models import (
    Evidence,
    EvidenceText,
    Submission,
    SubmissionText,
    SubmissionVersion,
    evidence_text,
    version_text,
)
from tasks.models import Obligation, ObligationText
from tasks.models import search_text as obligation_text


@dataclass(frozen=True)
class Index:
    label: str
    texts: type[SearchText]
    things: Callable[[], QuerySet]
    compose: Callable[[Any], dict[str, str]]

    def rebuild(self) -> int:
        """Returns how many rows were written."""
        return keeping.rebuild(self.texts, self.things(), self.compose)

    def wrong(self) -> Iterator[int]:
        """The keys of the things whose text is not what it should be."""
        return keeping.wrong(self.texts, self.things(), self.compose)


def _notices() -> QuerySet:
    return Notice.objects.defer("reading_json")


def _obligations() -> QuerySet:
    found = Obligation.objects.select_related("notice")
    return found.defer("notice__body", "notice__reading_json")


def _handed_in() -> QuerySet:
    """The forms that ever left their writers, with the last version of each."""
    versions = SubmissionVersion.objects.filter(submission=OuterRef("pk"))
    last = Prefetch("versions", SubmissionVersion.objects.last_of_each(), to_attr="last")
    forms = Submission.objects.filter(Exists(versions))
    return forms.defer("content_json").prefetch_related(last)


def _of_form(submission: Submission) -> dict[str, str]:
    return version_text(submission.last[0])


INDEXES = (
    Index("文件", NoticeText, _notices, notice_text),
    Index("任务事项", ObligationText, _obligations, obligation_text),
    Index("报送内容", SubmissionText, _handed_in, _of_form),
    Index("随报材料", EvidenceText, Evidence.objects.all, evidence_text),
)
