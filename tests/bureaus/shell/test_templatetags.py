from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
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


def shown(source: str, **context) -> str:
    return Template("{% load components days %}" + source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("tag", "include"),
    [
        ("{% light code %}", '{% include "_components/light.html" with light=code only %}'),
        (
            "{% light code reason %}",
            '{% include "_components/light.html" with light=code reason=reason only %}',
        ),
        (
            "{% light code word=word %}",
            '{% include "_components/light.html" with light=code word=word only %}',
        ),
        (
            "{% badge word kind %}",
            '{% include "_components/badge.html" with word=word kind=kind only %}',
        ),
        (
            "{% deadline day left code %}",
            '{% include "_components/deadline.html" with due_on=day remaining=left light=code'
            " hide_light=True only %}",
        ),
        (
            "{% deadline nothing nothing code %}",
            '{% include "_components/deadline.html" with light=code hide_light=True only %}',
        ),
    ],
)
def test_component_as_a_tag_is_the_component_as_a_template(tag, include):
    context = {
        "code": "soon",
        "reason": "距目标日<1>个工作日",
        "word": "7日内&到期",
        "kind": "mine",
        "day": date(2026, 4, 10),
        "left": 3,
        "nothing": None,
    }

    assert shown(tag, **context) == shown(include, **context)
    assert "<1>" not in shown(tag, **context)


def test_what_was_rendered_once_is_not_taken_for_another():
    said = [
        shown("{% deadline day left 'soon' %}", day=date(2026, 4, day), left=left)
        for day, left in ((10, 0), (10, 1), (11, 1))
    ]

    assert "不足 1 个工作日" in said[0]
    assert "2026-04-10" in said[1]
    assert "还剩 1 个工作日" in said[1]
    assert "2026-04-11" in said[2]


def test_moment_is_written_in_the_offices_time_zone():
    moment = datetime(2026, 12, 31, 16, 5, tzinfo=UTC)

    assert shown("{{ moment|written_moment }}", moment=moment) == "2027-01-01 00:05"
