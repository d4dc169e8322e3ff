"""An obligation that its issuer changes or takes back, with a reason."""

from datetime import date

from bureaus.roles import Role
from notices.calendar import work_calendar
from tasks.actions import amending, issuing
from tasks.actions.issuing import Terms
from tasks.models import Assignment, Obligation
from tasks.scheduling.dates import until
from tests import factories
from tests.factories import NOW

CODES = {"110000": "北京市", "320000": "江苏省", "330000": "浙江省", "440000": "广东省"}
LATER = date(2026, 4, 15)
EARLIER = date(2026, 3, 20)


def issued_to_four() -> Obligation:
    """Due on 31 March 2026, one of three clauses."""
    provinces = (factories.province(*each) for each in CODES.items())
    return factories.obligation(*provinces, text=factories.TEXT_APART)


def amend(
    obligation: Obligation, until_day: date | None, *, reason="会议推迟", by=None
) -> Obligation:
    return amending.amend(
        obligation, until_day, reason=reason, now=NOW, by=by or factories.coordinator()
    )


def withdraw(obligation: Obligation, *, reason="下发有误", by=None) -> Obligation:
    return amending.withdraw(obligation, reason=reason, now=NOW, by=by or factories.coordinator())


def split(task: Assignment, day: date | None, *codes: str) -> Obligation:
    cities = [factories.prefecture(task.bureau, code, f"{code}市") for code in codes]
    by = factories.staff(Role.COORDINATOR, task.bureau)
    dates = until(day, calendar=work_calendar(), said="转发分解")
    return issuing.split(task, bureaus=cities, terms=Terms(dates, need="缺少数据"), now=NOW, by=by)
