"""Written calendars are read back by tests/tasks/ics.py, which refuses what RFC 5545 forbids."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tasks.calendar.icalendar import Event, written
from tests.factories import NOW, SHANGHAI
from tests.tasks import ics

EVENT = Event(
    uid="assignment-1@tasks.example.test",
    sequence=1,
    day=date(2026, 3, 31),
    summary="浙江省市场监管局 质量工作进展情况表",
    description="质量工作进展情况表\n截止时间：2026年3月31日（周二）24时",
    category="正常",
    url="https://tasks.example.test/assignments/1/",
    changed_at=NOW,
)
AWKWARD = [
    "一,二;三\\四",
    "\\n is not a line break; a\nline break is",
    "\\\\,,;;",
    "行一\r\n行二\r行三\n",
    "引号\"“”'，冒号:：",
    "制表\t符",
    "😀" * 60,
    "表" * 200,
    "",
]


def read(*events: Event, name: str = "报送任务", note: str = "") -> ics.Component:
    return ics.read(written(name, events, note=note))


def test_calendar_says_what_it_is():
    found = read(EVENT, name="报送任务 浙江省市场监管局", note="只有标题，没有正文；每天更新")

    assert found.properties == {
        "VERSION": "2.0",
        "PRODID": "-//SAMR report tracker//Calendar//ZH",
        "CALSCALE": "GREGORIAN",
        "METHOD": "PUBLISH",
        "NAME": "报送任务 浙江省市场监管局",
        "X-WR-CALNAME": "报送任务 浙江省市场监管局",
        "DESCRIPTION": "只有标题，没有正文；每天更新",
        "X-WR-CALDESC": "只有标题，没有正文；每天更新",
        "X-WR-TIMEZONE": "Asia/Shanghai",
        "REFRESH-INTERVAL;VALUE=DURATION": "PT6H",
        "X-PUBLISHED-TTL": "PT6H",
    }


def test_event_is_a_whole_day_that_makes_nobody_busy():
    (event,) = read(EVENT).events

    assert event.properties == {
        "UID": "assignment-1@tasks.example.test",
        "DTSTAMP": "20260302T013000Z",
        "LAST-MODIFIED": "20260302T013000Z",
        "SEQUENCE": "1",
        "DTSTART;VALUE=DATE": "20260331",
        "DTEND;VALUE=DATE": "20260401",
        "SUMMARY": "浙江省市场监管局 质量工作进展情况表",
        "DESCRIPTION": "质量工作进展情况表\n截止时间：2026年3月31日（周二）24时",
        "CATEGORIES": "正常",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
        "URL": "https://tasks.example.test/assignments/1/",
    }


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 12, 31), "20270101"),
        (date(2028, 2, 28), "20280229"),
        (date(2028, 2, 29), "20280301"),
    ],
)
def test_event_ends_where_the_next_day_begins(day, end):
    (event,) = read(replace(EVENT, day=day)).events

    assert event["DTEND;VALUE=DATE"] == end


@pytest.mark.parametrize("text", AWKWARD)
def test_text_comes_back_as_it_was(text):
    (event,) = read(replace(EVENT, summary=text, description=text)).events

    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    assert (event["SUMMARY"], event["DESCRIPTION"]) == (kept, kept)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a,b;c\\d", "a\\,b\\;c\\\\d"),
        ("a\r\nb\nc\rd", "a\\nb\\nc\\nd"),
        ("a:b\"c'", "a:b\"c'"),
        ("a\x00b\x07c\x1bd\x7fe\tf", "abcde\tf"),
    ],
)
def test_text_is_escaped_as_the_rules_say(text, value):
    lines = ics.unfolded(written(text, [replace(EVENT, summary=text)], note=text))

    for key in ("NAME", "X-WR-CALNAME", "DESCRIPTION", "X-WR-CALDESC", "SUMMARY"):
        assert f"{key}:{value}" in lines


def test_hour_is_a_moment_in_utc_without_an_end():
    at = datetime(2026, 3, 31, 17, 30, tzinfo=SHANGHAI)

    (event,) = read(replace(EVENT, at=at)).events

    assert event["DTSTART"] == "20260331T093000Z"
    assert {name for name in event.properties if name.startswith("DTEND")} == set()


def test_cancelled_event_says_so():
    (event,) = read(replace(EVENT, is_cancelled=True, sequence=2)).events

    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", "2")


def test_alarms_ring_so_long_before_the_beginning():
    before = (timedelta(days=3, hours=15), timedelta(minutes=90), timedelta(days=1))

    (event,) = read(replace(EVENT, alarms=before)).events

    assert event.alarms == ["-P3DT15H", "-PT1H30M", "-P1D"]
    assert {part["DESCRIPTION"] for part in event.parts} == {EVENT.summary}


def test_same_events_are_the_same_octets():
    assert written("报送任务", [EVENT]) == written("报送任务", [EVENT])


@pytest.mark.parametrize("forged", ["a\r\nEND:VEVENT\r\nBEGIN:VEVENT", "a\nATTENDEE:mailto:x@y.z"])
def test_title_cannot_add_lines_of_its_own(forged):
    found = read(replace(EVENT, summary=forged, category=forged, uid=forged))

    assert len(found.events) == 1
    assert "ATTENDEE" not in found.events[0].properties


@pytest.mark.parametrize("length", range(60, 90))
@pytest.mark.parametrize("lead", ["", "a", "ab", "abc"])
def test_folding_cuts_no_character_and_keeps_to_75_octets(length, lead):
    """The lengths put the boundary at every octet of characters of one to four octets.

    The reader raises where a line is longer or a character is cut.
    """
    for char in "aé表😀":
        title = lead + char * length
        (event,) = read(replace(EVENT, summary=title)).events

        assert event["SUMMARY"] == title


def test_leading_spaces_survive_folding():
    title = "x" * 67 + "   y"  # "SUMMARY:" and these are 75 octets

    (event,) = read(replace(EVENT, summary=title)).events

    assert event["SUMMARY"] == title


def test_calendar_without_events_is_one_all_the_same():
    assert read().events == []


@pytest.mark.parametrize(
    "broken",
    [
        b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nSUMMARY:a,b\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:" + b"x" * 80 + b"\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VEVENT\r\nUID:x\r\nDTSTAMP:20260101T000000Z\r\nEND:VEVENT\r\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:\xe8\r\n \xa1\xa8\r\nEND:VCALENDAR\r\n",
    ],
)
def test_reader_of_these_tests_refuses_what_is_wrong(broken):
    with pytest.raises((AssertionError, UnicodeDecodeError)):
        ics.read(broken)
