"""Finding something in the audit log: by words, by day; never by walking years of it."""

from datetime import date, datetime, timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse

from audit import trail
from audit.origin import OriginMiddleware
from bureaus.roles import Role
from tests import factories
from tests.factories import NOW, SHANGHAI

pytestmark = [pytest.mark.django_db]

LONG_AGO = NOW - timedelta(days=60)


@pytest.fixture
def auditor(client, time_machine):
    time_machine.move_to(NOW + timedelta(hours=3), tick=False)
    client.force_login(factories.staff(Role.AUDITOR, factories.central()))
    return client


def write(verb: str, at: datetime) -> None:
    trail.record(verb, factories.central(), chain="100000", at=at, by=None)


def verbs(client, **given) -> list[str]:
    answer = client.get(reverse("bureaus:audit"), given)
    return [event.verb for event in answer.context["rows"]]


def test_log_is_whole_where_nothing_is_asked(auditor):
    write("示例签收", LONG_AGO)
    write("示例报送", NOW)

    assert verbs(auditor) == ["示例报送", "示例签收"]


def test_words_are_looked_for_in_the_last_month_and_the_page_says_so(auditor):
    write("示例签收", LONG_AGO)
    write("示例签收", NOW)

    answer = auditor.get(reverse("bureaus:audit"), {"q": "签收"})

    assert len(answer.context["rows"]) == 1
    assert [(chip["label"], chip["value"]) for chip in answer.context["chips"]] == [
        ("人员、行为、对象或来源地址", "签收"),
        ("日期从", f"{NOW.date() - timedelta(days=31)}"),
    ]


def test_month_can_be_taken_away(auditor):
    write("示例签收", LONG_AGO)
    answer = auditor.get(reverse("bureaus:audit"), {"q": "签收"})
    assert len(answer.context["rows"]) == 0

    wider = auditor.get(answer.context["chips"][1]["remove_url"])

    assert [event.verb for event in wider.context["rows"]] == ["示例签收"]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"since": "2026-03-02"}, ["当日最后", "当日最初"]),
        ({"until": "2026-03-01"}, ["前日最后"]),
        ({"since": "2026-03-02", "until": "2026-03-02"}, ["当日最后", "当日最初"]),
    ],
)
def test_days_are_whole_days_of_the_office(auditor, given, found):
    day = datetime.combine(date(2026, 3, 2), datetime.min.time(), SHANGHAI)
    write("前日最后", day - timedelta(seconds=1))
    write("当日最初", day)
    write("当日最后", day + timedelta(days=1, seconds=-1))

    assert verbs(auditor, **given) == found


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"since": "2026-03-02", "until": "2026-03-01"}, "结束日期不能早于开始日期"),
        ({"since": "昨天"}, "“昨天”不是日期，请写成2026-03-31这样"),
    ],
)
def test_wrong_span_is_said_and_nothing_is_listed(auditor, given, said):
    write("示例签收", NOW)

    answer = auditor.get(reverse("bureaus:audit"), given)

    assert len(answer.context["rows"]) == 0
    assert said in answer.content.decode()


def test_address_is_found_whole(auditor):
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    OriginMiddleware(lambda request: write("示例签收", NOW))(request)
    write("示例报送", NOW)

    assert verbs(auditor, q="192.0.2.7") == ["示例签收"]


def test_filters_go_with_the_pages(auditor):
    for _ in range(51):
        write("示例签收", NOW)

    answer = auditor.get(reverse("bureaus:audit"), {"q": "签收", "page": "1"})

    assert "q=%E7%AD%BE%E6%94%B6" in answer.context["query"]
    assert "since=2026-" in answer.context["query"]
    assert "page=2" in answer.content.decode()
