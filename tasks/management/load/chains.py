"""Audit events written in bulk, in the same unbroken chains as ``audit.trail`` writes them."""

from datetime import UTC, datetime

from audit.models import AuditEvent, Chain
from audit.trail import canonical
from bureaus.models import Bureau, Staff
from tasks.management.load.copying import Tables
from tasks.models import Assignment, Obligation


class Chains:
    """The chains of all bureaus, carried on from where they stand."""

    def __init__(self, tables: Tables):
        self.events = tables[AuditEvent]
        self.heads = {head.name: head for head in Chain.objects.all()}

    def record(
        self,
        verb: str,
        subject: Assignment | Obligation,
        name: str,
        *,
        chain: Bureau,
        detail: dict,
        at: datetime,
        by: Staff,
    ) -> None:
        """The event of one change; ``name`` is what the subject is called."""
        head = self.heads.setdefault(chain.code, Chain(name=chain.code))
        event = AuditEvent(
            chain=head.name,
            position=head.length + 1,
            at=at.astimezone(UTC),
            actor_key=str(by.pk),
            actor_name=by.name,
            verb=verb,
            subject_kind=subject._meta.label_lower,
            subject_key=str(subject.pk),
            subject_name=name[:200],
            detail_json=canonical(detail),
            previous_hash=head.tip,
        )
        event.own_hash = event.computed_hash()
        head.length, head.tip = event.position, event.own_hash
        fields = [field for field in AuditEvent._meta.concrete_fields if not field.primary_key]
        self.events.add(**{field.attname: getattr(event, field.attname) for field in fields})

    def finish(self) -> None:
        Chain.objects.bulk_create(
            self.heads.values(),
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["length", "tip"],
        )
