"""The desk of the posts that see no task: what they have to look after, and the first run."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.urls import reverse

from audit import job_runs, verification
from bureaus.actions.registry import load_workdays
from bureaus.models import Bureau, CalendarDay, Post, Staff
from bureaus.roles import Role
from tasks.pages.administering import minding
from tasks.reminders.actions import ticking
from tests import factories
from tests.factories import NOW, RUNGS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PEOPLE = ["发出密码14天没有启用的账号", "没有岗位的账号", "邮箱收不到提醒的人员"]
LOOKED_AFTER = {
    Role.UNIT_ADMIN: ["已锁定的账号", *PEOPLE, "没有填报人的单位"],
    Role.SYSTEM_ADMIN: [*PEOPLE, "没有填报人的单位", "未送达的提醒", "工作日历", "系统状况"],
    Role.SECURITY_ADMIN: ["待确认岗位", "已锁定的账号", "没有岗位的账号"],
    Role.AUDITOR: ["审计链"],
}


def desk(enter, role, bureau=None):
    return enter(factories.staff(role, bureau or factories.central())).get("/")


def figures(answer) -> dict[str, str]:
    return {one.word: str(one.figure) for one in answer.context["matters"]}


@pytest.mark.parametrize("role", LOOKED_AFTER)
def test_each_post_looks_after_its_own(enter, role):
    context = desk(enter, role).context

    words = {one.word for one in (*context["matters"], *context["in_order"])}
    assert words == set(LOOKED_AFTER[role])


def test_posts_of_work_have_no_such_lines(enter):
    answer = desk(enter, Role.FILLER, factories.province())

    assert (answer.context["minds"], answer.context["matters"]) == (False, [])
    assert "现在要办" not in answer.content.decode()


def test_two_posts_look_after_each_thing_once(enter):
    person = factories.staff(Role.SYSTEM_ADMIN, factories.central())
    Post.objects.create(staff=person, bureau=factories.central(), role=Role.UNIT_ADMIN)

    context = enter(person).get("/").context

    words = [one.word for one in (*context["matters"], *context["in_order"])]
    assert len(words) == len(set(words)) == 8


def test_figures_count_what_the_lists_behind_them_show(enter):
    zhejiang = factories.province()
    names = ("locked", "unused", "no_post", "unreachable")
    made = {name: factories.staff(Role.REVIEWER, zhejiang, username=name) for name in names}
    Staff.objects.filter(username="unused").update(created_at=NOW - timedelta(days=20))
    Post.objects.filter(staff=made["no_post"]).delete()
    Staff.objects.filter(username="unreachable").update(email="")
    AccessAttempt.objects.create(username="locked", failures_since_start=5)

    answer = desk(enter, Role.UNIT_ADMIN, zhejiang)

    assert figures(answer) == dict.fromkeys(LOOKED_AFTER[Role.UNIT_ADMIN], "1")
    client = enter(factories.staff(Role.UNIT_ADMIN, zhejiang))
    for one in answer.context["matters"]:
        assert len(client.get(one.url).context["rows"]) == 1, one.word
    (locked,) = (one for one in answer.context["matters"] if one.word == "已锁定的账号")
    (row,) = client.get(locked.url).context["rows"]
    page = client.get(reverse("bureaus:person", args=[row["person"].pk]))
    assert "解除锁定" in page.content.decode()


def test_posts_asked_for_are_counted_where_they_are_confirmed(enter):
    filler = factories.staff(Role.FILLER, factories.province())
    Post.objects.filter(staff=filler).update(is_effective=False)

    answer = desk(enter, Role.SECURITY_ADMIN)

    assert figures(answer) == {"待确认岗位": "1"}


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ((2026, 9, 30), None),
        ((2026, 10, 1), "2027年尚未录入"),
        ((2027, 1, 4), "2027年尚未录入"),
        ((2027, 10, 8), "2027年尚未录入"),
    ],
)
def test_year_that_is_not_entered_is_told_from_october_on(enter, clock, day, said):
    load_workdays()
    clock.move_to(NOW.replace(year=day[0], month=day[1], day=day[2]), tick=False)

    assert figures(desk(enter, Role.SYSTEM_ADMIN)).get("工作日历") == said


def test_tick_that_has_stopped_is_told(enter, clock):
    never = figures(desk(enter, Role.SYSTEM_ADMIN))["系统状况"]
    job_runs.ended(job_runs.TICK, NOW + timedelta(hours=3))
    fine = figures(desk(enter, Role.SYSTEM_ADMIN))
    clock.move_to(NOW + timedelta(hours=3, minutes=11), tick=False)

    assert never == "提醒程序从未运行"
    assert "系统状况" not in fine
    assert figures(desk(enter, Role.SYSTEM_ADMIN))["系统状况"] == "提醒程序从3月2日12:30起没有运行"


def test_undelivered_reminders_are_counted(enter, clock):
    task = factories.assignment()
    factories.staff(Role.FILLER, task.bureau, email="nobody#example.test")
    ticking.tick(RUNGS["T-10"])
    clock.move_to(RUNGS["T-10"], tick=False)

    assert figures(desk(enter, Role.SYSTEM_ADMIN))["未送达的提醒"] == "1"


def test_auditor_is_told_of_chains_that_were_not_walked_for_a_month(enter, clock):
    never = figures(desk(enter, Role.AUDITOR))
    verification.verify(NOW)
    fine = figures(desk(enter, Role.AUDITOR))
    clock.move_to(NOW + timedelta(days=32), tick=False)

    assert (never, fine) == ({"审计链": "从未校验"}, {})
    assert figures(desk(enter, Role.AUDITOR)) == {"审计链": "上次校验在2026年3月2日"}


def test_desk_without_anything_to_do_says_so_and_links_what_is_in_order(enter):
    answer = desk(enter, Role.SECURITY_ADMIN)

    text = answer.content.decode()
    assert "现在没有要办的事" in text
    assert f'href="{reverse("bureaus:staff")}?show=locked"' in text


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize(
    ("role", "queries"),
    [
        (Role.UNIT_ADMIN, 8),
        (Role.SYSTEM_ADMIN, 12),
        (Role.SECURITY_ADMIN, 6),
        (Role.AUDITOR, 4),
    ],
)
def test_desk_takes_the_same_queries_for_any_number_of_units(
    enter, django_assert_num_queries, role, queries, count
):
    for code in range(11, 11 + count):
        bureau = factories.province(f"{code}0000", f"示例{code}省")
        factories.staff(Role.REVIEWER, bureau, email="")
        asked = factories.staff(Role.APPROVER, bureau)
        Post.objects.filter(staff=asked).update(is_effective=False)
    client = enter(factories.staff(role, factories.central()))
    client.get("/")  # the look at the desk is written down

    with django_assert_num_queries(queries):
        client.get("/")


def steps(answer) -> dict[str, bool]:
    return {step.label: step.is_done for step in answer.context["steps"]}


def test_first_run_is_read_from_the_data_step_by_step(enter, settings, clock):
    settings.EMAIL_BACKEND = "tasks.reminders.mail.mailbox.MailboxBackend"
    nothing = steps(desk(enter, Role.SYSTEM_ADMIN))
    factories.obligation()
    factories.staff(Role.FILLER, factories.province())
    load_workdays()
    settings_missing = steps(desk(enter, Role.SYSTEM_ADMIN))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    assert nothing == dict.fromkeys(["单位", "人员", "工作日", "邮件", "第一份通知"], False)
    assert settings_missing == nothing | {
        "单位": True,
        "人员": True,
        "工作日": True,
        "第一份通知": True,
    }
    assert steps(desk(enter, Role.SYSTEM_ADMIN)) == {}


def test_first_run_is_for_who_runs_the_system(enter):
    assert CalendarDay.objects.count() == 0
    assert Bureau.objects.count() == 0
    assert steps(desk(enter, Role.UNIT_ADMIN)) == {}
    assert steps(desk(enter, Role.SYSTEM_ADMIN))["单位"] is False


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SYSTEM_ADMIN])
def test_every_step_leads_to_a_page_one_may_open(enter, role):
    person = factories.staff(Role.SYSTEM_ADMIN, factories.central())
    Post.objects.get_or_create(staff=person, bureau=factories.central(), role=role)
    client = enter(person)

    urls = [step.url for step in client.get("/").context["steps"]]

    assert len(urls) == 5
    assert {client.get(url).status_code for url in urls} == {200}


def test_who_minds_nothing_asks_nothing(django_assert_num_queries):
    person = factories.staff(Role.FILLER, factories.province())
    assert person.held_posts

    with django_assert_num_queries(0):
        assert not minding.minds(person)
        assert minding.matters(person, now=NOW, calendar=None) == []
