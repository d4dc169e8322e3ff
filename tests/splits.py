"""A task that its bureau has split among bureaus below, for the tests of tasks and of reports."""

from datetime import date, datetime, timedelta

from bureaus.models import Bureau, Staff
from bureaus.roles import Role
from notices.calendar import work_calendar
from tasks.actions import issuing
from tasks.actions.issuing import Terms
from tasks.models import Assignment, Obligation
from tasks.scheduling.dates import until
from tests import factories

NOW = factories.NOW + timedelta(hours=2)
DAY = date(2026, 3, 25)  # 3 working days before the target of the task above
NEED = "各市数据省局没有"
CITIES = {"330100": "杭州市", "330200": "宁波市", "330300": "温州市"}


def cities(province: Bureau, count: int = 3) -> list[Bureau]:
    """杭州、宁波、温州, and further ones by number."""
    names = [*CITIES.items()]
    names += [(f"33{number:02}00", f"示例{number}市") for number in range(4, count + 1)]
    return [factories.prefecture(province, *name) for name in names[:count]]


def accepted(bureau: Bureau | None = None, **fields) -> Assignment:
    return factories.accept(factories.assignment(bureau, **fields))


def coordinator(bureau: Bureau) -> Staff:
    return factories.staff(Role.COORDINATOR, bureau)


def terms(day: date | None = DAY, **fields) -> Terms:
    fields.setdefault("need", NEED)
    return Terms(until(day, calendar=work_calendar(), said="转发分解"), **fields)


def split(
    task: Assignment, *bureaus: Bureau, day: date | None = DAY, now: datetime = NOW, **fields
) -> Obligation:
    """Split among these bureaus; among three cities where none is given."""
    return issuing.split(
        task,
        bureaus=bureaus or cities(task.bureau),
        terms=terms(day, **fields),
        now=now,
        by=coordinator(task.bureau),
    )


def child(made: Obligation, bureau: Bureau) -> Assignment:
    return made.assignments.for_detail().get(bureau=bureau)
