"""Forms of which only the words of the cells are left: read as far as can be told, and doubted."""

import pytest

from notices.text.attachments.tables_and_outlines import AttachmentTable
from notices.text.reading import read
from reports.schemas.proposing.from_attachment import doubts, table_definition
from tests.reports.drawn import later, own, survey
from tests.reports.drawn.drawn import Drawn, outline
from tests.reports.drawn.files import words_only

TOLD = [
    *(one for one in survey.TABLES if one.name[:2] in ("01", "05", "07", "15")),
    *(one for one in own.TABLES if one.name[:2] in ("32",)),
    *(one for one in later.TABLES if one.name[:2] in ("79",)),
]


def table(drawn: Drawn) -> AttachmentTable:
    (found,) = read(words_only(drawn)).attachment_bodies
    assert isinstance(found, AttachmentTable)
    return found


@pytest.mark.parametrize("drawn", TOLD, ids=str)
def test_names_with_measures_and_regions_are_rows_again(drawn: Drawn) -> None:
    assert outline(table_definition(table(drawn))) == drawn.forms[0]


@pytest.mark.parametrize("drawn", [*TOLD, *own.TABLES[:4]], ids=str)
def test_person_is_told_to_look_at_it(drawn: Drawn) -> None:
    assert doubts(table(drawn))[0].startswith("原文只剩各格的文字")
