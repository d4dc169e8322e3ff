"""An attachment's table becomes one and the same form, in whatever format it comes."""

from functools import cache

import pytest

from notices.text.attachments.tables_and_outlines import AttachmentTable
from notices.text.reading import read
from reports.schemas.definition.definition import FormDefinition
from reports.schemas.proposing.from_attachment import table_definition
from tests.reports.drawn import later, own, survey, unseen
from tests.reports.drawn.drawn import Drawn, outline
from tests.reports.drawn.files import FORMATS, text_of

TABLES = (*survey.TABLES, *own.TABLES, *unseen.TABLES, *later.TABLES)


@cache
def forms(drawn: Drawn, kind: str) -> list[FormDefinition]:
    bodies = read(text_of(drawn, kind)).attachment_bodies
    return [table_definition(body) for body in bodies if isinstance(body, AttachmentTable)]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("drawn", TABLES, ids=str)
def test_table_becomes_the_form_that_was_drawn(drawn: Drawn, kind: str) -> None:
    assert [outline(form) for form in forms(drawn, kind)] == drawn.forms


@pytest.mark.parametrize("drawn", TABLES, ids=str)
def test_form_is_the_same_to_the_last_setting_in_every_format(drawn: Drawn) -> None:
    first, *others = (forms(drawn, kind) for kind in FORMATS)

    assert first
    assert all(other == first for other in others)
