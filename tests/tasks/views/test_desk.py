import pytest

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


def test_desk_of_the_office_counts_each_figure(office, clock, issued):
    factories.notice(factories.TEXT.replace("1号", "2号"))
    walk(owed_by(issued, "110000"), "accept")
    walk(owed_by(issued, "320000"), *TO_SUBMIT)
    Staff.objects.update(email="")
    ticking.tick(RUNGS["T-10"])
    clock.move_to(RUNGS["T0"], tick=False)
    office.force_login(factories.coordinator())

    answer = office.get("/")

    figures = {one["word"]: one["figure"].number for one in answer.context["tally"]}
    assert figures == {
        "待核对文件": 1,
        "未签收": 2,
        "7日内到期": 3,
        "逾期未报": 0,
        "提醒未送达": Delivery.objects.filter(state="failed").count(),
    }
    assert figures["提醒未送达"] == 3
    (url,) = (one["url"] for one in answer.context["tally"] if one["word"] == "提醒未送达")
    assert len(office.get(url).context["lines"]) == 3
    assert answer.context["waiting_count"] == Counted(1)  # the one to be received


def test_figures_of_the_desk_lead_to_lists_of_as_many(office, clock, issued):
    clock.move_to(RUNGS["O1"], tick=False)
    office.force_login(factories.coordinator())
    walk(owed_by(issued, "110000"), "accept")

    tally = office.get("/").context["tally"]

    for one in tally:
        if one["url"].startswith("/ledger/"):
            assert office.get(one["url"]).context["page_obj"].paginator.counted == one["figure"]
    assert [one["figure"].number for one in tally] == [0, 3, 0, 4, 0]


def test_week_of_a_filler_is_what_his_own_bureau_owes(enter, clock):
    zhejiang = factories.province()
    issued = factories.obligation(zhejiang, factories.prefecture(zhejiang))
    clock.move_to(RUNGS["T0"], tick=False)

    filler = enter(factories.staff(Role.FILLER, zhejiang)).get("/").context["week"]
    office = enter(factories.staff(Role.COORDINATOR, zhejiang)).get("/").context["week"]

    assert sum(one["count"] for one in filler) == 1
    assert sum(one["count"] for one in office) == issued.assignments.count() == 2


def test_week_shows_the_day_on_which_things_are_due(office, clock, issued):
    clock.move_to(RUNGS["T0"], tick=False)
    office.force_login(factories.coordinator())

    week = office.get("/").context["week"]

    assert {f"{one['day']:%m-%d}": one["count"] for one in week} == {
        "03-30": 0,
        "03-31": 4,
        "04-01": 0,
        "04-02": 0,
        "04-03": 0,
        "04-04": 0,
        "04-05": 0,
    }
    assert [one["is_today"] for one in week] == [True] + [False] * 6
    assert [one["is_rest"] for one in week] == [False] * 5 + [True] * 2


@pytest.mark.parametrize("role", [Role.UNIT_ADMIN, Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_desk_of_an_administrator_shows_no_task(enter, issued, role):
    answer = enter(factories.staff(role, factories.central())).get("/")

    assert "现在要办" in answer.content.decode()
    assert issued.title not in answer.content.decode()
    assert list(answer.context["waiting"]) == []


def test_desk_without_a_post_says_who_gives_one(enter):
    nobody = Staff.objects.create_user("nobody", name="无岗位", bureau=factories.province())

    assert "您的岗位不办理报送任务" in enter(nobody).get("/").content.decode()
