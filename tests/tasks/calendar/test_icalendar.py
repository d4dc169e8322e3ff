"""Written calendars are read back by tests/tasks/ics.py, which refuses what RFC 5545 forbids."""

from dataclasses import replace
from datetime import date

import pytest

from tasks.calendar.icalendar import Event, escaped, folded, written
from tests.factories import NOW
from tests.tasks import ics

EVENT = Event(
    uid="assignment-1@tasks.example.test",
    sequence=1,
    day=date(2026, 3, 31),
    summary="浙江省市场监管局 质量工作进展情况表",
    description="质量工作进展情况表\n截止时间：2026年3月31日（周二）24时",
    category="正常",
    url="https://tasks.example.test/assignments/1/",
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
    return ics.read(written(name, events, note=note, now=NOW))


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
    assert escaped(text) == value


@pytest.mark.parametrize("forged", ["a\r\nEND:VEVENT\r\nBEGIN:VEVENT", "a\nATTENDEE:mailto:x@y.z"])
def test_title_cannot_add_lines_of_its_own(forged):
    found = read(replace(EVENT, summary=forged, category=forged, uid=forged))

    assert len(found.events) == 1
    assert "ATTENDEE" not in found.events[0].properties


@pytest.mark.parametrize("length", range(60, 90))
@pytest.mark.parametrize("lead", ["", "a", "ab", "abc"])
def test_folding_cuts_no_character_and_keeps_to_75_octets(length, lead):
    """The lengths put the boundary at every octet of characters of one to four octets."""
    for char in "aé表😀":
        line = lead + char * length
        pieces = list(folded(line))

        assert max(len(piece) for piece in pieces) <= 75
        assert all(piece.startswith(b" ") for piece in pieces[1:])
        assert pieces[0].decode() + "".join(piece.decode()[1:] for piece in pieces[1:]) == line


@pytest.mark.parametrize(("octets", "pieces"), [(74, 1), (75, 1), (76, 2), (149, 2), (150, 3)])
def test_line_is_folded_only_where_it_is_too_long(octets, pieces):
    assert [len(piece) for piece in folded("x" * octets)][:1] == [min(octets, 75)]
    assert len(list(folded("x" * octets))) == pieces


def test_leading_spaces_survive_folding():
    line = "x" * 75 + "   y"

    assert b"".join(folded(line)).replace(b" ", b"") == b"x" * 75 + b"y"
    assert ics.unfolded(b"\r\n".join(folded(line)) + b"\r\n") == [line]


def test_calendar_without_events_is_one_all_the_same():
    assert read().events == []


@pytest.mark.parametrize(
    "broken",
    [
        b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nSUMMARY:a,b\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:" + b"x" * 80 + b"\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:\xe8\r\n \xa1\xa8\r\nEND:VCALENDAR\r\n",
    ],
)
def test_reader_of_these_tests_refuses_what_is_wrong(broken):
    with pytest.raises((AssertionError, UnicodeDecodeError)):
        ics.read(broken)
