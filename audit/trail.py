"""The only writer of audit events."""

import json
from datetime import UTC, datetime
from typing import Any, Protocol

from django.db import models, transaction
from django.utils import timezone

from audit import origin
from audit.models import AuditEvent, Chain

SYSTEM_CHAIN = "system"


class Actor(Protocol):
    """Whoever acts: a member of staff."""

    pk: Any
    name: str


def record(
    verb: str,
    subject: models.Model | None = None,
    *,
    chain: str = SYSTEM_CHAIN,
    detail: dict[str, Any] | None = None,
    at: datetime | None = None,
    by: Actor | None,
) -> AuditEvent:
    """Append one event to a bureau's chain, in the caller's transaction.

    ``chain`` is the code of the bureau on whose behalf ``by`` acts; ``by=None`` is the
    system itself. Must run inside ``transaction.atomic``: if writing fails, the change
    it describes fails with it. ``at`` is the moment the action was told; now by default.
    Values in ``detail`` are what JSON knows, or become text.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("trail.record runs in the transaction of the change it describes")
    Chain.objects.get_or_create(name=chain)
    head = Chain.objects.select_for_update().get(name=chain)
    event = AuditEvent(
        chain=chain,
        position=head.length + 1,
        at=(at or timezone.now()).astimezone(UTC),
        actor_key=str(by.pk) if by else "",
        actor_name=by.name if by else "系统",
        verb=verb,
        subject_kind=subject._meta.label_lower if subject else "",
        subject_key=str(subject.pk) if subject else "",
        subject_name=str(subject)[:200] if subject else "",
        address=origin.address(),
        detail_json=canonical(detail or {}),
        previous_hash=head.tip,
    )
    event.own_hash = event.computed_hash()
    event.save(force_insert=True)
    head.length, head.tip = event.position, event.own_hash
    head.save(update_fields=["length", "tip"])
    return event


def canonical(detail: dict[str, Any]) -> str:
    """One spelling for one content: the hash is over stored bytes, not over a dialect of JSON."""
    return json.dumps(
        detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_text
    )


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
