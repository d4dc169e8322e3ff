"""The demo's directives: the five founding ones as history, and current ones dated around today."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.template import Context, Engine

from notices.calendar import work_calendar
from notices.text.deadlines.office_time import SHANGHAI

TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Directive:
    """One text to be taken in: when, and what the story makes of it."""

    key: str
    text: str
    received_at: datetime
    story: str  # closed | only_filed | to_check | running | due_soon | late | undated | monthly
    is_example: bool = False


def founding() -> list[Directive]:
    """Closed years ago, each with its trap: cut off, two dates, no recipients, a twin."""
    return [
        Directive("2021-51", _text("2021-51"), _at(date(2021, 8, 24)), "closed"),
        Directive("2021-60", _text("2021-60"), _at(date(2021, 9, 24)), "closed"),
        Directive("2021-60-cut", _text("2021-60-cut"), _at(date(2021, 9, 26)), "only_filed"),
        Directive("2023-9", _text("2023-9"), _at(date(2023, 2, 9)), "closed"),
        Directive(
            "2023-quality-month", _text("2023-quality-month"), _at(date(2023, 9, 1)), "closed"
        ),
    ]


def current(today: date) -> list[Directive]:
    """Around the day the demo is made, so that every light is really lit."""
    days = work_calendar()
    far = days.add_workdays(today, 14)
    soon = days.add_workdays(today, 2)
    past = days.add_workdays(today, -3)
    return [
        example(
            "late",
            "《纲要》年度重点工作进展情况",
            11,
            days.add_workdays(past, -15),
            f"各单位请于{_say(past)}前将进展情况报送总局（附件1）。",
        ),
        example(
            "due_soon",
            "《纲要》宣传活动开展情况",
            12,
            days.add_workdays(today, -8),
            f"各单位请于{_say(soon)}前将宣传活动开展情况报送总局（附件1）。",
        ),
        example(
            "running",
            "《纲要》学习宣传贯彻情况",
            13,
            days.add_workdays(today, -6),
            f"各单位请于{_say(far)}前将学习宣传贯彻情况报送总局（附件1），"
            f"{_say(days.add_workdays(far, 20))}前报送学习宣传贯彻工作总结（附件2）。",
        ),
        example(
            "undated",
            "质量工作重要信息",
            14,
            days.add_workdays(today, -5),
            "各单位开展的重要活动和取得的经验做法请及时报送总局。",
        ),
        example(
            "monthly",
            "质量提升行动",
            16,
            days.add_workdays(today, -45),
            f"各单位自{_month(today, -1)}起至{_month(today, 2)}，于每月10日前将上月质量提升行动"
            "进展情况报送总局（附件1）。",
        ),
        example(
            "to_check",
            "《纲要》贯彻落实情况",
            15,
            days.add_workdays(today, -1),
            f"各单位请于{_say(days.add_workdays(today, 18))}前将贯彻落实情况报送总局（附件1），"
            f"{_say(days.add_workdays(today, 40))}前报送工作总结（附件2）。"
            "各地的重要情况和工作信息请及时报送总局。",
        ),
    ]


def example(story: str, topic: str, number: int, written: date, request: str) -> Directive:
    """An invented directive with a table and an outline, which asks what ``request`` says."""
    words = {
        "topic": topic,
        "number": f"国市监示例〔{written.year}〕{number}号",
        "request": request,
        "written": _say(written),
    }
    template = Engine(autoescape=False).from_string(_text("current"))
    received = work_calendar().last_workday_on_or_before(written + timedelta(days=1))
    return Directive(story, template.render(Context(words)), _at(received), story, True)


def _month(today: date, ahead: int) -> str:
    """The month so many ahead of today's: 2026年5月."""
    index = today.year * 12 + today.month - 1 + ahead
    return f"{index // 12}年{index % 12 + 1}月"


def _text(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8")


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), tzinfo=SHANGHAI)


def _say(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
