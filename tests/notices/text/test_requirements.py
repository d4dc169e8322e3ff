"""Dated work that is no report is kept apart from the reporting duties."""

import pytest

from notices.text.clauses.requirements import RequirementReading
from notices.text.reading import read

HEAD = "示例省市场监管局关于示例工作的通知\n各市市场监管局：\n现将有关事项通知如下：\n"
TAIL = "\n示例省市场监管局\n2024年3月1日\n"


def work(sentence: str) -> tuple[RequirementReading, ...]:
    return read(HEAD + sentence + TAIL).requirements


@pytest.mark.parametrize(
    ("sentence", "action", "day"),
    [
        ("各市局要于4月底前制定实施方案。", "制定实施方案", "2024-04-30"),
        ("3月底前完成自查。", "完成自查", "2024-03-31"),
        ("各市局要在6月30日前，对辖区企业全面排查。", "对辖区企业全面排查", "2024-06-30"),
        ("2024年10月底前组织开展一次集中培训。", "开展一次集中培训", "2024-10-31"),
    ],
)
def test_dated_work_is_read(sentence: str, action: str, day: str) -> None:
    (found,) = work(sentence)

    assert (found.action, found.deadline.as_json()["date"]) == (action, day)


def test_period_after_an_event_counts_from_it() -> None:
    (found,) = work("《示例纲要》公开发布一个月内进行集中宣贯。")

    said = found.deadline.as_json()
    assert (said["kind"], said["amount"], said["unit"]) == ("relative", 1, "月")
    assert found.action == "进行集中宣贯"


def test_work_and_its_report_are_one_each() -> None:
    reading = read(HEAD + "各市局要在4月30日前完成自查，5月10日前报送自查报告。" + TAIL)

    assert [item.action for item in reading.requirements] == ["完成自查"]
    assert [item.deliverable for item in reading.obligations] == ["自查报告"]
    assert reading.requirements[0].who == "各市局"


def test_written_year_holds_for_the_days_after_it() -> None:
    first, second = work("各市局2025年6月底前制定方案，12月底前完成整改。")

    dates = [item.deadline.as_json()["date"] for item in (first, second)]
    assert dates == ["2025-06-30", "2025-12-31"]


def test_json_keeps_them_apart() -> None:
    said = read(HEAD + "3月底前完成自查。" + TAIL).as_json()

    assert said["obligations"] == []
    assert [item["quote"] for item in said["requirements"]] == ["3月底前完成自查"]


@pytest.mark.parametrize(
    "sentence",
    [
        "本通知自2024年5月1日起施行。",
        "省局将于5月底前开展督查。",
        "力争2025年底前实现全覆盖。",
        "会议时间：2024年3月28日9:00前签到。",
        "企业应当于4月10日前完成整改。",
        "报名截止3月20日。",
        "请于4月10日前将名单报省局。",
        "2024年4月1日前已受理的，按原规定办理。",
        "每日开展巡查。",
    ],
)
def test_other_dates_are_no_work(sentence: str) -> None:
    assert work(sentence) == ()
