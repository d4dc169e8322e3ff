"""A form that was corrected since a bureau began to fill it in: the newer version, what fits."""

from dataclasses import dataclass
from functools import cached_property

from reports.filling.asked_forms import Form, latest_schema
from reports.models import FormSchema
from reports.schemas.comparing.carrying import Carried, carried
from tasks.models import Assignment


@dataclass(frozen=True)
class Newer:
    """The version to change to; ``must`` where nothing has been reported on the old one yet."""

    form: Form
    schema: FormSchema
    must: bool

    @cached_property
    def carried(self) -> Carried:
        return carried(self.form.definition, self.form.content, self.schema.definition)


def newer_of(assignment: Assignment, form: Form) -> Newer | None:
    """None where the form is the latest confirmed one, or nothing is written in it yet.

    A bureau that has reported once keeps its version while it mends, unless it wants the new one.
    """
    if form.submission is None:
        return None
    latest = latest_schema(assignment.obligation.notice, form.number)
    if latest is None or latest.confirmed_at is None or latest.pk == form.submission.schema_id:
        return None
    if latest.definition == form.definition:
        return None
    return Newer(form, latest, must=assignment.round_number == 1)
