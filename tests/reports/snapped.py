"""Roll-ups frozen, for tests."""

from datetime import timedelta

from reports.actions import snapshots
from reports.models import Snapshot
from tasks.models import Obligation
from tests import factories
from tests.reports.written import NOW

LATER = NOW + timedelta(days=1)


def take(obligation: Obligation, *, number: int = 1, label: str = "", now=NOW) -> Snapshot:
    person = factories.coordinator()
    return snapshots.take(obligation, number, label=label, now=now, by=person)
