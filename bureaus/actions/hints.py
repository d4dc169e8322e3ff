"""The hints of the desk: switched off post by post, and all of them on again."""

from datetime import datetime

from django.db import transaction

from audit import trail
from bureaus.models import Staff
from bureaus.roles import Role
from bureaus.shell import hints


@transaction.atomic
def hide(role: Role, *, now: datetime, by: Staff) -> None:
    """Show this person the hints of a post no more; again: nothing happens."""
    off = hints.roles_off(_locked(by))
    if role in off:
        return
    kept = [each for each in Role if each in off or each == role]
    _write(by, ",".join(kept), now=now)


@transaction.atomic
def restore(*, now: datetime, by: Staff) -> None:
    """Show the hints of all posts again."""
    if _locked(by).hints_off:
        _write(by, "", now=now)


def _locked(person: Staff) -> Staff:
    found: Staff = Staff.objects.select_for_update(of=("self",)).get(pk=person.pk)
    return found


def _write(person: Staff, off: str, *, now: datetime) -> None:
    Staff.objects.filter(pk=person.pk).update(hints_off=off)
    person.hints_off = off
    chain = person.bureau.code if person.bureau else trail.SYSTEM_CHAIN
    trail.record("设置工作台提示", person, chain=chain, detail={"off": off}, at=now, by=person)
