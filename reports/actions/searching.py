"""What was handed in is found by its words; part of the actions that take it in."""

from collections.abc import Sequence

from bureaus.search import keeping
from reports.models import (
    Evidence,
    EvidenceText,
    Submission,
    SubmissionText,
    SubmissionVersion,
    evidence_text,
    version_text,
)


def keep_versions(versions: Sequence[SubmissionVersion]) -> None:
    """Their forms are found by these versions from now on."""
    of = {version.submission_id: version for version in versions}
    submissions = [Submission(pk=key) for key in of]
    keeping.keep(SubmissionText, submissions, lambda one: version_text(of[one.pk]))


def keep_files(files: Sequence[Evidence]) -> None:
    keeping.keep(EvidenceText, files, evidence_text)
