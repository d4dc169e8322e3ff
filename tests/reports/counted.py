"""The page 汇总统计 as it is read, and a clause issued for several periods."""

from datetime import date

from notices.calendar import work_calendar
from reports.rollups.rates import Tally
from tasks.actions import issuing
from tasks.actions.issuing import Terms
from tasks.scheduling.dates import until
from tests import factories

# in the reverse of the administrative order, so that no order of making can be mistaken for it
CODES = {"330000": "浙江省", "320000": "江苏省", "110000": "北京市"}
NAMES = ["北京市市场监管局", "江苏省市场监管局", "浙江省市场监管局"]


def tally(answer) -> Tally:
    (one,) = answer.context["page_obj"]
    return one.tally


def lines(answer) -> list[tuple[str, Tally]]:
    return [(str(line.bureau), line.tally) for line in answer.context["table"].lines]


def series(*periods: str, bureaus) -> list:
    """One clause issued for each of these periods, the first due in March, each a month later."""
    clause = factories.filed_notice().clauses.get(attachment_numbers="1")
    made = []
    for month, period in enumerate(periods, start=3):
        dates = until(date(2026, month, 10), calendar=work_calendar(), said="示例")
        terms = Terms(dates, period=period)
        office = factories.coordinator()
        made.append(
            issuing.issue(clause, bureaus=bureaus, terms=terms, now=factories.NOW, by=office)
        )
    return made
