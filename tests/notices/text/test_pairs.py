"""Which thing goes with which day, and with which event."""

import pytest

from notices.text.clauses.obligations import ObligationReading
from notices.text.reading import read

HEAD = "示例省市场监管局关于示例工作的通知\n各市市场监管局：\n现将有关事项通知如下：\n"
TAIL = "\n示例省市场监管局\n2024年3月1日\n"


def asked(sentence: str) -> list[tuple[str | None, str]]:
    """What is handed in, and its day or what it counts from."""
    found = [(each.deliverable, each.deadline.as_json()) for each in duties(sentence)]
    return [(what, str(when.get("date") or when.get("anchor"))) for what, when in found]


def duties(sentence: str) -> tuple[ObligationReading, ...]:
    return read(HEAD + sentence + TAIL).obligations


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "请于5月15日前将工作方案、9月15日前将中期报告、12月15日前将总结报告报送省局。",
            [("工作方案", "2024-05-15"), ("中期报告", "2024-09-15"), ("总结报告", "2024-12-15")],
        ),
        (
            "首批名单5月1日前、第二批名单8月1日前报送省局。",
            [("首批名单", "2024-05-01"), ("第二批名单", "2024-08-01")],
        ),
        (
            "请于4月30日前、8月31日前报送工作小结。",
            [("工作小结", "2024-04-30"), ("工作小结", "2024-08-31")],
        ),
    ],
)
def test_each_thing_has_its_own_day(sentence, expected):
    assert asked(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "请将联络员信息表于本通知印发之日起5个工作日内反馈我局。",
            ("联络员信息表", "通知印发之日"),
        ),
        ("自查报告请于整改完成后3个工作日内报送省局。", ("自查报告", "整改完成")),
        (
            "请于收到本通知之日起15日内完成自查，20日内将自查报告报省局。",
            ("自查报告", "收到本通知之日"),
        ),
    ],
)
def test_thing_stands_apart_from_the_event(sentence, expected):
    assert asked(sentence) == [expected]


@pytest.mark.parametrize(
    ("sentence", "thing"),
    [
        ("请于4月1日前形成书面材料，加盖公章后，连同电子版一并报送省局。", "书面材料"),
        ("请于7月5日前通过电子邮件（邮箱：abc@example.com）报送。", None),
    ],
)
def test_what_goes_along_and_where_to_is_not_the_thing(sentence, thing):
    assert [what for what, _ in asked(sentence)] == [thing]


def test_clock_time_of_a_weekly_report_is_no_salutation():
    (found,) = duties("各市局每周五17:00前报送进展情况（附件1），首次报送时间为3月8日。")

    assert found.deadline.as_json()["time"] == "17:00"
