from datetime import date, datetime, time

import pytest

from bureaus.actions.registry import load_workdays
from notices.calendar import work_calendar
from notices.models import Notice
from tasks.issuing import burden
from tests import factories
from tests.factories import SHANGHAI

pytestmark = pytest.mark.django_db


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def warned(now: datetime, due: date | None, clock: time = time(23, 59, 59)) -> list[str]:
    load_workdays()
    due_at = due and datetime.combine(due, clock, tzinfo=SHANGHAI)
    return burden.warnings(due_at, now=now, calendar=work_calendar())


FEW = "从现在到截止只有{}个工作日，少于3个，基层可能来不及办理"


@pytest.mark.parametrize(
    ("now", "due", "said"),
    [
        # Monday to Thursday of one week: three working days are enough
        (at(3, 2, 10), date(2026, 3, 5), []),
        (at(3, 2, 18), date(2026, 3, 5), []),
        (at(3, 2, 10), date(2026, 3, 4), [FEW.format(2)]),
        # Tuesday, in the office and after it
        (at(3, 3, 16, 59), date(2026, 3, 4), [FEW.format(1)]),
        (
            at(3, 3, 17),
            date(2026, 3, 4),
            [FEW.format(1), "已过17时，下一个工作日就要截止"],
        ),
        (at(3, 3, 17), date(2026, 3, 3), [FEW.format(0), "已过17时，当天就要截止"]),
        (at(3, 3, 9), date(2026, 3, 3), [FEW.format(0)]),
        # Friday for Saturday, and for Monday
        (
            at(3, 6, 10),
            date(2026, 3, 7),
            [FEW.format(0), "休息日前下发，休息日期间就要截止"],
        ),
        (
            at(3, 6, 10),
            date(2026, 3, 9),
            [FEW.format(1), "休息日前下发，休息日后第一个工作日就要截止"],
        ),
        (at(3, 6, 10), date(2026, 3, 6), [FEW.format(0)]),
        # the day before 国庆, for the day after it; a Friday before a worked Saturday
        (
            at(9, 30, 10),
            date(2026, 10, 8),
            [FEW.format(1), "休息日前下发，休息日后第一个工作日就要截止"],
        ),
        (at(10, 9, 10), date(2026, 10, 10), [FEW.format(1)]),
        (at(9, 30, 10), date(2026, 10, 10), []),
    ],
)
def test_warnings_say_what_makes_a_deadline_a_burden(now, due, said):
    assert warned(now, due) == said


def test_deadline_already_past_is_told_alone():
    assert warned(at(3, 2, 18), date(2026, 2, 28)) == [
        "截止时间2026年2月28日已过，下发后各单位立即显示为逾期"
    ]


def test_undated_obligation_burdens_nobody():
    assert warned(at(3, 6, 18), None) == []


# --- passed down --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "issuers", "is_passed_down"),
    [
        (factories.province, "国家市场监督管理总局", True),
        (factories.province, "浙江省人民政府", True),
        (factories.province, "", True),  # nobody could be read: asked rather than not
        (factories.province, "浙江省市场监督管理局", False),
        (factories.province, "浙江省财政厅\n浙江省市场监管局", False),
        (factories.central, "国务院办公厅", False),  # the 总局 answers for what it issues
        (factories.central, "国家市场监督管理总局", False),
    ],
)
def test_passed_down_is_what_another_body_asks(make, issuers, is_passed_down):
    notice = Notice(bureau=make(), issuers=issuers)

    assert burden.is_passed_down(notice) is is_passed_down
