"""The definitions of DHIS2, on numbers one can work out by hand."""

from fractions import Fraction

import pytest

from reports.rollups.rates import Tally, percent, quarter_of, total


def test_completeness_is_what_came_in_of_what_was_expected():
    assert Tally(expected=4, actual=3, dated=4, on_time=1).completeness == Fraction(3, 4)


def test_timeliness_is_what_came_in_time_of_what_was_expected():
    """Not of what came in: three reports of which one was in time are 25%, not 33%."""
    assert Tally(expected=4, actual=3, dated=4, on_time=1).timeliness == Fraction(1, 4)


def test_undated_reports_count_for_completeness_alone():
    mixed = Tally(expected=4, actual=4, dated=2, on_time=2)

    assert (mixed.completeness, mixed.timeliness) == (1, 1)
    assert Tally(expected=2, actual=1).timeliness is None


def test_nothing_expected_has_no_rate():
    nothing = Tally()

    assert (nothing.completeness, nothing.timeliness) == (None, None)
    assert (nothing.completeness_said, nothing.timeliness_said) == ("—", "—")


def test_missing_is_the_rest():
    assert Tally(expected=5, actual=3).missing == 2


def test_rate_of_a_total_is_that_of_its_sums():
    """The mean of 100% and 0% would be 50%."""
    found = total([Tally(9, 9, 9, 9, 0), Tally(1, 0, 1, 0, 1)])

    assert found == Tally(10, 9, 10, 9, 1)
    assert found.completeness == Fraction(9, 10)
    assert total([]) == Tally()


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (None, "—"),
        (Fraction(0), "0%"),
        (Fraction(1), "100%"),
        (Fraction(1, 2), "50.0%"),
        (Fraction(2, 3), "66.7%"),
        (Fraction(1, 3), "33.3%"),
        (Fraction(1, 2000), "0.1%"),
        (Fraction(2999, 3000), "99.9%"),
        (Fraction(1, 3000), "不足0.1%"),
    ],
)
def test_percent_is_never_rounded_up_to_all_nor_down_to_none(share, said):
    assert percent(share) == said


@pytest.mark.parametrize(
    ("period", "quarter"),
    [
        ("2026年1月", "2026年第一季度"),
        ("2026年3月", "2026年第一季度"),
        ("2026年4月", "2026年第二季度"),
        ("2026年12月", "2026年第四季度"),
        ("2026年7—8月", "2026年第三季度"),
        ("2026年第二季度", "2026年第二季度"),
        ("2026年上半年", "2026年上半年"),
        ("2026年第15周", "2026年第15周"),
        ("2026年4月15日", "2026年4月15日"),
    ],
)
def test_months_belong_to_quarters(period, quarter):
    assert quarter_of(period) == quarter
