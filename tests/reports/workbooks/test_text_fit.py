import pytest

from reports.workbooks.sheets.text_fit import (
    fitted,
    line_count,
    line_points,
    row_points,
    text_points,
)

SIZE = 10.5
TEN_HAN = (10 * SIZE * 4 / 3 + 6) / 7  # a column that just holds ten Han characters


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("字" * 10, 1),
        ("字" * 11, 2),
        ("字" * 100, 10),
        ("甲\n乙\n丙", 3),
        ("字" * 10 + "\n" + "字" * 11, 3),
        ("a" * 17, 1),
        ("a" * 18, 2),
        ("字" * 10 + "。", 2),
        ("字" * 9 + "word", 2),
    ],
)
def test_lines_are_counted_by_the_width_of_characters(text, lines):
    assert line_count(text, width=TEN_HAN, size=SIZE) == lines


def test_mark_that_may_not_begin_a_line_takes_the_character_before_it_along():
    assert line_count("字" * 10 + "。" + "字" * 8, width=TEN_HAN, size=SIZE) == 2
    assert line_count("字" * 10 + "。" + "字" * 9, width=TEN_HAN, size=SIZE) == 3


def test_run_longer_than_a_line_is_broken_anywhere():
    assert line_count("a" * 35, width=TEN_HAN, size=SIZE) == 2
    assert line_count("a" * 36, width=TEN_HAN, size=SIZE) == 3
    assert line_count("字" + "a" * 36, width=TEN_HAN, size=SIZE) == 4


def test_column_narrower_than_a_character_still_gets_a_line_each():
    assert line_count("序号", width=1, size=SIZE) == 2


def test_height_grows_by_a_line_for_each_line():
    one = text_points("字", width=TEN_HAN, size=SIZE)
    three = text_points("甲\n乙\n丙", width=TEN_HAN, size=SIZE)

    assert three - one == pytest.approx(2 * line_points(SIZE))


@pytest.mark.parametrize("points", [10, 199, 200, 201, 1000, 3900.5])
def test_rows_add_up_to_the_height_and_break_between_lines(points):
    heights = row_points(points, size=SIZE, most=200)

    assert sum(heights) == pytest.approx(points)
    assert all(0 < height <= 200 for height in heights)
    lines = [height / line_points(SIZE) for height in heights[:-1]]
    assert lines == pytest.approx([round(line) for line in lines])


@pytest.mark.parametrize(
    "text", ["", "字", "字" * 10, "字" * 11, "字" * 10 + "。", "一\n二", "a b" * 40]
)
def test_what_is_worked_out_once_for_a_column_is_the_same(text):
    points = fitted(width=TEN_HAN, size=SIZE)

    assert points(text) == text_points(text, width=TEN_HAN, size=SIZE)


def test_run_of_characters_breaks_where_single_ones_would():
    """With what stands before it on the line, and a mark pulling its last character down."""
    assert line_count("aa" + "字" * 9, width=TEN_HAN, size=SIZE) == 2
    assert line_count("aa" + "字" * 8, width=TEN_HAN, size=SIZE) == 1
    assert line_count("字" * 25 + "，" + "字" * 4, width=TEN_HAN, size=SIZE) == 3
    assert line_count("字" * 20 + "，" + "字" * 9, width=TEN_HAN, size=SIZE) == 4
