"""催办单: numbered when somebody urges, confirmed by the bureau that has read it."""

from datetime import datetime

from django.db import transaction

from audit import trail
from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from notices.text.deadlines.office_time import local_day
from tasks import permissions
from tasks.errors import TransitionDenied
from tasks.models import Assignment, UrgeSerial, UrgeSheet
from tasks.permissions import for_absentee


def open_sheet(issuer: Bureau, bureau: Bureau, *, note: str, now: datetime, by: Staff) -> UrgeSheet:
    """A sheet under the next number, within the caller's transaction: undone, the number is free.

    Whoever numbers the next one waits for that transaction to end.
    """
    year = local_day(now).year
    UrgeSerial.objects.get_or_create(bureau=issuer, year=year)
    serial = UrgeSerial.objects.select_for_update().get(bureau=issuer, year=year)
    serial.last += 1
    serial.save(update_fields=["last"])
    made: UrgeSheet = UrgeSheet.objects.create(
        issuer=issuer,
        bureau=bureau,
        year=year,
        number=serial.last,
        note=note,
        made_at=now,
        made_by=by,
    )
    return made


@transaction.atomic
def confirm(sheet: UrgeSheet, *, now: datetime, by: Staff) -> None:
    """回执: the bureau has read it; once, by whoever may accept tasks there."""
    permissions.check_confirm(by, sheet)
    unread = UrgeSheet.objects.filter(pk=sheet.pk, read_at=None)
    if not unread.update(read_at=now, read_by=by):
        raise TransitionDenied("这份催办单已经确认收到，请刷新页面")
    detail = {"sheet": str(sheet)} | for_absentee(by, Permission.ACCEPT, at=sheet.bureau)
    for assignment in Assignment.objects.filter(milestones__urge__sheet=sheet).distinct():
        trail.record(
            "确认收到催办", assignment, chain=sheet.bureau.code, detail=detail, at=now, by=by
        )
