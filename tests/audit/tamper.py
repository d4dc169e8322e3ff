"""Changing what was recorded as somebody with the database's password would: past the models."""

from django.db.models import QuerySet

from audit import trail
from audit.models import AuditEvent
from tests import factories


def rows(chain: str) -> QuerySet:
    """A plain queryset, which does not refuse to update and delete."""
    return QuerySet(AuditEvent).filter(chain=chain)


def write(chain: str, count: int) -> list[AuditEvent]:
    return [
        trail.record(f"动作{number}", chain=chain, detail={"n": number}, at=factories.NOW, by=None)
        for number in range(1, count + 1)
    ]
