"""Content whose rows are known by their ids: fixed items, criteria and regions."""

import pytest

from reports.schemas.content.content import ContentError, blank, has_body, normalise
from reports.schemas.definition.rows import Region
from tests.reports.tables.case import REGIONS, put
from tests.reports.tables.fixed import CATERING, HEALTH_FOOD, MARKET
from tests.reports.tables.indicators import CIVIL
from tests.reports.tables.regional import QUALITY, SLAUGHTER
from tests.reports.tables.registered import WORK
from tests.reports.tables.repeated import LEDGER

FIXED, REGIONAL = CIVIL.definition, QUALITY.definition


def test_blank_fixed_items_have_every_cell_that_is_asked():
    assert blank(FIXED) == {
        "head": {"unit": "", "period": ""},
        "unit": {},
        "rows": [],
        "foot": {"chief": "", "statistician": "", "writer": "", "phone": "", "on": ""},
        "items": {
            "r1": {"now": "", "before": ""},
            "r2": {"now": "", "before": ""},
            "r4": {"now": ""},
        },
    }


def test_form_of_boxes_is_filled_in_once():
    assert blank(WORK.definition)["unit"].keys() == {
        *("by", "kind", "name", "person", "phone", "about", "opinion")
    }
    assert "items" not in blank(WORK.definition)


def test_order_of_the_data_moves_no_value():
    items = dict(reversed(HEALTH_FOOD.content["items"].items()))

    assert normalise(HEALTH_FOOD.definition, HEALTH_FOOD.content | {"items": items}) == (
        HEALTH_FOOD.content
    )


def test_four_answers_stay_four():
    answers = {f"r{n}": {"n": text} for n, text in enumerate(("", "0", "无", "—"), start=1)}

    items = normalise(HEALTH_FOOD.definition, {"items": answers})["items"]

    assert [items[f"r{n}"]["n"] for n in range(1, 5)] == ["", "0", "无", "—"]


def test_what_is_printed_or_computed_is_left_out():
    given = {"r3": {"now": "4600"}, "r1": {"now": "1", "no": "01", "a": "城市"}, "h1": {"now": ""}}

    items = normalise(FIXED, {"items": given})["items"]

    assert items["r1"] == {"now": "1", "before": ""}
    assert "r3" not in items


def test_crossed_cell_takes_a_mark_but_no_figure():
    assert normalise(FIXED, {"items": {"r4": {"before": "╳"}}}) == blank(FIXED)

    with pytest.raises(ContentError, match="第6行“低保资金支出”的“上年同期”不用填写，不能填“5”"):
        normalise(FIXED, {"items": {"r4": {"before": "5"}}})


def test_figure_in_a_heading_is_refused():
    with pytest.raises(ContentError, match="第1行“一、社会救助”的“本期”不用填写"):
        normalise(FIXED, {"items": {"h1": {"now": "5"}}})


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"items": []}, "各行内容应是一组名称和值"),
        ({"items": {"r9": {}}}, "各行内容中有本报表没有的项目r9，请重新打开"),
        ({"items": {"r1": {"now": 5}}}, "第2行“城市低保人数”的now应是文字"),
        ({"items": {"r1": {"other": "5"}}}, "第2行“城市低保人数”中有本报表没有的项目other"),
        ({"items": {"r1": "5"}}, "第2行“城市低保人数”应是一组名称和值"),
        ({"rows": [{"now": "5"}]}, "本报表不能增加行"),
        ({"regions": []}, "填报内容中有本报表没有的项目regions"),
    ],
)
def test_data_that_is_no_content_of_fixed_items_is_refused(data, message):
    with pytest.raises(ContentError, match=message):
        normalise(FIXED, data)


def test_items_of_a_table_of_repeated_rows_are_refused():
    with pytest.raises(ContentError, match="没有的项目items"):
        normalise(LEDGER.definition, {"items": {}})


def test_regions_come_from_outside_and_stay_with_the_content():
    content = blank(REGIONAL, regions=REGIONS)

    assert content["regions"] == [
        {"code": "110000", "label": "北京"},
        {"code": "310000", "label": "上海"},
        {"code": "500000", "label": "重庆"},
    ]
    assert list(content["items"]) == ["110000", "310000", "500000"]
    assert normalise(REGIONAL, content) == content


def test_new_regions_join_and_new_names_are_taken():
    now = (Region("110000", "北京市"), Region("120000", "天津市"), *REGIONS[1:])

    content = normalise(REGIONAL, QUALITY.content, regions=now)

    assert [one["label"] for one in content["regions"]] == ["北京市", "天津市", "上海", "重庆"]
    assert content["items"]["110000"]["e"] == "10"
    assert content["items"]["120000"]["e"] == ""


def test_region_that_is_gone_keeps_its_figures_at_the_end():
    content = normalise(REGIONAL, QUALITY.content, regions=REGIONS[1:])

    assert [one["code"] for one in content["regions"]] == ["310000", "500000", "110000"]
    assert content["items"]["110000"]["e"] == "10"


def test_blank_region_that_is_gone_goes():
    begun = blank(REGIONAL, regions=REGIONS)

    assert normalise(REGIONAL, begun, regions=REGIONS[1:]) == blank(REGIONAL, regions=REGIONS[1:])


@pytest.mark.parametrize(
    ("regions", "message"),
    [
        ({}, "各地区应是一个列表"),
        ([{"code": "1.1", "label": "甲"}], "地区的代码无效"),
        ([{"code": "110000", "label": " "}], "地区110000没有名称"),
        ([{"code": "110000", "label": "甲"}] * 2, "有地区重复"),
        ([{"code": "110000", "label": "甲", "more": ""}], "地区中有本报表没有的项目more"),
    ],
)
def test_bad_regions_are_refused(regions, message):
    with pytest.raises(ContentError, match=message):
        normalise(REGIONAL, {"regions": regions})


def test_figure_of_an_unknown_region_is_refused():
    with pytest.raises(ContentError, match="没有的项目999999"):
        normalise(REGIONAL, {"items": {"999999": {"e": "5"}}}, regions=REGIONS)


def test_answers_become_the_labels_of_their_choices():
    [row] = LEDGER.content["rows"]

    assert (row["grade"], row["means"], row["filed"]) == ("二级", "约谈、抽检", "是")
    assert SLAUGHTER.content["head"]["who"] == "市"


def test_answer_that_is_no_choice_stays_as_it_was_written():
    content = normalise(LEDGER.definition, put(LEDGER.content, "rows.0.grade", "A、B"))

    assert content["rows"][0]["grade"] == "A、B"


def test_form_has_a_body_once_an_item_is_written():
    assert not has_body(blank(CATERING.definition))
    assert has_body(normalise(MARKET.definition, {"items": {"r1": {"quick": "0"}}}))
