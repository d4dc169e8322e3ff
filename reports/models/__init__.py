from reports.models.confirmation import Confirmation
from reports.models.evidence import Evidence, WorkbookImport
from reports.models.form import FormSchema, ReturnMark, Submission, SubmissionVersion
from reports.models.production import Production
from reports.models.search import EvidenceText, SubmissionText, evidence_text, version_text
from reports.models.snapshot import Snapshot, SnapshotEntry

__all__ = [
    "Confirmation",
    "Evidence",
    "EvidenceText",
    "FormSchema",
    "Production",
    "ReturnMark",
    "Snapshot",
    "SnapshotEntry",
    "Submission",
    "SubmissionText",
    "SubmissionVersion",
    "WorkbookImport",
    "evidence_text",
    "version_text",
]
