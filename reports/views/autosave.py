from django.http import JsonResponse
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from reports.actions import submissions
from reports.errors import ContentRefused, ReportError, SavedByAnother
from reports.filling.posted_form import data_from, revision_from
from reports.pages import while_writing
from reports.schemas.content.content import ContentError
from reports.views import opened
from tasks.models import Assignment


@require_POST
def autosave(request, pk, number):
    """自动保存: what 保存 does, by the same rules, told to the page as data."""
    assignment = opened.seen(request.user, pk)
    form = opened.form_of(assignment, number)
    data = data_from(request.POST, form)
    try:
        submissions.save_changes(
            assignment,
            number,
            data,
            revision=revision_from(request.POST),
            now=timezone.now(),
            by=request.user,
        )
    except ContentRefused as refused:
        told = while_writing.checked(form, data, form.content_of(data))
        return JsonResponse({"state": "refused", "said": str(refused), **told}, status=422)
    except SavedByAnother:
        return JsonResponse({"state": "conflict", "said": _other(assignment, number)}, status=409)
    except (ReportError, ContentError) as refused:
        return JsonResponse({"state": "closed", "said": str(refused)}, status=422)
    form = opened.form_of(assignment, number)
    return JsonResponse(while_writing.saved(form, data, form.content))


def _other(assignment: Assignment, number: int) -> str:
    stored = opened.form_of(assignment, number).submission
    if stored is None:  # given up meanwhile
        return "该表的内容已有变化"
    return f"{stored.saved_by or '他人'}已于{localtime(stored.saved_at):%H:%M}保存过新内容"
