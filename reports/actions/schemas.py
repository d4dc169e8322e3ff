"""Confirming the form that an attachment proposes; a confirmed form never changes."""

import json
from datetime import datetime

from django.db import transaction

from audit import trail
from bureaus.models import Staff
from bureaus.roles import Permission
from notices.actions import attachment_forms
from notices.models import Notice
from notices.states import NoticeState
from reports.errors import ReportError, SchemaChanged
from reports.filling.asked_forms import latest_schema
from reports.models import FormSchema
from reports.schemas.definition.definition import Definition
from tasks.actions import news
from tasks.errors import NotYourPost


def can_confirm(user: Staff, notice: Notice) -> bool:
    return user.may(Permission.CHECK, at=notice.bureau)


def check_confirm(user: Staff, notice: Notice) -> None:
    if not can_confirm(user, notice):
        raise NotYourPost(f"您在{notice.bureau}没有“核对入库”权限，不能确认报表")


def base_of(schema: FormSchema | None) -> int:
    """What whoever edits a form starts from: its last confirmed version, 0 before the first.

    A version that the first writer stored unconfirmed is what the attachment proposed anyway.
    """
    return schema.version if schema and schema.confirmed_at else 0


@transaction.atomic
def confirm(
    notice: Notice,
    number: int,
    definition: Definition,
    *,
    base: int | None = None,
    now: datetime,
    by: Staff,
) -> FormSchema:
    """Store a definition as the form's next version; what was begun on an earlier one stays there.

    It may go out with a task from then on. Raises ReportError where the person may not check this
    notice or it is discarded, and SchemaChanged where somebody confirmed another version since
    `base`, the one the editor started from. A version equal to the latest is not stored again, only
    confirmed.
    """
    check_confirm(by, notice)
    locked = Notice.objects.select_for_update().get(pk=notice.pk)
    if locked.state == NoticeState.DISCARDED:
        raise ReportError("文件已作废，不能再确认报表")
    schema = before = latest_schema(notice, number)
    if schema is not None and base is not None and base != base_of(schema):
        raise SchemaChanged(schema.version, str(schema.confirmed_by))
    if schema is None or schema.definition != definition:
        schema = FormSchema(
            notice=notice,
            attachment_number=number,
            version=schema.version + 1 if schema else 1,
            title=definition.title[:300],
            definition_json=json.dumps(definition.to_json(), ensure_ascii=False),
            made_at=now,
        )
    schema.confirmed_at, schema.confirmed_by = now, by
    schema.save()
    attachment_forms.note_confirmed(locked, number, now=now)
    if before is not None and before is not schema:
        words = f"附件{number}的报表已更新为第{schema.version}版"
        news.form_changed(notice, number, words=words, now=now, by=by)
    trail.record(
        "确认报表",
        schema,
        chain=notice.bureau.code,
        detail={"attachment": number, "version": schema.version},
        at=now,
        by=by,
    )
    return schema
