"""A duty that one copy left out and the next one asks for again."""

import pytest

from notices.models import ClauseChange, Notice
from notices.states import ClauseState
from tasks.actions import settling
from tasks.issuing.clause_changes import Settlement
from tasks.states import ObligationState
from tests import factories
from tests.factories import NOW, fresh
from tests.tasks.merging import copies
from tests.tasks.merging.copies import came, comparison, duties, filed, merged

pytestmark = pytest.mark.django_db
SECOND = "质量工作年度总结"


def left_out(notice: Notice) -> None:
    """The copy without the second duty is taken, and what is gone is withdrawn."""
    merged(came(copies.WITHOUT_SECOND))
    rows = ClauseChange.objects.filter(clause__notice=notice, decision="")
    choices = {row.pk: Settlement(True, "来文更正") for row in rows}
    by = factories.coordinator()
    settling.settle(notice, decisions={}, changes=choices, now=NOW, by=by)


def test_it_waits_to_be_checked_as_a_new_one():
    notice = filed()
    obligation = copies.issued(notice, 2)
    left_out(notice)
    assert fresh(obligation).state == ObligationState.WITHDRAWN
    upload = came(copies.WHOLE)
    assert [pair.old for pair in comparison(upload).changed_duties] == [None]
    assert copies.advice(upload) == "fuller"

    told = merged(upload)

    assert [clause.deliverable for clause in told.merged.carried.added] == [SECOND]
    assert [one for one in duties(notice) if one[1] == SECOND] == [
        ("rejected", SECOND, "12-31"),
        ("proposed", SECOND, "12-31"),
    ]
    assert fresh(obligation).state == ObligationState.WITHDRAWN


def test_what_stays_left_out_is_not_told_again():
    notice = filed()
    left_out(notice)

    told = merged(came(copies.WITHOUT_SECOND.replace("质量发展局", "质量监督局")))

    assert (told.merged.carried.added, told.merged.carried.changes) == ([], [])
    assert notice.clauses.reports().get(deliverable=SECOND).state == ClauseState.REJECTED
