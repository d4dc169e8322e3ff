"""A frozen roll-up read back: the same entries and the same standing, whatever came later."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db.models import QuerySet

from reports.models import Snapshot, SnapshotEntry
from reports.rollups.roll_up import Forms, names_below
from reports.schemas.definition.definition import Definition
from reports.schemas.rolling.units import Standing, UnitEntry
from reports.states import EntryState

AT_ONCE = 200


class Digest:
    """SHA-256 over the form, the moment, and each unit with its state and what it reported."""

    def __init__(self, definition_json: str, as_of: datetime) -> None:
        self._hash = hashlib.sha256()
        self._add(definition_json, as_of.astimezone(UTC).isoformat())

    def add(self, code: str, state: str, content_json: str) -> None:
        """Units in administrative order."""
        self._add(code, str(state), hashlib.sha256(content_json.encode()).hexdigest())

    @property
    def hex(self) -> str:
        return self._hash.hexdigest()

    def _add(self, *parts: str) -> None:
        self._hash.update(json.dumps(parts, ensure_ascii=False).encode())


@dataclass
class Frozen:
    """What a snapshot holds. ``standing`` and ``is_intact`` are whole once ``entries`` have passed:
    whether all is as it was when it was frozen."""

    snapshot: Snapshot
    definition: Definition
    names: dict[str, str]
    standing: Standing = field(default_factory=Standing)
    is_intact: bool = False

    def entries(self) -> Iterator[UnitEntry]:
        """The units that went in, with what they reported then; one query."""
        digest = Digest(self.snapshot.definition_json, self.snapshot.as_of)
        forms = Forms(self.definition)
        for one in kept(self.snapshot).iterator(AT_ONCE):
            self._note(one)
            content = one.version.content_json if one.version else ""
            digest.add(one.bureau.code, one.state, content)
            if one.version is None:
                continue
            if not forms.fits(one.version.schema_id):
                self.standing.otherwise.append(one.name)
            written = forms.readable(json.loads(content))
            yield UnitEntry(one.bureau.code, one.name, written, one.bureau.path)
        self.is_intact = digest.hex == self.snapshot.digest

    def _note(self, one: SnapshotEntry) -> None:
        standing = self.standing
        standing.expected += 1
        if one.state == EntryState.MISSING:
            standing.missing.append(one.name)
        elif one.state == EntryState.NIL:
            standing.nil.append(one.name)
        if one.is_correcting:
            standing.correcting.append(one.name)


def frozen(snapshot: Snapshot) -> Frozen:
    """Ready to be read; one query."""
    return Frozen(snapshot, snapshot.definition, names_below(snapshot.bureau))


def kept(snapshot: Snapshot) -> QuerySet[SnapshotEntry]:
    """Its units in administrative order."""
    return snapshot.entries.select_related("bureau", "version").order_by("bureau__path")
