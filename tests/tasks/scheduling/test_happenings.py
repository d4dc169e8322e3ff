"""填写起算之日: deadlines that wait for an event get their day from whoever issued them, once."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from bureaus.roles import Role
from tasks.actions import amending, happenings, issuing
from tasks.actions.issuing import Terms
from tasks.errors import IssueRefused, NotYourPost
from tasks.models import DeadlineChange, Obligation
from tasks.scheduling.dates import Dates, dates_of
from tasks.states import CountsFrom
from tests import factories, splits
from tests.factories import SHANGHAI, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("workdays")]

NOW = datetime(2026, 6, 1, 10, tzinfo=SHANGHAI)
TEXT = """示市监质〔2026〕8号

示例省市场监督管理局关于开展质量服务活动的通知

各市场监管局：

各单位于2026年6月组织开展质量服务活动。各单位请于活动结束后10个工作日内将活动总结报送总局（附件1）。
各单位请于活动结束后20个工作日内将典型案例报送总局。
各单位请于检查完成后5个工作日内将检查情况报送总局。
各单位请于2026年12月底前将全年情况报送总局。

附件：1.活动总结

示例省市场监督管理局

2026年5月29日
"""
ENDED = date(2026, 6, 30)  # a Tuesday


@pytest.fixture
def issued() -> list[Obligation]:
    """The four of one notice, for two provinces."""
    bureaus = [factories.province(), factories.province("320000", "江苏省")]
    made = []
    for clause in factories.filed_notice(TEXT, now=NOW).clauses.reports():
        terms = Terms(dates_of(clause))
        sent = issuing.issue(
            clause, bureaus=bureaus, terms=terms, now=NOW, by=factories.coordinator()
        )
        made.append(sent)
    return made


def set_day(obligation: Obligation, day: date, *, now: datetime = NOW, by=None) -> int:
    return happenings.set_day(obligation, day, now=now, by=by or factories.coordinator())


def split_of(obligation: Obligation) -> Obligation:
    """What 浙江 asks of 杭州 for it, without a day."""
    task = factories.accept(factories.owed_by(obligation, "330000"), now=NOW)
    return issuing.split(
        task,
        bureaus=[factories.prefecture(task.bureau)],
        terms=Terms(Dates(), need="示例"),
        now=NOW,
        by=splits.coordinator(task.bureau),
    )


def ends(obligation: Obligation) -> set[str]:
    rows = obligation.assignments.all()
    return {f"{row.due_at.astimezone(SHANGHAI):%m-%d %H:%M}" if row.due_at else "" for row in rows}


def test_what_waits_for_an_event_goes_out_without_a_day_and_says_so(issued):
    assert [each.counts_from for each in issued] == ["event", "event", "event", ""]
    assert [ends(each) for each in issued[:3]] == [{""}] * 3
    assert issued[0].explanation == (
        "原文写明“请于活动结束后10个工作日内”，从活动结束起算，填写这一天后推算时限。"
    )


def test_one_day_dates_all_that_waits_for_the_same_event(issued):
    summary, cases, inspection, yearly = issued

    assert set_day(summary, ENDED) == 2

    assert [ends(each) for each in (summary, cases)] == [{"07-14 23:59"}, {"07-28 23:59"}]
    assert ends(inspection) == {""}
    assert ends(yearly) == {"12-31 23:59"}
    assert fresh(summary).event_on == fresh(cases).event_on == ENDED
    assert fresh(summary).explanation.startswith("活动结束之日为2026年6月30日（星期二）。从2026年")
    assert summary.assignments.filter(milestones__state="armed", milestones__kind="T0").count() == 2


def test_another_day_later_keeps_both_versions(issued):
    summary = issued[0]
    set_day(summary, ENDED)

    set_day(fresh(summary), date(2026, 7, 3))

    changes = DeadlineChange.objects.filter(assignment__obligation=summary)
    assert ends(summary) == {"07-17 23:59"}
    assert sorted(changes.values_list("version", flat=True)) == [2, 2, 3, 3]
    assert set(changes.values_list("cause", flat=True)) == {"happened"}
    verbs = AuditEvent.objects.about(summary).values_list("verb", flat=True)
    assert list(verbs).count("填写起算之日") == 2


def test_what_is_handed_in_or_has_a_later_day_of_its_own_stays(issued):
    summary = issued[0]
    set_day(summary, ENDED)
    zhejiang, jiangsu = (factories.owed_by(summary, code) for code in ("330000", "320000"))
    factories.walk(zhejiang, *factories.TO_SUBMIT, now=NOW)
    jiangsu.due_at = datetime(2026, 8, 1, tzinfo=SHANGHAI)
    jiangsu.save()

    set_day(fresh(summary), date(2026, 7, 3))

    assert ends(summary) == {"07-14 23:59", "08-01 00:00"}


def test_what_a_province_split_without_a_day_gets_it_too(issued):
    below = split_of(issued[0])
    assert below.counts_from == CountsFrom.EVENT

    set_day(issued[0], ENDED)

    assert ends(below) == {"07-14 23:59"}


def test_a_province_dates_what_it_split_and_nothing_that_was_asked_above_it(issued):
    below = split_of(issued[0])

    assert set_day(below, ENDED, by=splits.coordinator(below.issuer)) == 1

    assert ends(below) == {"07-14 23:59"}
    assert [ends(each) for each in issued[:2]] == [{""}, {""}]


def test_a_province_sets_no_day_that_ends_after_its_own_task(issued):
    below = split_of(issued[0])
    set_day(issued[0], ENDED)

    with pytest.raises(IssueRefused, match="晚于上级任务的截止时间2026年7月14日"):
        set_day(fresh(below), date(2026, 7, 3), by=splits.coordinator(below.issuer))

    assert ends(below) == {"07-14 23:59"}


def test_what_is_withdrawn_gets_no_day(issued):
    amending.withdraw(issued[0], reason="示例", now=NOW, by=factories.coordinator())

    with pytest.raises(IssueRefused, match="该事项已撤销"):
        set_day(fresh(issued[0]), ENDED)

    assert ends(issued[1]) == {""}


@pytest.mark.parametrize(
    ("day", "now", "said"),
    [
        (date(2026, 5, 28), NOW, "不能早于来文的成文日期2026年5月29日"),
        (date(2026, 6, 1), datetime(2026, 9, 1, tzinfo=SHANGHAI), "已经过去，请用“更改时限”"),
        (date(1026, 6, 1), NOW, "之间的日期"),
    ],
)
def test_a_day_that_makes_no_sense_is_refused_and_nothing_changes(issued, day, now, said):
    with pytest.raises(IssueRefused, match=said):
        set_day(issued[0], day, now=now)

    assert ends(issued[0]) == {""}
    assert not DeadlineChange.objects.exists()


def test_the_same_day_again_is_no_change(issued):
    set_day(issued[0], ENDED)

    with pytest.raises(IssueRefused, match="已经填为2026年6月30日，没有变化"):
        set_day(fresh(issued[0]), ENDED)


def test_who_has_a_day_already_is_told_where_to_change_it(issued):
    with pytest.raises(IssueRefused, match="请用“更改时限”"):
        set_day(issued[3], ENDED)


def test_only_who_issues_may(issued):
    with pytest.raises(NotYourPost):
        set_day(issued[0], ENDED, by=factories.staff(Role.REVIEWER, factories.central()))


def test_on_the_page_of_the_task_item(issued, client, time_machine):
    time_machine.move_to(NOW, tick=False)
    client.force_login(factories.coordinator())
    url = reverse("tasks:obligation_detail", args=[issued[0].pk])
    before = client.get(url).content.decode()

    post = reverse("tasks:obligation_happened", args=[issued[0].pk])
    answer = client.post(post, {"day": "2026-06-30"}, follow=True).content.decode()
    wrong = client.post(post, {"day": "2026-06-31"}, follow=True).content.decode()

    assert "从活动结束起算：" in before
    assert "尚未填写" in before
    assert "已按2026年6月30日推算2个事项的时限" in answer
    assert 'value="2026-06-30"' in answer
    assert "没有推算：日期不对，请写成“2026-03-31”这样" in wrong


def test_the_filler_reads_what_is_waited_for(issued, client):
    task = factories.owed_by(issued[0], "330000")
    client.force_login(factories.staff(Role.FILLER, task.bureau))

    text = client.get(reverse("tasks:assignment_detail", args=[task.pk])).content.decode()

    assert "起算之日尚未填写，填写后才有截止时间" in text
    assert "原文没有" not in text


def test_hours_after_an_event_are_not_counted_from_a_day():
    clause = factories.filed_notice(
        TEXT.replace("检查完成后5个工作日内", "检查完成后24小时内"), now=NOW
    ).clauses.reports()[2]
    sent = issuing.issue(
        clause,
        bureaus=[factories.province()],
        terms=Terms(dates_of(clause)),
        now=NOW,
        by=factories.coordinator(),
    )

    with pytest.raises(IssueRefused, match="按小时计算"):
        set_day(sent, ENDED)

    assert ends(sent) == {""}
