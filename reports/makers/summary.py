"""总结 PDF: one summary of one bureau as it is printed, by LibreOffice."""

from bureaus.models import Staff
from notices.files.store import Writer
from reports.documents.print_file import NotPrinted, to_pdf
from reports.errors import ReportError
from reports.filling import readable_forms
from reports.filling.asked_forms import Form
from reports.makers.maker import Order, Params, Progress, SubjectClosed
from reports.makers.papers import paper, reported_on
from reports.schemas.definition.outlines import OutlineDefinition
from tasks.models import Assignment

ENDING = ".pdf"


def params(assignment: Assignment, number: int) -> Params:
    return {"assignment": assignment.pk, "number": number}


def check(user: Staff, params: Params) -> None:
    _found(user, params)


def make(order: Order, out: Writer, progress: Progress) -> None:
    """What this person may read of it. Raises ReportError where there is nothing to print with."""
    assignment, form = _found(order.by, order.params)
    progress(0, 1)
    made = paper(form, unit_name=assignment.bureau.name, on=reported_on(assignment, form))
    try:
        out.write(to_pdf(made.data))
    except NotPrinted as refused:
        raise ReportError(str(refused)) from None
    progress(1, 1)


def _found(user: Staff, params: Params) -> tuple[Assignment, Form]:
    seen = Assignment.objects.visible_to(user).for_detail()
    assignment: Assignment | None = seen.filter(pk=params["assignment"]).first()
    if assignment is None:
        raise SubjectClosed("您已不能查看该任务，不能下载它的总结")
    forms = readable_forms.forms_for(user, assignment)
    form = next((one for one in forms if one.number == params["number"]), None)
    if form is None or not isinstance(form.definition, OutlineDefinition):
        raise ReportError("该任务没有这份总结")
    if not form.is_written:
        raise ReportError("还没有可以生成的内容：总结还没有填写或报送")
    return assignment, form
