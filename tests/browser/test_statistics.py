"""The statistics on an office screen."""

import pytest

from tests import factories
from tests.factories import PASSWORD
from tests.reports.counted import series

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_names_of_units_keep_one_line_and_stay_beside_many_periods(page, live_server):
    person = factories.coordinator()
    periods = [f"2026年{month}月" for month in range(1, 10)]
    series(*periods, bureaus=[factories.province()])
    page.goto(live_server.url)
    page.get_by_label("账号").fill(person.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()

    page.goto(f"{live_server.url}/statistics/?by=period&since=")
    unit = page.get_by_role("rowheader").first
    before = unit.bounding_box()
    page.get_by_role("region", name="各期次报送情况").evaluate("box => box.scrollLeft = 200")

    assert before["height"] < 60  # two lines of figures
    assert unit.bounding_box() == before
