"""What the tab 报表 shows: every form of a notice as the bureaus will see it, and whether it may
go out."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from bureaus.models import Staff
from notices.models import Notice
from notices.states import NoticeState
from reports.actions import schemas
from reports.filling.notice_forms import NoticeForm, forms_of_notice
from reports.pages import specimen
from reports.pages.specimen import Specimen
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.definition.outlines import OutlineDefinition


@dataclass(frozen=True)
class Shown:
    """One form; it has a ``specimen`` where it is a table and else an ``outline``."""

    form: NoticeForm
    specimen: Specimen | None
    outline: OutlineDefinition | None
    said: str = ""


def context(user: Staff, notice: Notice) -> dict[str, Any]:
    """``waiting``: how many are 待确认."""
    found = [shown(form) for form in forms_of_notice(notice)]
    return {
        "notice": notice,
        "notice_url": notice_url(notice),
        "is_filed": notice.state == NoticeState.FILED,
        "forms": found,
        "waiting": sum(not one.form.is_confirmed for one in found),
        "may_confirm": schemas.can_confirm(user, notice),
    }


def shown(form: NoticeForm, said: str = "") -> Shown:
    """``said`` is why it was not confirmed."""
    definition = form.definition
    if isinstance(definition, FormDefinition):
        return Shown(form, specimen.specimen(definition, with_ids=False), None, said)
    return Shown(form, None, definition, said)


def notice_url(notice: Notice) -> str:
    """Where one came from to look at its forms: its own page, or the page where it is checked."""
    page = "tasks:notice_detail" if notice.state == NoticeState.FILED else "notices:check"
    return reverse(page, args=[notice.pk])
