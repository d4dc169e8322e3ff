"""报送率 and 及时率 as DHIS2 defines them. Pure arithmetic.

Of the reports that are due: completeness is the share that has been handed in, timeliness the
share that was handed in by its deadline. A report is due once it is handed in or its deadline has
passed; before that it is 未到期 and in no rate, for nobody is behind with it. What has no deadline
cannot be in time or late: it counts for completeness alone, once it is in.
Source: DHIS2 user guide, "Reporting rate" and "Reporting rate on time".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

NOTHING = "—"
_QUARTERS = "一二三四"
_MONTH = re.compile(r"(\d{4}年)(\d{1,2})(?:—\d{1,2})?月")


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one line: ``actual`` and ``dated`` are among those due, ``on_time`` among both.

    ``expected``: all that were asked for; ``not_due``: those of them that are not in and need not
    be yet, or have no deadline. ``overdue``: still owed by the bureau after its deadline.
    """

    expected: int = 0
    actual: int = 0
    dated: int = 0
    on_time: int = 0
    overdue: int = 0
    not_due: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.expected + other.expected,
            self.actual + other.actual,
            self.dated + other.dated,
            self.on_time + other.on_time,
            self.overdue + other.overdue,
            self.not_due + other.not_due,
        )

    @property
    def due(self) -> int:
        return self.expected - self.not_due

    @property
    def missing(self) -> int:
        return self.due - self.actual

    @property
    def completeness(self) -> Fraction | None:
        """报送率: actual / due; None where nothing is due."""
        return Fraction(self.actual, self.due) if self.due else None

    @property
    def timeliness(self) -> Fraction | None:
        """及时率: on time / due, of those with a deadline; None where none has one."""
        return Fraction(self.on_time, self.dated) if self.dated else None

    @property
    def completeness_said(self) -> str:
        return percent(self.completeness)

    @property
    def timeliness_said(self) -> str:
        return percent(self.timeliness)


def total(tallies: Iterable[Tally]) -> Tally:
    """Rates of a total are those of its sums, never a mean of rates."""
    return sum(tallies, Tally())


def percent(share: Fraction | None) -> str:
    """Rounded to one decimal, but 100% is said of all of them only and 0% of none."""
    found = rounded(share)
    if isinstance(found, str):
        return found
    if found in (0, 1):
        return f"{int(found) * 100}%"
    return f"{float(found):.1%}"


def rounded(share: Fraction | None) -> Fraction | str:
    """The share in whole thousandths, as ``percent`` says it; words where no number says it."""
    if share is None:
        return NOTHING
    if share in (0, 1):
        return share
    tenths = min((share.numerator * 2000 + share.denominator) // (2 * share.denominator), 999)
    return Fraction(tenths, 1000) if tenths else "不足0.1%"


def quarter_of(period: str) -> str:
    """The quarter of a month: 2026年4月 is of 2026年第二季度; other periods stay as they are."""
    found = _MONTH.fullmatch(period)
    if not found:
        return period
    return f"{found[1]}第{_QUARTERS[(int(found[2]) - 1) // 3]}季度"
