"""报送内容 and 随报材料, by the rule of reports/permissions.py: a draft is found by nobody."""

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from bureaus import visibility
from bureaus.models import Staff
from bureaus.roles import Permission
from bureaus.search.asked import Asked
from bureaus.search.excerpts import excerpt, marked
from bureaus.search.finding import Found, in_long, in_short
from reports.models import Evidence, EvidenceText, Submission, SubmissionText
from reports.search.hit import Hit
from tasks.states import HANDED_IN

LATEST = ("-assignment__submitted_at", "-pk")


def readable(user: Staff) -> Q:
    """Of the assignments: one's own bureau's, and of those below what is handed in now."""
    own = Q(assignment__bureau__in=user.bureaus_where(Permission.READ))
    below = visibility.visible(user, path="assignment__bureau_path")
    return own | (below & Q(assignment__status__in=HANDED_IN))


def submissions(user: Staff, asked: Asked, most: int) -> Found:
    """By what stood in them when they were last handed in; a nil report has nothing in it."""
    seen = Submission.objects.filter(readable(user), assignment__is_nil=False)
    return in_long(seen.order_by(*LATEST), SubmissionText, asked.words, most=most)


def show_submissions(user: Staff, keys: Sequence[int], asked: Asked) -> list[Hit]:
    found = Submission.objects.select_related("assignment__bureau", "schema", "search_text")
    rows = found.defer("content_json", "schema__definition_json").in_bulk(keys)
    return [
        Hit(
            marked(f"{row.assignment.bureau}　{row.schema.title}", asked.words),
            reverse("reports:form", args=[row.assignment_id, row.attachment_number]),
            row.assignment.get_status_display(),
            excerpt(row.search_text.words, asked.words),
        )
        for key in keys
        if (row := rows.get(key))
    ]


def evidence(user: Staff, asked: Asked, most: int) -> Found:
    seen = Evidence.objects.filter(readable(user), removed_at=None)
    return in_short(seen.order_by("-uploaded_at", "-pk"), EvidenceText, asked.words, most=most)


def show_evidence(user: Staff, keys: Sequence[int], asked: Asked) -> list[Hit]:
    rows = Evidence.objects.select_related("assignment__bureau").in_bulk(keys)
    return [
        Hit(
            marked(row.file_name, asked.words),
            reverse("reports:evidence", args=[row.assignment_id]),
            f"{row.assignment.bureau}　{row.get_kind_display()}",
            excerpt(row.note, asked.words),
        )
        for key in keys
        if (row := rows.get(key))
    ]
