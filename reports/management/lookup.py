"""Finding what a command names by 文号, attachment and bureau; errors are fit to be shown."""

from bureaus.models import Bureau
from notices.models import Notice
from notices.states import NoticeState
from reports.errors import ReportError
from reports.filling.asked_forms import numbers
from tasks.models import Assignment, Obligation
from tasks.states import ObligationState


def obligation(doc_number: str, attachment: int) -> Obligation:
    """The issued obligation of the notice with this 文号 that asks for this attachment."""
    notice = (
        Notice.objects.same_number(doc_number)
        .originals()
        .filter(state=NoticeState.FILED)
        .order_by("imported_at")
        .first()
    )
    if notice is None:
        raise ReportError(f"文件库中没有文号为“{doc_number}”的文件，请核对文号（括号为〔〕）")
    issued = Obligation.objects.filter(notice=notice, state=ObligationState.ISSUED)
    for found in issued.select_related("notice", "issuer").order_by("pk"):
        if attachment in numbers(found):
            return found
    raise ReportError(f"{doc_number}没有已下发的附件{attachment}报表")


def assignment(doc_number: str, attachment: int, bureau_code: str) -> Assignment:
    bureau = Bureau.objects.filter(code=bureau_code).first()
    if bureau is None:
        raise ReportError(f"没有代码为“{bureau_code}”的单位，请用六位行政区划代码，如330000")
    asked = obligation(doc_number, attachment)
    found = (
        asked.assignments.expected()
        .select_related("bureau", "obligation__notice")
        .filter(bureau=bureau)
        .first()
    )
    if found is None:
        raise ReportError(f"{doc_number}附件{attachment}没有下发给{bureau}")
    return found
