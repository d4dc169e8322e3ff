"""A whole roll-up in memory, where pages and workbooks read it in a stream."""

from dataclasses import dataclass

from reports.rollups.roll_up import RollUp, begin, entries
from reports.schemas.rolling.units import UnitEntry
from tasks.models import Obligation


@dataclass(frozen=True)
class Collected:
    """The roll-up once its entries have been gone through, and those; else as the roll-up."""

    rolled: RollUp
    entries: list[UnitEntry]

    def __getattr__(self, name):
        return getattr(self.rolled, name)


def collect(obligation: Obligation, number: int) -> Collected:
    rolled = begin(obligation, number)
    return Collected(rolled, list(entries(rolled)))
