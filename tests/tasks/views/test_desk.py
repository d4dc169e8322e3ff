import pytest
from django.urls import reverse

from bureaus.models import Staff
from bureaus.roles import Role
from bureaus.shell.paging import Counted
from tasks.models import Delivery, Obligation
from tasks.reminders.actions import ticking
from tests import factories
from tests.factories import RUNGS, TO_SUBMIT, owed_by, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_desk_shows_what_waits_for_me_and_how_much_is_overdue(enter, clock, issued):
    client = enter(factories.staff(Role.FILLER, owed_by(issued, "330000").bureau))

    assert client.get("/").context["waiting_count"] == Counted(1)
    assert client.get("/").context["overdue_count"] == Counted(0)

    clock.move_to(RUNGS["O1"], tick=False)
    client.force_login(factories.staff(Role.FILLER, owed_by(issued, "330000").bureau))
    assert client.get("/").context["overdue_count"] == Counted(1)


def test_desk_tells_the_periods_of_one_item_apart(enter, issued):
    Obligation.objects.filter(pk=issued.pk).update(period="2026年2月")
    client = enter(factories.staff(Role.FILLER, owed_by(issued, "330000").bureau))

    assert f"{issued.title}（2026年2月）</a>" in client.get("/").content.decode()


def figures(answer) -> dict[str, int]:
    return {one.word: one.figure.number for one in answer.context["tally"]}


def test_desk_of_the_office_counts_each_figure(office, clock, issued):
    factories.notice(factories.TEXT.replace("1号", "2号"))
    walk(owed_by(issued, "110000"), "accept")
    walk(owed_by(issued, "320000"), *TO_SUBMIT)
    Staff.objects.update(email="")
    ticking.tick(RUNGS["T-10"])
    clock.move_to(RUNGS["T0"], tick=False)
    office.force_login(factories.coordinator())

    answer = office.get("/")

    assert figures(answer) == {"待核收": 1, "未签收": 2, "7日内到期": 3, "逾期未报": 0}
    assert len(answer.context["to_check"]) == 1
    assert answer.context["waiting_count"] == Counted(1)  # the one to be received
    assert answer.context["undelivered"].number == Delivery.objects.filter(state="failed").count()
    assert answer.context["undelivered"].number == 3
    assert "提醒未送达 3 条" in answer.content.decode()
    assert len(office.get(reverse("tasks:undelivered")).context["lines"]) == 3


def listed(client, url: str) -> Counted:
    return client.get(url).context["page_obj"].paginator.counted


def test_figures_of_the_desk_lead_to_lists_of_as_many(office, clock, issued):
    clock.move_to(RUNGS["O1"], tick=False)
    office.force_login(factories.coordinator())
    walk(owed_by(issued, "110000"), "accept")
    walk(owed_by(issued, "320000"), *TO_SUBMIT)

    answer = office.get("/")

    assert figures(answer) == {"待核收": 1, "未签收": 2, "7日内到期": 0, "逾期未报": 3}
    for one in answer.context["tally"]:
        assert listed(office, one.url) == one.figure, one.word


@pytest.mark.parametrize(
    ("role", "way", "counts"),
    [
        (Role.FILLER, (), {"等我办理": 3, "退回": 1, "7日内到期": 3, "逾期": 0}),
        (Role.REVIEWER, ("hand_in",), {"等我办理": 2, "临期": 2, "7日内到期": 2, "逾期": 0}),
        (Role.APPROVER, (), {"等我办理": 0, "临期": 0, "7日内到期": 0, "逾期": 0}),
    ],
)
def test_figures_of_each_post_lead_to_lists_of_as_many(enter, clock, role, way, counts):
    zhejiang = factories.province()
    first = factories.obligation(zhejiang, factories.prefecture(zhejiang))
    second, third = factories.copies(first, 2)
    for made in (first, second):
        walk(owed_by(made, "330000"), "accept", *way)
    if not way:
        walk(owed_by(first, "330000"), "hand_in", "review_back")
    walk(owed_by(third, "330100"), "accept", "hand_in", "review_back")  # nobody's of these
    clock.move_to(RUNGS["T-1"], tick=False)
    client = enter(factories.staff(role, zhejiang))

    answer = client.get("/")

    assert figures(answer) == counts
    for one in answer.context["tally"]:
        assert listed(client, one.url) == one.figure, one.word


def test_what_went_back_inside_a_bureau_is_not_listed_above_it(enter, clock):
    zhejiang = factories.province()
    made = factories.obligation(factories.prefecture(zhejiang))
    walk(owed_by(made, "330100"), "accept", "hand_in", "review_back")
    above = enter(factories.staff(Role.COORDINATOR, zhejiang))

    assert listed(above, "/ledger/?light=back") == Counted(0)
    below = enter(factories.staff(Role.FILLER, owed_by(made, "330100").bureau))
    assert listed(below, "/ledger/?light=back") == Counted(1)


def days(answer) -> dict[str, int]:
    return {f"{one.day:%m-%d}": one.count for one in answer.context["days"] if one.count}


def test_days_of_a_filler_are_what_his_own_bureau_owes(enter, clock):
    zhejiang = factories.province()
    issued = factories.obligation(zhejiang, factories.prefecture(zhejiang))
    clock.move_to(RUNGS["T0"], tick=False)

    for role, count in ((Role.FILLER, 1), (Role.COORDINATOR, 2)):
        client = enter(factories.staff(role, zhejiang))
        answer = client.get("/")
        assert days(answer) == {"03-31": count}
        (due,) = [one for one in answer.context["days"] if one.count]
        assert listed(client, due.url) == Counted(count)
    assert issued.assignments.count() == 2


def test_strip_shows_fourteen_days_from_today_with_rest_and_words(office, clock, issued):
    clock.move_to(RUNGS["T0"], tick=False)
    office.force_login(factories.coordinator())

    answer = office.get("/")

    strip = answer.context["days"]
    assert [f"{one.day:%m-%d}" for one in strip] == [
        "03-30", "03-31", *(f"04-{day:02}" for day in range(1, 13))
    ]  # fmt: skip
    assert days(answer) == {"03-31": 4}
    assert [one.is_today for one in strip] == [True] + [False] * 13
    assert [f"{one.day:%d}" for one in strip if one.is_rest] == ["04", "05", "11", "12"]
    text = answer.content.decode()
    assert "<span>今天</span> 3-30" in text
    assert '<span class="visually-hidden">没有到期</span>' in text
    assert '<span class="visually-hidden">休息</span>' in text


@pytest.mark.parametrize("role", [Role.UNIT_ADMIN, Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_desk_of_an_administrator_shows_no_task(enter, issued, role):
    answer = enter(factories.staff(role, factories.central())).get("/")

    assert "现在要办" in answer.content.decode()
    assert issued.title not in answer.content.decode()
    assert list(answer.context["waiting"]) == []


def test_desk_without_a_post_says_who_gives_one(enter):
    nobody = Staff.objects.create_user("nobody", name="无岗位", bureau=factories.province())

    assert "您的岗位不办理报送任务" in enter(nobody).get("/").content.decode()
