"""A summary is drafted from every period that its bureau has reported in the series."""

from datetime import timedelta

import pytest

from reports.actions import handing_in
from reports.models import Submission
from tasks.models import Assignment, Obligation
from tests import factories
from tests.reports.views.test_summary import TEXT, offers, url
from tests.reports.written import NOW, accepted, confirm, filler, save, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("afternoon")]


@pytest.fixture
def task():
    return accepted(number="2", text=TEXT)


@pytest.fixture
def months(task) -> list[Assignment]:
    """附件1 of three months of the same bureau."""
    first = factories.obligation(task.bureau, number="1")
    issued = [first, *factories.copies(first, 2)]
    made = []
    for month, one in enumerate(issued, start=1):
        due_at = first.due_at + timedelta(days=31 * (month - 1))
        Obligation.objects.filter(pk=one.pk).update(period=f"2026年{month}月", due_at=due_at)
        made.append(factories.accept(factories.owed_by(one, task.bureau.code)))
    return made


def report(task: Assignment, *names: str, study: str = "无") -> Assignment:
    unit = {"c2": "无", "c3": study, "c7": "无", "c8": "无"}
    save(task, table(rows=rows(*names), unit=unit))
    return factories.walk(confirm(task), "pass_review", "submit", now=NOW)


def rows(*names: str) -> list[dict[str, str]]:
    return [{"c4": name, "c5": "省局", "c6": "已印发"} for name in names]


def test_all_reported_periods_are_drafted_from_each_with_its_source(writer, task, months):
    report(months[0], "甲", study="一月学习2次")
    report(months[1], "乙", "丙", study="二月学习1次")
    save(months[2], table(rows=rows("丁"), unit={"c3": "草稿"}))  # not reported

    page = writer.get(url(task))

    study = offers(page, "s1")
    assert [*study] == ["2026年1月：一月学习2次", "2026年2月：二月学习1次"]
    count, *each = offers(page, "s2").values()
    assert count.text == ("2026年1月至2026年2月（共2期）共填报有关文件3件，当前进展均为已印发。")
    assert count.standing == "2026年1月、2026年2月，已报送"
    assert [spot.label for spot in count.spots] == [
        "2026年1月第1行",
        "2026年2月第1行",
        "2026年2月第2行",
    ]
    assert [one.standing for one in each] == [
        "2026年1月，已报送",
        "2026年2月，已报送",
        "2026年2月，已报送",
    ]
    second = f'href="/assignments/{months[1].pk}/forms/1/#rows-1-c4">2026年2月第2行</a>'
    assert second in page.content.decode()


def test_summary_of_a_quarter_takes_its_months_and_one_of_a_month_its_own(writer, task, months):
    for month, each in enumerate(months, start=1):
        report(each, f"文件{month}")
    Obligation.objects.filter(pk=months[0].obligation_id).update(period="2025年12月")

    def counted(period: str) -> str:
        Obligation.objects.filter(pk=task.obligation_id).update(period=period)
        return next(iter(offers(writer.get(url(task)), "s2")))

    assert counted("2026年第一季度").startswith("2026年2月至2026年3月（共2期）")
    assert counted("2026年度").startswith("2026年2月至2026年3月（共2期）")
    assert counted("").startswith("2025年12月至2026年3月（共3期）")
    assert counted("2026年2月") == "共填报有关文件1件，当前进展为已印发。"


@pytest.mark.parametrize("is_in", [False, True])
def test_nil_report_of_a_period_empties_no_offers(writer, task, months, is_in):
    report(months[0], "甲")
    save(months[1], table(rows=rows("乙")))
    revision = Submission.objects.get(assignment=months[1]).revision
    save(months[1], {"rows": []}, revision=revision, now=NOW + timedelta(hours=1))
    nil = handing_in.hand_in_nil(months[1], now=NOW + timedelta(hours=2), by=filler(task.bureau))
    if is_in:
        factories.walk(nil, "pass_review", "submit", now=NOW + timedelta(hours=3))

    assert [*offers(writer.get(url(task)), "s2")] == [
        "共填报有关文件1件，当前进展为已印发。",
        "省局印发《甲》。",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_offers_take_the_same_queries_for_one_period_and_for_three(
    writer, task, months, django_assert_num_queries, count
):
    for each in months[:count]:
        report(each, "甲")

    with django_assert_num_queries(19):
        assert offers(writer.get(url(task)), "s2")
