"""Places and changes in tables whose rows have names of their own."""

import pytest

from reports.schemas.comparing.changes import changes, follow, pairs, text_at
from reports.schemas.content.content import blank, normalise
from reports.schemas.content.places import cell_path, places
from tests.reports.tables.case import REGIONS, put
from tests.reports.tables.fixed import SWEEP
from tests.reports.tables.indicators import CIVIL
from tests.reports.tables.regional import QUALITY


def named(case, path):
    return next(one for one in places(case.definition, case.content) if one.path == path)


@pytest.mark.parametrize(
    ("case", "path", "label", "quoted"),
    [
        (SWEEP, "items.r2.n", "第2行“检查食品生产单位” 数量", "第2行“检查食品生产单位”的“数量”"),
        (SWEEP, "items.r2", "第2行“检查食品生产单位”", "第2行“检查食品生产单位”"),
        (CIVIL, "items.r4.now", "第6行“低保资金支出” 本期", "第6行“低保资金支出”的“本期”"),
        (
            QUALITY,
            "items.310000.e",
            "第2行“上海” 抽查企业数（家）",
            "第2行“上海”的“抽查企业数（家）”",
        ),
    ],
)
def test_place_in_a_named_row_says_number_and_name(case, path, label, quoted):
    place = named(case, path)

    assert (place.label, place.quoted, place.part) == (label, quoted, "items")


def test_only_what_is_filled_in_is_a_place():
    paths = [one.path for one in places(CIVIL.definition, CIVIL.content) if one.part == "items"]

    assert paths == [
        *("items.r1", "items.r1.now", "items.r1.before"),
        *("items.r2", "items.r2.now", "items.r2.before"),
        *("items.r4", "items.r4.now"),
    ]


@pytest.mark.parametrize(
    ("case", "path", "cell"),
    [
        (SWEEP, "items.r2", "items.r2.n"),
        (CIVIL, "items.r4", "items.r4.now"),
        (QUALITY, "items.310000", "items.310000.e"),
        (QUALITY, "items.310000.ep", "items.310000.ep"),
    ],
)
def test_link_to_a_row_leads_to_its_first_cell(case, path, cell):
    assert cell_path(case.definition, path) == cell


def test_change_of_an_item_is_told_with_its_row():
    now = normalise(SWEEP.definition, put(SWEEP.content, "items.r2.n", "41"))

    found = changes(SWEEP.definition, SWEEP.content, now)

    assert [(one.path, one.label, one.old, one.new) for one in found] == [
        ("items.r2.n", "第2行“检查食品生产单位” 数量", "40", "41")
    ]
    assert pairs(SWEEP.definition, SWEEP.content, now) == []
    assert follow("items.r2.n", []) == "items.r2.n"


def test_order_of_regions_is_no_change():
    turned = normalise(QUALITY.definition, QUALITY.content, regions=REGIONS[::-1])

    assert changes(QUALITY.definition, QUALITY.content, turned) == []


def test_region_that_came_or_went_is_told():
    small = put(blank(QUALITY.definition, regions=REGIONS[:1]), "items.110000.e", "1")

    gone = changes(QUALITY.definition, QUALITY.content, small)
    came = changes(QUALITY.definition, small, QUALITY.content)

    assert [(one.kind.value, one.path, one.label, one.old) for one in gone if not one.new][-2:] == [
        ("removed", "items.310000", "原第2行“上海”", "12；12；0；25；25；0"),
        ("removed", "items.500000", "原第3行“重庆”", "8；6；2；15；12；3"),
    ]
    assert ("items.500000.pf", "", "3") in [(one.path, one.old, one.new) for one in came]


def test_text_of_a_row_is_that_of_its_cells():
    assert text_at(QUALITY.definition, QUALITY.content, "items.310000") == "12；12；0；25；25；0"
    assert text_at(QUALITY.definition, QUALITY.content, "items.999999.e") == ""
