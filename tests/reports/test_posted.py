import pytest

from reports.posted import content_from


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
