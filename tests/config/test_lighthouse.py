"""What `make lighthouse` makes of the figures; the browser itself is left to the command."""

import pytest

from scripts.lighthouse.__main__ import judged_of, table

GOOD = {"performance": [100, 97, 98], "accessibility": [100, 100, 100], "seo": [90, 90, 90]}


def judged(**scores: list[int]):
    said = {"seo": ["No description"]}
    return judged_of({"name": "desk", "scores": GOOD | scores, "below": said})


def test_the_figure_of_a_page_is_the_median_of_its_runs():
    assert judged().scores == {"performance": 98, "accessibility": 100, "seo": 90}


@pytest.mark.parametrize("category", ["performance", "accessibility"])
def test_a_page_below_the_gate_is_not_good_and_told(category):
    assert judged().is_good
    wanting = judged(**{category: [97, 97, 97]})

    assert not wanting.is_good
    assert "低于要求" in table([wanting])


def test_what_takes_points_away_is_told_of_every_category():
    assert table([judged()]).splitlines() == [
        "            performance  accessibility  seo",
        "desk                 98            100   90",
        "desk seo: No description",
    ]
