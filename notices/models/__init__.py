from notices.models.clause import Clause
from notices.models.copies import Citation, ClauseChange, Source
from notices.models.files import Intake, Original
from notices.models.notice import Addressee, Attachment, Notice
from notices.models.search import NoticeText, search_text

__all__ = [
    "Addressee",
    "Attachment",
    "Citation",
    "Clause",
    "ClauseChange",
    "Intake",
    "Notice",
    "NoticeText",
    "Original",
    "Source",
    "search_text",
]
