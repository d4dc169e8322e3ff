"""A blank form uploaded as a workbook becomes the form that the same table in a notice becomes."""

import pytest

from reports.workbooks.reading.proposed_form import form_of
from tests.reports.drawn import own, survey
from tests.reports.drawn.drawn import Drawn, outline
from tests.reports.drawn.files import sheet


@pytest.mark.parametrize("drawn", [*survey.TABLES, *own.TABLES], ids=str)
def test_workbook_becomes_the_form_that_was_drawn(drawn: Drawn) -> None:
    _, (name, data) = sheet(drawn)

    proposal = form_of(data, name)

    assert outline(proposal.definition) == drawn.forms[0]
    told = [doubt for doubt in proposal.doubts if "没有带入，请另建一张报表" in doubt]
    assert told == [f"工作表里还有“{one.title}”，没有带入，请另建一张报表。" for one in drawn.more]
