"""任务事项 and 任务: what is asked, and what each bureau owes."""

from collections.abc import Sequence

from django.db.models import F
from django.urls import reverse

from bureaus.models import Staff
from bureaus.search.asked import Asked
from bureaus.search.excerpts import marked
from bureaus.search.finding import Found, first
from notices.text.deadlines.office_time import local_day
from reports.search.hit import Hit
from tasks import words
from tasks.models import Assignment, Obligation

LATEST = (F("target_at").desc(nulls_first=True), "-bureau_path", "-pk")  # one index of the ledger


def obligations(user: Staff, asked: Asked, most: int) -> Found:
    seen = Obligation.objects.visible_to(user).order_by("-issued_at", "-pk")
    return first(words.obligations(seen, asked), most)


def show_obligations(user: Staff, keys: Sequence[int], asked: Asked) -> list[Hit]:
    found = Obligation.objects.select_related("notice", "issuer").defer(
        "notice__body", "notice__reading_json"
    )
    rows = found.in_bulk(keys)
    return [
        Hit(
            marked(str(row), asked.words),
            reverse("tasks:obligation_detail", args=[row.pk]),
            _facts(row.notice.citation, f"{row.issuer}下发", _until(row)),
        )
        for key in keys
        if (row := rows.get(key))
    ]


def assignments(user: Staff, asked: Asked, most: int) -> Found:
    """The ledger lists all of them; here stand the first."""
    seen = Assignment.objects.visible_to(user)
    return first(words.assignments(seen, asked).order_by(*LATEST), most)


def show_assignments(user: Staff, keys: Sequence[int], asked: Asked) -> list[Hit]:
    rows = Assignment.objects.for_lines().in_bulk(keys)
    return [
        Hit(
            marked(f"{row.bureau}　{row.obligation}", asked.words),
            reverse("tasks:assignment_detail", args=[row.pk]),
            _facts(row.obligation.notice.citation, row.get_status_display(), _until(row)),
        )
        for key in keys
        if (row := rows.get(key))
    ]


def _until(row: Obligation | Assignment) -> str:
    return f"{local_day(row.due_at):%Y-%m-%d} 截止" if row.due_at else "无时限"


def _facts(*said: str) -> str:
    return "　".join(filter(None, said))
