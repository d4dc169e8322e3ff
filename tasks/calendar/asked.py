"""What the calendar is asked for by its address, and the addresses that lead on from there."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from bureaus.calendar import YEARS
from bureaus.models import Bureau


@dataclass(frozen=True)
class Asked:
    """What the calendar is asked for: the first day of a month, mine or all, one bureau or none.

    Where no month is asked for (``is_ahead``) it shows the next five weeks, from this Monday.
    """

    month: date
    scope: str
    bureau: Bureau | None = None
    is_ahead: bool = False

    @property
    def is_mine(self) -> bool:
        return self.scope == "mine"

    def url(self, *, months: int = 0, scope: str = "") -> str:
        """The same so many months later, or in another scope; empty beyond the years we know."""
        if self.is_ahead:
            return self.ahead_url(scope=scope)
        month = shift(self.month, months)
        if month.year not in YEARS:
            return ""
        return self._address("tasks:calendar", month=f"{month:%Y-%m}", scope=scope or self.scope)

    def ahead_url(self, *, scope: str = "") -> str:
        """The next weeks, for the same scope and bureau."""
        return self._address("tasks:calendar", scope=scope or self.scope)

    def month_url(self) -> str:
        """The month, for the same scope and bureau."""
        return Asked(self.month, self.scope, self.bureau).url()

    def overdue_url(self) -> str:
        light = "mine" if self.is_mine else "overdue"
        return self._address("tasks:ledger", light=light)

    def ledger_url(self, day: date) -> str:
        """All that is due on a day, row by row."""
        light = "mine" if self.is_mine else ""
        return self._address("tasks:ledger", due_from=day, due_to=day, light=light)

    def undated_url(self) -> str:
        light = "mine" if self.is_mine else "undated"
        return self._address("tasks:ledger", light=light)

    def _address(self, name: str, **query) -> str:
        if self.bureau:
            query["bureau"] = self.bureau.code
        return f"{reverse(name)}?{urlencode(query)}"


def shift(month: date, months: int) -> date:
    """The first day of the month so many months later, or earlier."""
    count = month.year * 12 + month.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
