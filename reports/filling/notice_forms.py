"""The forms of a notice before they go out: each attachment to be filled in, and its form now."""

import json
from dataclasses import dataclass
from hashlib import sha256

from notices.models import Attachment, Notice
from notices.states import FILLABLE
from reports.filling.asked_forms import doubts_of, proposed_by
from reports.models import FormSchema
from reports.schemas.definition.definition import Definition

OUTDATED = (
    "附件已由并入的文本更新，报表还是原来的：按“修改”可换成更新后的附件所要的；仍用这张表的，请确认"
)


@dataclass(frozen=True)
class NoticeForm:
    """``schema`` is its latest stored version, if there is one; ``doubts``: of what is proposed, or
    that the attachment was changed since by a copy taken over."""

    attachment: Attachment
    definition: Definition
    schema: FormSchema | None
    doubts: list[str]

    @property
    def is_confirmed(self) -> bool:
        return self.attachment.form_confirmed_at is not None

    @property
    def seen(self) -> str:
        """Names just this form: what is confirmed is what was looked at."""
        words = json.dumps(self.definition.to_json(), ensure_ascii=False, sort_keys=True)
        return sha256(words.encode()).hexdigest()[:16]


def forms_of_notice(notice: Notice, number: int | None = None) -> list[NoticeForm]:
    """In the order of the attachments; only that of attachment ``number`` where one is given."""
    attachments = notice.attachments.filter(kind__in=FILLABLE).order_by("position")
    versions = FormSchema.objects.filter(notice=notice).select_related("confirmed_by")
    if number is not None:
        attachments = attachments.filter(position=number)
        versions = versions.filter(attachment_number=number)
    latest = {version.attachment_number: version for version in versions.order_by("version")}
    return [_form(each, latest.get(each.position)) for each in attachments]


def _form(attachment: Attachment, schema: FormSchema | None) -> NoticeForm:
    if schema is not None:
        is_outdated = schema.confirmed_at is not None and attachment.form_confirmed_at is None
        doubts = [OUTDATED] if is_outdated else []
        return NoticeForm(attachment, schema.definition, schema, doubts)
    return NoticeForm(attachment, proposed_by(attachment), None, doubts_of(attachment))
