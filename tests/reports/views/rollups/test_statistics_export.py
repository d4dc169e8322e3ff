"""汇总统计 as a workbook: what the page shows, recorded."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from audit.models import AuditEvent
from tests import factories
from tests.factories import TO_SUBMIT, owed_by, walk
from tests.reports.counted import NAMES, series

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("day_after")]


def sheet(answer):
    return load_workbook(BytesIO(answer.content)).worksheets[0]


def rows_of(answer, first: int) -> list[list]:
    return [list(row) for row in sheet(answer).iter_rows(min_row=first, values_only=True)]


def test_export_of_obligations_is_what_the_page_shows(office, issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT)

    head, line = rows_of(office.get("/statistics/export.xlsx"), 4)

    figures = dict(zip(head, line, strict=True))
    assert figures.pop("下发日期").date() == date(2026, 3, 2)
    assert figures.pop("截止时间").date() == date(2026, 3, 31)
    assert figures == {
        "序号": 1,
        "事项": str(issued),
        "依据文件": "国市监测〔2026〕1号",
        "下发单位": "市场监管总局",
        "应报": 3,
        "未到期": 0,
        "已报": 1,
        "报送率": 0.333,
        "按时": 1,
        "及时率": 0.333,
        "未报": 2,
        "其中逾期": 2,
    }


def test_export_of_units_ends_in_the_total(office, issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT)

    found = rows_of(office.get("/statistics/export.xlsx?by=unit"), 4)

    assert found == [
        ["单位", "应报", "未到期", "已报", "报送率", "按时", "及时率", "未报", "其中逾期"],
        [NAMES[0], 1, 0, 1, 1, 1, 1, 0, 0],
        [NAMES[1], 1, 0, 0, 0, 0, 0, 1, 1],
        [NAMES[2], 1, 0, 0, 0, 0, 0, 1, 1],
        ["合计", 3, 0, 1, 0.333, 1, 0.333, 2, 2],
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
    assert line == [NAMES[2], 1, 1, "—", "—", 1, 1]  # that of March is not due yet
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


def test_csv_of_units_says_what_the_workbook_says(office, issued):
    walk(owed_by(issued, "110000"), *TO_SUBMIT)

    answer = office.get("/statistics/export.csv?by=unit")

    found = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert found[0] == [
        *("单位", "应报", "未到期", "已报", "报送率", "按时", "及时率", "未报", "其中逾期"),
    ]
    assert found[1] == [NAMES[0], "1", "0", "1", "100%", "1", "100%", "0", "0"]
    assert found[-1] == ["合计", "3", "0", "1", "33.3%", "1", "33.3%", "2", "2"]
    assert AuditEvent.objects.get(verb="导出统计").detail["count"] == 4
