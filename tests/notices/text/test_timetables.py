"""Reporting dates given as a table or as a list."""

import pytest

from notices.text.clauses.obligations import ObligationReading
from notices.text.reading import read

HEAD = "示例省市场监管局关于示例工作的通知\n各市市场监管局：\n现将有关事项通知如下：\n"
TAIL = "\n示例省市场监管局\n2024年3月1日\n"


def duties(body: str) -> list[tuple[str | None, str]]:
    return [(item.deliverable, shown(item)) for item in read(HEAD + body + TAIL).obligations]


def shown(item: ObligationReading) -> str:
    said = item.deadline.as_json()
    return str(said.get("date") or f"{said.get('freq')} {said.get('day')}")


WANTED = [
    ("工作方案", "2024-04-10"),
    ("统计表", "monthly 5"),
    ("工作总结", "2024-12-20"),
]


@pytest.mark.parametrize(
    "table",
    [
        "序号\t报送内容\t报送时间\t责任单位\n1\t工作方案\t4月10日前\t各市局\n"
        "2\t统计表\t每月5日前\t各市局\n3\t工作总结\t12月20日前\t各市局",
        "序号\n报送内容\n报送时间\n1\n工作方案\n4月10日前\n2\n统计表\n每月5日前\n3\n工作总结\n12月20日前",
        "报送材料\t报送时限\n工作方案\t2024年4月10日\n统计表\t每月5日\n工作总结\t2024年12月20日",
        "| 材料名称 | 报送时间 |\n| --- | --- |\n| 工作方案 | 4月10日前 |\n"
        "| 统计表 | 每月5日前 |\n| 工作总结 | 12月20日前 |",
        "请各市局按以下要求报送材料：\n1.工作方案（4月10日前）；\n2.统计表，每月5日前；\n3.工作总结：12月20日前。",
        "请各市局按下列时间报送：\n（一）4月10日前，工作方案；\n（二）每月5日前，统计表；\n（三）12月20日前，工作总结。",
    ],
)
def test_every_row_is_a_duty(table: str) -> None:
    assert duties(table) == WANTED


def test_several_days_in_a_cell_are_several_duties() -> None:
    found = duties("报表名称\t报送时间\n情况统计表\t4月15日、7月15日、10月15日前")

    assert [day for _, day in found] == ["2024-04-15", "2024-07-15", "2024-10-15"]


def test_row_names_who_and_to_whom() -> None:
    body = "报送内容\t报送时间\t报送单位\t报送对象\n整改报告\t5月10日前\t各县局\t市局食品科"

    (item,) = read(HEAD + body + TAIL).obligations

    assert (item.who, item.report_to) == ("各县局", "市局食品科")
    assert item.quote == "整改报告\t5月10日前"


@pytest.mark.parametrize(
    "body",
    [
        "序号\t检查内容\t检查时间\n1\t食品销售\t4月10日前\n2\t食品餐饮\t5月10日前",
        "会议内容\t时间\n动员部署\t4月10日\n工作培训\t5月10日",
        "工作分为以下阶段：\n1.动员部署（4月10日前）；\n2.自查整改（5月10日前）。",
    ],
)
def test_other_tables_and_lists_are_no_duties(body: str) -> None:
    assert duties(body) == []
