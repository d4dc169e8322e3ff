"""汇总统计 by obligation, unit and period, counted on assignments that were really handed in."""

from datetime import date

import pytest

from bureaus.roles import Role
from notices.calendar import work_calendar
from reports.rollups.rates import Tally
from tasks.actions import issuing
from tasks.actions.issuing import Terms
from tasks.models import Assignment
from tasks.scheduling.dates import until
from tests import factories
from tests.factories import RUNGS, TO_SUBMIT, owed_by, walk
from tests.reports.counted import CODES, NAMES, lines, series, tally

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("day_after")]


def cells(answer) -> dict[str, list[str]]:
    return {
        str(line.bureau): [f"{cell.actual}/{cell.expected}" for cell in line.cells]
        for line in answer.context["table"].lines
    }


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


def test_pictures_have_the_figures_of_the_table(office):
    bureaus = [factories.province(*each) for each in CODES.items()]
    february, _ = series("2026年2月", "2026年3月", bureaus=bureaus)
    walk(owed_by(february, "110000"), *TO_SUBMIT)

    answer = office.get("/statistics/?by=period")

    panels = answer.context["panels"]
    assert [[bar.tally for bar in panel.bars] for panel in panels] == [
        list(line.cells) for line in answer.context["table"].lines
    ]
    assert [str(panel.line.bureau) for panel in panels] == NAMES
    assert panels[0].in_words == "2026年2月：报送率100%，及时率100%；2026年3月：未到期"
    page = answer.content.decode()
    assert "<title>2026年3月：未到期</title>" in page
    assert page.count('<rect class="bar-not-due" x="') == 3 + 1  # and one that says what it means


def test_other_tabs_have_no_pictures_of_periods(office, issued):
    assert "bars-title" not in office.get("/statistics/?by=unit").content.decode()


def test_months_join_into_quarters(office):
    series("2026年2月", "2026年3月", "2026年4月", bureaus=[factories.province()])

    answer = office.get("/statistics/?by=period&columns=quarters")

    assert answer.context["table"].columns == ["2026年第一季度", "2026年第二季度"]
    assert cells(answer) == {NAMES[2]: ["0/2", "0/1"]}


def test_only_the_last_periods_are_shown(office, monkeypatch):
    monkeypatch.setattr("reports.rollups.statistics.MOST_COLUMNS", 2)
    series("2026年2月", "2026年3月", "2026年4月", bureaus=[factories.province()])

    answer = office.get("/statistics/?by=period")

    assert answer.context["table"].columns == ["2026年3月", "2026年4月"]
    assert "更早的 1 期" in answer.content.decode()


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
