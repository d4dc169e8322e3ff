"""What the editor of a form shows: the controls, 表样, whom a new version concerns."""

from typing import Any

from bureaus.models import Staff
from notices.models import Notice
from reports.actions import schemas
from reports.editing.draft import Draft, named
from reports.editing.to_definition import Made
from reports.editing.to_definition import made as make
from reports.filling.asked_forms import PLAIN_TEXT, doubts_of, latest_schema
from reports.pages import affected_bureaus, specimen
from reports.pages.editor_controls import editor
from reports.pages.notice_forms import notice_url
from reports.schemas.definition.definition import FormDefinition


def context(
    user: Staff,
    notice: Notice,
    number: int,
    draft: Draft,
    *,
    made: Made | None = None,
    base: str | None = None,
    place: str = "",
    act: str = "",
) -> dict[str, Any]:
    """``base`` is the version that the editor was opened on: it goes with every post."""
    stored = latest_schema(notice, number)
    attachment = notice.attachments.filter(position=number).first() if number else None
    made = made or make(draft)
    definition = made.definition or make(named(draft)).definition
    faults = [fault for fault in made.faults if not _is_new(fault.place, place, act)]
    page = editor(draft, faults, place=place, act=act)
    return {
        "notice": notice,
        "notice_url": notice_url(notice),
        "number": number,
        "attachment": attachment,
        "draft": draft,
        "title": draft.text("title"),
        "editor": page,
        "faults": page.faults,
        "specimen": specimen.specimen(definition)
        if isinstance(definition, FormDefinition)
        else None,
        "outline": None if isinstance(definition, FormDefinition) else definition,
        "doubts": doubts_of(attachment) if attachment and stored is None else [],
        "schema": stored,
        "base": schemas.base_of(stored) if base is None else base,
        "affected": affected_bureaus.affected(notice, number),
        "is_plain": number == PLAIN_TEXT,
        "may_confirm": schemas.can_confirm(user, notice),
    }


def _is_new(fault: str, place: str, act: str) -> bool:
    """An entry that was just added wants no telling that it is empty."""
    return act in ("add", "below") and (fault == place or fault.startswith(f"{place}."))
