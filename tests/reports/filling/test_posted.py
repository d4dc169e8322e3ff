import pytest
from django.http import QueryDict

from reports.filling.posted_form import content_from, moved_to, texts_from


def test_fields_with_paths_become_content():
    posted = {
        "csrfmiddlewaretoken": "x",
        "revision": "3",
        "hand_in": "",
        "unit.c2": "批示",
        "head.h1": "",
        "foot.f1": "联系人",
        "rows.0.c4": "文件一",
        "rows.0.c5": "省政府",
    }

    assert content_from(posted, is_table=True) == {
        "unit": {"c2": "批示"},
        "head": {"h1": ""},
        "foot": {"f1": "联系人"},
        "rows": [{"c4": "文件一", "c5": "省政府"}],
    }


def test_rows_come_by_number_not_by_text_and_gaps_are_closed():
    posted = {"rows.10.c4": "丙", "rows.2.c4": "乙", "rows.0.c4": "甲"}

    assert content_from(posted, is_table=True)["rows"] == [{"c4": "甲"}, {"c4": "乙"}, {"c4": "丙"}]


def test_template_row_of_the_page_is_left_out():
    assert content_from({"rows.__index__.c4": ""}, is_table=True) == {"rows": []}


def test_outline_has_sections_and_no_rows():
    assert content_from({"sections.s1": "一", "sections.s2": ""}, is_table=False) == {
        "sections": {"s1": "一", "s2": ""}
    }


def test_empty_post_is_an_empty_form():
    assert content_from({}, is_table=True) == {"rows": []}
    assert content_from({}, is_table=False) == {}


def test_unknown_columns_are_passed_on_to_be_refused_not_dropped():
    posted = {"unit.__class__": "x", "rows.0.c4.c5": "y"}

    assert content_from(posted, is_table=True) == {
        "unit": {"__class__": "x"},
        "rows": [{"c4.c5": "y"}],
    }


@pytest.mark.parametrize(
    "name", ["unit.", "unit", "rows.0", "rows.0.", "rows.-1.c4", "rows..c4", "rows.٣.c4"]
)
def test_names_that_are_no_paths_are_not_content(name):
    assert content_from({name: "x"}, is_table=True) == {"rows": []}


def test_absurd_row_number_is_a_row_like_any_other():
    posted = {f"rows.{'9' * 5000}.c4": "末行", "rows.1.c4": "首行"}

    assert content_from(posted, is_table=True)["rows"] == [{"c4": "首行"}, {"c4": "末行"}]


def test_rows_known_by_an_id_are_items():
    posted = {"items.r1.n": "3", "items.330100.c2": "", "items.r1": "x", "items..n": "y"}

    assert content_from(posted, is_table=True) == {
        "rows": [],
        "items": {"r1": {"n": "3"}, "330100": {"c2": ""}, "": {"n": "y"}},
    }


def test_answers_ticked_in_one_cell_are_joined():
    posted = QueryDict("rows.0.c1=约谈&rows.0.c1=抽检&rows.0.c2=&rows.0.c2=")

    assert texts_from(posted) == {"rows.0.c1": "约谈、抽检", "rows.0.c2": ""}


@pytest.mark.parametrize(
    ("pressed", "order"),
    [
        ({"move_up": "5"}, "乙甲丙"),
        ({"move_down": "5"}, "甲丙乙"),
        ({"move_up": "1"}, "甲乙丙"),
        ({"move_down": "9"}, "甲乙丙"),
        ({"remove_row": "5"}, "甲丙"),
        ({"move_up": "7"}, "甲乙丙"),
        ({"move_up": "-1"}, "甲乙丙"),
        ({"move_down": ""}, "甲乙丙"),
        ({"move_up": "9" * 5000}, "甲乙丙"),
    ],
)
def test_row_whose_button_was_pressed_changes_places_or_goes(pressed, order):
    posted = {"rows.1.c4": "甲", "rows.5.c4": "乙", "rows.9.c4": "丙", **pressed}

    rows = content_from(posted, is_table=True)["rows"]

    assert "".join(row["c4"] for row in rows) == order


@pytest.mark.parametrize(
    ("pressed", "place"),
    [({"move_up": "2"}, 1), ({"move_down": "2"}, 3), ({"move_up": "0"}, 0), ({}, None)],
)
def test_place_of_a_moved_row_is_known(pressed, place):
    assert moved_to(pressed) == place
