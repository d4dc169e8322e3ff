"""What a roll-up holds: who has reported and what, who is missing. Figures only, no ranking."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import OuterRef, Subquery

from bureaus import paths
from bureaus.models import Bureau
from reports.filling.asked_forms import latest_schema, proposed
from reports.models import FormSchema, Submission
from reports.schemas.content.content import Content, blank, has_body
from reports.schemas.definition.definition import Definition
from reports.schemas.definition.outlines import OutlineDefinition
from reports.schemas.rolling.units import Standing, UnitEntry
from tasks.models import Assignment, Obligation
from tasks.states import HANDED_IN

AT_ONCE = 200  # units whose contents are read together
_ABOVE = (Bureau.Rank.PROVINCE, Bureau.Rank.PREFECTURE)  # levels that have others below


class Forms:
    """Whether contents were written into the form that is rolled up; each version is read once."""

    def __init__(self, definition: Definition, schema: FormSchema | None = None) -> None:
        self._definition = definition
        self._same = {schema.pk: True} if schema else {}

    def fits(self, schema_key: int | None) -> bool:
        if schema_key is None:
            return True
        if schema_key not in self._same:
            found = FormSchema.objects.get(pk=schema_key).definition
            self._same[schema_key] = found == self._definition
        return self._same[schema_key]

    def readable(self, content: Content) -> Content:
        """A summary's text is no table, nor the other way round: then nothing can be taken."""
        is_outline = self._definition.kind == OutlineDefinition.kind
        return content if ("sections" in content) is is_outline else blank(self._definition)


@dataclass
class RollUp:
    """One obligation's reports for one attachment, in administrative order.

    ``missing``, ``nil`` and ``correcting`` are the assignments behind the names of ``standing``;
    all of them are whole once ``entries`` have been gone through.
    """

    obligation: Obligation
    number: int
    definition: Definition
    names: dict[str, str]
    forms: Forms
    standing: Standing = field(default_factory=Standing)
    missing: list[Assignment] = field(default_factory=list)
    nil: list[Assignment] = field(default_factory=list)
    correcting: list[Assignment] = field(default_factory=list)

    @property
    def expected(self) -> int:
        return self.standing.expected

    @property
    def reported(self) -> int:
        return self.standing.reported

    @property
    def missing_names(self) -> list[str]:
        return self.standing.missing

    @property
    def nil_names(self) -> list[str]:
        return self.standing.nil

    @property
    def correcting_names(self) -> list[str]:
        return self.standing.correcting

    def take(self, assignment: Assignment) -> UnitEntry | None:
        """Note where a unit stands; its entry, where it has one."""
        name, standing = assignment.bureau.short_name, self.standing
        standing.expected += 1
        if not assignment.has_report:
            self.missing.append(assignment)
            standing.missing.append(name)
            return None
        if assignment.status not in HANDED_IN:
            self.correcting.append(assignment)
            standing.correcting.append(name)
        content = json.loads(assignment.reported_json) if assignment.reported_json else {}
        if not has_body(content):
            self.nil.append(assignment)
            standing.nil.append(name)
            return None
        if not self.forms.fits(assignment.reported_schema):
            standing.otherwise.append(name)
        content = self.forms.readable(content)
        return UnitEntry(assignment.bureau.code, name, content, assignment.bureau_path)


def begin(obligation: Obligation, number: int) -> RollUp:
    """What is known before the first entry; two queries."""
    schema = latest_schema(obligation.notice, number)
    definition = schema.definition if schema else proposed(obligation.notice, number)
    names, forms = names_below(obligation.issuer), Forms(definition, schema)
    return RollUp(obligation, number, definition, names, forms)


def entries(rolled: RollUp) -> Iterator[UnitEntry]:
    """The entries, read a few at a time in one query, so that all are of one moment."""
    owed = standing_reports(rolled.obligation, rolled.number)
    for assignment in owed.iterator(AT_ONCE):
        if entry := rolled.take(assignment):
            yield entry


def standing_reports(obligation: Obligation, number: int):
    """Every unit asked, in administrative order, with what stands as its report.

    ``reported_json`` is None where nothing does; ``reported_schema`` is the key of its form.
    """
    written = Submission.objects.reported().filter(
        assignment=OuterRef("pk"), attachment_number=number
    )
    return (
        obligation.assignments.expected()
        .select_related("bureau")
        .annotate(
            reported_json=Subquery(written.values("reported_json")[:1]),
            reported_schema=Subquery(written.values("schema")[:1]),
        )
        .order_by("bureau_path")
    )


def names_below(bureau: Bureau) -> dict[str, str]:
    """The levels below a bureau that may have a sub-total, by their paths."""
    below = Bureau.objects.filter(paths.subtree("path", bureau.path), rank__in=_ABOVE)
    found = below.exclude(pk=bureau.pk).values_list("path", "region", "short_name")
    return {path: region or name for path, region, name in found}
