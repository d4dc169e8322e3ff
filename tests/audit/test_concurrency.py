"""Writers at the same moment; on SQLite they queue for the file, on PostgreSQL for the chain."""

from functools import partial

import pytest
from django.db import transaction

from audit import trail, verification
from audit.models import AuditEvent
from tests import threads

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 4
EACH = 5


def write_at_once(chains):
    """One writer for each name, all starting together, each writing ``EACH`` events."""
    assert threads.at_once([partial(write, chain) for chain in chains]) == [None] * len(chains)


def write(chain):
    for number in range(EACH):
        with transaction.atomic():
            trail.record("动作", chain=chain, detail={"n": number}, by=None)


def positions(chain):
    found = AuditEvent.objects.filter(chain=chain).order_by("position")
    return list(found.values_list("position", flat=True))


def test_writers_of_one_chain_take_their_turns():
    write_at_once(["330000"] * WRITERS)

    assert positions("330000") == list(range(1, WRITERS * EACH + 1))
    assert list(verification.faults()) == []


def test_writers_of_two_chains_do_not_mix_them():
    write_at_once(["330000", "320000"] * (WRITERS // 2))

    expected = list(range(1, WRITERS // 2 * EACH + 1))
    assert {name: positions(name) for name in ("330000", "320000")} == {
        "330000": expected,
        "320000": expected,
    }
    assert list(verification.faults()) == []


def test_rolled_back_change_leaves_no_gap():
    def change_that_fails():
        with transaction.atomic():
            trail.record("动作", chain="330000", by=None)
            raise ValueError("changed my mind")

    with transaction.atomic():
        trail.record("动作", chain="330000", by=None)
    with pytest.raises(ValueError, match="changed my mind"):
        change_that_fails()
    with transaction.atomic():
        trail.record("动作", chain="330000", by=None)

    assert positions("330000") == [1, 2]
    assert list(verification.faults()) == []
