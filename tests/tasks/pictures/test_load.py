"""How much is due on each of the next days: squares with a number."""

from datetime import date, timedelta

import pytest

from tasks.pictures.load import LoadDay, load

MONDAY = date(2026, 3, 2)


def days(*counts: int, weeks: int = 5) -> list[LoadDay]:
    """Whole weeks of which the first days have these counts."""
    filled = [*counts, *[0] * (weeks * 7 - len(counts))]
    return [
        LoadDay(
            day=MONDAY + timedelta(days=number),
            count=count,
            is_rest=number % 7 > 4,
            is_past=False,
            is_today=number == 0,
        )
        for number, count in enumerate(filled)
    ]


def test_five_weeks_are_five_rows_of_seven_cells():
    drawn = load(days())

    assert (drawn.width, drawn.height) == (364, 300)
    corners = [(square.x, square.y) for square in drawn.squares]
    assert (corners[0], corners[6], corners[7], corners[34]) == (
        (0, 0),
        (312, 0),
        (0, 60),
        (312, 240),
    )


def test_area_of_a_square_goes_with_its_number():
    """Of 16 the side is 34, of 9 three quarters of it, of 4 as small as a number allows."""
    assert [square.side for square in load(days(16, 9, 4, 1, 0)).squares[:5]] == [34, 26, 20, 20, 0]


def test_square_stands_in_the_middle_of_its_cell():
    square = load(days(0, 1)).squares[1]

    assert (square.left, square.top, square.side) == (61, 22, 34)
    assert (square.middle, square.figure_y, square.label_y) == (78, 43, 17)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((), "没有到期的任务事项"),
        ((1,), "1天有任务事项到期，共1项；最多的是3月2日，1项"),
        (
            (2, 0, 7, 7),
            "3天有任务事项到期，共16项；最多的是3月4日、3月5日，7项",
        ),
    ],
)
def test_words_say_what_the_squares_show(counts, words):
    assert load(days(*counts)).in_words == words


def test_no_day_at_all_is_a_picture_of_nothing():
    drawn = load([])

    assert (drawn.squares, drawn.height) == ([], 0)
