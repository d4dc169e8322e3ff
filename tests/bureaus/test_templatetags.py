from datetime import UTC, date, datetime

import pytest
from django.template.loader import render_to_string

from bureaus.templatetags.icons import icons

DAYS = {
    date(2023, 3, 31): ("2023-03-31", "2023-03-31（周五）"),
    date(2026, 11, 1): ("2026-11-01", "2026-11-01（周日）"),
    datetime(2026, 12, 31, 16, 0, tzinfo=UTC): ("2027-01-01", "2027-01-01（周五）"),
    datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC): ("2026-12-31", "2026-12-31（周四）"),
    datetime(2026, 2, 28, 9, 30): ("2026-02-28", "2026-02-28（周六）"),  # noqa: DTZ001
}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_day_is_written_with_its_weekday_in_the_offices_time_zone(day):
    iso, words = DAYS[day]

    shown = render_to_string("_components/day.html", {"day": day})

    assert shown.strip() == f'<time datetime="{iso}" class="day">{words}</time>'


def test_day_that_is_not_set_is_said_to_be_open():
    assert "未定" in render_to_string("_components/day.html", {"day": None})


def test_light_and_icon_point_into_the_one_sheet_of_symbols():
    light = render_to_string("_components/light.html", {"light": "overdue"})
    icon = render_to_string("_components/icon.html", {"name": "bell"})

    assert f'href="{icons()}#light-overdue"' in light
    assert f'href="{icons()}#icon-bell"' in icon
