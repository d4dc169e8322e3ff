"""Confirming the form that an attachment proposes; a confirmed form never changes."""

import json
from datetime import datetime

from django.db import transaction

from audit import trail
from bureaus.models import Staff
from bureaus.roles import Permission
from notices.models import Notice
from notices.states import NoticeState
from reports.errors import ReportError
from reports.forms_of import latest_schema
from reports.models import FormSchema
from reports.schemas.definition import Definition
from tasks.errors import NotYourPost


def can_confirm(user: Staff, notice: Notice) -> bool:
    return user.may(Permission.CHECK, at=notice.bureau)


@transaction.atomic
def confirm(
    notice: Notice, number: int, definition: Definition, *, now: datetime, by: Staff
) -> FormSchema:
    """Store a definition as the form's next version; what was begun on an earlier one stays there.

    Raises ReportError where the person may not check this notice or it is not filed. A version
    equal to the latest is not stored again, only confirmed.
    """
    if not can_confirm(by, notice):
        raise NotYourPost(f"您在{notice.bureau}没有“核对入库”权限，不能确认报表")
    locked = Notice.objects.select_for_update().get(pk=notice.pk)
    if locked.state != NoticeState.FILED:
        raise ReportError("文件尚未核对入库，请先核对")
    schema = latest_schema(notice, number)
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
    trail.record(
        "确认报表",
        schema,
        chain=notice.bureau.code,
        detail={"attachment": number, "version": schema.version},
        at=now,
        by=by,
    )
    return schema
