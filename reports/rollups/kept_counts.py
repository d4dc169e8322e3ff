"""The counts of units that answer a question of the statistics without reading what is counted."""

from collections.abc import Mapping
from typing import Any

from bureaus import paths
from bureaus.models import Bureau, Staff
from bureaus.roles import Permission
from tasks.models import UnitCount
from tasks.querysets.unit_counts import LEVELS, UnitCountQuerySet

ANSWERED = frozenset({"bureau", "since", "until", "columns"})  # filters that the counts know


def rows(
    user: Staff, *, scope: Bureau, units: list[str], asked: Mapping[str, Any]
) -> UnitCountQuerySet | None:
    """Those of a unit and of ``units`` directly below it, by their paths; None where only the
    assignments themselves can say it: of single obligations, and far down, where they are few.
    """
    level = paths.level(scope.path) + 1
    if level not in LEVELS or any(asked[name] for name in asked.keys() - ANSWERED):
        return None
    splitters = _splitters(user, scope)
    if splitters is None:
        return None
    found = UnitCount.objects.filter(level=level, path__in=[scope.path, *units])
    if since := asked["since"]:
        found = found.filter(day__gte=since)
    if until := asked["until"]:
        found = found.filter(day__lte=until)
    return found.asked_or_split_by(splitters)


def _splitters(user: Staff, scope: Bureau) -> set[int] | None:
    """Whose splits concern this person: one's own and those of the unit asked for; and, where that
    is one's own, those of the unit above, of which it owes its part.

    None where one owes, by a post further down, what a bureau in between has split: such a split
    concerns whole, and of which obligation a count is it does not say.
    """
    own = user.bureaus_where(Permission.READ)
    found = {scope.pk, *(bureau.pk for bureau in own)}
    if scope in own and scope.parent_id:
        found.add(scope.parent_id)
    for bureau in own:
        is_near = bureau.path.startswith(scope.path) or bureau.parent_id == scope.parent_id
        if is_near and bureau != scope and bureau.parent_id not in found:
            return None
    return found
