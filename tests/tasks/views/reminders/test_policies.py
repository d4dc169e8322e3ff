import pytest

from bureaus.roles import Role
from tasks.models import ReminderPolicy
from tests import factories
from tests.factories import owed_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TYPED = {
    "ahead": "7、1",
    "overdue": "1",
    "superior": "",
    "coordinator": "",
    "hour": "10:30",
    "seen": "0",
}


def test_preview_lists_the_dates_and_stores_nothing(office, issued):
    answer = office.post(f"/notices/{issued.notice_id}/policy/", TYPED | {"preview": "1"})

    (ahead,) = answer.context["ahead"]
    assert answer.status_code == 200
    assert ahead.name == str(issued)
    assert [rung.label for rung in ahead.outlook.ladder] == [
        "提前7个工作日",
        "提前1个工作日",
        "目标日当天",
        "逾期第1个工作日",
    ]
    assert "2026-03-19（周四）" in answer.content.decode()
    assert not ReminderPolicy.objects.exists()


def test_saving_says_how_many_were_rearranged(office, issued):
    answer = office.post(f"/notices/{issued.notice_id}/policy/", TYPED, follow=True)

    assert "提醒方案已保存，4项未办结任务的提醒已重新安排" in answer.content.decode()
    task = owed_by(issued, "330000")
    assert task.milestones.armed().first().kind == "T-7"


def test_notice_that_is_not_out_shows_its_confirmed_dates(office):
    notice = factories.filed_notice()

    ahead = office.get(f"/notices/{notice.pk}/policy/").context["ahead"]

    assert [one.name for one in ahead] == [
        clause.deliverable for clause in notice.clauses.confirmed() if clause.due_at
    ]


def test_issue_page_shows_the_ladder_of_the_notices_plan(office):
    notice = factories.filed_notice()
    office.post(f"/notices/{notice.pk}/policy/", TYPED)

    answer = office.get(f"/notices/{notice.pk}/issue/")

    assert answer.context["previews"][0].outlook.ladder[0].label == "提前7个工作日"
    assert "本文件方案" in answer.content.decode()


def test_bureau_without_deadlines_shows_an_example(office):
    ahead = office.get(f"/reminders/policies/bureaus/{factories.central().pk}/").context["ahead"]

    assert [one.name for one in ahead] == ["示例：截止时间为2026年4月1日的事项"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ahead": "十天"}, "只填工作日数"),
        ({"ahead": ""}, "请填写提前几个工作日"),
        ({"ahead": "1、" * 30}, "太长了，最多写8次"),
        ({"ahead": "10、5"}, "两次提醒不能取消"),
        ({"ahead": "9 8 7 6 5 4 3 2 1"}, "最多提醒8次"),
        ({"hour": "20:00"}, "发出时间应在9:00至18:00之间"),
        ({"hour": "早上"}, "请把时间写成"),
        ({"superior": "一"}, "请填整数"),
        ({"superior": "0"}, "请填1以上的整数"),
        ({"superior": "1"}, "应晚于承办人的最后一次逾期提醒"),
        ({"superior": "99999999999"}, "应在逾期后第1到60个工作日"),
        ({"overdue": "9"}, "9"),
        ({"seen": "3"}, "刚刚被他人更改"),
    ],
)
def test_wrong_plan_is_told_and_not_stored(office, changed, said):
    answer = office.post(f"/reminders/policies/bureaus/{factories.central().pk}/", TYPED | changed)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not ReminderPolicy.objects.exists()


def test_full_width_figures_and_commas_are_understood(office):
    office.post(
        f"/reminders/policies/bureaus/{factories.central().pk}/", TYPED | {"ahead": "１０，５ 1"}
    )

    assert ReminderPolicy.objects.get().ahead == "10,5,1"


def test_following_again_is_a_version_of_its_own(office):
    url = f"/reminders/policies/bureaus/{factories.central().pk}/"
    office.post(url, TYPED)

    answer = office.post(url, {"follow": "1", "seen": "1"}, follow=True)

    assert answer.context["lines"][1].holding.source == "usual"
    assert ReminderPolicy.objects.count() == 2


def test_list_shows_the_plans_and_offers_only_ones_own(office, issued):
    office.post(f"/notices/{issued.notice_id}/policy/", TYPED)

    context = office.get("/reminders/policies/").context

    assert [(line.name, bool(line.url)) for line in context["lines"]] == [
        ("系统", False),
        ("市场监管总局", True),
    ]
    assert [policy.notice_id for policy in context["of_notices"]] == [issued.notice_id]


def test_plan_of_the_system_is_the_system_administrators(enter, office):
    assert office.get("/reminders/policies/system/").status_code == 403
    admin = factories.staff(Role.SYSTEM_ADMIN, factories.central())

    answer = enter(admin).post("/reminders/policies/system/", TYPED, follow=True)

    assert answer.context["lines"][0].holding.source == "system"


def test_province_that_has_split_nothing_may_not_plan_the_notice(enter, issued):
    chief = factories.staff(Role.COORDINATOR, owed_by(issued, "330000").bureau)

    assert enter(chief).get(f"/notices/{issued.notice_id}/policy/").status_code == 403


def test_filler_may_not_plan_for_the_bureau(enter):
    filler = factories.staff(Role.FILLER, factories.central())

    url = f"/reminders/policies/bureaus/{filler.bureau_id}/"
    assert enter(filler).get(url).status_code == 403


@pytest.mark.parametrize("count", [1, 6])
def test_pages_take_the_same_queries_however_many(office, django_assert_num_queries, count):
    texts = [factories.TEXT.replace("〔2026〕1号", f"〔2026〕{n}号") for n in range(1, count + 1)]
    notices = [factories.filed_notice(text) for text in texts]
    for notice in notices:
        office.post(f"/notices/{notice.pk}/policy/", TYPED)

    with django_assert_num_queries(5):
        office.get("/reminders/policies/")
    with django_assert_num_queries(11):
        office.get(f"/notices/{notices[0].pk}/policy/")
