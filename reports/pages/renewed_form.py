"""A form whose attachment was taken over from a fuller copy: what it asks for now, as a draft.

The form in use stays as it is until a person confirms the new one; ids of what both have are kept.
"""

from notices.models import Notice, Source
from reports.editing.draft import Draft
from reports.editing.from_definition import draft_of
from reports.editing.rematch import rematched
from reports.filling.asked_forms import (
    PLAIN_TEXT,
    definition_of,
    ids_used,
    latest_schema,
    proposed,
)
from reports.schemas.definition.definition import Definition, FormDefinition


def is_outdated(notice: Notice, number: int) -> bool:
    """Is a form in use that the attachment, as it is now, does not ask for any more?"""
    if number == PLAIN_TEXT or not notice.sources.filter(how=Source.How.TAKEN).exists():
        return False
    schema = latest_schema(notice, number)
    return schema is not None and _asks(schema.definition) != _asks(proposed(notice, number))


def renewed(notice: Notice, number: int) -> Draft:
    """The form of the attachment as it is now, with the settings of the form in use."""
    known = draft_of(definition_of(notice, number))
    return rematched(draft_of(proposed(notice, number)), known, ids_used(notice, number))


def _asks(definition: Definition) -> list[str]:
    """What stands in the headings, whatever was set besides."""
    if isinstance(definition, FormDefinition):
        return [column.label for column in definition.leaf_columns()]
    return [section.heading for section in definition.sections]
