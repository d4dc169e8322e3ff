from notices.models.clause import Clause
from notices.models.copies import Citation, ClauseChange, Source
from notices.models.files import Intake, Original
from notices.models.notice import Addressee, Attachment, Notice

__all__ = [
    "Addressee",
    "Attachment",
    "Citation",
    "Clause",
    "ClauseChange",
    "Intake",
    "Notice",
    "Original",
    "Source",
]
