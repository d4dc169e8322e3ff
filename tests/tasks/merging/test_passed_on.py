"""A bureau issues again what a bureau above has asked of it: dates compared, 转发分解 offered."""

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from bureaus.roles import Role
from notices.calendar import work_calendar
from tasks.actions import issuing
from tasks.actions.issuing import Terms
from tasks.errors import IssueRefused
from tasks.issuing import from_above, same_duty
from tasks.models import Obligation
from tasks.pages import history
from tasks.scheduling.dates import dates_of
from tests import factories
from tests.factories import NOW
from tests.tasks.issue_page import filled_in, url
from tests.tasks.merging import copies, passed_on
from tests.tasks.merging.copies import day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("workdays")]
NEED = {"is_needed": "on", "need": "各市数据省局没有"}


@pytest.fixture
def zhejiang():
    return factories.province()


@pytest.fixture
def city(zhejiang):
    return factories.prefecture(zhejiang)


@pytest.fixture
def desk(clock, enter, zhejiang, city):
    return enter(factories.staff(Role.COORDINATOR, zhejiang))


def steps(notice):
    asked = [(one, "", one.due_at) for one in notice.clauses.confirmed()]
    return same_duty.steps(asked, from_above.open_tasks(notice))


def said(notice):
    return [step.said(NOW, work_calendar()) for step in steps(notice)]


# --- item by item -------------------------------------------------------------------------------


def test_each_item_is_beside_the_task_that_asks_for_the_same(zhejiang):
    passed_on.asked_of(zhejiang)

    found = steps(passed_on.filed(zhejiang))

    assert [(day(one.due_at), day(one.task.due_at)) for one in found] == [
        ("03-25", "03-31"),
        ("12-21", "12-31"),
    ]


@pytest.mark.parametrize(
    ("of_province", "words"),
    [
        ("2026年3月25日", "比上级要求提前6天，下级还有23天（17个工作日）"),
        ("2026年3月31日", "与上级要求同一天，没有留出汇总、审核的时间，下级还有29天（21个工作日）"),
        ("2026年4月5日", "晚于上级要求5天，本级将无法按时报送"),
    ],
)
def test_how_the_days_compare(zhejiang, of_province, words):
    passed_on.asked_of(zhejiang)

    assert said(passed_on.filed(zhejiang, of_province))[0] == words


@pytest.mark.parametrize(
    ("cites", "count"),
    [
        ("现将国市监测[2026]1号转发给你们。\n\n", 2),
        ("根据国市监测〔2026〕1号要求，通知如下。\n\n", 2),
        ("参见国市监测〔2026〕1号。\n\n", 0),  # merely named
        ("根据国市监测〔2026〕9号要求，通知如下。\n\n", 0),
    ],
)
def test_only_what_is_passed_on_counts(zhejiang, cites, count):
    passed_on.asked_of(zhejiang)

    assert len(steps(passed_on.filed(zhejiang, cites=cites))) == count


def test_what_is_handed_in_or_another_s_is_no_task_of_ours(zhejiang):
    other = factories.province("320000", "江苏省")
    first = passed_on.asked_of(zhejiang, other)
    factories.walk(factories.owed_by(first, "330000"), *factories.TO_SUBMIT)

    (left,) = from_above.open_tasks(passed_on.filed(zhejiang))

    assert (left.bureau, left.obligation.title) == (zhejiang, "质量工作年度总结")


def test_forwarding_of_a_forwarded_notice_finds_the_task_between(zhejiang, city):
    """The city names only the 总局's number; its task comes from the province's notice."""
    passed_on.asked_of(zhejiang)
    of_province = passed_on.filed(zhejiang)
    clause = of_province.clauses.reports().first()
    coordinator = factories.staff(Role.COORDINATOR, zhejiang)
    terms = Terms(dates_of(clause), need="需要", later="")
    issuing.issue(clause, bureaus=[city], terms=terms, now=NOW, by=coordinator)

    text = passed_on.text("2026年3月20日").replace("浙市监质〔2026〕5号", "杭市监质〔2026〕2号")
    of_city = factories.filed_notice(text, bureau=city)

    (task,) = from_above.open_tasks(of_city)
    assert (task.bureau, task.obligation.notice) == (city, of_province)
    assert said(of_city) == ["比上级要求提前5天，下级还有18天（14个工作日）"]


def test_one_item_alone_is_not_taken_for_another(zhejiang):
    """Its own task is handed in; the other one, of much the same words, is not its measure."""
    text = passed_on.CENTRAL.replace("质量工作年度总结（附件2）", "质量工作进展情况汇总（附件2）")
    notice = factories.filed_notice(text)
    copies.issued(notice, 1, bureaus=[zhejiang])
    copies.issued(notice, 2, bureaus=[zhejiang])
    ours = factories.filed_notice(
        passed_on.text().replace("质量工作年度总结", "质量工作进展情况汇总"), bureau=zhejiang
    )
    first, second = ours.clauses.reports()
    tasks = from_above.open_tasks(ours)

    (alone,) = same_duty.steps([(second, "", second.due_at)], tasks)
    both = same_duty.steps([(one, "", one.due_at) for one in (first, second)], tasks)

    assert [day(step.task.due_at) for step in both] == ["03-31", "12-31"]
    assert alone == both[1]


# --- the page -----------------------------------------------------------------------------------


def test_page_offers_to_split_the_task_by_the_day_of_the_notice(desk, zhejiang):
    task = factories.accept(passed_on.asked_of(zhejiang).assignments.for_detail().get())
    notice = passed_on.filed(zhejiang)

    answer = desk.get(url(notice))

    page = answer.content.decode()
    link = reverse("tasks:split", args=[task.pk]) + "?due_on=2026-03-25"
    assert f'href="{link}"' in page
    assert "比上级要求提前6天" in page
    assert "later" not in answer.context["form"].fields
    assert desk.get(link).context["form"]["due_on"].value().isoformat() == "2026-03-25"


def test_day_beyond_one_s_own_is_not_offered_for_the_split(desk, zhejiang):
    task = factories.accept(passed_on.asked_of(zhejiang).assignments.for_detail().get())

    answer = desk.get(reverse("tasks:split", args=[task.pk]), {"due_on": "2026-04-05"})

    assert answer.context["form"]["due_on"].value().isoformat() == "2026-03-31"


def test_later_day_goes_out_only_with_a_reason(desk, zhejiang, city):
    passed_on.asked_of(zhejiang)
    notice = passed_on.filed(zhejiang, "2026年4月5日")
    before = Obligation.objects.count()
    data = filled_in(desk.get(url(notice)), bureaus=[city.pk]) | NEED

    refused = desk.post(url(notice), data)
    reason = {"later_seen": "on", "later": "春节后数据才出"}
    issued = desk.post(url(notice), data | reason)

    assert refused.status_code == 422
    assert "请填写晚于上级要求的理由" in refused.content.decode()
    assert issued.status_code == 302
    made = Obligation.objects.filter(notice=notice)
    assert Obligation.objects.count() - before == made.count() == 2
    details = [AuditEvent.objects.about(one).get(verb="下发").detail for one in made]
    assert [one.get("later") for one in details] == ["春节后数据才出"] * 2
    task = made.first().assignments.for_detail().get()
    user = factories.staff(Role.FILLER, city)
    (line,) = history.lines(history.events(task), task, user=user)
    assert "晚于上级要求的理由：春节后数据才出" in line.notes


def test_reason_is_asked_only_for_what_is_ticked(desk, zhejiang, city):
    passed_on.asked_of(zhejiang)
    notice = passed_on.filed(zhejiang, "2026年4月5日")
    second = notice.clauses.reports().last().pk

    answer = desk.post(
        url(notice),
        filled_in(desk.get(url(notice)), bureaus=[city.pk], clauses=[second]) | NEED,
    )

    assert answer.status_code == 302


def test_action_refuses_a_later_day_without_a_reason(zhejiang, city):
    passed_on.asked_of(zhejiang)
    notice = passed_on.filed(zhejiang, "2026年4月5日")
    clause = notice.clauses.reports().first()
    by = factories.staff(Role.COORDINATOR, zhejiang)

    terms = Terms(dates_of(clause), need="需要")

    with pytest.raises(IssueRefused, match="晚于上级要求的2026年3月31日"):
        issuing.issue(clause, bureaus=[city], terms=terms, now=NOW, by=by)

    assert not Obligation.objects.filter(notice=notice).exists()


def test_second_set_may_go_out_after_it_was_said(desk, zhejiang, city):
    passed_on.asked_of(zhejiang)
    notice = passed_on.filed(zhejiang)

    page = desk.get(url(notice))
    answer = desk.post(url(notice), filled_in(page, bureaus=[city.pk]) | NEED)

    assert "另下一套事项的，下级要报两次或报到两处" in page.content.decode()
    assert answer.status_code == 302
    assert Obligation.objects.filter(notice=notice).count() == 2


def test_task_from_above_that_is_asked_of_nobody_is_said(desk, zhejiang):
    passed_on.asked_of(zhejiang)
    text = passed_on.text().replace("，2026年12月21日前将质量工作年度总结报送省局", "")
    notice = factories.filed_notice(text, bureau=zhejiang)

    lines = desk.get(url(notice)).context["reissue"].lines

    assert [(line.step is None, line.said) for line in lines][-1] == (True, "本件没有对应的事项")


def test_central_notice_that_a_province_takes_in_itself_is_compared_too(desk, zhejiang):
    passed_on.asked_of(zhejiang)
    notice = factories.filed_notice(passed_on.CENTRAL, bureau=zhejiang)

    lines = desk.get(url(notice)).context["reissue"].lines

    assert [line.is_later for line in lines] == [False, False]
    assert "与上级要求同一天" in lines[0].said
