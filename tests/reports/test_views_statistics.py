"""汇总统计 by obligation, unit and period, counted on assignments that were really handed in."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from audit.models import AuditEvent
from bureaus.roles import Role
from notices.calendar import work_calendar
from reports.rates import Tally
from tasks.actions import issuing
from tasks.actions.issuing import Terms
from tasks.dates import until
from tasks.models import Assignment
from tests import factories
from tests.factories import RUNGS, TO_SUBMIT, owed_by, walk

pytestmark = pytest.mark.django_db

# in the reverse of the administrative order, so that no order of making can be mistaken for it
CODES = {"330000": "浙江省", "320000": "江苏省", "110000": "北京市"}
NAMES = ["北京市市场监管局", "江苏省市场监管局", "浙江省市场监管局"]


@pytest.fixture(autouse=True)
def clock(time_machine):
    """Wednesday 1 April 2026, the day after everything was due."""
    time_machine.move_to(RUNGS["O1"], tick=False)


@pytest.fixture
def office(client):
    client.force_login(factories.coordinator())
    return client


@pytest.fixture
def issued():
    return factories.obligation(*(factories.province(*each) for each in CODES.items()))


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


def cells(answer) -> dict[str, list[str]]:
    return {
        str(line.bureau): [f"{cell.actual}/{cell.expected}" for cell in line.cells]
        for line in answer.context["table"].lines
    }


def sheet(answer):
    return load_workbook(BytesIO(answer.content)).worksheets[0]


# --- what counts ---


def test_counts_what_is_expected_in_and_in_time(office, issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT)
    walk(owed_by(issued, "320000"), *TO_SUBMIT, now=RUNGS["O1"])

    assert tally(office.get("/statistics/")) == Tally(3, 2, 3, 1, 1)


def test_withdrawn_and_passed_on_are_not_expected(office, issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT, "withdraw", now=RUNGS["O1"])
    walk(owed_by(issued, "320000"), "pass_on")

    assert tally(office.get("/statistics/")) == Tally(1, 0, 1, 0, 1)


def test_nil_report_is_a_report(office, issued):
    walk(owed_by(issued, "110000"), "accept", "report_nil", "pass_review", "submit")

    assert tally(office.get("/statistics/")) == Tally(3, 1, 3, 1, 2)


def test_last_second_is_in_time_and_midnight_is_not(office, issued):
    due = owed_by(issued, "110000").due_at
    walk(owed_by(issued, "110000"), *TO_SUBMIT, now=due.replace(microsecond=999_999))
    midnight = due.replace(hour=16, minute=0, second=0)
    walk(owed_by(issued, "320000"), *TO_SUBMIT, now=midnight)

    assert tally(office.get("/statistics/")) == Tally(3, 2, 3, 1, 1)


def test_what_came_back_was_handed_in_all_the_same(office, issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT, "return_")
    walk(owed_by(issued, "320000"), *TO_SUBMIT, "return_", now=RUNGS["O1"])

    assert tally(office.get("/statistics/")) == Tally(3, 2, 3, 1, 1)


def test_correction_changes_nothing(office, issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT, "close", "correct")
    walk(owed_by(issued, "110000"), "hand_in", "pass_review", "submit", now=RUNGS["O3"])

    assert tally(office.get("/statistics/")) == Tally(3, 1, 3, 1, 2)


def test_recalled_report_was_not_handed_in(office, issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT, "recall")

    assert tally(office.get("/statistics/")) == Tally(3, 0, 3, 0, 3)


def test_undated_obligation_has_completeness_alone(office):
    issued = factories.obligation(number="")
    walk(issued.assignments.for_detail().get(), *TO_SUBMIT, now=RUNGS["O3"])

    answer = office.get("/statistics/")

    assert tally(answer) == Tally(1, 1, 0, 0, 0)
    assert (tally(answer).completeness_said, tally(answer).timeliness_said) == ("100%", "—")


def test_province_counts_only_itself_and_its_cities(client):
    zhejiang, jiangsu = factories.province(), factories.province("320000", "江苏省")
    issued = factories.obligation(zhejiang, jiangsu, factories.prefecture(zhejiang))
    walk(owed_by(issued, "320000"), *TO_SUBMIT)
    client.force_login(factories.staff(Role.COORDINATOR, zhejiang))

    answer = client.get("/statistics/")

    assert tally(answer) == Tally(2, 0, 2, 0, 2)
    assert f"/obligations/{issued.pk}/roll-up/" not in answer.content.decode()
    assert lines(client.get("/statistics/?by=unit")) == [
        ("浙江省市场监管局", Tally(1, 0, 1, 0, 1)),
        ("杭州市市场监管局", Tally(1, 0, 1, 0, 1)),
    ]


# --- by unit ---


def test_units_stand_in_administrative_order_whatever_their_rates(office, issued):
    walk(owed_by(issued, "330000"), *TO_SUBMIT)
    walk(owed_by(issued, "320000"), *TO_SUBMIT, now=RUNGS["O1"])

    answer = office.get("/statistics/?by=unit")

    assert lines(answer) == [
        (NAMES[0], Tally(1, 0, 1, 0, 1)),
        (NAMES[1], Tally(1, 1, 1, 0, 0)),
        (NAMES[2], Tally(1, 1, 1, 1, 0)),
    ]
    assert answer.context["table"].total == Tally(3, 2, 3, 1, 1)


def test_unit_counts_with_all_below_it_and_opens_to_them(office):
    zhejiang = factories.province()
    hangzhou = factories.prefecture(zhejiang)
    issued = factories.obligation(zhejiang, hangzhou, factories.county(hangzhou))
    walk(owed_by(issued, "330102"), *TO_SUBMIT)

    assert lines(office.get("/statistics/?by=unit")) == [(NAMES[2], Tally(3, 1, 3, 1, 2))]

    below = office.get("/statistics/?by=unit&bureau=330000")
    assert lines(below) == [
        ("浙江省市场监管局", Tally(1, 0, 1, 0, 1)),
        ("杭州市市场监管局", Tally(2, 1, 2, 1, 1)),
    ]
    assert "浙江省市场监管局（本级）" in below.content.decode()


def test_what_a_province_asks_below_is_seen_where_it_is_asked_for(office):
    zhejiang = factories.province()
    hangzhou = factories.prefecture(zhejiang)
    task = factories.accept(factories.assignment(zhejiang))
    terms = Terms(until(date(2026, 3, 20), calendar=work_calendar(), said="示例"), need="示例")
    issuing.split(
        task,
        bureaus=[hangzhou],
        terms=terms,
        now=factories.NOW,
        by=factories.staff(Role.COORDINATOR, zhejiang),
    )

    assert lines(office.get("/statistics/?by=unit")) == [(NAMES[2], Tally(1, 0, 1, 0, 1))]
    assert [name for name, _ in lines(office.get("/statistics/?by=unit&bureau=330000"))] == [
        "浙江省市场监管局",
        "杭州市市场监管局",
    ]


def test_no_page_offers_to_sort_or_rank(office, issued):
    for by in ("obligation", "unit", "period"):
        page = office.get(f"/statistics/?by={by}&sort=-completeness").content.decode()
        assert "不作排名" in page
        assert "sort=" not in page.replace("sort=-completeness", "")
        assert "排名第" not in page


# --- by period ---


def test_periods_are_columns_by_time_and_units_lines(office):
    bureaus = [factories.province(*each) for each in CODES.items()]
    april, february = series("2026年2月", "2026年3月", bureaus=bureaus)
    walk(owed_by(april, "330000"), *TO_SUBMIT)
    walk(owed_by(february, "110000"), *TO_SUBMIT)
    factories.obligation(*bureaus, number="", text=factories.TEXT)  # no series

    answer = office.get("/statistics/?by=period")

    assert answer.context["table"].columns == ["2026年2月", "2026年3月"]
    assert cells(answer) == {
        NAMES[0]: ["0/1", "1/1"],
        NAMES[1]: ["0/1", "0/1"],
        NAMES[2]: ["1/1", "0/1"],
    }
    assert [each.actual for each in answer.context["table"].column_totals] == [1, 1]


def test_months_join_into_quarters(office):
    series("2026年2月", "2026年3月", "2026年4月", bureaus=[factories.province()])

    answer = office.get("/statistics/?by=period&columns=quarters")

    assert answer.context["table"].columns == ["2026年第一季度", "2026年第二季度"]
    assert cells(answer) == {NAMES[2]: ["0/2", "0/1"]}


def test_only_the_last_periods_are_shown(office, monkeypatch):
    monkeypatch.setattr("reports.statistics.MOST_COLUMNS", 2)
    series("2026年2月", "2026年3月", "2026年4月", bureaus=[factories.province()])

    answer = office.get("/statistics/?by=period")

    assert answer.context["table"].columns == ["2026年3月", "2026年4月"]
    assert "更早的 1 期" in answer.content.decode()


# --- filters ---


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 1),
        ("since=2026-03-31", 1),
        ("since=2026-04-01", 0),
        ("until=2026-03-31", 1),
        ("until=2026-03-30", 0),
        ("since=2027-01-01&until=", 0),
        ("since=", 1),
        ("q=质量工作", 1),
        ("q=〔2026〕1号", 1),
        ("q=没有这样的", 0),
        ("bureau=320000", 1),
        ("bureau=330100", 0),
    ],
)
def test_filters_narrow_the_obligations(office, issued, query, count):
    factories.prefecture(factories.province())

    assert len(office.get(f"/statistics/?{query}").context["page_obj"]) == count


def test_this_year_is_shown_unless_another_span_is_asked_for(client, issued, time_machine):
    time_machine.move_to(RUNGS["O1"].replace(year=2027), tick=False)
    client.force_login(factories.coordinator())

    page = client.get("/statistics/")

    assert len(page.context["page_obj"]) == 0
    assert "2027-01-01" in page.content.decode()
    assert "这个范围内没有事项" in page.content.decode()
    assert len(client.get("/statistics/?since=").context["page_obj"]) == 1


def test_the_day_a_span_begins_can_be_taken_away(office, issued):
    (chip,) = office.get("/statistics/").context["question"].chips

    assert chip["value"] == "2026-01-01"
    assert office.get(chip["remove_url"]).context["question"].chips == []


def test_bureau_filter_counts_that_unit_and_those_below(office, issued):
    walk(owed_by(issued, "320000"), *TO_SUBMIT)

    assert tally(office.get("/statistics/?bureau=320000")) == Tally(1, 1, 1, 1, 0)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("since=2026-02-30", "有效的日期"),
        ("since=2026-04-01&until=2026-03-01", "期间的起止颠倒了"),
        ("bureau=999999", "没有找到单位“999999”"),
        ("notice=999", "没有这份文件，或您无权查看"),
        ("obligation=999", "没有这个事项，或您无权查看"),
    ],
)
@pytest.mark.parametrize("by", ["obligation", "unit", "period"])
def test_wrong_filter_says_so_and_counts_nothing(office, issued, by, query, said):
    answer = office.get(f"/statistics/?by={by}&{query}")

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert NAMES[0] not in answer.content.decode()


def test_unknown_tab_is_the_first(office, issued):
    assert "page_obj" in office.get("/statistics/?by=score").context


# --- whose eyes ---


def test_other_provinces_obligation_is_no_choice(client, issued):
    foreign = factories.obligation(factories.province("320000", "江苏省"), number="")
    client.force_login(factories.staff(Role.COORDINATOR, factories.province()))

    answer = client.get(f"/statistics/?by=unit&obligation={foreign.pk}")

    assert answer.status_code == 422
    assert [str(one) for one in client.get("/statistics/").context["page_obj"]] == [str(issued)]
    assert client.get("/statistics/?bureau=320000").status_code == 422


@pytest.mark.parametrize("page", ["", "export.xlsx"])
def test_administrators_see_no_statistics(client, issued, page):
    client.force_login(factories.staff(Role.SYSTEM_ADMIN, factories.central()))

    assert client.get(f"/statistics/{page}").status_code == 403


# --- export ---


def rows_of(answer, first: int) -> list[list]:
    return [list(row) for row in sheet(answer).iter_rows(min_row=first, values_only=True)]


def test_export_of_obligations_is_what_the_page_shows(office, issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT)

    head, line = rows_of(office.get("/statistics/export.xlsx"), 4)

    figures = dict(zip(head, line, strict=True))
    assert figures.pop("下发日期").date() == date(2026, 3, 2)
    assert figures.pop("截止日期").date() == date(2026, 3, 31)
    assert figures == {
        "序号": 1,
        "事项": str(issued),
        "依据文件": "国市监测〔2026〕1号",
        "下发单位": "市场监管总局",
        "应报": 3,
        "已报": 1,
        "报送率": "33.3%",
        "按时": 1,
        "及时率": "33.3%",
        "未报": 2,
        "其中逾期": 2,
    }


def test_export_of_units_ends_in_the_total(office, issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT)

    found = rows_of(office.get("/statistics/export.xlsx?by=unit"), 4)

    assert found == [
        ["单位", "应报", "已报", "报送率", "按时", "及时率", "未报", "其中逾期"],
        [NAMES[0], 1, 1, "100%", 1, "100%", 0, 0],
        [NAMES[1], 1, 0, "0%", 0, "0%", 1, 1],
        [NAMES[2], 1, 0, "0%", 0, "0%", 1, 1],
        ["合计", 3, 1, "33.3%", 1, "33.3%", 2, 2],
    ]


def test_export_of_periods_has_both_rates_of_each(office):
    (february, _) = series("2026年2月", "2026年3月", bureaus=[factories.province()])
    walk(owed_by(february, "330000"), *TO_SUBMIT)

    head, line, last = rows_of(office.get("/statistics/export.xlsx?by=period"), 4)

    assert head == [
        "单位",
        *("2026年2月报送率", "2026年2月及时率", "2026年3月报送率", "2026年3月及时率"),
        *("合计报送率", "合计及时率"),
    ]
    assert line == [NAMES[2], "100%", "100%", "0%", "0%", "50.0%", "50.0%"]
    assert last == ["合计", *line[1:]]


@pytest.mark.parametrize("by", ["obligation", "unit", "period"])
def test_export_of_nothing_is_a_sheet_with_its_head(office, by):
    answer = office.get(f"/statistics/export.xlsx?by={by}")

    assert answer.status_code == 200
    assert "不作排名" in sheet(answer)["A3"].value


def test_export_says_what_it_is_of_and_is_recorded(office, issued):
    answer = office.get("/statistics/export.xlsx?by=unit&bureau=320000")

    assert "2026年4月1日" in sheet(answer)["A2"].value
    assert "单位及下级：江苏省市场监管局" in sheet(answer)["A2"].value
    event = AuditEvent.objects.latest("pk")
    assert (event.verb, event.detail["count"]) == ("导出统计", 2)
    assert "江苏省市场监管局" in event.detail["filters"]


def test_export_with_a_wrong_filter_goes_back_to_the_page(office, issued):
    answer = office.get("/statistics/export.xlsx?by=unit&bureau=999999&since=")

    assert (answer.status_code, answer.url) == (302, "/statistics/?by=unit&bureau=999999&since=")
    assert not AuditEvent.objects.filter(verb="导出统计").exists()


# --- one and many ---


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize(("by", "queries"), [("obligation", 10), ("unit", 9), ("period", 10)])
def test_page_takes_the_same_queries_for_one_unit_and_for_fifty(
    office, django_assert_num_queries, by, queries, count
):
    bureaus = [factories.province(f"{code}0000", f"示例{code}省") for code in range(11, 11 + count)]
    series("2026年2月", "2026年3月", bureaus=bureaus)

    with django_assert_num_queries(queries):
        answer = office.get(f"/statistics/?by={by}")

    assert answer.status_code == 200
    assert Assignment.objects.count() == 2 * count


@pytest.mark.parametrize("count", [1, 9])
@pytest.mark.parametrize(("by", "queries"), [("obligation", 10), ("unit", 9), ("period", 10)])
def test_page_takes_the_same_queries_for_one_obligation_and_for_nine(
    office, django_assert_num_queries, by, queries, count
):
    series(*(f"第{number}期" for number in range(count)), bureaus=[factories.province()])

    with django_assert_num_queries(queries):
        office.get(f"/statistics/?by={by}")
